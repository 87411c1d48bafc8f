"""Webhooks as Meta's Cloud API makes them: all to the connection's one address, signed over the raw body.

https://developers.facebook.com/documentation/business-messaging/whatsapp/webhooks/reference/messages
Answers other than 200 are tried again, for up to 7 days:
https://developers.facebook.com/documentation/business-messaging/whatsapp/webhooks/overview
"""

import base64
import hashlib
import hmac
import json
import secrets
from collections.abc import Callable, Sequence
from typing import Any

import httpx

from local.simulator.behaviours import ERROR_TEXTS, META_OUTCOMES
from local.simulator.config import MetaConnection, SimulatorConfig
from local.simulator.records import Message
from local.simulator.webhooks import NO_ANSWER, NotConnected, accepted, post

STATUSES = {"sent": "sent", "delivered": "delivered", "read": "read", "undelivered": "failed"}
"""Our states that Meta reports. It says nothing of a message that waits in its own queue."""


class MetaWebhooks:
    """Implements `Carrier`. `name`: what the owner of a phone calls themselves."""

    outcomes = META_OUTCOMES
    tells_reading = True

    def __init__(
        self,
        connection: MetaConnection,
        config: SimulatorConfig,
        client: Callable[[], httpx.AsyncClient],
        name: Callable[[str], str],
    ) -> None:
        self._connection = connection
        self._config = config
        self._client = client
        self._name = name

    @property
    def retries(self) -> Sequence[float]:
        return self._config.delays.meta_retries

    def tries_again(self, status: int | None) -> bool:
        return status is not None and not accepted(status)

    def new_id(self, *, media: bool) -> str:
        return "wamid." + base64.b64encode(secrets.token_bytes(24)).decode()

    async def announce(self, message: Message) -> int:
        contact = {"profile": {"name": self._name(message.phone)}, "wa_id": message.phone.removeprefix("+")}
        return await self._post(message, contacts=[contact], messages=[inbound(message)])

    async def report(self, message: Message) -> int | None:
        return await self._post(message, statuses=[status(message)]) if message.status in STATUSES else None

    async def _post(self, message: Message, **content: Any) -> int:
        number = message.number.removeprefix("+")
        metadata = {"display_phone_number": number, "phone_number_id": self._connection.number_ids[message.number]}
        value = {"messaging_product": "whatsapp", "metadata": metadata, **content}
        entry = {"id": self._connection.account_id, "changes": [{"field": "messages", "value": value}]}
        body = json.dumps({"object": "whatsapp_business_account", "entry": [entry]}).encode()
        headers = {
            "Content-Type": "application/json",
            "X-Hub-Signature-256": signature(self._connection.app_secret, body),
        }
        url, delays = self._config.texts_url(self._connection), self._config.delays
        try:
            return await post(self._client(), url, body, headers, connect=delays.meta_total, total=delays.meta_total)
        except NotConnected:
            return NO_ANSWER


def signature(app_secret: str, body: bytes) -> str:
    """Written from the description rather than shared with the product's verifier, so that each proves the other."""
    return f"sha256={hmac.new(app_secret.encode(), body, hashlib.sha256).hexdigest()}"


def inbound(message: Message) -> dict[str, Any]:
    """Fields of https://developers.facebook.com/documentation/business-messaging/whatsapp/webhooks/reference/messages/text"""
    quoted = {"from": message.number.removeprefix("+"), "id": message.quoted_sid}
    return {
        "from": message.phone.removeprefix("+"),
        "id": message.sid,
        "timestamp": str(message.at // 1000),
        **({"context": quoted} if message.quoted_sid else {}),
        **_content(message),
    }


def _content(message: Message) -> dict[str, Any]:
    if not message.media_urls:
        return {"type": "text", "text": {"body": message.body}}
    media_id = str(int(hashlib.sha256(message.media_urls[0].encode()).hexdigest()[:13], 16))
    return {"type": "image", "image": {"id": media_id, "mime_type": "image/jpeg", "caption": message.body}}


def status(message: Message) -> dict[str, Any]:
    """Fields of https://developers.facebook.com/documentation/business-messaging/whatsapp/webhooks/reference/messages/status"""
    content: dict[str, Any] = {
        "id": message.sid,
        "status": STATUSES[message.status],
        "timestamp": str(message.updated_at // 1000),
        "recipient_id": message.phone.removeprefix("+"),
    }
    if message.client_ref:
        content["biz_opaque_callback_data"] = message.client_ref
    if message.error_code:
        title = ERROR_TEXTS[message.error_code]
        content["errors"] = [{"code": message.error_code, "title": title, "error_data": {"details": title}}]
    return content
