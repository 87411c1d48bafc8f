"""Shop orders, kept current from webhooks."""

from base64 import urlsafe_b64encode
from enum import StrEnum
from hashlib import sha256

from msgspec import Struct, json
from msgspec.structs import replace

from .addresses import Address

START_WINDOW = 72 * 3_600_000
"""Milliseconds after placing in which a conversation can be started (D2)."""


class Payment(StrEnum):
    PENDING = "pending"
    PAID = "paid"
    REFUNDED = "refunded"


class Fulfilment(StrEnum):
    UNFULFILLED = "unfulfilled"
    PARTIAL = "partial"
    FULFILLED = "fulfilled"


class OrderEvent(StrEnum):
    """What happens to an order, or of MERCHANT_TICKET to a conversation. Also the ids of the standard templates."""

    PLACED = "order_placed"
    PAID = "order_paid"
    SENT = "order_sent"
    CANCELLED = "order_cancelled"
    FOLLOW_UP = "order_follow_up"
    """Some days after it was sent (X22): no report says so, the clock does."""
    MERCHANT_PLACED = "merchant_order_placed"
    """As PLACED, for the merchant's own phone (L17)."""
    MERCHANT_PAID = "merchant_order_paid"
    """As PAID, for the merchant's own phone (L22)."""
    MERCHANT_TICKET = "merchant_ticket"
    """A customer has begun a conversation, for the merchant's own phone (L18). Of no order."""

    @property
    def for_merchant(self) -> bool:
        """Its text goes to the merchant's own phone (L7); that of all others to the customer."""
        return self in (OrderEvent.MERCHANT_PLACED, OrderEvent.MERCHANT_PAID, OrderEvent.MERCHANT_TICKET)


class OrderLine(Struct, frozen=True, kw_only=True):
    title: str
    quantity: int
    price: int
    """Of one piece, in the currency's minor unit."""


class Order(Struct, frozen=True, kw_only=True):
    """One order. Money is in the currency's minor unit (cents)."""

    id: str
    merchant_id: str
    store_id: str
    connection_id: str
    external_id: str
    """The shop's own id."""
    number: str
    """As printed for people, such as `#1042`."""
    customer_id: str
    customer_name: str
    phone: Address | None = None
    """The number given with this order: the one to text about it."""
    placed_at: int
    updated_at: int
    """The shop's own time of change: the version by which repeated and late events converge."""
    payment: Payment = Payment.PENDING
    fulfilment: Fulfilment = Fulfilment.UNFULFILLED
    cancelled_at: int | None = None
    closed_at: int | None = None
    total: int
    currency: str
    lines: tuple[OrderLine, ...] = ()
    conversation_id: str | None = None
    language: str = ""
    """The customer's, as the shop says it: `de`; empty where it does not."""
    told: tuple[OrderEvent, ...] | None = None
    """Of what its customer was to be told by an automatic text: of each once, whatever reports come."""
    link: str = ""
    """The code of the link to a product by which its customer came into the shop (X21); empty where none is known."""
    erased_at: int | None = None
    """Its customer was erased (X13): nothing else is left, and no report brings it back."""

    @property
    def active(self) -> bool:
        """Neither closed nor cancelled (D3)."""
        return self.closed_at is None and self.cancelled_at is None

    def startable(self, now: int) -> bool:
        """Whether a conversation about it can be started: active, and placed in the past 72 hours (D2, D3)."""
        return self.active and now - self.placed_at <= START_WINDOW

    def newest(self, other: "Order") -> "Order":
        """What two reports of one order come to, in whichever order they arrive.

        The later `updated_at` wins. Reports of the same instant (shops round to seconds) add up: an order
        that was paid, shipped, cancelled or closed in either of them is so.
        """
        if self.updated_at != other.updated_at:
            return self if self.updated_at > other.updated_at else other
        return replace(
            max(self, other, key=_rest),
            payment=max(self.payment, other.payment, key=list(Payment).index),
            fulfilment=max(self.fulfilment, other.fulfilment, key=list(Fulfilment).index),
            cancelled_at=_earlier(self.cancelled_at, other.cancelled_at),
            closed_at=_earlier(self.closed_at, other.closed_at),
        )

    @property
    def reached(self) -> frozenset[OrderEvent]:
        """What has happened to it, as far as it says."""
        found = {OrderEvent.PLACED}
        found |= {OrderEvent.PAID} if self.payment is Payment.PAID else set()
        found |= {OrderEvent.SENT} if self.fulfilment is Fulfilment.FULFILLED else set()
        found |= {OrderEvent.CANCELLED} if self.cancelled_at is not None else set()
        return frozenset(found)

    def in_conversation(self, conversation_id: str) -> "Order":
        return replace(self, conversation_id=conversation_id)


def _rest(order: Order) -> bytes:
    """What does not add up: any rule will do that does not depend on the order of arrival."""
    return json.encode(
        replace(
            order,
            payment=Payment.PENDING,
            fulfilment=Fulfilment.UNFULFILLED,
            cancelled_at=None,
            closed_at=None,
            conversation_id=None,
            told=None,
            link="",
        )
    )


def _earlier(one: int | None, other: int | None) -> int | None:
    return min((at for at in (one, other) if at is not None), default=None)


def order_id(connection_id: str, external_id: str) -> str:
    """Our id of a shop's order: opaque, URL-safe, and the same each time, so that finding it needs no index."""
    name = f"{len(connection_id)}:{connection_id}{external_id}".encode(errors="surrogatepass")
    return urlsafe_b64encode(sha256(name).digest()[:16]).decode().rstrip("=")
