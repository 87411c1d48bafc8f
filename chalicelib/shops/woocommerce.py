"""Orders and customers from WooCommerce.

Webhooks, their headers and signature: https://woocommerce.com/document/webhooks/ and
https://developer.woocommerce.com/docs/apis/rest-api/v3/webhooks/
The order in the body: https://developer.woocommerce.com/docs/apis/rest-api/v3/orders/
"""

import re
from collections.abc import Iterable
from datetime import datetime
from hashlib import sha256
from typing import Annotated

from msgspec import Meta, MsgspecError, Struct, json

from chalicelib.domain.errors import BadSignature, InvalidInput
from chalicelib.domain.events import CustomerChanged, Event, Ignored, OrderChanged, ShopCustomer
from chalicelib.domain.merchants import Connection
from chalicelib.domain.orders import Fulfilment, OrderLine, Payment
from chalicelib.domain.product_links import code_in
from chalicelib.domain.signatures import require_match, signature
from chalicelib.usecases.ports import WebhookReply, WebhookRequest

from .order_fields import LONGEST_TEXT, epoch_ms, exact_money, first_said, price_of_one

# Each carries the whole order as it is then
ORDER_TOPICS = {
    "order.created",
    "order.updated",
    "order.restored",
}
CUSTOMER_TOPICS = {
    "customer.created",
    "customer.updated",
}
TOPICS = CUSTOMER_TOPICS | ORDER_TOPICS


class Meaning(Struct, frozen=True, kw_only=True):
    """What a status says. `payment` None: paid if the order has a date of payment."""

    payment: Payment | None = None
    fulfilment: Fulfilment = Fulfilment.UNFULFILLED
    cancelled: bool = False
    closed: bool = False


# https://woocommerce.com/document/managing-orders/order-statuses/; what is not here (shops add their own) says nothing
STATUS = {
    "pending": Meaning(),
    "on-hold": Meaning(),
    "failed": Meaning(),
    "processing": Meaning(payment=Payment.PAID),
    "completed": Meaning(payment=Payment.PAID, fulfilment=Fulfilment.FULFILLED),
    "cancelled": Meaning(cancelled=True),
    "refunded": Meaning(payment=Payment.REFUNDED, closed=True),
    "trash": Meaning(closed=True),
}

# Begun in the check-out, and not placed
DRAFTS = {"checkout-draft", "auto-draft", "draft"}

ENTRY = "_wc_order_attribution_session_entry"
"""Of an order's metadata: the address of the first page of the visit in which it was placed."""
_TOPIC = re.compile(r"[a-z_]{1,40}\.[a-z_]{1,80}", re.ASCII)
_PING = re.compile(rb"webhook_id=[0-9]{1,19}", re.ASCII)

_Id = Annotated[int, Meta(ge=1, le=2**63 - 1)]


class _Address(Struct):
    first_name: str | None = None
    last_name: str | None = None
    phone: str | None = None
    email: str | None = None


class _Line(Struct):
    name: str | None
    quantity: Annotated[int, Meta(ge=0, le=1_000_000)]
    total: str
    total_tax: str | None = None


class _Order(Struct):
    """The fields we read; all others are ignored: plugins add what they like. Times are UTC and do not say so."""

    id: _Id
    number: Annotated[str, Meta(min_length=1)]
    status: Annotated[str, Meta(min_length=1)]
    currency: str
    total: str
    date_created_gmt: datetime
    date_modified_gmt: datetime | None = None
    date_paid_gmt: datetime | None = None
    date_completed_gmt: datetime | None = None
    prices_include_tax: bool | None = None
    customer_id: Annotated[int, Meta(ge=0, le=2**63 - 1)] | None = None
    billing: _Address | None = None
    shipping: _Address | None = None
    line_items: list[_Line] | None = None
    meta_data: object = None


class _Record(Struct):
    """A customer with an account: https://developer.woocommerce.com/docs/apis/rest-api/v3/customers/"""

    id: _Id
    date_created_gmt: datetime
    date_modified_gmt: datetime | None = None
    first_name: str | None = None
    last_name: str | None = None
    email: str | None = None
    billing: _Address | None = None


class _NoOrder(Struct):
    """What stands in place of an order that was gone when the webhook's turn came."""

    code: str | None = None
    errors: dict[str, list[str]] | None = None


_ORDER, _RECORD, _NO_ORDER = json.Decoder(_Order), json.Decoder(_Record), json.Decoder(_NoOrder)


class WooCommerce:
    """Adapter of WooCommerce. `connection.account` is the shop's address, its secret `webhook_secret`."""

    def verify(self, request: WebhookRequest, connection: Connection, secrets: dict[str, str]) -> None:
        """Raises BadSignature unless the body is signed with this connection's secret and comes from its shop.

        Only the ping is not signed, with which WooCommerce tries an address out before it uses it: `parse` reads
        nothing from it.
        """
        if _is_ping(request):
            return
        expected = signature(secrets.get("webhook_secret", ""), request.body, "sha256")
        require_match(request.headers.get("x-wc-webhook-signature"), [expected])
        if not connection.account or _site(request.headers.get("x-wc-webhook-source", "")) != _site(connection.account):
            raise BadSignature

    def parse(self, request: WebhookRequest, connection: Connection, now: int) -> list[Event]:
        """The order or customer as it is now, or Ignored for pings, drafts and topics we do not handle.

        Raises InvalidInput.
        """
        if _is_ping(request):
            return [Ignored(kind="ping")]
        topic = request.headers.get("x-wc-webhook-topic", "")
        if not _TOPIC.fullmatch(topic):
            raise InvalidInput(header="X-WC-Webhook-Topic")
        if topic not in TOPICS:
            return [Ignored(kind=topic)]
        if topic in CUSTOMER_TOPICS:
            return [_record(topic, request.body, connection)]
        try:
            order = _ORDER.decode(request.body)
        except (MsgspecError, UnicodeDecodeError, RecursionError):
            return [_without_an_order(request.body)]
        if order.status in DRAFTS:
            return [Ignored(kind="draft")]
        return [_changed(order, f"{topic}:{order.id}:{sha256(request.body).hexdigest()}", connection)]

    def acknowledge(self) -> WebhookReply:
        return WebhookReply()


def _is_ping(request: WebhookRequest) -> bool:
    return "x-wc-webhook-signature" not in request.headers and _PING.fullmatch(request.body) is not None


def _site(address: str) -> str:
    """`https://Shop.example/` and `shop.example` are the same site."""
    return address.strip().lower().removeprefix("https://").removeprefix("http://").rstrip("/")


def _without_an_order(body: bytes) -> Ignored:
    """Refusals count: after a few in a row WooCommerce switches the webhook off. Raises InvalidInput."""
    try:
        found = _NO_ORDER.decode(body)
    except (MsgspecError, UnicodeDecodeError, RecursionError):
        raise InvalidInput from None
    if not found.code and not found.errors:
        raise InvalidInput
    return Ignored(kind="missing_order")


def _record(topic: str, body: bytes, connection: Connection) -> CustomerChanged | Ignored:
    """Raises InvalidInput."""
    try:
        found = _RECORD.decode(body)
    except (MsgspecError, UnicodeDecodeError, RecursionError):
        return _without_an_order(body)
    billing = found.billing or _Address()
    named = found if first_said(found.first_name, found.last_name) else billing
    return CustomerChanged(
        connection_id=connection.id,
        event_id=f"{topic}:{found.id}:{sha256(body).hexdigest()}",
        customer=ShopCustomer(
            external_id=str(found.id),
            first_name=first_said(named.first_name),
            last_name=first_said(named.last_name),
            phone=first_said(billing.phone),
            email=first_said(found.email, billing.email),
        ),
        updated_at=epoch_ms(found.date_modified_gmt or found.date_created_gmt),
    )


def _changed(order: _Order, event_id: str, connection: Connection) -> OrderChanged:
    meaning = STATUS.get(order.status, Meaning())
    changed_at = epoch_ms(order.date_modified_gmt or order.date_created_gmt)
    shipped = order.status == "refunded" and order.date_completed_gmt is not None
    return OrderChanged(
        connection_id=connection.id,
        event_id=event_id,
        external_id=str(order.id),
        number=f"#{order.number}"[:LONGEST_TEXT],
        customer=_customer(order),
        placed_at=epoch_ms(order.date_created_gmt),
        updated_at=changed_at,
        payment=meaning.payment or (Payment.PENDING if order.date_paid_gmt is None else Payment.PAID),
        fulfilment=Fulfilment.FULFILLED if shipped else meaning.fulfilment,
        cancelled_at=changed_at if meaning.cancelled else None,
        closed_at=changed_at if meaning.closed else None,
        total=exact_money(order.total, order.currency),
        currency=order.currency,
        lines=tuple(_line(line, order) for line in order.line_items or ()),
        link=_link(order),
    )


def _link(order: _Order) -> str:
    """From the page where the customer came in, which WooCommerce keeps since 8.5 unless that is switched off.

    Plugins put anything there, and a list that they filtered comes as an object: no order is refused for it.
    """
    meta = order.meta_data.values() if isinstance(order.meta_data, dict) else order.meta_data
    told = [each for each in meta if isinstance(each, dict)] if isinstance(meta, Iterable) else []
    entries = [each.get("value") for each in told if each.get("key") == ENTRY]
    return next((code for entry in entries if isinstance(entry, str) and (code := code_in(entry))), "")


def _customer(order: _Order) -> ShopCustomer:
    """Who ordered. Guests have the id 0; who pays is who ordered, and only then who receives."""
    told = [address for address in (order.billing, order.shipping) if address is not None]
    named = next((address for address in told if first_said(address.first_name, address.last_name)), _Address())
    return ShopCustomer(
        external_id=str(order.customer_id) if order.customer_id else "",
        first_name=first_said(named.first_name),
        last_name=first_said(named.last_name),
        phone=first_said(*(address.phone for address in told)),
        email=first_said(*(address.email for address in told)),
    )


def _line(line: _Line, order: _Order) -> OrderLine:
    """What one piece cost after discounts, with tax where the shop's prices are."""
    amounts = [line.total, line.total_tax or "0"] if order.prices_include_tax else [line.total]
    return OrderLine(
        title=(line.name or "")[:LONGEST_TEXT],
        quantity=line.quantity,
        price=price_of_one(amounts, line.quantity, order.currency),
    )
