"""A person asks to send a message again that failed, or whose delivery is unknown (X10)."""

from msgspec.structs import replace

from chalicelib.domain.errors import ChangedMeanwhile, NotFound, ProxyUnusable, WindowClosed
from chalicelib.domain.messages import Message

from .access import own_conversation, require_no_opt_out, require_open
from .change_proxy import usable
from .charge_credits import charged
from .held_messages import require_daytime
from .ports import Deps


def retry_message(conversation_id: str, message_id: str, associate_id: str, deps: Deps) -> Message:
    """The message, queued for its next attempt.

    Raises NotFound, NotRetryable, OptedOut, OptInPending, ConversationEnded, ProxyUnusable, WindowClosed, QuietHours,
    ChangedMeanwhile (two people pressed it), TooFewCredits.
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
    if not again.kind.leads_to_chat:  # which goes the way it went: the chat is not where it is sent to
        again = replace(again, proxy=conversation.proxy, connection_id=conversation.connection_id)
    if not usable(again.store_id, again.channel, again.proxy, deps):
        raise ProxyUnusable
    if again.template is None:
        if conversation.takes_templates_only(now):
            raise WindowClosed
        again = replace(again, free_until=conversation.free_until)
    again = charged(again, deps)
    if not deps.messages.retry(again, message):
        raise ChangedMeanwhile
    return again
