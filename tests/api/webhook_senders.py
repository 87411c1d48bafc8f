"""Webhooks as the real senders make them: Twilio's own signer, Shopify's, Vonage's and Meta's schemes."""

import base64
import hashlib
import hmac
import json
from typing import Any
from urllib.parse import urlencode

from twilio.request_validator import RequestValidator

from tests.api.client import Answer, call
from tests.fakes.outside import START
from tests.support.vonage import token
from tests.support.world import CARLA, META, SEATTLE_NUMBER, SHOP, TWILIO, VONAGE, VONAGE_NUMBER, WHATSAPP_NUMBER

ORIGIN = "https://api.example.test"
VONAGE_SECRET = "vonage-secret-1-which-signs-webhooks"
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


def vonage_text(body: str = "Hello", **fields: Any) -> dict[str, Any]:
    """A text of Carla's to the Seattle store's second number; a field that is None is left out."""
    given = {
        "channel": "sms",
        "message_type": "text",
        "message_uuid": "aaaaaaaa-0000-4000-8000-000000000001",
        "from": CARLA.removeprefix("+"),
        "to": VONAGE_NUMBER.removeprefix("+"),
        "text": body,
        "timestamp": "2026-09-21T10:00:00Z",
        **fields,
    }
    return {name: value for name, value in given.items() if value is not None}


def vonage_status(state: str, path: str, **fields: Any) -> dict[str, Any]:
    """What is told at the address for a text of ours; `path` ends in its reference."""
    reference = hashlib.sha256(path.rpartition("/")[2].encode()).hexdigest()
    return {
        "channel": "sms",
        "message_uuid": "bbbbbbbb-0000-4000-8000-000000000002",
        "from": VONAGE_NUMBER.removeprefix("+"),
        "to": CARLA.removeprefix("+"),
        "status": state,
        "client_ref": reference,
        **fields,
    }


def from_vonage(
    content: Any,
    *,
    path: str = f"/webhooks/vonage/{VONAGE}",
    secret: str = VONAGE_SECRET,
    account: str = "a1b2c3d1",
    headers: dict[str, str] | None = None,
) -> Answer:
    """`headers` replace ours."""
    body = content if isinstance(content, bytes) else json.dumps(content).encode()
    given = {
        "Content-Type": "application/json",
        "Authorization": token(secret, account, body, START // 1000),
        **(headers or {}),
    }
    return call("POST", path, body=body, headers=given)


def meta_message(body: str = "Hello", **fields: Any) -> dict[str, Any]:
    """A message of Carla's to the Seattle store's number at WhatsApp, as one of a batch."""
    return {
        "from": CARLA.removeprefix("+"),
        "id": "wamid.HBgLAAAA",
        "timestamp": str(START // 1000),
        "type": "text",
        "text": {"body": body},
        **fields,
    }


def meta_status(state: str, reference: str, **fields: Any) -> dict[str, Any]:
    """How far a message of ours has come, as one of a batch."""
    return {
        "id": "wamid.HBgLBBBB",
        "status": state,
        "timestamp": str(START // 1000),
        "recipient_id": CARLA.removeprefix("+"),
        "biz_opaque_callback_data": reference,
        **fields,
    }


def meta_batch(*messages: Any, statuses: tuple[Any, ...] = (), account: str = "1001") -> dict[str, Any]:
    value = {
        "messaging_product": "whatsapp",
        "metadata": {"display_phone_number": WHATSAPP_NUMBER.removeprefix("+"), "phone_number_id": "2001"},
        "contacts": [{"profile": {"name": "Carla at WhatsApp"}, "wa_id": CARLA.removeprefix("+")}],
        "messages": list(messages),
        "statuses": list(statuses),
    }
    changes = [{"field": "messages", "value": value}]
    return {"object": "whatsapp_business_account", "entry": [{"id": account, "changes": changes}]}


def from_meta(
    content: Any,
    *,
    path: str = f"/webhooks/meta/{META}",
    secret: str = "meta-secret-1",
    headers: dict[str, str] | None = None,
) -> Answer:
    """`headers` replace ours."""
    body = content if isinstance(content, bytes) else json.dumps(content).encode()
    mac = hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()
    given = {"Content-Type": "application/json", "X-Hub-Signature-256": f"sha256={mac}", **(headers or {})}
    return call("POST", path, body=body, headers=given)


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
