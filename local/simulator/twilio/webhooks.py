"""Webhooks about texts as Twilio makes them.

They get 15 seconds and are tried once more only when no connection could be made: Twilio's defaults, see
https://www.twilio.com/docs/usage/webhooks/webhooks-connection-overrides. What TwiML the answer holds is ignored.
"""

import secrets
import uuid
from collections.abc import Callable
from urllib.parse import urlencode

import httpx

from chalicelib.domain import segments
from local.simulator.behaviours import TWILIO_OUTCOMES
from local.simulator.config import SimulatorConfig, TwilioConnection
from local.simulator.records import Message
from local.simulator.tasks import Tasks
from local.simulator.twilio.signing import sign
from local.simulator.webhooks import NO_ANSWER, NotConnected, post

API_VERSION = "2010-04-01"


class TwilioWebhooks:
    """Implements `Carrier`."""

    outcomes = TWILIO_OUTCOMES
    tells_reading = False
    retries = ()

    def __init__(
        self,
        connection: TwilioConnection,
        config: SimulatorConfig,
        tasks: Tasks,
        client: Callable[[], httpx.AsyncClient],
    ) -> None:
        self._connection = connection
        self._config = config
        self._tasks = tasks
        self._client = client

    def new_id(self, *, media: bool) -> str:
        """A SID: two letters and 32 hexadecimal digits."""
        return ("MM" if media else "SM") + secrets.token_hex(16)

    def tries_again(self, status: int | None) -> bool:
        return False

    async def announce(self, message: Message) -> int:
        return await self._post(self._config.texts_url(self._connection), inbound_form(message))

    async def report(self, message: Message) -> int | None:
        return await self._post(message.callback_url, callback_form(message))

    async def _post(self, url: str, form: dict[str, str]) -> int:
        headers = {
            "Content-Type": "application/x-www-form-urlencoded; charset=UTF-8",
            "User-Agent": "TwilioProxy/1.1",
            "I-Twilio-Idempotency-Token": str(uuid.uuid4()),
            "X-Twilio-Signature": sign(self._connection.auth_token, url, form),
        }
        body, total = urlencode(form).encode(), self._config.delays.twilio_total
        try:
            return await post(self._client(), url, body, headers, connect=total, total=total)
        except NotConnected:
            await self._tasks.sleep(self._config.delays.twilio_retry)
        try:
            return await post(self._client(), url, body, headers, connect=total, total=total)
        except NotConnected:
            return NO_ANSWER


def callback_form(message: Message) -> dict[str, str]:
    """Fields of https://www.twilio.com/docs/messaging/guides/outbound-message-status-in-status-callbacks"""
    form = {
        "AccountSid": message.account_sid,
        "ApiVersion": API_VERSION,
        "From": message.number,
        "MessageSid": message.sid,
        "MessageStatus": message.status,
        "SmsSid": message.sid,
        "SmsStatus": message.status,
        "To": message.phone,
    }
    if message.error_code:
        form["ErrorCode"] = str(message.error_code)
    return form


def inbound_form(message: Message) -> dict[str, str]:
    """Fields of https://www.twilio.com/docs/messaging/guides/webhook-request"""
    form = {
        "AccountSid": message.account_sid,
        "ApiVersion": API_VERSION,
        "Body": message.body,
        "From": message.phone,
        "MessageSid": message.sid,
        "NumMedia": str(len(message.media_urls)),
        "NumSegments": str(max(1, segments.count(message.body).segments)),
        "SmsMessageSid": message.sid,
        "SmsSid": message.sid,
        "SmsStatus": "received",
        "To": message.number,
    }
    for side, number in (("From", message.phone), ("To", message.number)):
        form[f"{side}Country"] = "US" if number.startswith("+1") else ""
        form |= {f"{side}{part}": "" for part in ("State", "City", "Zip")}
    for index, url in enumerate(message.media_urls):
        form |= {f"MediaUrl{index}": url, f"MediaContentType{index}": "image/jpeg"}
    return form
