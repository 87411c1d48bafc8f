"""The same shop at other platforms: how WooCommerce, and a shop of our own contract, announce its orders.

https://developer.woocommerce.com/docs/apis/rest-api/v3/webhooks/ and docs/generic-shop.md.
"""

import base64
import hashlib
import hmac
from datetime import UTC, datetime
from typing import Any

from local.simulator.config import OtherShop
from local.simulator.records import ShopEvent, ShopOrder
from local.simulator.shopify.payloads import money


def topic_of(platform: str, shopify_topic: str) -> str:
    """What the platform calls what Shopify calls this."""
    if platform == "woocommerce":
        return "order.created" if shopify_topic == "orders/create" else "order.updated"
    return "order"


def payload(order: ShopOrder, shop: OtherShop, event_id: str) -> dict[str, Any]:
    """The order as it is now."""
    return _of_woocommerce(order) if shop.platform == "woocommerce" else _of_contract(order, shop, event_id)


def headers(event: ShopEvent, shop: OtherShop, body: bytes, now: int) -> dict[str, str]:
    """Signed for sending at `now`."""
    key = shop.webhook_secret.encode()
    if shop.platform == "woocommerce":
        return {
            "Content-Type": "application/json",
            "User-Agent": "WooCommerce/10.3.0 Hookshot (WordPress/6.8)",
            "X-WC-Webhook-Source": shop.account,
            "X-WC-Webhook-Topic": event.topic,
            "X-WC-Webhook-Resource": "order",
            "X-WC-Webhook-Event": event.topic.partition(".")[2],
            "X-WC-Webhook-ID": "1",
            "X-WC-Webhook-Delivery-ID": hashlib.md5(event.webhook_id.encode(), usedforsecurity=False).hexdigest(),
            "X-WC-Webhook-Signature": base64.b64encode(hmac.new(key, body, hashlib.sha256).digest()).decode(),
        }
    timestamp = str(now // 1000)
    return {
        "Content-Type": "application/json",
        "X-Counterline-Timestamp": timestamp,
        "X-Counterline-Signature": hmac.new(key, f"{timestamp}.".encode() + body, hashlib.sha256).hexdigest(),
    }


def _of_woocommerce(order: ShopOrder) -> dict[str, Any]:
    customer = order.customer
    who = {"first_name": customer.first_name, "last_name": customer.last_name, "phone": customer.phone}
    changed = _without_zone(order.updated_at)
    lines = [
        {"name": line.title, "quantity": line.quantity, "total": money(line.price * line.quantity), "total_tax": "0.00"}
        for line in order.lines
    ]
    return {
        "id": int(order.id),
        "number": order.number.removeprefix("#"),
        "status": _status(order),
        "currency": order.currency,
        "prices_include_tax": False,
        "total": money(order.total),
        "customer_id": order.customer_id,
        "billing": {**who, "email": customer.email},
        "shipping": who,
        "line_items": lines,
        "date_created_gmt": _without_zone(order.placed_at),
        "date_modified_gmt": changed,
        "date_paid_gmt": changed if order.payment == "paid" else None,
        "date_completed_gmt": changed if order.fulfilment == "fulfilled" else None,
    }


def _status(order: ShopOrder) -> str:
    if order.closed_at is not None:
        return "trash"
    if order.cancelled_at is not None:
        return "cancelled"
    if order.fulfilment == "fulfilled":
        return "completed"
    return "processing" if order.payment == "paid" else "pending"


def _of_contract(order: ShopOrder, shop: OtherShop, event_id: str) -> dict[str, Any]:
    customer = order.customer
    return {
        "version": 1,
        "event_id": event_id,
        "shop": shop.account,
        "order": {
            "id": order.id,
            "number": order.number,
            "placed_at": _with_zone(order.placed_at),
            "updated_at": _with_zone(order.updated_at),
            "payment": "pending" if order.payment == "voided" else order.payment,
            "fulfilment": order.fulfilment,
            "cancelled_at": None if order.cancelled_at is None else _with_zone(order.cancelled_at),
            "closed_at": None if order.closed_at is None else _with_zone(order.closed_at),
            "currency": order.currency,
            "total": order.total,
            "location": order.store_id,
            "customer": {
                "id": str(order.customer_id),
                "first_name": customer.first_name,
                "last_name": customer.last_name,
                "phone": customer.phone,
                "email": customer.email,
            },
            "lines": [{"title": line.title, "quantity": line.quantity, "price": line.price} for line in order.lines],
        },
    }


def _without_zone(at: int) -> str:
    """UTC in whole seconds, which does not say so."""
    return datetime.fromtimestamp(at // 1000, UTC).replace(tzinfo=None).isoformat()


def _with_zone(at: int) -> str:
    return datetime.fromtimestamp(at / 1000, UTC).isoformat(timespec="milliseconds")
