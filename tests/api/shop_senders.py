"""Orders as WooCommerce and shops of our own contract post them, by the schemes that they publish."""

import base64
import hashlib
import hmac
import json
from typing import Any

from tests.api.client import Answer, call
from tests.fakes.outside import START
from tests.support.merchant import GENERIC, WOO
from tests.support.world import CARLA

NOW = START // 1000


def woo_order(**fields: Any) -> dict[str, Any]:
    given = {
        "id": 2001,
        "number": "2001",
        "status": "pending",
        "currency": "USD",
        "total": "42.00",
        "prices_include_tax": False,
        "customer_id": 7,
        "billing": {"first_name": "Carla", "last_name": "Diaz", "phone": CARLA, "email": "carla@example.test"},
        "shipping": {},
        "line_items": [{"name": "Boots", "quantity": 1, "total": "42.00", "total_tax": "0.00"}],
        "date_created_gmt": "2026-09-21T10:00:00",
        "date_modified_gmt": "2026-09-21T11:00:00",
        "date_completed_gmt": None,
        "date_paid_gmt": None,
    }
    return {**given, **fields}


def generic_order(**fields: Any) -> dict[str, Any]:
    given = {
        "id": "3001",
        "number": "#3001",
        "placed_at": "2026-09-21T10:00:00Z",
        "updated_at": "2026-09-21T11:00:00Z",
        "payment": "pending",
        "fulfilment": "unfulfilled",
        "currency": "USD",
        "total": 4200,
        "customer": {"id": "7", "first_name": "Carla", "last_name": "Diaz", "phone": CARLA},
        "lines": [{"title": "Boots", "quantity": 1, "price": 4200}],
    }
    return {**given, **fields}


def woo_headers(
    body: bytes, secret: str, topic: str = "order.created", site: str = "https://pine.example/"
) -> dict[str, str]:
    mac = hmac.new(secret.encode(), body, hashlib.sha256).digest()
    return {
        "Content-Type": "application/json",
        "X-WC-Webhook-Source": site,
        "X-WC-Webhook-Topic": topic,
        "X-WC-Webhook-ID": "4",
        "X-WC-Webhook-Delivery-ID": "66b1a0f4d2c1e7a85d0f3b9a1c2e4d60",
        "X-WC-Webhook-Signature": base64.b64encode(mac).decode(),
    }


def generic_headers(body: bytes, secret: str, at: int = NOW) -> dict[str, str]:
    """`at`: seconds."""
    return {
        "Content-Type": "application/json",
        "X-Counterline-Timestamp": str(at),
        "X-Counterline-Signature": hmac.new(secret.encode(), f"{at}.".encode() + body, hashlib.sha256).hexdigest(),
    }


def generic_event(order: Any, event_id: str = "event-1", shop: str = "pine") -> dict[str, Any]:
    return {"version": 1, "event_id": event_id, "shop": shop, "order": order}


def from_woocommerce(
    content: Any,
    *,
    topic: str = "order.created",
    path: str = f"/webhooks/woocommerce/{WOO}",
    secret: str = "woo-secret-1",
    headers: dict[str, str] | None = None,
) -> Answer:
    body = content if isinstance(content, bytes) else json.dumps(content).encode()
    return call("POST", path, body=body, headers={**woo_headers(body, secret, topic), **(headers or {})})


def from_generic(
    content: Any,
    *,
    path: str = f"/webhooks/generic/{GENERIC}",
    secret: str = "generic-secret-1",
    at: int = NOW,
    headers: dict[str, str] | None = None,
) -> Answer:
    body = content if isinstance(content, bytes) else json.dumps(content).encode()
    return call("POST", path, body=body, headers={**generic_headers(body, secret, at), **(headers or {})})
