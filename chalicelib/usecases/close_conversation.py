"""Ends of a conversation by the store: close, undo of closing, delete (D18); by the order (D20)."""

from collections.abc import Callable

from chalicelib.domain.audit import AuditAct
from chalicelib.domain.conversations import Conversation, ConversationState
from chalicelib.domain.errors import ChangedMeanwhile, ConversationEnded
from chalicelib.domain.orders import Order

from .access import own_conversation
from .audit_entry import audited
from .ports import Deps

_ATTEMPTS = 5


def close_conversation(conversation_id: str, associate_id: str, deps: Deps) -> Conversation:
    """Closed from now on; closing a closed one changes nothing. Raises ConversationEnded when it expired."""

    def close(conversation: Conversation, now: int) -> Conversation:
        state = conversation.state_at(now)
        if state is ConversationState.CLOSED:
            return conversation
        if not conversation.lives(now):
            raise ConversationEnded
        return conversation.closed(now)

    return _change(conversation_id, associate_id, close, AuditAct.CLOSED, deps)


def reopen_conversation(conversation_id: str, associate_id: str, deps: Deps) -> Conversation:
    """Undo of closing. Raises ConversationEnded when it is too late: expired, or the number leads elsewhere."""

    def reopen(conversation: Conversation, now: int) -> Conversation:
        state = conversation.state_at(now)
        if conversation.lives(now):
            return conversation
        cool_until = conversation.cool_until(now)
        if state is not ConversationState.CLOSED or cool_until is None or now >= cool_until:
            raise ConversationEnded
        return conversation.undone()

    return _change(conversation_id, associate_id, reopen, AuditAct.REOPENED, deps)


def delete_conversation(conversation_id: str, associate_id: str, deps: Deps) -> None:
    """Gone for everybody at once; `fan_out` erases its messages. What is left only answers the customer (D19)."""
    _change(
        conversation_id,
        associate_id,
        lambda conversation, now: conversation.deleted(now),
        AuditAct.DELETED,
        deps,
    )


def close_conversation_of(order: Order, deps: Deps) -> None:
    """Closing the order closes its conversation (D20), if that is still about this order."""
    if order.conversation_id is None:
        return
    for _attempt in range(_ATTEMPTS):
        conversation = deps.conversations.find(order.conversation_id)
        now = deps.clock.now()
        if conversation is None or conversation.order_id != order.id or not conversation.lives(now):
            return
        if deps.conversations.end(conversation, conversation.closed(now)):
            return
    raise ChangedMeanwhile


def _change(
    conversation_id: str,
    associate_id: str,
    verb: Callable[[Conversation, int], Conversation],
    act: AuditAct,
    deps: Deps,
) -> Conversation:
    """What changes is written down with it (X24)."""
    store = deps.conversations.reopen if act is AuditAct.REOPENED else deps.conversations.end
    for _attempt in range(_ATTEMPTS):
        before, _, _ = own_conversation(conversation_id, associate_id, deps)
        after = verb(before, deps.clock.now())
        if after == before or store(before, after, audited(act, before, associate_id, deps)):
            return after
    raise ChangedMeanwhile
