"""Webhooks as the real senders make them: Twilio's own signer, Shopify's scheme."""

import base64
import hashlib
import hmac
import json
from typing import Any
from urllib.parse import urlencode

from twilio.request_validator import RequestValidator

from tests.api.client import Answer, call
from tests.support.world import CARLA, SEATTLE_NUMBER, SHOP, TWILIO

ORIGIN = "https://api.example.test"
FORM = {"Content-Type": "application/x-www-form-urlencoded"}


def text(body: str = "Hello", **fields: str) -> dict[str, str]:
    """The parameters of a text of Carla's to the Seattle store."""
    given = {
        "MessageSid": "SM" + "a" * 32,
        "AccountSid": "AC" + "1" * 32,
        "From": CARLA,
        "To": SEATTLE_NUMBER,
        "Body": body,
        "NumMedia": "0",
    }
    return {**given, **fields}


def status(state: str, **fields: str) -> dict[str, str]:
    return {"MessageSid": "SM" + "b" * 32, "AccountSid": "AC" + "1" * 32, "MessageStatus": state, **fields}


def from_twilio(
    parameters: dict[str, str],
    *,
    path: str = f"/webhooks/twilio/{TWILIO}",
    secret: str = "twilio-secret-1",
    headers: dict[str, str] | None = None,
) -> Answer:
    """`headers` replace ours; one that is None is left out."""
    signature = RequestValidator(secret).compute_signature(ORIGIN + path, parameters)
    given = {**FORM, "X-Twilio-Signature": signature, **(headers or {})}
    return call("POST", path, body=urlencode(parameters).encode(), headers=given)


def order(**fields: Any) -> dict[str, Any]:
    given = {
        "id": 1001,
        "name": "#1001",
        "created_at": "2026-09-21T10:00:00Z",
        "updated_at": "2026-09-21T11:00:00Z",
        "currency": "USD",
        "total_price": "42.00",
        "financial_status": "pending",
        "customer": {"id": 7, "first_name": "Carla", "last_name": "Diaz", "phone": CARLA},
        "line_items": [{"title": "Boots", "quantity": 1, "price": "42.00"}],
    }
    return {**given, **fields}


def from_shopify(
    content: Any,
    *,
    topic: str = "orders/create",
    event_id: str = "event-1",
    path: str = f"/webhooks/shopify/{SHOP}",
    secret: str = "shop-secret-1",
    headers: dict[str, str] | None = None,
) -> Answer:
    body = content if isinstance(content, bytes) else json.dumps(content).encode()
    given = {
        "Content-Type": "application/json",
        "X-Shopify-Hmac-Sha256": base64.b64encode(hmac.new(secret.encode(), body, hashlib.sha256).digest()).decode(),
        "X-Shopify-Topic": topic,
        "X-Shopify-Event-Id": event_id,
        "X-Shopify-Shop-Domain": "pine.myshopify.com",
        **(headers or {}),
    }
    return call("POST", path, body=body, headers=given)
