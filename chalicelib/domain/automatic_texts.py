"""Texts that go out by themselves when something happens to an order (L11, L19, L20): which, to whom, and once each.

The order itself says what its customer was told of (`Order.told`), written in the transaction of its change: repeats,
reports out of order and two at once cannot bring a second text about.
"""

from enum import StrEnum

from msgspec import Struct
from msgspec.structs import replace

from .conversations import Conversation
from .messages import Message
from .orders import Order, OrderEvent, Payment

FRESH = 6 * 3_600_000
"""Milliseconds after which nobody is told of an event any more: a new shop brings its old orders along."""
DAY = 86_400_000
MOST_TRIED = 2 * DAY
"""Milliseconds after which one that could not be sent is given up."""
_FIRST = (OrderEvent.CANCELLED, OrderEvent.SENT, OrderEvent.PLACED, OrderEvent.PAID)
"""Of several events in one report, the first of these is told, and it alone: who ordered and paid at once is thanked
for the order."""


_OF_MERCHANT = {OrderEvent.MERCHANT_PLACED: OrderEvent.PLACED, OrderEvent.MERCHANT_PAID: OrderEvent.PAID}
"""What the merchant's own phone is told of, and what happened then; the first counts, and it alone."""


class NotSent(StrEnum):
    """Why an event's text did not go out."""

    SWITCHED_OFF = "switched_off"
    OVERTAKEN = "overtaken"
    """More has happened to the order meanwhile: it would say what is no longer so."""
    NO_PHONE = "no_phone"
    OPTED_OUT = "opted_out"
    NOT_OPTED_IN = "not_opted_in"
    NO_SENDER = "no_sender"
    """The store has no number of its own that sends."""
    NUMBER_TAKEN = "number_taken"
    """Another store, or another customer, is in a conversation between these two numbers."""
    MISSING_VALUE = "missing_value"
    TOO_LONG = "too_long"
    TOO_LATE = "too_late"
    TOO_FEW_CREDITS = "too_few_credits"


class AutomaticText(Struct, frozen=True, kw_only=True):
    """That an event's text is to go out, and what became of it. One for an order and event."""

    order_id: str
    """Of MERCHANT_TICKET, which is of no order: the conversation's id."""
    event: OrderEvent
    merchant_id: str
    store_id: str
    made_at: int
    """Of a follow-up: when it is due first."""
    due_at: int
    settled_at: int | None = None
    """When it was sent, or found not to be; None: it is still to come."""
    conversation_id: str | None = None
    message_id: str | None = None
    not_sent: NotSent | None = None

    def sent(self, conversation_id: str, message_id: str, now: int) -> "AutomaticText":
        return replace(self, settled_at=now, conversation_id=conversation_id, message_id=message_id)

    def given_up(self, reason: NotSent, now: int) -> "AutomaticText":
        return replace(self, settled_at=now, not_sent=reason)


def to_tell(before: Order | None, after: Order, active: frozenset[OrderEvent], now: int) -> OrderEvent | None:
    """Of what a report newly says, what the customer is to be told. `before`: as it was stored; None: it is new."""
    happened_at = after.placed_at if before is None else after.updated_at
    known = (before.reached if before else frozenset()) | frozenset(after.told or ())
    new = after.reached - known
    if not active or now - happened_at > FRESH:
        return None
    return next((event for event in _FIRST if event in new and event in active and holds(after, event)), None)


def to_tell_merchant(before: Order | None, after: Order, active: frozenset[OrderEvent], now: int) -> OrderEvent | None:
    """As `to_tell`, for the merchant's own phone (L17, L22)."""
    happened_at = after.placed_at if before is None else after.updated_at
    new = after.reached - (before.reached if before else frozenset())
    wanted = active - frozenset(after.told or ())
    if now - happened_at > FRESH:
        return None
    found = (event for event, happened in _OF_MERCHANT.items() if event in wanted and happened in new)
    return next((event for event in found if holds(after, event)), None)


def holds(order: Order, event: OrderEvent) -> bool:
    """Whether the event's text still says what is so."""
    if event.for_merchant:
        return _OF_MERCHANT.get(event) in order.reached and OrderEvent.CANCELLED not in order.reached
    if event is OrderEvent.CANCELLED:
        return event in order.reached
    if event is OrderEvent.FOLLOW_UP:
        over = OrderEvent.CANCELLED in order.reached or order.payment is Payment.REFUNDED
        return OrderEvent.SENT in order.reached and not over
    later = {OrderEvent.CANCELLED, OrderEvent.SENT} if event is OrderEvent.PLACED else {OrderEvent.CANCELLED}
    return event in order.reached and not later & order.reached


def telling(order: Order, event: OrderEvent, now: int) -> tuple[Order, AutomaticText]:
    """The order that says so, and the text that is to go out."""
    text = AutomaticText(
        order_id=order.id, event=event, merchant_id=order.merchant_id, store_id=order.store_id, made_at=now, due_at=now
    )
    return replace(order, told=(*(order.told or ()), event)), text


def ticket(conversation: Conversation, now: int) -> tuple[Conversation, AutomaticText]:
    """As `telling`, of a conversation that a customer begins (L18)."""
    text = AutomaticText(
        order_id=conversation.id,
        event=OrderEvent.MERCHANT_TICKET,
        merchant_id=conversation.merchant_id,
        store_id=conversation.store_id,
        made_at=now,
        due_at=now,
    )
    return replace(conversation, told_at=now), text


def to_follow_up(before: Order | None, after: Order, active: frozenset[OrderEvent], now: int) -> bool:
    """Whether a report says for the first time that it was sent, so that its customer is asked about it later (X22)."""
    event = OrderEvent.FOLLOW_UP
    news = before is None or OrderEvent.SENT not in before.reached
    wanted = event in active and event not in (after.told or ())
    return wanted and news and holds(after, event) and now - after.updated_at <= FRESH


def following_up(order: Order, days: int, now: int) -> tuple[Order, AutomaticText]:
    """As `telling`, so many days from now."""
    return telling(order, OrderEvent.FOLLOW_UP, now + days * DAY)


def result_of(message: Message) -> str:
    """What is kept with the once item: where the text of an event is."""
    return f"{message.conversation_id} {message.id}"
