"""An order as Shopify says it, in webhooks and in what its Admin API is asked: one meaning for both.

The order in a webhook: https://shopify.dev/docs/api/admin-rest/latest/resources/order
"""

import re
from datetime import datetime
from typing import Annotated

from msgspec import Meta, MsgspecError, Struct, json

from chalicelib.domain.errors import InvalidInput
from chalicelib.domain.events import OrderChanged, ShopCustomer
from chalicelib.domain.merchants import Connection
from chalicelib.domain.orders import Fulfilment, OrderLine, Payment
from chalicelib.domain.product_links import code_in

from .order_fields import LONGEST_TEXT, epoch_ms, exact_money, first_said

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

_LOCALE = re.compile(r"([A-Za-z]{2})(?![A-Za-z])", re.ASCII)

_Id = Annotated[int, Meta(ge=1, le=2**63 - 1)]
_Time = Annotated[datetime, Meta(tz=True)]


class Address(Struct):
    first_name: str | None = None
    last_name: str | None = None
    phone: str | None = None


class Buyer(Struct):
    id: _Id
    first_name: str | None = None
    last_name: str | None = None
    phone: str | None = None
    email: str | None = None


class Line(Struct):
    title: str
    quantity: Annotated[int, Meta(ge=0, le=1_000_000)]
    price: str


class ShopOrder(Struct):
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
    customer_locale: str | None = None
    landing_site: object = None
    email: str | None = None
    phone: str | None = None
    customer: Buyer | None = None
    shipping_address: Address | None = None
    billing_address: Address | None = None
    line_items: list[Line] = []


_ORDER = json.Decoder(ShopOrder)


def order_from(body: bytes) -> ShopOrder:
    """Raises InvalidInput."""
    try:
        return _ORDER.decode(body)
    except (MsgspecError, UnicodeDecodeError, RecursionError):
        raise InvalidInput from None


def order_changed(order: ShopOrder, event_id: str, connection: Connection) -> OrderChanged:
    """Raises InvalidInput for what is no amount of money, and no time."""
    return OrderChanged(
        connection_id=connection.id,
        event_id=event_id,
        external_id=str(order.id),
        number=order.name[:LONGEST_TEXT],
        location="" if order.location_id is None else str(order.location_id),
        customer=_customer(order),
        placed_at=epoch_ms(order.created_at),
        updated_at=epoch_ms(order.updated_at),
        payment=PAYMENT.get(order.financial_status or "", Payment.PENDING),
        fulfilment=FULFILMENT.get(order.fulfillment_status or "", Fulfilment.UNFULFILLED),
        cancelled_at=None if order.cancelled_at is None else epoch_ms(order.cancelled_at),
        closed_at=None if order.closed_at is None else epoch_ms(order.closed_at),
        total=exact_money(order.total_price, order.currency),
        currency=order.currency,
        lines=tuple(_line(line, order.currency) for line in order.line_items),
        link=code_in(order.landing_site) if isinstance(order.landing_site, str) else "",
    )


def _customer(order: ShopOrder) -> ShopCustomer:
    """Who ordered. Guests have no customer record; checkout forms differ in where the phone number goes."""
    customer = order.customer
    phone, email = (None, None) if customer is None else (customer.phone, customer.email)
    addresses = [address for address in (order.shipping_address, order.billing_address) if address is not None]
    named = next((a for a in (customer, *addresses) if a is not None and first_said(a.first_name, a.last_name)), None)
    return ShopCustomer(
        external_id="" if customer is None else str(customer.id),
        first_name="" if named is None else first_said(named.first_name),
        last_name="" if named is None else first_said(named.last_name),
        phone=first_said(phone, order.phone, *(address.phone for address in addresses)),
        email=first_said(email, order.email),
        language=_language(order.customer_locale),
    )


def _language(locale: str | None) -> str:
    """`de-AT` -> `de`."""
    found = _LOCALE.match(locale or "")
    return found[1].lower() if found else ""


def _line(line: Line, currency: str) -> OrderLine:
    return OrderLine(title=line.title[:LONGEST_TEXT], quantity=line.quantity, price=exact_money(line.price, currency))
