"""Read and unread (D13, X19): only customers' messages count, and only those that were really seen."""

from chalicelib.domain.errors import ChangedMeanwhile, NotFound
from chalicelib.domain.ids import is_ulid

from .access import own_conversation
from .ports import Deps

_ATTEMPTS = 5


def mark_read(conversation_id: str, associate_id: str, up_to: str, deps: Deps) -> None:
    """Everything up to message `up_to` has been seen; what came later stays unread."""
    if not is_ulid(up_to):
        raise NotFound
    for _attempt in range(_ATTEMPTS):
        conversation, _, _ = own_conversation(conversation_id, associate_id, deps)
        unread = 0
        if conversation.last_message_id > up_to:
            unread = min(conversation.unread, deps.conversations.count_inbound_after(conversation_id, up_to))
        if conversation.unread == unread or deps.conversations.mark_read(conversation, unread):
            return
    raise ChangedMeanwhile


def mark_unread(conversation_id: str, associate_id: str, deps: Deps) -> None:
    """Puts the blue circle back: one unread message."""
    for _attempt in range(_ATTEMPTS):
        conversation, _, _ = own_conversation(conversation_id, associate_id, deps)
        if conversation.unread > 0 or deps.conversations.mark_read(conversation, 1):
            return
    raise ChangedMeanwhile
