"""The adapters of queues, parameters and sockets, against simulated AWS services."""

import json
from collections.abc import Iterator
from typing import Any

import boto3
import pytest
from botocore.exceptions import ClientError, EndpointConnectionError
from moto import mock_aws
from msgspec.structs import replace

from chalicelib import wiring
from chalicelib.aws import clients
from chalicelib.aws.parameters import find_parameter, read_parameter
from chalicelib.aws.pusher import ApiGatewayPusher
from chalicelib.aws.queues import SqsInboundQueue, SqsOutboundQueue, _batches, read_event, read_message
from chalicelib.config import Settings
from chalicelib.domain.errors import Unavailable
from chalicelib.domain.messages import Message
from chalicelib.usecases.ports import Activity
from tests.fakes.outside import FakeLog
from tests.support.world import World

NOWHERE = "https://sqs.us-east-1.amazonaws.com/000000000000/nowhere"


@pytest.fixture(autouse=True)
def aws(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN"):
        monkeypatch.setenv(name, "testing")
    monkeypatch.setenv("AWS_DEFAULT_REGION", "us-east-1")
    monkeypatch.delenv("AWS_ENDPOINT_URL", raising=False)
    clients.client.cache_clear()
    with mock_aws():
        yield
    clients.client.cache_clear()


def messages(count: int) -> list[Message]:
    world = World()
    conversation_id = world.talk()
    return [world.send(conversation_id, f"text {number}") for number in range(count)]


def outbound_queue() -> str:
    attributes = {"FifoQueue": "true", "VisibilityTimeout": "0"}
    url: str = boto3.client("sqs").create_queue(QueueName="outbound.fifo", Attributes=attributes)["QueueUrl"]
    return url


def waiting(url: str) -> list[dict[str, Any]]:
    found = boto3.client("sqs").receive_message(QueueUrl=url, MaxNumberOfMessages=10, AttributeNames=["All"])
    return list(found.get("Messages", []))


def test_a_verified_event_waits_on_inbound_as_it_is() -> None:
    url = boto3.client("sqs").create_queue(QueueName="inbound")["QueueUrl"]
    event = World().text_event("nul \x00 and 🎉")
    SqsInboundQueue(url).put(event)
    assert [read_event(record["Body"]) for record in waiting(url)] == [event]


def test_an_inbound_queue_that_refuses_is_told() -> None:
    with pytest.raises(Unavailable):
        SqsInboundQueue(NOWHERE).put(World().text_event("Hello"))


def test_messages_wait_in_order_and_once_per_attempt() -> None:
    url = outbound_queue()
    queue, (first, second) = SqsOutboundQueue(url), messages(2)
    for _ in range(2):
        queue.put([first, second])
    queue.put([replace(second, attempt=2)])
    records = waiting(url)
    assert [(m.id, m.attempt) for m in (read_message(record["Body"]) for record in records)] == [
        (first.id, 1),
        (second.id, 1),
        (second.id, 2),
    ]
    assert {record["Attributes"]["MessageGroupId"] for record in records} == {first.conversation_id}


def test_an_empty_batch_is_no_request() -> None:
    SqsOutboundQueue(NOWHERE).put([])


def test_no_batch_holds_two_messages_of_a_conversation_or_more_than_ten() -> None:
    mine = messages(3)
    others = [replace(mine[0], conversation_id=f"other-{number}") for number in range(22)]
    mixed = [mine[0], *others[:12], mine[1], *others[12:], mine[2]]
    batches = _batches(mixed)
    assert all(len(batch) <= 10 for batch in batches)
    assert all(len({message.conversation_id for message in batch}) == len(batch) for batch in batches)
    sent = [message for batch in batches for message in batch]
    assert len(sent) == len(mixed)
    assert [m.id for m in sent if m.conversation_id == mine[0].conversation_id] == [m.id for m in mine]


def test_a_batch_that_is_partly_refused_is_told_and_nothing_overtakes(monkeypatch: pytest.MonkeyPatch) -> None:
    url, sqs = outbound_queue(), clients.client("sqs")
    calls: list[Any] = []

    def partly(**request: Any) -> dict[str, Any]:
        calls.append(request)
        return {"Successful": [], "Failed": [{"Id": "0", "Code": "InternalError", "SenderFault": False}]}

    monkeypatch.setattr(sqs, "send_message_batch", partly)
    with pytest.raises(Unavailable):
        SqsOutboundQueue(url).put(messages(2))
    assert len(calls) == 1


def test_a_pause_hides_an_entry_for_whole_seconds_upwards(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[int] = []
    monkeypatch.setattr(
        clients.client("sqs"),
        "change_message_visibility",
        lambda **request: seen.append(request["VisibilityTimeout"]),
    )
    for pause in (1, 1000, 1001, 300_000):
        SqsOutboundQueue(NOWHERE).postpone("receipt", pause)
    assert seen == [1, 1, 2, 300]


def test_parameters_are_read_decrypted_and_missing_ones_are_unavailable() -> None:
    boto3.client("ssm").put_parameter(Name="/x/signing-key", Value="k" * 43, Type="SecureString")
    assert read_parameter("/x/signing-key") == "k" * 43
    assert find_parameter("/x/missing") is None
    with pytest.raises(Unavailable):
        read_parameter("/x/missing")


def test_the_address_that_is_signed_is_read_once_and_again_after_a_failure() -> None:
    made = wiring.Dependencies(settings_with(webhook_url=""))
    with pytest.raises(Unavailable):
        made.webhook_url  # noqa: B018  is not there yet
    ssm = boto3.client("ssm")
    ssm.put_parameter(Name="/counterline/x/webhook-url", Value="https://abc.lambda-url.us-east-1.on.aws", Type="String")
    assert made.webhook_url == "https://abc.lambda-url.us-east-1.on.aws"
    ssm.delete_parameter(Name="/counterline/x/webhook-url")
    assert made.webhook_url == "https://abc.lambda-url.us-east-1.on.aws"


def test_an_address_that_is_set_is_not_asked_for() -> None:
    assert wiring.Dependencies(settings_with(webhook_url="https://shop.example")).webhook_url == "https://shop.example"


def settings_with(**given: str) -> Settings:
    names = dict.fromkeys(Settings.__struct_fields__, "")
    return Settings(**{**names, "parameter_prefix": "/counterline/x", **given})


class Connections:
    """API Gateway's management API."""

    def __init__(self, failure: Exception | None = None) -> None:
        self.failure = failure
        self.frames: list[bytes] = []

    def post_to_connection(self, ConnectionId: str, Data: bytes) -> None:  # noqa: N803  boto3's names
        if self.failure:
            raise self.failure
        self.frames.append(Data)

    def delete_connection(self, ConnectionId: str) -> None:  # noqa: N803  boto3's names
        if self.failure:
            raise self.failure


def client_error(code: str) -> ClientError:
    return ClientError({"Error": {"Code": code, "Message": "canary"}}, "PostToConnection")


def pusher(monkeypatch: pytest.MonkeyPatch, failure: Exception | None = None) -> tuple[ApiGatewayPusher, Any, FakeLog]:
    connections, log = Connections(failure), FakeLog()
    monkeypatch.setattr(ApiGatewayPusher, "_client", connections)
    return ApiGatewayPusher("https://ws.example.test", log), connections, log


def test_a_push_carries_activities_and_nothing_else(monkeypatch: pytest.MonkeyPatch) -> None:
    made, connections, _ = pusher(monkeypatch)
    assert made.push("socket-1", [Activity(type="order", store_id="s", id="o", at=1)])
    assert json.loads(connections.frames[0]) == {"activities": [{"type": "order", "store_id": "s", "id": "o", "at": 1}]}


def test_a_socket_that_is_gone_is_reported_as_gone(monkeypatch: pytest.MonkeyPatch) -> None:
    made, _, log = pusher(monkeypatch, client_error("GoneException"))
    assert not made.push("socket-1", [])
    made.close("socket-1")
    assert "canary" not in str(log.lines)


@pytest.mark.parametrize(
    "failure", [client_error("LimitExceededException"), EndpointConnectionError(endpoint_url="https://canary")]
)
def test_another_failure_is_logged_and_the_socket_kept(monkeypatch: pytest.MonkeyPatch, failure: Exception) -> None:
    made, _, log = pusher(monkeypatch, failure)
    assert made.push("socket-1", [])
    made.close("socket-1")
    assert log.events()[0] == "push_failed"
    assert "canary" not in str(log.lines)
