"""Orders of a Shopify shop that changed since a time, page by page, from its Admin API: what webhooks lost is found.

https://shopify.dev/docs/api/admin-graphql/latest/queries/orders (scopes read_orders and read_customers; the last 60
days, unless the app has read_all_orders as well)
"""

from datetime import UTC, datetime
from hashlib import sha256
from typing import Annotated

from msgspec import Meta, Struct, field, json
from msgspec.structs import replace

from chalicelib.domain.errors import InvalidInput
from chalicelib.domain.events import OrderChanged
from chalicelib.domain.merchants import Connection
from chalicelib.usecases.ports import Http, OrdersPage

from .shopify_api import ShopifyApi
from .shopify_orders import Address, Buyer, Line, ShopOrder, order_changed

PAGE, LINES = 3, 100
"""Orders in a page, and lines of each, as many as we keep: a query of some 940 points, of 1,000 that one may cost. What
is not there costs nothing, so that usual orders come to a tenth of it."""

_MONEY = "shopMoney { amount }"
_ORDERS = f"""query($after: String, $changed: String!) {{
  orders(first: {PAGE}, after: $after, sortKey: UPDATED_AT, query: $changed) {{
    pageInfo {{ hasNextPage endCursor }}
    nodes {{
      legacyResourceId name createdAt updatedAt cancelledAt closedAt currencyCode customerLocale email phone
      displayFinancialStatus displayFulfillmentStatus
      totalPriceSet {{ {_MONEY} }}
      retailLocation {{ legacyResourceId }}
      customer {{
        legacyResourceId firstName lastName
        defaultPhoneNumber {{ phoneNumber }}
        defaultEmailAddress {{ emailAddress }}
      }}
      shippingAddress {{ firstName lastName phone }}
      billingAddress {{ firstName lastName phone }}
      lineItems(first: {LINES}) {{ nodes {{ title quantity originalUnitPriceSet {{ {_MONEY} }} }} }}
    }}
  }}
}}"""

# displayFulfillmentStatus, in the words of webhooks; the others say there what they say here
_FULFILMENT = {"partially_fulfilled": "partial"}

_Time = Annotated[datetime, Meta(tz=True)]


class _Amount(Struct):
    amount: str


class _Money(Struct, rename="camel"):
    shop_money: _Amount


class _Resource(Struct, rename="camel"):
    legacy_resource_id: str


class _Phone(Struct, rename="camel"):
    phone_number: str | None = None


class _Email(Struct, rename="camel"):
    email_address: str | None = None


class _Buyer(Struct, rename="camel"):
    legacy_resource_id: str
    first_name: str | None = None
    last_name: str | None = None
    default_phone_number: _Phone | None = None
    default_email_address: _Email | None = None


class _Address(Struct, rename="camel"):
    first_name: str | None = None
    last_name: str | None = None
    phone: str | None = None


class _Line(Struct, rename="camel"):
    title: str
    quantity: Annotated[int, Meta(ge=0, le=1_000_000)]
    original_unit_price_set: _Money


class _Lines(Struct):
    nodes: list[_Line] = []


class _Order(Struct, rename="camel"):
    legacy_resource_id: str
    name: Annotated[str, Meta(min_length=1)]
    created_at: _Time
    updated_at: _Time
    currency_code: str
    total_price_set: _Money
    cancelled_at: _Time | None = None
    closed_at: _Time | None = None
    display_financial_status: str | None = None
    display_fulfillment_status: str | None = None
    customer_locale: str | None = None
    email: str | None = None
    phone: str | None = None
    retail_location: _Resource | None = None
    customer: _Buyer | None = None
    shipping_address: _Address | None = None
    billing_address: _Address | None = None
    line_items: _Lines = field(default_factory=_Lines)


class _PageInfo(Struct, rename="camel"):
    has_next_page: bool
    end_cursor: str | None = None


class _Orders(Struct, rename="camel"):
    page_info: _PageInfo
    nodes: list[_Order]


class _Found(Struct):
    orders: _Orders


class ShopifyOrderPages(ShopifyApi):
    """Implements ports.ListsOrders."""

    def may_list_orders(self, secrets: dict[str, str]) -> bool:
        return bool(secrets.get("access_token"))

    def orders_page(
        self, since: int, after: str, connection: Connection, secrets: dict[str, str], http: Http
    ) -> OrdersPage:
        at = datetime.fromtimestamp(since // 1000, UTC).isoformat().replace("+00:00", "Z")
        variables = {"after": after or None, "changed": f"updated_at:>='{at}'"}
        orders = self._asked(_ORDERS, variables, _Found, connection, secrets, http).orders
        return OrdersPage(
            orders=tuple(each for node in orders.nodes if (each := _changed(node, connection)) is not None),
            after=(orders.page_info.end_cursor or "") if orders.page_info.has_next_page else "",
        )


def _changed(node: _Order, connection: Connection) -> OrderChanged | None:
    """None for one that cannot be read: the others are taken all the same. Its id is the same for the same state."""
    try:
        event = order_changed(_as_in_webhooks(node), "", connection)
    except (ValueError, InvalidInput):
        return None
    return replace(event, event_id=f"read:{event.external_id}:{sha256(json.encode(event)).hexdigest()[:32]}")


def _as_in_webhooks(node: _Order) -> ShopOrder:
    fulfilment = (node.display_fulfillment_status or "").lower()
    location = node.retail_location
    return ShopOrder(
        id=int(node.legacy_resource_id),
        name=node.name,
        created_at=node.created_at,
        updated_at=node.updated_at,
        currency=node.currency_code,
        total_price=node.total_price_set.shop_money.amount,
        cancelled_at=node.cancelled_at,
        closed_at=node.closed_at,
        financial_status=(node.display_financial_status or "").lower(),
        fulfillment_status=_FULFILMENT.get(fulfilment, fulfilment),
        location_id=None if location is None else int(location.legacy_resource_id),
        customer_locale=node.customer_locale,
        email=node.email,
        phone=node.phone,
        customer=None if node.customer is None else _buyer(node.customer),
        shipping_address=_address(node.shipping_address),
        billing_address=_address(node.billing_address),
        line_items=[
            Line(title=each.title, quantity=each.quantity, price=each.original_unit_price_set.shop_money.amount)
            for each in node.line_items.nodes
        ],
    )


def _buyer(said: _Buyer) -> Buyer:
    phone, email = said.default_phone_number, said.default_email_address
    return Buyer(
        id=int(said.legacy_resource_id),
        first_name=said.first_name,
        last_name=said.last_name,
        phone=None if phone is None else phone.phone_number,
        email=None if email is None else email.email_address,
    )


def _address(said: _Address | None) -> Address | None:
    return None if said is None else Address(said.first_name, said.last_name, said.phone)
