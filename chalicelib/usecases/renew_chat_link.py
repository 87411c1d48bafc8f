"""The store sends a fresh chat link, or takes all links back: whoever had one opens nothing with it from then on."""

from chalicelib.domain.addresses import Channel
from chalicelib.domain.errors import (
    ChangedMeanwhile,
    ConversationEnded,
    IdempotencyConflict,
    InvalidInput,
    NotFound,
)
from chalicelib.domain.messages import Message

from .access import own_conversation, require_no_opt_out
from .charge_credits import charged
from .invite_to_chat import invitations, link_of
from .once import request_once
from .ports import Append, Appended, Conflict, Deps, Duplicate, Once
from .start_chat import doors_to

_ATTEMPTS = 5


def renew_chat_link(conversation_id: str, associate_id: str, key: str, deps: Deps) -> Message:
    """The invitation that goes out; links and sessions from before end with it. Once per idempotency key.

    Raises NotFound, PermissionDenied, MessagingDisabled, InvalidInput (no chat), ConversationEnded, OptedOut,
    CustomerUnreachable, IdempotencyConflict, TooFewCredits.
    """
    for _attempt in range(_ATTEMPTS):
        outcome = _renewed(conversation_id, associate_id, key, deps)
        if isinstance(outcome, Message):
            return outcome
    raise ChangedMeanwhile


def _renewed(conversation_id: str, associate_id: str, key: str, deps: Deps) -> Message | Conflict:
    conversation, associate, store = own_conversation(conversation_id, associate_id, deps)
    if conversation.channel != Channel.CHAT:
        raise InvalidInput("This conversation is not on the chat page.")
    now = deps.clock.now()
    if not conversation.is_open(now):
        raise ConversationEnded
    require_no_opt_out(conversation, deps)
    customer = deps.customers.find(conversation.customer_id)
    if customer is None:
        raise NotFound
    order = deps.orders.find(conversation.order_id) if conversation.order_id else None
    doors, seed = doors_to(customer, order.phone if order else None, store, associate.id, deps), deps.ids.token()
    invited = invitations(conversation, conversation.last_message_id, doors, seed, now, associate)
    sent = tuple(charged(each, deps) for each in invited)
    once = request_once(associate_id, key, (conversation_id, "chat-link"), sent[-1].id)
    link = link_of(conversation, seed, now, deps)
    outcome = deps.conversations.append(Append(once=once, messages=sent, link=link))
    if isinstance(outcome, Appended):
        return sent[-1]
    return _repeated(once, outcome, conversation_id, deps) if isinstance(outcome, Duplicate) else outcome


def _repeated(once: Once, earlier: Duplicate, conversation_id: str, deps: Deps) -> Message:
    if earlier.once.digest != once.digest:
        raise IdempotencyConflict
    message = deps.conversations.find_message(conversation_id, earlier.once.result)
    if message is None:
        raise NotFound
    return message
