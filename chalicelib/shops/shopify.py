"""Orders from Shopify.

Signatures and headers: https://shopify.dev/docs/apps/build/webhooks
The order in the body: https://shopify.dev/docs/api/admin-rest/latest/resources/order
"""

import re
from datetime import UTC, datetime, timedelta
from typing import Annotated

from msgspec import Meta, MsgspecError, Struct, json

from chalicelib.domain.errors import BadSignature, InvalidInput
from chalicelib.domain.events import Event, Ignored, OrderChanged, ShopCustomer
from chalicelib.domain.merchants import Connection
from chalicelib.domain.money import minor_units
from chalicelib.domain.orders import Fulfilment, OrderLine, Payment
from chalicelib.domain.signatures import require_match, signature
from chalicelib.usecases.ports import WebhookReply, WebhookRequest

# https://shopify.dev/docs/api/webhooks (each carries the whole order as it is then)
TOPICS = {
    "orders/create",
    "orders/updated",
    "orders/paid",
    "orders/fulfilled",
    "orders/partially_fulfilled",
    "orders/cancelled",
}

# financial_status in https://shopify.dev/docs/api/admin-rest/latest/resources/order; what is not here is pending
PAYMENT = {
    "paid": Payment.PAID,
    "partially_refunded": Payment.PAID,
    "refunded": Payment.REFUNDED,
}

# fulfillment_status, same page; what is not here (none yet, or restocked) is unfulfilled
FULFILMENT = {
    "partial": Fulfilment.PARTIAL,
    "fulfilled": Fulfilment.FULFILLED,
}

_TOPIC = re.compile(r"[a-z_]{1,40}/[a-z_]{1,40}", re.ASCII)
_EVENT_ID = re.compile(r"[!-~]{1,128}", re.ASCII)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_LONGEST_TEXT = 255
"""Characters kept of a name or title: Shopify's own limit."""

_Id = Annotated[int, Meta(ge=1, le=2**63 - 1)]
_Time = Annotated[datetime, Meta(tz=True)]


class _Address(Struct):
    first_name: str | None = None
    last_name: str | None = None
    phone: str | None = None


class _Customer(Struct):
    id: _Id
    first_name: str | None = None
    last_name: str | None = None
    phone: str | None = None
    email: str | None = None


class _Line(Struct):
    title: str
    quantity: Annotated[int, Meta(ge=0, le=1_000_000)]
    price: str


class _Order(Struct):
    """The fields we read; all others are ignored, so that Shopify may add what it likes."""

    id: _Id
    name: Annotated[str, Meta(min_length=1)]
    created_at: _Time
    updated_at: _Time
    currency: str
    total_price: str
    cancelled_at: _Time | None = None
    closed_at: _Time | None = None
    financial_status: str | None = None
    fulfillment_status: str | None = None
    location_id: _Id | None = None
    email: str | None = None
    phone: str | None = None
    customer: _Customer | None = None
    shipping_address: _Address | None = None
    billing_address: _Address | None = None
    line_items: list[_Line] = []


_ORDER = json.Decoder(_Order)


class Shopify:
    """Adapter of Shopify. `connection.account` is the shop's myshopify.com domain, its secret `webhook_secret`."""

    def verify(self, request: WebhookRequest, connection: Connection, secrets: dict[str, str]) -> None:
        """Raises BadSignature unless the body is signed with this connection's secret and comes from its shop."""
        expected = signature(secrets.get("webhook_secret", ""), request.body, "sha256")
        require_match(request.headers.get("x-shopify-hmac-sha256"), [expected])
        shop = request.headers.get("x-shopify-shop-domain", "")
        if not connection.account or shop.lower() != connection.account.lower():
            raise BadSignature

    def parse(self, request: WebhookRequest, connection: Connection, now: int) -> list[Event]:
        """The order as it is now, or Ignored for topics we do not handle. Raises InvalidInput."""
        topic = request.headers.get("x-shopify-topic", "")
        if not _TOPIC.fullmatch(topic):
            raise InvalidInput(header="X-Shopify-Topic")
        if topic not in TOPICS:
            return [Ignored(kind=topic)]
        event_id = f"{topic}:{_event_id(request)}"
        try:
            order = _ORDER.decode(request.body)
        except (MsgspecError, UnicodeDecodeError, RecursionError):
            raise InvalidInput from None
        return [_changed(order, event_id, connection)]

    def acknowledge(self) -> WebhookReply:
        return WebhookReply()


def _event_id(request: WebhookRequest) -> str:
    """What repeats of a webhook share. One act of the merchant has one event id in several topics.

    Raises InvalidInput where there is none: the webhook could take effect twice.
    """
    for header in ("x-shopify-event-id", "x-shopify-webhook-id"):
        value = request.headers.get(header, "")
        if _EVENT_ID.fullmatch(value):
            return value
    raise InvalidInput(header="X-Shopify-Event-Id")


def _changed(order: _Order, event_id: str, connection: Connection) -> OrderChanged:
    return OrderChanged(
        connection_id=connection.id,
        event_id=event_id,
        external_id=str(order.id),
        number=order.name[:_LONGEST_TEXT],
        location="" if order.location_id is None else str(order.location_id),
        customer=_customer(order),
        placed_at=_epoch_ms(order.created_at),
        updated_at=_epoch_ms(order.updated_at),
        payment=PAYMENT.get(order.financial_status or "", Payment.PENDING),
        fulfilment=FULFILMENT.get(order.fulfillment_status or "", Fulfilment.UNFULFILLED),
        cancelled_at=None if order.cancelled_at is None else _epoch_ms(order.cancelled_at),
        closed_at=None if order.closed_at is None else _epoch_ms(order.closed_at),
        total=_money(order.total_price, order.currency),
        currency=order.currency,
        lines=tuple(_line(line, order.currency) for line in order.line_items),
    )


def _customer(order: _Order) -> ShopCustomer:
    """Who ordered. Guests have no customer record; checkout forms differ in where the phone number goes."""
    customer = order.customer
    phone, email = (None, None) if customer is None else (customer.phone, customer.email)
    addresses = [address for address in (order.shipping_address, order.billing_address) if address is not None]
    named = next((a for a in (customer, *addresses) if a is not None and _first(a.first_name, a.last_name)), None)
    return ShopCustomer(
        external_id="" if customer is None else str(customer.id),
        first_name="" if named is None else _first(named.first_name),
        last_name="" if named is None else _first(named.last_name),
        phone=_first(phone, order.phone, *(address.phone for address in addresses)),
        email=_first(email, order.email),
    )


def _first(*texts: str | None) -> str:
    """The first text that says something."""
    return next((text.strip()[:_LONGEST_TEXT] for text in texts if text and text.strip()), "")


def _line(line: _Line, currency: str) -> OrderLine:
    return OrderLine(title=line.title[:_LONGEST_TEXT], quantity=line.quantity, price=_money(line.price, currency))


def _money(amount: str, currency: str) -> int:
    try:
        return minor_units(amount, currency)
    except ValueError:
        raise InvalidInput from None


def _epoch_ms(at: datetime) -> int:
    """Raises InvalidInput for a time before 1970."""
    milliseconds = (at - _EPOCH) // timedelta(milliseconds=1)
    if milliseconds < 0:
        raise InvalidInput
    return milliseconds
