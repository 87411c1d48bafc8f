"""Carries texts between phones and stores, whichever provider a number is with.

What a provider's webhooks look like and how often they are tried is the provider's own (`Carrier`).
"""

import asyncio
import copy
from collections.abc import Callable, Mapping, Sequence
from typing import Protocol

from local.simulator.behaviours import Behaviour, Outcome
from local.simulator.config import Connection, SimulatorConfig
from local.simulator.pictures import Pictures
from local.simulator.records import Message, Phone
from local.simulator.state import MAX_PHONES, State
from local.simulator.tasks import Tasks
from local.simulator.webhooks import NO_ANSWER, accepted

FINAL = ("delivered", "read", "undelivered", "failed")


class Carrier(Protocol):
    """One account at a provider: what its API says of a phone, and its webhooks."""

    @property
    def outcomes(self) -> Mapping[Behaviour, Outcome]: ...

    @property
    def tells_reading(self) -> bool:
        """Whether phones there say that a text has been read."""
        ...

    def new_id(self, *, media: bool) -> str: ...

    @property
    def retries(self) -> Sequence[float]:
        """Seconds before each further try of a webhook; none where the provider leaves it at that."""
        ...

    def tries_again(self, status: int | None) -> bool:
        """Whether a webhook that was answered like this is worth another try."""
        ...

    async def announce(self, message: Message) -> int:
        """The webhook about a customer's text: the HTTP status of the answer, or `NO_ANSWER`."""
        ...

    async def report(self, message: Message) -> int | None:
        """The webhook about how far a store's text has come; None where this provider says nothing of that."""
        ...


class Network:
    """Everything behind the providers' APIs: acceptance, delivery, reports, and texts from phones."""

    def __init__(
        self,
        config: SimulatorConfig,
        state: State,
        tasks: Tasks,
        carriers: Mapping[str, Carrier],
        pictures: Pictures,
        clock: Callable[[], int],
    ) -> None:
        """`carriers`: by the id of the connection they serve."""
        self._config = config
        self._state = state
        self._tasks = tasks
        self._carriers = carriers
        self._pictures = pictures
        self._clock = clock
        self._turns: dict[str, asyncio.Lock] = {}

    def outcome(self, connection: Connection, number: str) -> Outcome:
        """What awaits a text to this number. An unknown number becomes a new, normal phone."""
        phone = self._state.phones.get(number)
        if phone is None:
            phone = Phone(number=number, name=self._owner(number))
            if len(self._state.phones) < MAX_PHONES:
                self._state.phones[number] = phone
        return self._carriers[connection.id].outcomes[phone.behaviour]

    def _owner(self, number: str) -> str:
        """The name under which the shop knows this number, else the number."""
        for order in self._state.orders.values():
            if order.customer.phone == number:
                return f"{order.customer.first_name} {order.customer.last_name}".strip() or number
        return number

    def accept(
        self,
        connection: Connection,
        *,
        to: str,
        sender: str,
        body: str,
        callback_url: str,
        outcome: Outcome,
        client_ref: str = "",
        media_urls: Sequence[str] = (),
    ) -> Message:
        """Take a store's text on and start its way to the phone. `media_urls`: where its pictures are."""
        now = self._clock()
        message = Message(
            sid=self._carriers[connection.id].new_id(media=False),
            connection_id=connection.id,
            account_sid=connection.account,
            phone=to,
            number=sender,
            from_phone=False,
            body=body,
            at=now,
            updated_at=now,
            status="queued",
            callback_url=callback_url if outcome.reports else "",
            client_ref=client_ref,
            media_urls=list(media_urls),
            final_error=outcome.callback_code,
            late=outcome.delivers_late,
        )
        self._state.add_message(message)
        self._tasks.start(self._deliver(message))
        return message

    def text(
        self,
        phone: Phone,
        to: str,
        body: str,
        media_urls: list[str],
        *,
        pictures: Sequence[str] = (),
        quoted_sid: str = "",
    ) -> Message:
        """A customer texts a store. The webhook follows on its own. Raises KeyError for a number of no store.

        `pictures`: ids of what it has sent along.
        """
        connection = self._config.connection_of(to)
        if connection is None:
            raise KeyError(to)
        now = self._clock()
        sid = self._carriers[connection.id].new_id(media=bool(media_urls or pictures))
        addresses = [self._pictures.address(each, connection, sid) for each in pictures]
        message = Message(
            sid=sid,
            connection_id=connection.id,
            account_sid=connection.account,
            phone=phone.number,
            number=to,
            from_phone=True,
            body=body,
            at=now,
            updated_at=now,
            sent_at=now,
            status="sending",
            quoted_sid=quoted_sid,
            media_urls=[*media_urls, *addresses],
            pictures=list(pictures),
        )
        self._state.add_message(message)
        self._tasks.start(self._announce(message))
        return message

    async def repeat(self, message: Message) -> int:
        """Send the last webhook about a text again, unchanged. `NO_ANSWER` when there is none to send."""
        if message.from_phone:
            await self._send_inbound(message)
        else:
            await self._send_report(message, message)
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
            await self._read(message)

    async def _read(self, message: Message) -> None:
        carrier = self._carrier(message)
        if carrier is not None and carrier.tells_reading:
            await self._tasks.sleep(self._config.delays.step)
            await self._move(message, "read")

    async def _move(self, message: Message, status: str) -> None:
        message.status = status
        message.updated_at = self._clock()
        message.sent_at = message.sent_at or message.updated_at
        self._state.changed()
        await self._report(message)

    async def _report(self, message: Message) -> None:
        """The provider's report, if the store asked for one and the provider has one for this."""
        carrier = self._carrier(message)
        if carrier is not None and carrier.tries_again(await self._send_report(message, message)):
            self._tasks.start(self._report_again(message, copy.copy(message), carrier))

    async def _report_again(self, message: Message, as_it_was: Message, carrier: Carrier) -> None:
        """The same report until it is taken; meanwhile the text goes on, and later reports may come before it."""
        for pause in carrier.retries:
            await self._tasks.sleep(pause)
            if not carrier.tries_again(await self._send_report(message, as_it_was)):
                break

    async def _send_report(self, message: Message, as_it_was: Message) -> int | None:
        """The HTTP status of the answer; None where there was nothing to say."""
        carrier = self._carrier(message)
        status = await carrier.report(as_it_was) if message.callback_url and carrier is not None else None
        if status is not None:
            message.webhook_status = status
            self._state.changed()
        return status

    async def _announce(self, message: Message) -> None:
        """The webhook about a customer's text; those of one phone go one after the other."""
        async with self._turns.setdefault(message.phone, asyncio.Lock()):
            carrier = self._carrier(message)
            if carrier is None:
                return
            for pause in (*carrier.retries, None):
                await self._send_inbound(message)
                if pause is None or not carrier.tries_again(message.webhook_status):
                    break
                await self._tasks.sleep(pause)
            if message.status == "sending":
                message.status = "failed"
                self._state.changed()

    async def _send_inbound(self, message: Message) -> None:
        carrier = self._carrier(message)
        if carrier is None:
            return
        message.webhook_status = await carrier.announce(message)
        if accepted(message.webhook_status):
            message.status = "delivered"
        message.updated_at = self._clock()
        self._state.changed()

    def _carrier(self, message: Message) -> Carrier | None:
        """None for a text of an account that is no more: the state file may be older than the configuration."""
        connection = self._config.connection(message.connection_id)
        known = connection is not None and connection.account == message.account_sid
        return self._carriers[message.connection_id] if known else None
