"""The table's stream is the outbox: what was committed there is sent on and followed up.

The filter in infra/resources.yaml names the changes that matter here: whoever adds one adds it there
(tests/template/test_stream_filters.py holds the two together).
"""

from collections.abc import Sequence

from chalicelib.domain.carts import Cart
from chalicelib.domain.conversations import Conversation, ConversationState
from chalicelib.domain.media import MediaState
from chalicelib.domain.messages import TROUBLED, Direction, Message, MessageStatus
from chalicelib.domain.orders import Order

from .attribute_sale import attribute_sale
from .charge_credits import refund, refund_unsent
from .close_conversation import close_conversation_of
from .ports import Change, Deps, EraseMedia, FetchMedia, Item, MediaJob, WorkOnCart


def fan_out(changes: Sequence[Change], deps: Deps) -> None:
    """Safe to repeat as a whole: every step of it is idempotent. Raises when a step could not be taken."""
    deps.outbound.put([message for change in changes if (message := to_send(change)) is not None])
    if jobs := [job for change in changes if (job := to_fetch(change)) is not None]:
        deps.media_queue.put(jobs)
    for change in changes:
        _follow_up(change, deps)


def to_send(change: Change) -> Message | None:
    """A message that was just accepted, or asked for again; not one given back after a refused attempt."""
    new, old = change.new, change.old
    if not isinstance(new, Message) or new.status is not MessageStatus.QUEUED:
        return None
    if new.direction is not Direction.OUTBOUND:
        return None
    return new if not isinstance(old, Message) or old.attempt != new.attempt else None


def to_fetch(change: Change) -> MediaJob | None:
    """What came with a new message; a cart whose next step is the worker's."""
    new, old = change.new, change.old
    if isinstance(new, Cart):
        return WorkOnCart(new.conversation_id, new.id) if new.step and new != old else None
    if isinstance(new, Message) and old is None and any(each.state is MediaState.PENDING for each in new.media):
        return FetchMedia(new.conversation_id, new.id)
    return None


def _follow_up(change: Change, deps: Deps) -> None:
    new, old = change.new, change.old
    if isinstance(new, Message) and new.direction is Direction.OUTBOUND and _troubled(new, old):
        _show_outcome(new, deps)
    if isinstance(new, Order) and old is None:
        attribute_sale(new, deps)
    if isinstance(new, Order) and new.closed_at is not None and _was_open(old):
        close_conversation_of(new, deps)
    if isinstance(new, Conversation) and new.state is ConversationState.DELETED and not _was_deleted(old):
        refund_unsent(new, deps)
        deps.conversations.erase_messages(new.id, new.last_message_id)
        deps.media_queue.put([EraseMedia(new.id)])  # after the messages: a worker that finds none stores nothing more
        if isinstance(old, Conversation) and old.order_id is not None:
            deps.orders.unlink(old.order_id, old.id)


def _troubled(new: Message, old: Item | None) -> bool:
    """It got into trouble, or out of it."""
    was = old.status if isinstance(old, Message) else None
    return new.status is not was and (new.status in TROUBLED or was in TROUBLED)


def _show_outcome(told: Message, deps: Deps) -> None:
    """Lists say so (X10), and its credits come back (I4). As it is by now: the stream may tell of what is long over."""
    message = deps.conversations.find_message(told.conversation_id, told.id)
    if message is not None:
        deps.conversations.show_outcome(message)
        refund(message, deps)


def _was_open(old: Item | None) -> bool:
    return not isinstance(old, Order) or old.closed_at is None


def _was_deleted(old: Item | None) -> bool:
    return isinstance(old, Conversation) and old.state is ConversationState.DELETED
