"""One installation in this process, with the dead letter queues of infra/resources.yaml and a quick worker."""

import io
import json
from collections.abc import Callable, Iterator
from typing import Any

import botocore.session
import pytest
from ministack.services import dynamodb_streams, sqs

import app
from chalicelib.aws.queues import EventBody, SqsOutboundQueue, _text
from chalicelib.domain.events import Event
from infra.dead_letters.__main__ import DeadLetters
from tests.support.cloud import Cloud, Context
from tests.support.emulator import attach

TRIES = {"inbound": 3, "outbound": 100}
"""Receives until an entry is dead; the template says 50 for `inbound`."""


class Functions:
    """Stands in for Lambda: `fan_out` runs here."""

    def __init__(self) -> None:
        self.batches: list[list[dict[str, Any]]] = []
        self.broken = False

    def invoke(self, FunctionName: str, Payload: bytes) -> dict[str, Any]:  # noqa: N803  boto3's own names
        assert FunctionName == "counterline-test-fan_out"
        records = json.loads(Payload)["Records"]
        self.batches.append(records)
        answer = (
            {"batchItemFailures": [{"itemIdentifier": "1"}]} if self.broken else app.fan_out({"Records": records}, None)
        )
        return {"Payload": io.BytesIO(json.dumps(answer).encode())}


class Office:
    """The queues, their workers, and the operator's commands over them."""

    def __init__(self, cloud: Cloud) -> None:
        self.cloud = cloud
        session = botocore.session.get_session()
        self.sqs = session.create_client("sqs", "us-east-1")
        attach(self.sqs, sqs)
        self.streams = session.create_client("dynamodbstreams", "us-east-1")
        attach(self.streams, dynamodb_streams)
        self.functions = Functions()
        settings = cloud.deps.settings
        self.outputs = {
            "TableName": settings.table_name,
            "InboundQueueUrl": settings.inbound_queue_url,
            "OutboundQueueUrl": settings.outbound_queue_url,
            "ProviderEventQueueUrl": self._queue(f"published-{settings.table_name}", {}),
            "MediaQueueUrl": self._queue(f"media-{settings.table_name}", {}),
            "InboundDeadLettersUrl": self._letters_of(settings.inbound_queue_url, {}),
            "OutboundDeadLettersUrl": self._letters_of(settings.outbound_queue_url, {"FifoQueue": "true"}),
            "FanOutFailuresUrl": self._queue(f"failures-{settings.table_name}", {}),
        }
        letters = self.outputs["OutboundDeadLettersUrl"]
        cloud.deps.__dict__["outbound"] = SqsOutboundQueue(settings.outbound_queue_url, letters)
        self._sent = 0
        self.said: list[str] = []
        self.commands = DeadLetters(self.client, self.outputs, "test", self.said.append)

    def client(self, service: str) -> Any:
        made = {"sqs": self.sqs, "lambda": self.functions, "dynamodbstreams": self.streams}
        return made.get(service) or self.cloud.table.connection.connection.client

    @property
    def stream_arn(self) -> str:
        table = self.client("dynamodb").describe_table(TableName=self.outputs["TableName"])["Table"]
        return str(table["LatestStreamArn"])

    def send(self, key: str, body: str, group: str = "") -> str:
        """Puts an entry on a queue as it is; its id."""
        self._sent += 1
        fifo = {"MessageGroupId": group, "MessageDeduplicationId": f"sent-{self._sent}"} if group else {}
        return str(self.sqs.send_message(QueueUrl=self.outputs[key], MessageBody=body, **fifo)["MessageId"])

    def send_event(self, event: Event) -> str:
        return self.send("InboundQueueUrl", _text(EventBody(event)))

    def put_event(self, event: Event) -> str:
        """Dead already."""
        return self.put_inbound(_text(EventBody(event)))

    def put_inbound(self, body: str) -> str:
        return self.send("InboundDeadLettersUrl", body)

    def breaking(self, port: str, act: Callable[[], object]) -> None:
        """While `act` runs, every use of a port is a mistake of ours."""
        ports = self.cloud.deps.__dict__
        kept, ports[port] = getattr(self.cloud.deps, port), object()
        try:
            act()
        finally:
            ports[port] = kept

    def interrupt_next_delete(self) -> None:
        """Ctrl-C between sending a letter and deleting it."""

        def interrupted(**_: object) -> None:
            self.sqs.meta.events.unregister("before-call.sqs.DeleteMessage", interrupted)
            raise KeyboardInterrupt

        self.sqs.meta.events.register("before-call.sqs.DeleteMessage", interrupted)

    def receive(self, key: str) -> list[dict[str, Any]]:
        """Everything, attributes included; it stays where it is."""
        url, every = self.outputs[key], ["All"]
        answer = self.sqs.receive_message(
            QueueUrl=url, MaxNumberOfMessages=10, AttributeNames=every, MessageAttributeNames=every, VisibilityTimeout=0
        )
        return list(answer.get("Messages", []))

    def waiting(self, key: str) -> int:
        names = ["ApproximateNumberOfMessages", "ApproximateNumberOfMessagesNotVisible"]
        found = self.sqs.get_queue_attributes(QueueUrl=self.outputs[key], AttributeNames=names)["Attributes"]
        return sum(map(int, found.values()))

    def work(self, key: str) -> int:
        """One poll of a function's event source: partial failures come back, the rest is deleted. How many it got."""
        url = self.outputs[key]
        answer = self.sqs.receive_message(QueueUrl=url, MaxNumberOfMessages=10, AttributeNames=["All"])
        found = answer.get("Messages", [])
        records = [_record(entry) for entry in found]
        handler = app.inbound if key.startswith("Inbound") else app.outbound
        failed = {each["itemIdentifier"] for each in handler({"Records": records}, Context())["batchItemFailures"]}
        for entry in found:
            if entry["MessageId"] not in failed:
                self.sqs.delete_message(QueueUrl=url, ReceiptHandle=entry["ReceiptHandle"])
            else:  # its pause is over
                self.sqs.change_message_visibility(
                    QueueUrl=url, ReceiptHandle=entry["ReceiptHandle"], VisibilityTimeout=0
                )
        return len(found)

    def _letters_of(self, url: str, attributes: dict[str, str]) -> str:
        name = url.rsplit("/", 1)[1].replace("bound-", "bound-letters-")
        letters = self._queue(name, attributes)
        arn = self.sqs.get_queue_attributes(QueueUrl=letters, AttributeNames=["QueueArn"])["Attributes"]["QueueArn"]
        tries = next(count for kind, count in TRIES.items() if f"/{kind}-" in url)
        policy = json.dumps({"deadLetterTargetArn": arn, "maxReceiveCount": tries})
        self.sqs.set_queue_attributes(QueueUrl=url, Attributes={"RedrivePolicy": policy})
        return letters

    def _queue(self, name: str, attributes: dict[str, str]) -> str:
        return str(self.sqs.create_queue(QueueName=name, Attributes=attributes)["QueueUrl"])


def _record(entry: dict[str, Any]) -> dict[str, Any]:
    return {
        "messageId": entry["MessageId"],
        "receiptHandle": entry["ReceiptHandle"],
        "body": entry["Body"],
        "attributes": entry["Attributes"],
        "messageAttributes": {},
        "eventSource": "aws:sqs",
        "eventSourceARN": "arn:aws:sqs:us-east-1:000000000000:queue",
        "awsRegion": "us-east-1",
    }


@pytest.fixture
def office(monkeypatch: pytest.MonkeyPatch) -> Iterator[Office]:
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "testing")
    monkeypatch.setenv("AWS_DEFAULT_REGION", "us-east-1")
    cloud = Cloud()
    yield Office(cloud)
    cloud.close()
