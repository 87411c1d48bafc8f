"""Mail as SES has it: takes mails, loses answers, publishes what became of them late, twice and in any order; and mails
that come in, of which it tells the topic once or more often."""

import base64
from collections.abc import Callable
from random import Random
from typing import Any

import msgspec

from chalicelib.channels.email import read_mail
from chalicelib.channels.email.ses import Ses
from chalicelib.domain.addresses import Address
from chalicelib.domain.errors import InvalidInput, Unavailable
from chalicelib.domain.merchants import Connection, Proxy, UnknownPolicy
from chalicelib.store.setup import DynamoSetup
from chalicelib.usecases.ports import HttpResponse, NoAnswer, NotConnected
from local.simulator.mail.one_click import one_click_url
from tests.support.mail import SEATTLE_MAILBOX, SES, notice, unsigned
from tests.support.merchant import MERCHANT, SEATTLE

from .faults import Call
from .history import Accepted, History, Webhook
from .provider import Habits, Provider
from .scheduler import Scheduler

URL = "https://email.test"
REFUSALS = ("MessageRejected", "SendingPausedException", "BadRequestException")
ENDS: tuple[tuple[str, dict[str, Any]], ...] = (
    ("Bounce", {"bounce": {"bounceType": "Permanent", "bounceSubType": "NoEmail"}}),
    ("Bounce", {"bounce": {"bounceType": "Transient", "bounceSubType": "MailboxFull"}}),
)
DELIVERY: tuple[str, dict[str, Any]] = ("Delivery", {})
_SAYS = {"Delivery": "delivered", "Complaint": "delivered", "Bounce": "undelivered"}


def furnish_mail(setup: DynamoSetup, policy: UnknownPolicy) -> None:
    """A mailbox of Seattle's."""
    setup.put_connection(
        Connection(id=SES, merchant_id=MERCHANT, provider="ses", secret_ref="", store_id=SEATTLE, on_unknown=policy),
        {},
    )
    setup.put_proxy(
        Proxy(channel="email", address=SEATTLE_MAILBOX, merchant_id=MERCHANT, store_id=SEATTLE, connection_id=SES)
    )


def adapter() -> Ses:
    return Ses(URL, "us-east-1", unsigned)


class Bucket:
    """Implements ports.Mails."""

    def __init__(self, scheduler: Scheduler) -> None:
        self._scheduler = scheduler
        self.kept: dict[str, bytes] = {}

    def raw(self, bucket: str, key: str) -> bytes:
        return self._cross("GetMail", lambda: self._found(key))

    def part(self, key: str, start: int, end: int) -> bytes:
        return self._cross("GetPart", lambda: self._found(key)[start:end])

    def _found(self, key: str) -> bytes:
        if key not in self.kept:
            raise InvalidInput
        return self.kept[key]

    def _cross(self, operation: str, perform: Callable[[], bytes]) -> bytes:
        call = Call("s3", operation, "", lambda random: Unavailable(), Unavailable())
        content: bytes = self._scheduler.cross(call, perform)
        return content


class MailService:
    """`publish(body)`: onto our topic. `answer_to`: the mailboxes that mails of ours have named for answers;
    `stoppable`: of those that one click stops, where it is sent and the message."""

    def __init__(self, scheduler: Scheduler, history: History, random: Random, provider: Provider) -> None:
        self._scheduler, self._history, self._random, self._provider = scheduler, history, random, provider
        self.bucket = Bucket(scheduler)
        self.answer_to: list[Address] = []
        self.stoppable: list[tuple[str, str]] = []
        self.publish: Callable[[str], None] = lambda body: None
        self.read_reference: Callable[[str], tuple[str, str, int]] = lambda reference: ("", "", 0)

    def request(self, method: str, url: str, *, headers: dict[str, str], body: bytes, timeout: float) -> HttpResponse:
        """What is for others goes to the provider of texts."""
        if not url.startswith(URL):
            return self._provider.request(method, url, headers=headers, body=body, timeout=timeout)
        asks = method == "GET"
        call = Call("ses", "ask" if asks else "send", "", lambda random: NotConnected(), NoAnswer(), repeatable=asks)
        answer: HttpResponse = self._scheduler.cross(
            call, lambda: self._said(timeout) if asks else self._take(body, timeout)
        )
        return answer

    @property
    def _habits(self) -> Habits:
        return self._provider.habits

    def _said(self, timeout: float) -> HttpResponse:
        if self._habits.unreachable:
            raise NotConnected
        return self._unclear(timeout) if self._random.random() < self._habits.unclear else HttpResponse(200, b"{}")

    def _take(self, body: bytes, timeout: float) -> HttpResponse:
        habits, random = self._habits, self._random
        if habits.unreachable:
            raise NotConnected
        chance = random.random()
        if chance < habits.busy:
            return _refused(429, "TooManyRequestsException")
        if chance < habits.busy + habits.refuses:
            return _refused(400, random.choice(REFUSALS))
        unclear = chance < habits.busy + habits.refuses + habits.unclear
        if unclear and random.random() >= habits.took:
            return self._unclear(timeout)
        taken = self._accept(msgspec.json.decode(body))
        self._scheduler.sleep(random.randint(20, 400))
        return self._unclear(timeout) if unclear else HttpResponse(200, msgspec.json.encode({"MessageId": taken}))

    def _unclear(self, timeout: float) -> HttpResponse:
        if self._random.random() < 1 - self._habits.stalls:
            return HttpResponse(500, b"{}")
        self._scheduler.sleep(int(timeout * 1000))
        raise NoAnswer

    def _accept(self, asked: dict[str, Any]) -> str:
        taken = f"0102018f-{len(self._history.accepted) + 1:08d}"
        mail = read_mail(base64.b64decode(asked["Content"]["Raw"]["Data"]))
        (tag,) = [each["Value"] for each in asked["EmailTags"]]
        conversation_id, message_id, attempt = self.read_reference(tag)
        self.answer_to += [Address(each.address) for each in mail.reply_to]
        if url := one_click_url(mail.headers):
            self.stoppable.append((url, message_id))
        self._history.accepted.append(
            Accepted(
                sid=taken,
                sender=asked["FromEmailAddress"],
                recipient=asked["Destination"]["ToAddresses"][0],
                body=(mail.text or "").removesuffix("\n"),
                conversation_id=conversation_id,
                message_id=message_id,
                attempt=attempt,
                after=len(self._history.commits),
                at=self._scheduler.now,
            )
        )
        said = {"messageId": taken, "source": asked["FromEmailAddress"], "tags": {"reference": [tag]}}
        facts = {"conversation_id": conversation_id, "message_id": message_id, "attempt": attempt}
        self._promise(said, facts)
        return taken

    def _promise(self, mail: dict[str, Any], facts: dict[str, Any]) -> None:
        """Its events: in any order, some twice, some never, some late."""
        habits, random = self._habits, self._random
        if random.random() < habits.silent:
            return
        events = [random.choice(ENDS) if random.random() < habits.undelivered else DELIVERY]
        if events == [DELIVERY] and random.random() < habits.undelivered / 2:
            events.append(("Complaint", {"complaint": {"timestamp": "2030-01-01T00:00:00.000Z"}}))
        for kind, about in [*events, *(each for each in events if random.random() < 0.3)]:
            webhook = Webhook(
                kind="status", id=mail["messageId"], connection_id=SES, facts={**facts, "MessageStatus": _SAYS[kind]}
            )
            body = msgspec.json.encode({"eventType": kind, "mail": mail, **about}).decode()
            self._tell(webhook, body, random.choice((10, 200, 2_000, 30_000)) + random.randint(0, 200))

    def receive(self, number: int, raw: bytes, recipient: Address, facts: dict[str, Any]) -> None:
        """A mail to one of our mailboxes; from its notice on it must not be lost."""
        message_id = f"received-{number:08d}"
        self.bucket.kept[key := f"inbound/{message_id}"] = raw
        told = notice(key, recipient, message_id=message_id, at=self._scheduler.now)
        webhook = Webhook(kind="text", id=f"{message_id}/{SEATTLE_MAILBOX}", connection_id=SES, facts=facts)
        body = msgspec.json.encode(told).decode()
        for delay in (0, 5_000, 600_000)[: self._random.choice((1, 1, 2, 3))]:
            self._tell(webhook, body, delay)

    def _tell(self, webhook: Webhook, body: str, delay: int) -> None:
        """The queue has it, which is what its 2xx stands for."""
        if webhook not in self._history.webhooks:
            self._history.webhooks.append(webhook)

        def put() -> None:
            webhook.answers.append((200, len(self._history.commits), self._scheduler.now))
            self.publish(body)

        self._scheduler.after(delay, put)


def _refused(status: int, kind: str) -> HttpResponse:
    return HttpResponse(status, b"{}", {"x-amzn-errortype": kind})
