"""Webhooks about texts as Vonage's Messages API (v1) makes them.

Answers of 429 and 5xx, and none at all, are tried again:
https://api.support.vonage.com/hc/en-us/articles/360028543292
"""

import json
import uuid
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import Any

import httpx

from chalicelib.domain import segments
from local.simulator.behaviours import ERROR_TEXTS, VONAGE_OUTCOMES
from local.simulator.config import SimulatorConfig, VonageConnection
from local.simulator.records import Message
from local.simulator.vonage.signing import token
from local.simulator.webhooks import NO_ANSWER, NotConnected, post

STATUSES = {"sent": "submitted", "delivered": "delivered", "undelivered": "rejected"}
"""Our states that Vonage reports. It says nothing of a text that waits in its own queue."""
ERRORS = "https://developer.vonage.com/api-errors/messages"


class VonageWebhooks:
    """Implements `Carrier`."""

    outcomes = VONAGE_OUTCOMES
    tells_reading = False

    def __init__(
        self,
        connection: VonageConnection,
        config: SimulatorConfig,
        client: Callable[[], httpx.AsyncClient],
        clock: Callable[[], int],
    ) -> None:
        self._connection = connection
        self._config = config
        self._client = client
        self._clock = clock

    @property
    def retries(self) -> Sequence[float]:
        return self._config.delays.vonage_retries

    def tries_again(self, status: int | None) -> bool:
        return status is not None and (status in (NO_ANSWER, 429) or status >= 500)

    def new_id(self, *, media: bool) -> str:
        return str(uuid.uuid4())

    async def announce(self, message: Message) -> int:
        return await self._post(self._config.texts_url(self._connection), inbound(message))

    async def report(self, message: Message) -> int | None:
        return await self._post(message.callback_url, status(message)) if message.status in STATUSES else None

    async def _post(self, url: str, content: dict[str, Any]) -> int:
        """Each try has a token of its own; the content stays."""
        body = json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()
        delays, connection = self._config.delays, self._connection
        headers = {
            "Content-Type": "application/json",
            "Authorization": token(connection.signature_secret, connection.api_key, body, self._clock() // 1000),
        }
        try:
            return await post(
                self._client(), url, body, headers, connect=delays.vonage_connect, total=delays.vonage_total
            )
        except NotConnected:
            return NO_ANSWER


def inbound(message: Message) -> dict[str, Any]:
    """Fields of https://developer.vonage.com/en/api/messages#inbound-message; a phone's media make it an MMS."""
    content: dict[str, Any] = {
        "to": message.number.removeprefix("+"),
        "from": message.phone.removeprefix("+"),
        "channel": "mms" if message.media_urls else "sms",
        "message_uuid": message.sid,
        "timestamp": _time(message.at),
    }
    if len(message.media_urls) == 1:
        return content | {"message_type": "image", "image": {"url": message.media_urls[0], "caption": message.body}}
    if message.media_urls:
        parts = [{"type": "image", "url": url} for url in message.media_urls]
        return content | {"message_type": "content", "text": message.body, "content": parts}
    words = message.body.split()
    sms = {"num_messages": str(_parts(message)), "keyword": words[0].upper() if words else ""}
    return content | {"message_type": "text", "text": message.body, "sms": sms, "usage": _usage()}


def status(message: Message) -> dict[str, Any]:
    """Fields of https://developer.vonage.com/en/api/messages#message-status"""
    content: dict[str, Any] = {
        "message_uuid": message.sid,
        "to": message.phone.removeprefix("+"),
        "from": message.number.removeprefix("+"),
        "timestamp": _time(message.updated_at),
        "status": STATUSES[message.status],
        "channel": "sms",
        "usage": _usage(),
        "sms": {"count_total": str(_parts(message))},
    }
    if message.client_ref:
        content["client_ref"] = message.client_ref
    if message.error_code:
        content["error"] = {
            "type": f"{ERRORS}#{message.error_code}",
            "title": message.error_code,
            "detail": ERROR_TEXTS[message.error_code],
            "instance": message.sid.replace("-", ""),
        }
    return content


def _usage() -> dict[str, str]:
    return {"currency": "EUR", "price": "0.0000"}


def _parts(message: Message) -> int:
    return max(1, segments.count(message.body).segments)


def _time(at: int) -> str:
    return datetime.fromtimestamp(at // 1000, UTC).isoformat().replace("+00:00", "Z")
