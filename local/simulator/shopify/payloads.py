"""An order as Shopify writes it in webhooks.

Fields after https://shopify.dev/docs/api/admin-rest/latest/resources/order; those that say nothing here are left out.
"""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from local.simulator.config import Shop
from local.simulator.records import Customer, OrderLine, ShopOrder


def order_payload(order: ShopOrder, shop: Shop) -> dict[str, Any]:
    """The body of every `orders/*` webhook: the order's whole state. Times have whole seconds, as Shopify's."""
    zone = ZoneInfo(shop.timezone)
    number = int(order.number.lstrip("#"))
    total, currency = money(order.total), order.currency
    return {
        "id": int(order.id),
        "admin_graphql_api_id": f"gid://shopify/Order/{order.id}",
        "app_id": 580111,
        "buyer_accepts_marketing": False,
        "cancel_reason": "customer" if order.cancelled_at else None,
        "cancelled_at": timestamp(order.cancelled_at, zone),
        "closed_at": timestamp(order.closed_at, zone),
        "confirmed": True,
        "contact_email": order.customer.email or None,
        "created_at": timestamp(order.placed_at, zone),
        "currency": currency,
        "current_total_price": total,
        "customer_locale": "en",
        "email": order.customer.email,
        "financial_status": order.payment,
        "fulfillment_status": "fulfilled" if order.fulfilment == "fulfilled" else None,
        "location_id": _location(order.store_id, shop),
        "name": order.number,
        "note": None,
        "order_number": number,
        "number": number - 1000,
        "phone": order.customer.phone or None,
        "presentment_currency": currency,
        "processed_at": timestamp(order.placed_at, zone),
        "source_name": "web",
        "subtotal_price": total,
        "subtotal_price_set": money_set(order.total, currency),
        "tags": "",
        "taxes_included": True,
        "test": False,
        "total_discounts": "0.00",
        "total_line_items_price": total,
        "total_price": total,
        "total_price_set": money_set(order.total, currency),
        "total_tax": "0.00",
        "updated_at": timestamp(order.updated_at, zone),
        "customer": _customer(order, zone),
        "billing_address": _address(order.customer),
        "shipping_address": _address(order.customer),
        "line_items": [_line(order, index, line) for index, line in enumerate(order.lines)],
        "fulfillments": _fulfillments(order, zone),
        "refunds": [],
        "shipping_lines": [],
    }


def timestamp(at: int | None, zone: ZoneInfo) -> str | None:
    """ISO 8601 with the shop's offset and whole seconds, such as `2026-11-22T09:30:00-05:00`."""
    return datetime.fromtimestamp(at // 1000, zone).isoformat() if at is not None else None


def money(cents: int) -> str:
    return f"{cents // 100}.{cents % 100:02d}"


def money_set(cents: int, currency: str) -> dict[str, dict[str, str]]:
    amount = {"amount": money(cents), "currency_code": currency}
    return {"shop_money": amount, "presentment_money": amount}


def _location(store_id: str, shop: Shop) -> int | None:
    location = shop.locations.get(store_id)
    return int(location) if location else None


def _customer(order: ShopOrder, zone: ZoneInfo) -> dict[str, Any]:
    customer = order.customer
    return {
        "id": order.customer_id,
        "admin_graphql_api_id": f"gid://shopify/Customer/{order.customer_id}",
        "email": customer.email or None,
        "first_name": customer.first_name or None,
        "last_name": customer.last_name or None,
        "phone": customer.phone or None,
        "created_at": timestamp(order.placed_at, zone),
        "updated_at": timestamp(order.placed_at, zone),
        "state": "disabled",
        "verified_email": True,
        "tags": "",
        "currency": order.currency,
    }


def _address(customer: Customer) -> dict[str, Any]:
    name = f"{customer.first_name} {customer.last_name}".strip()
    return {
        "first_name": customer.first_name or None,
        "last_name": customer.last_name or None,
        "name": name,
        "address1": "12 Harbour Street",
        "address2": None,
        "city": "New York",
        "zip": "10004",
        "province": "New York",
        "province_code": "NY",
        "country": "United States",
        "country_code": "US",
        "phone": customer.phone or None,
    }


def _line(order: ShopOrder, index: int, line: OrderLine) -> dict[str, Any]:
    identity = int(order.id) + 7_000_000_000_000 + index
    fulfilled = order.fulfilment == "fulfilled"
    return {
        "id": identity,
        "admin_graphql_api_id": f"gid://shopify/LineItem/{identity}",
        "fulfillable_quantity": 0 if fulfilled else line.quantity,
        "fulfillment_status": "fulfilled" if fulfilled else None,
        "gift_card": False,
        "name": line.title,
        "title": line.title,
        "price": money(line.price),
        "price_set": money_set(line.price, order.currency),
        "product_exists": True,
        "product_id": identity + 1,
        "quantity": line.quantity,
        "requires_shipping": True,
        "sku": f"SKU-{index + 1:03d}",
        "taxable": True,
        "total_discount": "0.00",
        "variant_id": identity + 2,
        "variant_title": None,
    }


def _fulfillments(order: ShopOrder, zone: ZoneInfo) -> list[dict[str, Any]]:
    if order.fulfilment != "fulfilled":
        return []
    return [
        {
            "id": int(order.id) + 3_000_000_000_000,
            "order_id": int(order.id),
            "status": "success",
            "created_at": timestamp(order.updated_at, zone),
            "tracking_company": "UPS",
            "tracking_number": f"1Z{order.id}",
        }
    ]


def privacy_payload(order: ShopOrder, shop: Shop, topic: str, number: int) -> dict[str, Any]:
    """https://shopify.dev/docs/apps/build/compliance/privacy-law-compliance"""
    about: dict[str, Any] = {"shop_id": 954889, "shop_domain": shop.shop_domain}
    if topic == "shop/redact":
        return about
    about["customer"] = {"id": order.customer_id, "email": order.customer.email, "phone": order.customer.phone}
    if topic == "customers/redact":
        return {**about, "orders_to_redact": [int(order.id)]}
    return {**about, "orders_requested": [int(order.id)], "data_request": {"id": number}}
