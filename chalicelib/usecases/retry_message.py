"""A person asks to send a message again that failed, or whose delivery is unknown (X10)."""

from msgspec.structs import replace

from chalicelib.domain.errors import ChangedMeanwhile, NotFound, WindowClosed
from chalicelib.domain.messages import Message

from .access import own_conversation, require_no_opt_out, require_open
from .change_proxy import require_usable_proxy
from .held_messages import require_daytime
from .ports import Deps


def retry_message(conversation_id: str, message_id: str, associate_id: str, deps: Deps) -> Message:
    """The message, queued for its next attempt.

    Raises NotFound, NotRetryable, OptedOut, OptInPending, ConversationEnded, ProxyUnusable, WindowClosed, QuietHours,
    ChangedMeanwhile (two people pressed it).
    """
    conversation, _, _ = own_conversation(conversation_id, associate_id, deps)
    message = deps.conversations.find_message(conversation_id, message_id)
    if message is None:
        raise NotFound
    now = deps.clock.now()
    again = message.retried(now, conversation.expires_at)
    require_no_opt_out(conversation, deps)
    require_open(conversation, now, message.kind)
    require_daytime(conversation, now, deps)
    require_usable_proxy(conversation, deps)
    again = replace(again, proxy=conversation.proxy, connection_id=conversation.connection_id)
    if again.template is None:
        if conversation.takes_templates_only(now):
            raise WindowClosed
        again = replace(again, free_until=conversation.free_until)
    if not deps.messages.retry(again, message):
        raise ChangedMeanwhile
    return again
