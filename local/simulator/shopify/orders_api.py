"""Orders as Shopify's Admin API (GraphQL) lists those that changed since a time.

https://shopify.dev/docs/api/admin-graphql/latest/queries/orders
"""

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

from local.simulator.config import Shop
from local.simulator.records import Customer, OrderLine, ShopOrder
from local.simulator.shopify.payloads import money

PAGE = 3
_FROM, _END = "updated_at:>='", "'"


def orders_page(variables: dict[str, Any], orders: Iterable[ShopOrder], shop: Shop) -> dict[str, Any]:
    """The first change first. `changed` is the search that Counterline makes."""
    since = datetime.fromisoformat(str(variables["changed"]).removeprefix(_FROM).removesuffix(_END)).timestamp() * 1000
    here = [each for each in orders if each.platform == "shopify" and each.updated_at >= since]
    position = variables.get("after") or ""
    rows = sorted((each for each in here if _cursor(each) > position), key=_cursor)
    shown = rows[:PAGE]
    info = {"hasNextPage": len(rows) > PAGE, "endCursor": _cursor(shown[-1]) if shown else None}
    return {"orders": {"pageInfo": info, "nodes": [_node(each, shop) for each in shown]}}


def _cursor(order: ShopOrder) -> str:
    return f"{order.updated_at:015d}:{order.id:>20}"


def _node(order: ShopOrder, shop: Shop) -> dict[str, Any]:
    location = shop.locations.get(order.store_id)
    return {
        "legacyResourceId": order.id,
        "name": order.number,
        "createdAt": _time(order.placed_at),
        "updatedAt": _time(order.updated_at),
        "cancelledAt": _time(order.cancelled_at),
        "closedAt": _time(order.closed_at),
        "currencyCode": order.currency,
        "customerLocale": "en",
        "email": order.customer.email or None,
        "phone": order.customer.phone or None,
        "displayFinancialStatus": order.payment.upper(),
        "displayFulfillmentStatus": order.fulfilment.upper(),
        "totalPriceSet": _price(order.total),
        "retailLocation": {"legacyResourceId": location} if location else None,
        "customer": _buyer(order),
        "shippingAddress": _address(order.customer),
        "billingAddress": _address(order.customer),
        "lineItems": {"nodes": [_line(each) for each in order.lines]},
    }


def _time(at: int | None) -> str | None:
    """UTC in whole seconds, such as `2026-11-22T14:30:00Z`."""
    return None if at is None else datetime.fromtimestamp(at // 1000, UTC).isoformat().replace("+00:00", "Z")


def _price(cents: int) -> dict[str, Any]:
    return {"shopMoney": {"amount": money(cents)}}


def _buyer(order: ShopOrder) -> dict[str, Any]:
    customer = order.customer
    return {
        "legacyResourceId": str(order.customer_id),
        "firstName": customer.first_name or None,
        "lastName": customer.last_name or None,
        "defaultPhoneNumber": {"phoneNumber": customer.phone} if customer.phone else None,
        "defaultEmailAddress": {"emailAddress": customer.email} if customer.email else None,
    }


def _address(customer: Customer) -> dict[str, Any]:
    return {
        "firstName": customer.first_name or None,
        "lastName": customer.last_name or None,
        "phone": customer.phone or None,
    }


def _line(line: OrderLine) -> dict[str, Any]:
    return {"title": line.title, "quantity": line.quantity, "originalUnitPriceSet": _price(line.price)}
