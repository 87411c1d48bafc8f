"""What the simulator remembers. These records are also the shape of the state file."""

from collections.abc import Container
from typing import Any

from msgspec import Struct, field

from local.simulator.behaviours import Behaviour
from local.simulator.mail.records import Mail, Mailbox


class Message(Struct, kw_only=True):
    """One text between a phone and a store number, in either direction."""

    sid: str
    connection_id: str
    account_sid: str
    """The provider's name for the account."""
    phone: str
    number: str
    """The store's number."""
    from_phone: bool
    """The customer wrote it; else the store did."""
    body: str
    at: int
    updated_at: int
    status: str
    """To the store: as Twilio calls it, whatever the provider. From the phone: `sending`, `delivered` or `failed`, by
    the webhook's answer."""
    media_urls: list[str] = []
    pictures: list[str] = []
    """Of those, the ids of what the simulator itself has, in their order at the end."""
    arrived: bool = False
    """A store's text has reached the phone."""
    sent_at: int | None = None
    error_code: int = 0
    callback_url: str = ""
    client_ref: str = ""
    """What the store calls it; Vonage and Meta say it again in every report."""
    quoted_sid: str = ""
    """The text that this one answers, where the channel knows quotes."""
    webhook_status: int | None = None
    """HTTP status of the last webhook about it, 0 without an answer, None before the first."""
    final_error: int = 0
    """Decided on acceptance: the error a store's text will end with."""
    late: bool = False
    """Decided on acceptance: delivery takes long."""


class Phone(Struct, kw_only=True):
    """A customer's phone."""

    number: str
    name: str
    behaviour: Behaviour = Behaviour.NORMAL
    email: str = ""
    """The owner's e-mail, offered when an order is placed for them."""


class Customer(Struct, kw_only=True, frozen=True, forbid_unknown_fields=True):
    """Who places an order."""

    first_name: str = ""
    last_name: str = ""
    phone: str = ""
    email: str = ""


class OrderLine(Struct, kw_only=True, frozen=True):
    title: str
    quantity: int
    price: int
    """Of one piece, in cents (the currency's minor unit)."""


class ShopEvent(Struct, kw_only=True):
    """One webhook of the shop. Its body is fixed when it happens, as Shopify's is."""

    event_id: str
    webhook_id: str
    topic: str
    platform: str = "shopify"
    at: int
    body: str
    attempts: int = 0
    status: int | None = None
    """HTTP status of the last try, 0 without an answer, None before the first."""
    done: bool = False
    """Accepted, or given up."""
    lost: bool = False
    """Never sent, as somebody wished."""


class ShopOrder(Struct, kw_only=True):
    """One order of the shop. Times in epoch milliseconds, money in cents."""

    id: str
    number: str
    """As printed, such as `#1042`."""
    customer: Customer
    customer_id: int
    store_id: str
    platform: str = "shopify"
    lines: list[OrderLine]
    currency: str
    placed_at: int
    updated_at: int
    payment: str = "pending"
    fulfilment: str = "unfulfilled"
    cancelled_at: int | None = None
    closed_at: int | None = None
    adjustment: int = 0
    """Taxes, shipping and discounts together."""
    events: list[ShopEvent] = field(default_factory=list)

    @property
    def total(self) -> int:
        return sum(line.quantity * line.price for line in self.lines) + self.adjustment


class ShopProduct(Struct, kw_only=True):
    """One product of the shop. `prices` (in cents) and `stock` by variant."""

    id: str
    title: str
    vendor: str
    prices: list[int]
    stock: list[int]
    has_picture: bool
    updated_at: int
    gone: bool = False
    events: list[ShopEvent] = field(default_factory=list)


class Snapshot(Struct, kw_only=True):
    """The whole memory; dictionaries keep the order in which things were added."""

    phones: dict[str, Phone] = {}
    messages: dict[str, Message] = {}
    orders: dict[str, ShopOrder] = {}
    products: dict[str, ShopProduct] = {}
    mailboxes: dict[str, Mailbox] = {}
    mails: dict[str, Mail] = {}
    lose_next_webhook: bool = False
    """The shop forgets to send its next one."""
    next_order_number: int = 1001
    next_shopify_id: int = 5_840_127_300_001


def public_text(message: Message, kept: Container[str]) -> dict[str, Any]:
    """A text as the control API shows it, seen from the phone. `kept`: the pictures that there still are."""
    pictures = [each for each in message.pictures if each in kept]
    return {
        "sid": message.sid,
        "direction": "out" if message.from_phone else "in",
        "peer": message.number,
        "body": message.body,
        "at": message.at,
        "status": message.status,
        "media_urls": message.media_urls[: len(message.media_urls) - len(message.pictures)],
        "pictures": pictures,
        "pictures_gone": len(message.pictures) - len(pictures),
        "error_code": message.error_code or None,
        "webhook_status": message.webhook_status,
        "quoted_sid": message.quoted_sid or None,
    }


def public_event(event: ShopEvent) -> dict[str, Any]:
    return {
        "event_id": event.event_id,
        "topic": event.topic,
        "at": event.at,
        "attempts": event.attempts,
        "status": event.status,
        "done": event.done,
        "lost": event.lost,
    }


def public_order(order: ShopOrder) -> dict[str, Any]:
    """An order as the control API shows it."""
    return {
        "id": order.id,
        "number": order.number,
        "customer": order.customer,
        "store_id": order.store_id,
        "platform": order.platform,
        "lines": order.lines,
        "total": order.total,
        "currency": order.currency,
        "payment": order.payment,
        "fulfilment": order.fulfilment,
        "cancelled_at": order.cancelled_at,
        "closed_at": order.closed_at,
        "placed_at": order.placed_at,
        "last_webhook_status": order.events[-1].status if order.events else None,
        "events": [public_event(event) for event in order.events],
    }
