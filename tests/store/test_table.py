"""What the store does when DynamoDB refuses: harmless retries, then Unavailable and nothing else."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from botocore.awsrequest import AWSResponse
from botocore.exceptions import EndpointConnectionError, ReadTimeoutError
from msgspec import json

from chalicelib.domain.consent import ConsentState
from chalicelib.domain.errors import Unavailable
from chalicelib.store.table import ATTEMPTS, CONNECT_TIMEOUT, READ_TIMEOUT, SDK_RETRIES, Table
from chalicelib.usecases.ports import Appended, Once
from tests.fakes.outside import START
from tests.store.conftest import Stores
from tests.support.emulator import Raw, fresh_client
from tests.support.samples import append, consent_change, conversation, message, opening, order, outbound, route, upsert

Fault = Callable[[Any], AWSResponse | None]


class Faults:
    """Answers in place of the emulator while there are faults left; keeps every request."""

    def __init__(self) -> None:
        self.left: list[Fault] = []
        self.bodies: list[dict[str, Any]] = []

    def __call__(self, request: Any, **_: object) -> AWSResponse | None:
        self.bodies.append(json.decode(request.body))
        return self.left.pop(0)(request) if self.left else None


@pytest.fixture
def own_client(table: Table) -> None:
    """With a full budget of retries: the SDK takes what other tests spent into account."""
    table.connection.connection._client = fresh_client()


@pytest.fixture
def faults(table: Table, monkeypatch: pytest.MonkeyPatch) -> Iterator[Faults]:
    """The SDK does not really wait."""
    monkeypatch.setattr("time.sleep", lambda _: None)
    events = table.connection.connection.client.meta.events
    made = Faults()
    events.register_first("before-send.dynamodb", made)
    yield made
    events.unregister("before-send.dynamodb", made)


def error(code: str, status: int = 400, **more: Any) -> Fault:
    body = json.encode({"__type": f"com.amazonaws.dynamodb.v20120810#{code}", "message": "no", **more})
    return lambda request: AWSResponse(request.url, status, {}, Raw(body))


def cancelled(*codes: str) -> Fault:
    return error("TransactionCanceledException", CancellationReasons=[{"Code": code} for code in codes])


def lost(table: Table) -> Fault:
    """The request takes effect, its answer never comes."""

    def fault(request: Any) -> AWSResponse | None:
        from ministack.services import dynamodb

        from tests.support.emulator import _finished, _text

        names = {name.lower(): _text(value) for name, value in request.headers.items()}
        status, _, body = _finished(dynamodb.handle_request("POST", "/", names, request.body, {}))
        assert status == 200, body
        raise ReadTimeoutError(endpoint_url=request.url)

    return fault


def nobody(request: Any) -> AWSResponse | None:
    raise EndpointConnectionError(endpoint_url=request.url)


def test_a_collision_is_tried_again_with_the_same_token(real: Stores, faults: Faults) -> None:
    real.conversations.open(opening())
    faults.bodies.clear()
    faults.left = [cancelled("None", "None", "TransactionConflict")] * 2
    assert real.conversations.append(append(message(START + 1))) == Appended()
    assert len(faults.bodies) == 3
    assert len({body["ClientRequestToken"] for body in faults.bodies}) == 1
    assert len(faults.bodies[0]["ClientRequestToken"]) <= 36


@pytest.mark.parametrize("code", ["TransactionConflict", "ThrottlingError", "ProvisionedThroughputExceeded"])
def test_endless_collision_ends_as_unavailable(real: Stores, faults: Faults, code: str) -> None:
    faults.left = [cancelled("None", "None", code)] * 99
    with pytest.raises(Unavailable):
        real.conversations.append(append(message(START + 1)))
    assert len(faults.bodies) == ATTEMPTS


@pytest.mark.usefixtures("own_client")
def test_a_lost_answer_of_a_transaction_is_no_second_effect(real: Stores, table: Table, faults: Faults) -> None:
    real.conversations.open(opening())
    faults.left = [lost(table)]
    assert real.conversations.append(append(message(START + 1))) == Appended()
    after = real.conversations.find(conversation().id)
    assert after is not None
    assert after.unread == 1


@pytest.mark.usefixtures("own_client")
def test_a_lost_answer_of_a_settlement_is_settled(real: Stores, table: Table, faults: Faults) -> None:
    text = outbound(START + 1)
    real.conversations.open(opening(messages=(text,)))
    claimed = text.claimed("w", START + 2)
    real.messages.claim(claimed, START + 2)
    faults.left = [lost(table)]
    assert real.messages.settle(claimed.sent("SM1", START + 3), "w")
    faults.left = [lost(table)]
    ref = text.ref
    from chalicelib.domain.messages import MessageStatus

    assert real.messages.climb(ref, MessageStatus.DELIVERED, None, "SM1", START + 4)


ACTIONS: dict[str, Callable[[Stores], object]] = {
    "find_route": lambda s: s.conversations.find_route(route(conversation()).key, consistent=False),
    "append": lambda s: s.conversations.append(append(message())),
    "open": lambda s: s.conversations.open(opening()),
    "find": lambda s: s.conversations.find("x"),
    "find_with_associate": lambda s: s.conversations.find_with_associate("x", "y"),
    "thread": lambda s: s.conversations.thread("x", 10, None),
    "find_message": lambda s: s.conversations.find_message("x", "y"),
    "inbox": lambda s: s.conversations.inbox("x", "open", 0, 10, None),
    "mark_read": lambda s: s.conversations.mark_read(conversation(), 0),
    "count": lambda s: s.conversations.count_inbound_after("x", "y"),
    "end": lambda s: s.conversations.end(conversation(), conversation().closed(START)),
    "reopen": lambda s: s.conversations.reopen(conversation().closed(START), conversation()),
    "expirable": lambda s: s.conversations.expirable("x", START, 10),
    "erase": lambda s: s.conversations.erase_messages("x", "y"),
    "claim": lambda s: s.messages.claim(outbound().claimed("w", START), START),
    "settle": lambda s: s.messages.settle(outbound(), "w"),
    "consent": lambda s: s.consents.state(consent_change(ConsentState.NONE).key),
    "record": lambda s: s.consents.record(consent_change(ConsentState.NONE)),
    "history": lambda s: s.consents.history(consent_change(ConsentState.NONE).key),
    "order": lambda s: s.orders.find("x"),
    "upsert": lambda s: s.orders.upsert(upsert(order())),
    "active": lambda s: s.orders.active("x", 0, 10, None),
    "of_customer": lambda s: s.orders.of_customer("x", 10),
    "customer": lambda s: s.customers.find("x"),
    "find_by": lambda s: s.customers.find_by("m", "sms", "x"),
    "connection": lambda s: s.directory.connection("x"),
    "associate": lambda s: s.directory.associate("x"),
    "reject": lambda s: s.rejections.record(Once("a", "b"), "c", START),
    "sockets": lambda s: s.sockets.of_store("x"),
    "remove": lambda s: s.sockets.remove("x"),
}
FAULTS: dict[str, Fault] = {
    "throttled": error("ProvisionedThroughputExceededException"),
    "down": error("InternalServerError", 500),
    "no table": error("ResourceNotFoundException"),
    "invalid": error("ValidationException"),
    "unreachable": nobody,
}


@pytest.mark.parametrize("fault", FAULTS)
@pytest.mark.parametrize("action", ACTIONS)
def test_every_refusal_leaves_the_store_as_unavailable(real: Stores, faults: Faults, action: str, fault: str) -> None:
    faults.left = [FAULTS[fault]] * 99
    with pytest.raises(Unavailable) as raised:
        ACTIONS[action](real)
    assert raised.value.details == {}


def test_nothing_waits_long() -> None:
    config = Table("t", region="us-east-1").connection.connection.client.meta.config
    assert (config.connect_timeout, config.read_timeout) == (CONNECT_TIMEOUT, READ_TIMEOUT) == (1.0, 2.0)
    assert config.retries == {"total_max_attempts": SDK_RETRIES + 1, "mode": "standard"}


def test_left_out_items_of_a_batch_are_asked_for_again(real: Stores, table: Table, faults: Faults) -> None:
    real.conversations.open(opening())
    key = {"pk": {"S": f"C#{conversation().id}"}, "sk": {"S": "~"}}
    none = json.encode({"Responses": {}, "UnprocessedKeys": {table.name: {"Keys": [key]}}})
    faults.left = [lambda request: AWSResponse(request.url, 200, {}, Raw(none))]
    assert real.conversations.find_with_associate(conversation().id, "x") == (conversation(), None)
    faults.left = [lambda request: AWSResponse(request.url, 200, {}, Raw(none))] * 99
    with pytest.raises(Unavailable):
        real.conversations.find_with_associate(conversation().id, "x")
