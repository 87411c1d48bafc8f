"""The approved templates that a conversation's customer can be sent (X9)."""

from collections.abc import Sequence

from chalicelib.domain.conversations import Conversation
from chalicelib.domain.message_templates import MessageTemplate
from chalicelib.domain.windows import has_window

from .access import own_conversation
from .ports import Deps


def list_templates(conversation_id: str, associate_id: str, deps: Deps) -> Sequence[MessageTemplate]:
    """In the order of the merchant's file. Raises NotFound, PermissionDenied, MessagingDisabled."""
    conversation, _, _ = own_conversation(conversation_id, associate_id, deps)
    return templates_of(conversation, deps)


def templates_of(conversation: Conversation, deps: Deps) -> Sequence[MessageTemplate]:
    """None where the channel knows no templates."""
    connection = deps.directory.connection(conversation.connection_id) if has_window(conversation.channel) else None
    return () if connection is None else connection.templates
