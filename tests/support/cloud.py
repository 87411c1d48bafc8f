"""The whole product over the emulator, in this process: real handlers, real adapters, counted requests.

What AWS does between the functions is done here by hand: `stream`, `push` and `deliver` hand on what waits.
"""

import base64
import hashlib
import hmac
import itertools
import json
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from functools import cache
from typing import Any
from urllib.parse import urlencode, urlsplit
from weakref import WeakSet

import botocore.session
from botocore.awsrequest import AWSResponse
from ministack.services import dynamodb, sqs, ssm

import app
from chalicelib import wiring
from chalicelib.aws.clients import client
from chalicelib.config import Settings
from chalicelib.store.setup import DynamoSetup
from chalicelib.store.table import Table
from chalicelib.usecases.ports import HttpResponse, Socket
from tests.api.client import Answer, call
from tests.fakes.outside import START, FakeClock, FakeIds, FakeLog
from tests.support import event_filters
from tests.support.capacity import Meter, metered
from tests.support.emulator import Raw, attach, make_table
from tests.support.merchant import ADA, CARLA, SEATTLE, SEATTLE_NUMBER, TWILIO, furnish

API, SOCKETS, SITE = "https://api.example.test", "https://sockets.example.test", "https://talk.example.test"
ACCOUNT, AUTH_TOKEN = "AC" + "1" * 32, "twilio-secret-1"
_numbers = itertools.count(1)


class Bill(Meter):
    """What happened within `billed`: DynamoDB with units, every other AWS request by name, and texts handed over."""

    def __init__(self) -> None:
        super().__init__()
        self.others: list[str] = []
        self.provider = 0
        self.runs = 1
        """0: AWS had nothing to call a function for."""

    def seen(self, model: Any, **_: object) -> None:
        self.others.append(f"{model.service_model.service_name}.{model.name}")

    def as_text(self) -> str:
        """One comparable line."""
        if not self.runs:
            return "not called"
        calls = [*self.calls, *self.others]
        return f"{' '.join(calls)}; {self.write_units:g} WCU, {self.read_units:g} RCU, {self.provider} texts"


class Provider:
    """A Twilio that takes everything and remembers where it is to report to."""

    def __init__(self) -> None:
        self.callbacks: list[tuple[str, str]] = []
        """Per text: its SID and the address for reports."""

    def request(self, method: str, url: str, *, headers: dict[str, str], body: bytes, timeout: float) -> HttpResponse:
        from urllib.parse import parse_qs

        sid = f"SM{len(self.callbacks) + 1:032x}"
        self.callbacks.append((sid, parse_qs(body.decode())["StatusCallback"][0]))
        return HttpResponse(201, json.dumps({"sid": sid, "status": "queued"}).encode())


class Context:
    """A function with time enough."""

    def get_remaining_time_in_millis(self) -> int:
        return 300_000


class Cloud:
    """One installation with the tests' merchant (tests/support/merchant.py). `close` gives the process back."""

    def __init__(self) -> None:
        number = next(_numbers)
        _attached()
        self.table: Table = make_table(f"cloud-{number}")
        self.deps = wiring.Dependencies(_settings(number))
        self.deps.__dict__["_table"] = self.table
        self.clock, self.log, self.provider = FakeClock(START), FakeLog(), Provider()
        self.deps.clock, self.deps.ids, self.deps.log = self.clock, FakeIds(), self.log
        self.deps.__dict__["http"] = self.provider
        furnish(DynamoSetup(self.table, client("ssm")))  # type: ignore[arg-type]  # the same verbs as the fake's
        key = f"{self.deps.settings.parameter_prefix}/signing-key"
        client("ssm").put_parameter(Name=key, Value="k" * 43, Type="SecureString", Overwrite=True)
        for name, address in (("webhook-url", API), ("site-url", SITE)):
            place = f"{self.deps.settings.parameter_prefix}/{name}"
            client("ssm").put_parameter(Name=place, Value=address, Type="String", Overwrite=True)
        self._read = {"FanOut": 0, "Push": 0}
        self._idle = 0
        wiring.use(self.deps)

    def close(self) -> None:
        wiring.use(None)

    @contextmanager
    def billed(self) -> Iterator[Bill]:
        bill, sent, idle = Bill(), len(self.provider.callbacks), self._idle
        with ExitStack() as stack:
            stack.enter_context(metered(self.table, bill))
            for service, events in _events().items():
                events.register(f"before-call.{service}", bill.seen)
                stack.callback(events.unregister, f"before-call.{service}", bill.seen)
            yield bill
        bill.provider = len(self.provider.callbacks) - sent
        bill.runs = int(self._idle == idle)

    # --- what comes in over HTTP ----------------------------------------------------------------------------------

    def text(self, body: str, sender: str = CARLA, sid: str = "") -> Answer:
        """A customer's text, as Twilio tells of it."""
        sid = sid or f"SM{next(_numbers):032x}"
        form = {"MessageSid": sid, "AccountSid": ACCOUNT, "From": sender, "To": SEATTLE_NUMBER, "Body": body}
        return self.webhook(f"/webhooks/twilio/{TWILIO}", {**form, "NumMedia": "0", "ApiVersion": "2010-04-01"})

    def report(self, status: str, back: int = 0) -> Answer:
        """How far the last text has come, or the one so many before it, as Twilio reports it."""
        sid, address = self.provider.callbacks[-1 - back]
        form = {"MessageSid": sid, "AccountSid": ACCOUNT, "MessageStatus": status, "To": CARLA, "From": SEATTLE_NUMBER}
        return self.webhook(urlsplit(address).path, form)

    def webhook(self, path: str, form: dict[str, str]) -> Answer:
        headers = {"Content-Type": "application/x-www-form-urlencoded", "X-Twilio-Signature": signature(path, form)}
        return _good(call("POST", path, body=urlencode(form).encode(), headers=headers))

    def ask(self, method: str, path: str, body: object = None, **query: str) -> Any:
        """As Ada."""
        headers = {"Content-Type": "application/json", "Idempotency-Key": f"key-{next(_numbers):08d}"}
        content = None if body is None else json.dumps(body).encode()
        answer = _good(call(method, path, sub=ADA, body=content, headers=headers, query=query or None))
        return answer.json if answer.text else None

    # --- what AWS hands on ----------------------------------------------------------------------------------------

    def changes(self, reader: str) -> list[dict[str, Any]]:
        """The stream's records since this reader (`FanOut`, `Push`) asked last, as its event source filters them."""
        found = dynamodb.stream_records_since(self.table.name, self._read[reader], 10_000)
        self._read[reader] += len(found)
        passed = [record for record in found if event_filters.passes(reader, record)]
        self._idle += not passed
        return passed

    def stream(self) -> None:
        """Everything that waits for `fan_out`, as one batch."""
        if records := self.changes("FanOut"):
            assert app.fan_out({"Records": records}, None) == {"batchItemFailures": []}

    def push(self) -> None:
        """Everything that waits for `push`, as one batch."""
        if records := self.changes("Push"):
            app.push({"Records": records}, None)

    def deliver(self) -> None:
        """The outbound queue, as one batch."""
        if records := self.queued():
            assert app.outbound({"Records": records}, Context()) == {"batchItemFailures": []}
            for record in records:
                _sqs().delete_message(
                    QueueUrl=self.deps.settings.outbound_queue_url, ReceiptHandle=record["receiptHandle"]
                )

    def queued(self) -> list[dict[str, Any]]:
        answer = _sqs().receive_message(
            QueueUrl=self.deps.settings.outbound_queue_url, MaxNumberOfMessages=10, AttributeNames=["All"]
        )
        return [_record(message) for message in answer.get("Messages", [])]

    def settle(self) -> None:
        """Until nothing waits any more."""
        for _ in range(3):
            self.stream()
            self.push()
            self.deliver()

    def open_socket(self, associate_id: str = ADA, socket_id: str = "L0SM9cOFvHcCIhw=", at: int = START) -> str:
        socket = Socket(id=socket_id, associate_id=associate_id, store_ids=(SEATTLE,), opened_at=at)
        self.deps.sockets.add(socket, f"ticket-{next(_numbers)}")
        return socket_id


def signature(path: str, form: dict[str, str]) -> str:
    """https://www.twilio.com/docs/usage/security#validating-requests"""
    signed = API + path + "".join(name + form[name] for name in sorted(form))
    return base64.b64encode(hmac.new(AUTH_TOKEN.encode(), signed.encode(), hashlib.sha1).digest()).decode()


def _good(answer: Answer) -> Answer:
    assert 200 <= answer.status < 300, f"{answer.status} {answer.text}"
    return answer


def _record(message: dict[str, Any]) -> dict[str, Any]:
    return {
        "messageId": message["MessageId"],
        "receiptHandle": message["ReceiptHandle"],
        "body": message["Body"],
        "attributes": message["Attributes"],
        "messageAttributes": {},
        "eventSource": "aws:sqs",
        "eventSourceARN": "arn:aws:sqs:us-east-1:000000000000:outbound.fifo",
        "awsRegion": "us-east-1",
    }


def _settings(number: int) -> Settings:
    """Names of fresh queues."""
    fifo = {"FifoQueue": "true", "DeduplicationScope": "messageGroup", "FifoThroughputLimit": "perMessageGroupId"}
    return Settings(
        stage="test",
        table_name=f"cloud-{number}",
        inbound_queue_url=_sqs().create_queue(QueueName=f"inbound-{number}")["QueueUrl"],
        outbound_queue_url=_sqs().create_queue(QueueName=f"outbound-{number}.fifo", Attributes=fifo)["QueueUrl"],
        webhook_url="",
        websocket_url="wss://ws.example.test",
        websocket_api_endpoint=SOCKETS,
        parameter_prefix=f"/counterline/{number}",
    )


_answered: WeakSet[Any] = WeakSet()
"""Clients that answer from the emulator. (Tests of the adapters make the product forget its clients.)"""


def _attached() -> None:
    """The product's own clients answer from the emulator's modules; open sockets take every frame."""
    for service, module in (("sqs", sqs), ("ssm", ssm)):
        if client(service) not in _answered:
            attach(client(service), module)
    sockets = client("apigatewaymanagementapi", SOCKETS)
    if sockets not in _answered:
        sockets.meta.events.register_last("before-send.apigatewaymanagementapi", _taken)
    _answered.update((client("sqs"), client("ssm"), sockets))


def _taken(request: Any, **_: object) -> AWSResponse:
    return AWSResponse(request.url, 200, {}, Raw(b""))  # type: ignore[arg-type]  # any mapping will do


def _events() -> dict[str, Any]:
    """Where the product's own clients can be listened to."""
    sockets = "apigatewaymanagementapi"
    clients = {service: client(service) for service in ("sqs", "ssm")} | {sockets: client(sockets, SOCKETS)}
    return {service: made.meta.events for service, made in clients.items()}


@cache
def _sqs() -> Any:
    """Not the product's: what AWS does with the queue is not on its bill."""
    made = botocore.session.get_session().create_client("sqs", "us-east-1")
    attach(made, sqs)
    return made
