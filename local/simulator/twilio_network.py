"""Carries texts between phones and stores, and reports on them as Twilio does.

Webhooks get 15 seconds and are tried once more only when no connection could be made: Twilio's defaults, see
https://www.twilio.com/docs/usage/webhooks/webhooks-connection-overrides. What TwiML the answer holds is ignored.
"""

import asyncio
import secrets
import uuid
from collections.abc import Callable
from urllib.parse import urlencode

import httpx

from chalicelib.domain import segments

from .behaviours import OUTCOMES, Outcome
from .config import SimulatorConfig, TwilioConnection
from .records import Message, Phone
from .state import MAX_PHONES, State
from .tasks import Tasks
from .twilio_signing import sign
from .webhooks import NO_ANSWER, NotConnected, accepted, post

API_VERSION = "2010-04-01"
FINAL = ("delivered", "undelivered", "failed")


class TwilioNetwork:
    """Everything behind Twilio's API: acceptance, delivery, status callbacks, and texts from phones."""

    def __init__(
        self,
        config: SimulatorConfig,
        state: State,
        tasks: Tasks,
        client: Callable[[], httpx.AsyncClient],
        clock: Callable[[], int],
    ) -> None:
        self._config = config
        self._state = state
        self._tasks = tasks
        self._client = client
        self._clock = clock
        self._turns: dict[str, asyncio.Lock] = {}

    def outcome(self, number: str) -> Outcome:
        """What awaits a text to this number. An unknown number becomes a new, normal phone."""
        phone = self._state.phones.get(number)
        if phone is None:
            phone = Phone(number=number, name=self._owner(number))
            if len(self._state.phones) < MAX_PHONES:
                self._state.phones[number] = phone
        return OUTCOMES[phone.behaviour]

    def _owner(self, number: str) -> str:
        """The name under which the shop knows this number, else the number."""
        for order in self._state.orders.values():
            if order.customer.phone == number:
                return f"{order.customer.first_name} {order.customer.last_name}".strip() or number
        return number

    def accept(
        self, connection: TwilioConnection, *, to: str, sender: str, body: str, callback_url: str, outcome: Outcome
    ) -> Message:
        """Take a store's text on and start its way to the phone."""
        now = self._clock()
        message = Message(
            sid=new_sid("SM"),
            connection_id=connection.id,
            account_sid=connection.account_sid,
            phone=to,
            number=sender,
            from_phone=False,
            body=body,
            at=now,
            updated_at=now,
            status="queued",
            callback_url=callback_url if outcome.reports else "",
            final_error=outcome.callback_code,
            late=outcome.delivers_late,
        )
        self._state.add_message(message)
        self._tasks.start(self._deliver(message))
        return message

    def text(self, phone: Phone, to: str, body: str, media_urls: list[str]) -> Message:
        """A customer texts a store. The webhook follows on its own. Raises KeyError for a number of no store."""
        connection = self._config.connection_of(to)
        if connection is None:
            raise KeyError(to)
        now = self._clock()
        message = Message(
            sid=new_sid("MM" if media_urls else "SM"),
            connection_id=connection.id,
            account_sid=connection.account_sid,
            phone=phone.number,
            number=to,
            from_phone=True,
            body=body,
            at=now,
            updated_at=now,
            sent_at=now,
            status="sending",
            media_urls=media_urls,
        )
        self._state.add_message(message)
        self._tasks.start(self._announce(message))
        return message

    async def repeat(self, message: Message) -> int:
        """Send the last webhook about a text again, unchanged. `NO_ANSWER` when there is none to send."""
        if message.from_phone:
            await self._send_inbound(message)
        else:
            await self._report(message)
        return message.webhook_status or NO_ANSWER

    def resume(self) -> None:
        """Carry on with the texts that a stop interrupted."""
        for message in self._state.messages.values():
            if not message.from_phone and message.status not in FINAL:
                self._tasks.start(self._deliver(message))
            elif message.from_phone and message.status == "sending":
                self._tasks.start(self._announce(message))

    async def _deliver(self, message: Message) -> None:
        delays = self._config.delays
        if message.status == "queued":
            await self._report(message)
            await self._tasks.sleep(delays.step)
            await self._move(message, "sent")
        await self._tasks.sleep(delays.slow if message.late else delays.step)
        if message.final_error:
            message.error_code = message.final_error
            await self._move(message, "undelivered")
        else:
            message.arrived = True
            await self._move(message, "delivered")

    async def _move(self, message: Message, status: str) -> None:
        message.status = status
        message.updated_at = self._clock()
        message.sent_at = message.sent_at or message.updated_at
        self._state.changed()
        await self._report(message)

    async def _report(self, message: Message) -> None:
        """The status callback, if the store asked for one."""
        connection = self._config.account(message.account_sid)
        if message.callback_url and connection is not None:
            message.webhook_status = await self._post(connection, message.callback_url, callback_form(message))
            self._state.changed()

    async def _announce(self, message: Message) -> None:
        """The webhook about a customer's text; those of one phone go one after the other."""
        async with self._turns.setdefault(message.phone, asyncio.Lock()):
            await self._send_inbound(message)

    async def _send_inbound(self, message: Message) -> None:
        connection = self._config.account(message.account_sid)
        if connection is None:
            return
        url = self._config.twilio_webhook_url(connection)
        message.webhook_status = await self._post(connection, url, inbound_form(message))
        if message.status != "delivered":
            message.status = "delivered" if accepted(message.webhook_status) else "failed"
        message.updated_at = self._clock()
        self._state.changed()

    async def _post(self, connection: TwilioConnection, url: str, form: dict[str, str]) -> int:
        headers = {
            "Content-Type": "application/x-www-form-urlencoded; charset=UTF-8",
            "User-Agent": "TwilioProxy/1.1",
            "I-Twilio-Idempotency-Token": str(uuid.uuid4()),
            "X-Twilio-Signature": sign(connection.auth_token, url, form),
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


def new_sid(prefix: str) -> str:
    """A SID as Twilio's: two letters and 32 hexadecimal digits."""
    return prefix + secrets.token_hex(16)


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
