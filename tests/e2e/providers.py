"""Twilio, Vonage and Shopify as outside programs that sign webhooks themselves, independent of the simulator's code.

Twilio's signature comes from Twilio's own library; Shopify's scheme is a base64 HMAC-SHA256 of the raw body
(https://shopify.dev/docs/apps/build/webhooks); Vonage's is a JWT (tests/support/vonage.py).
"""

import base64
import hashlib
import hmac
import json
import secrets
import time
import uuid
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
from twilio.request_validator import RequestValidator

from tests.e2e.stack import Stack
from tests.support.vonage import token


class Twilio:
    """One Twilio account's webhooks."""

    def __init__(self, stack: Stack, http: httpx.Client, connection: dict[str, Any] | None = None) -> None:
        self.connection = connection or stack.connection("twilio")
        self.url = self.connection["webhook_url"]
        self.http = http

    def form(self, sender: str, to: str, body: str, sid: str = "", **more: str) -> dict[str, str]:
        """What Twilio posts for an incoming text."""
        sid = sid or new_sid()
        return {
            "MessageSid": sid,
            "SmsSid": sid,
            "AccountSid": self.connection["account"],
            "From": sender,
            "To": to,
            "Body": body,
            "NumMedia": "0",
            "NumSegments": "1",
            "SmsStatus": "received",
            "ApiVersion": "2010-04-01",
            **more,
        }

    def post(self, form: dict[str, str], url: str = "", signature: str | None = None) -> httpx.Response:
        """Signed unless a signature is given."""
        url = url or self.url
        if signature is None:
            signature = RequestValidator(self.connection["signing_secret"]).compute_signature(url, form)
        return self.http.post(url, data=form, headers={"X-Twilio-Signature": signature} if signature else {})

    def text(self, sender: str, to: str, body: str, sid: str = "") -> httpx.Response:
        return self.post(self.form(sender, to, body, sid))


class Vonage:
    """One Vonage account's webhooks."""

    def __init__(self, stack: Stack, http: httpx.Client) -> None:
        self.connection = stack.connection("vonage")
        self.url = self.connection["webhook_url"]
        [self.number] = self.connection["numbers"]
        self.http = http

    def content(self, sender: str, body: str, **more: Any) -> dict[str, Any]:
        """What Vonage posts for an incoming text to the account's number."""
        return {
            "channel": "sms",
            "message_type": "text",
            "message_uuid": str(uuid.uuid4()),
            "from": sender.removeprefix("+"),
            "to": self.number.removeprefix("+"),
            "text": body,
            "timestamp": datetime.now(UTC).isoformat(timespec="seconds"),
            "sms": {"num_messages": "1"},
            **more,
        }

    def post(self, content: dict[str, Any], url: str = "", authorization: str | None = None) -> httpx.Response:
        """Signed unless an Authorization is given."""
        body = json.dumps(content, ensure_ascii=False).encode()
        if authorization is None:
            signing, account = self.connection["signing_secret"], self.connection["account"]
            authorization = token(signing, account, body, int(time.time()))
        headers = {"Content-Type": "application/json", "Authorization": authorization}
        return self.http.post(url or self.url, content=body, headers=headers)


class Meta:
    """One WhatsApp Business account's webhooks."""

    def __init__(self, stack: Stack, http: httpx.Client) -> None:
        self.connection = stack.connection("meta")
        self.url = self.connection["webhook_url"]
        self.numbers: list[str] = self.connection["numbers"]
        self.http = http

    def message(self, sender: str, body: str, **more: Any) -> dict[str, Any]:
        return {
            "from": sender.removeprefix("+"),
            "id": f"wamid.{secrets.token_hex(20)}",
            "timestamp": str(int(time.time())),
            "type": "text",
            "text": {"body": body},
            **more,
        }

    def batch(self, number: str, *messages: dict[str, Any], name: str = "Somebody") -> dict[str, Any]:
        """Messages to one of the account's numbers."""
        value = {
            "messaging_product": "whatsapp",
            "metadata": {
                "display_phone_number": number.removeprefix("+"),
                "phone_number_id": self.connection["number_ids"][number],
            },
            "contacts": [{"profile": {"name": name}, "wa_id": each.get("from", "")} for each in messages],
            "messages": list(messages),
        }
        changes = [{"field": "messages", "value": value}]
        entry = {"id": self.connection["account"], "changes": changes}
        return {"object": "whatsapp_business_account", "entry": [entry]}

    def post(self, content: dict[str, Any], signature: str | None = None) -> httpx.Response:
        """Signed unless a signature is given."""
        body = json.dumps(content, ensure_ascii=False).encode()
        if signature is None:
            secret = self.connection["signing_secret"].encode()
            signature = "sha256=" + hmac.new(secret, body, hashlib.sha256).hexdigest()
        headers = {"Content-Type": "application/json", "X-Hub-Signature-256": signature}
        return self.http.post(self.url, content=body, headers=headers)


class Shopify:
    """One shop's webhooks."""

    def __init__(self, stack: Stack, http: httpx.Client) -> None:
        self.connection = stack.connection("shopify")
        self.locations = {store: location for location, store in self.connection["locations"].items()}
        self.http = http

    def order(self, number: str, phone: str, name: str, *, store: str = "boston", **more: Any) -> dict[str, Any]:
        """An order as Shopify tells it; `hours_ago` says when it was placed."""
        placed = datetime.now(UTC) - timedelta(hours=more.pop("hours_ago", 0))
        first, _, last = name.partition(" ")
        return {
            "id": secrets.randbelow(10**12) + 10**12,
            "name": number,
            "created_at": placed.isoformat(timespec="seconds"),
            "updated_at": datetime.now(UTC).isoformat(timespec="seconds"),
            "currency": "USD",
            "total_price": "49.90",
            "financial_status": "pending",
            "fulfillment_status": None,
            "location_id": int(self.locations[store]),
            "customer": {"id": int(phone[-10:]), "first_name": first, "last_name": last, "phone": phone},
            "line_items": [{"id": 1, "title": "Linen shirt", "quantity": 1, "price": "49.90"}],
            **more,
        }

    def post(
        self, topic: str, order: Any, *, event_id: str = "", signature: str | None = None, body: bytes = b""
    ) -> httpx.Response:
        """Signed unless a signature is given. `body`: the raw body instead of the order's JSON."""
        raw = body or json.dumps(order, ensure_ascii=False).encode()
        if signature is None:
            secret = self.connection["signing_secret"].encode()
            signature = base64.b64encode(hmac.new(secret, raw, hashlib.sha256).digest()).decode()
        headers = {
            "Content-Type": "application/json",
            "X-Shopify-Topic": topic,
            "X-Shopify-Shop-Domain": self.connection["account"],
            "X-Shopify-Event-Id": event_id or secrets.token_hex(16),
            "X-Shopify-Webhook-Id": secrets.token_hex(16),
            "X-Shopify-Triggered-At": datetime.now(UTC).isoformat(),
        }
        if signature:
            headers["X-Shopify-Hmac-Sha256"] = signature
        return self.http.post(self.connection["webhook_url"], content=raw, headers=headers)


def new_sid() -> str:
    return f"SM{time.time_ns():016x}{secrets.token_hex(8)}"
