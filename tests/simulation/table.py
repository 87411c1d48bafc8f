"""The emulator's DynamoDB as a client in process: a boundary at every request, old copies for eventual reads."""

from collections import defaultdict, deque
from collections.abc import Callable
from random import Random
from typing import Any

import msgspec
from botocore.exceptions import ClientError, EndpointConnectionError, ReadTimeoutError
from ministack.services import dynamodb

from chalicelib.store.table import Table
from tests.support.table import definition

from .emulator_speed import quicken
from .faults import Call
from .history import History
from .scheduler import Scheduler

NAME, REPLICA = "simulated", "simulated-replica"
LONGEST_LAG = 5_000
"""Milliseconds after which an eventually consistent read has certainly seen a write."""
_PREFIXES = {
    "R": "route", "C": "conversation", "M": "message", "1": "once", "O": "order", "CU": "customer", "A": "address",
    "CONSENT": "consent", "LEDGER": "ledger", "LOOKUP": "look-up", "SETUP": "set-up", "U": "associate",
    "WS": "socket", "W": "socket", "WC": "socket", "E": "handover", "T": "colleague", "H": "link", "F": "attempts",
    "N": "held",
    "K": "template",
    "Z": "credits", "ZL": "credit line",
    "V": "automatic text",
    "BU": "bulk", "BP": "part of a bulk",
    "Q": "unanswered",
    "UR": "unread reply",
    "NO": "note",
    "DV": "device",
    "RM": "reminder",
    "RE": "ended reminder",
    "TIMERS": "timer",
    "L": "audit entry",
    "X": "transfer",
    "P": "upload",
    "I": "invitation",
    "ER": "erasure", "DR": "privacy request", "SU": "suppression", "SA": "sale", "DL": "product link",
    "D": "product", "DW": "word", "DC": "code", "B": "shelf", "CATALOGUE": "catalogue",
    "ORDERS": "order reading",
}  # fmt: skip
_HANDLERS: dict[str, Callable[[Any], Any]] = {
    "GetItem": dynamodb._get_item,
    "BatchGetItem": dynamodb._batch_get_item,
    "Query": dynamodb._query,
    "PutItem": dynamodb._put_item,
    "UpdateItem": dynamodb._update_item,
    "DeleteItem": dynamodb._delete_item,
    "BatchWriteItem": dynamodb._batch_write_item,
    "TransactWriteItems": dynamodb._transact_write_items,
}
_READS = {"GetItem", "BatchGetItem", "Query"}


class TableClient:
    """What PynamoDB takes for a botocore client. Reads that are not strongly consistent may be old."""

    _request_signer = None

    def __init__(self, scheduler: Scheduler, history: History, stale: Random | None) -> None:
        self._scheduler, self._history, self._stale = scheduler, history, stale
        self._lagging: deque[tuple[int, dict[str, Any]]] = deque()
        self.away = False
        """Refuses everything."""
        self.on_commit: Callable[[list[dict[str, Any]]], None] = lambda records: None

    def _make_api_call(self, operation: str, request: dict[str, Any]) -> dict[str, Any]:
        body = msgspec.json.encode(request)
        if self.away:
            raise EndpointConnectionError(endpoint_url="https://dynamodb")
        call = Call("dynamodb", operation, _about(operation, request), _failure(operation, request), _LOST)
        answer: dict[str, Any] = self._scheduler.cross(call, lambda: self._perform(operation, body))
        return answer

    def _perform(self, operation: str, body: bytes) -> dict[str, Any]:
        request = msgspec.json.decode(body)
        if operation in _READS:
            return self._read(operation, request)
        status, _, content = _HANDLERS[operation](request)
        self._publish(operation)
        return _answer(operation, status, content)

    def _read(self, operation: str, request: dict[str, Any]) -> dict[str, Any]:
        old = self._stale is not None and operation != "BatchGetItem" and not request.get("ConsistentRead")
        if old:
            self._catch_up()
            request["TableName"] = REPLICA
        status, _, content = _HANDLERS[operation](request)
        return _answer(operation, status, content)

    def _publish(self, operation: str) -> None:
        records = dynamodb._stream_records.get(NAME)
        if not records:
            return
        committed = list(records)
        records.clear()
        if self._stale is not None:
            self._lagging.extend((self._scheduler.now, record) for record in committed)
        self._history.commit(operation, committed)
        self.on_commit(committed)

    def _catch_up(self) -> None:
        """Whatever is older than the longest lag, and by chance some of the rest."""
        assert self._stale is not None
        while self._lagging:
            at, record = self._lagging[0]
            if self._scheduler.now - at <= LONGEST_LAG and self._stale.random() < 0.5:
                return
            self._lagging.popleft()
            _apply(dynamodb._tables[REPLICA], record["dynamodb"])

    def be_current(self) -> None:
        """No read is old any more."""
        self._stale = None

    def collect_garbage(self) -> None:
        """Time to live, when the world says so: everything that is over."""
        table = dynamodb._tables[NAME]
        for pk, items in list(table["items"].items()):
            for sk, item in list(items.items()):
                if int(item.get("ttl", {"N": "9" * 12})["N"]) * 1000 < self._scheduler.now:
                    dynamodb._remove_item(table, pk, sk)
                    dynamodb._remove_item(dynamodb._tables[REPLICA], pk, sk)
                    self._history.forget((pk, sk))


def connected(client: TableClient) -> Table:
    """The store's way to the table."""
    return Table(NAME, region="us-east-1", sleep=lambda seconds: client._scheduler.sleep(20), client=lambda: client)


def items() -> dict[tuple[str, str], dict[str, Any]]:
    """Everything that is stored, by key."""
    table = dynamodb._tables[NAME]
    return {(pk, sk): item for pk, sort in table["items"].items() for sk, item in sort.items()}


def reset(content: dict[tuple[str, str], dict[str, Any]], now: Callable[[], int]) -> None:
    """Both copies of the table hold `content` and nothing else; the emulator's clock is `now`."""
    for name in (NAME, REPLICA):
        if name not in dynamodb._tables:
            dynamodb._create_table(definition(name))
        table = dynamodb._tables[name]
        table["items"] = defaultdict(dict)
        for (pk, sk), item in content.items():
            table["items"][pk][sk] = item
        dynamodb._items_replaced(table)
    dynamodb._stream_records.pop(NAME, None)
    dynamodb._stream_records.pop(REPLICA, None)
    dynamodb._txn_idempotency._data.clear()
    quicken(now)


def _apply(table: dict[str, Any], change: dict[str, Any]) -> None:
    pk, sk = change["Keys"]["pk"]["S"], change["Keys"]["sk"]["S"]
    if "NewImage" in change:
        dynamodb._set_item(table, pk, sk, change["NewImage"])
    else:
        dynamodb._remove_item(table, pk, sk)


def _answer(operation: str, status: int, content: bytes) -> dict[str, Any]:
    answer: dict[str, Any] = msgspec.json.decode(content)
    if status < 400:
        return answer
    code = answer.pop("__type").split("#")[-1]
    if code == "ValidationException":
        raise AssertionError(f"{operation}: {answer}")
    raise ClientError({"Error": {"Code": code, "Message": ""}, **answer}, operation)  # type: ignore[typeddict-item]  as the service answers


_LOST = ReadTimeoutError(endpoint_url="https://dynamodb")


def _failure(operation: str, request: dict[str, Any]) -> Callable[[Random], Exception]:
    def make(random: Random) -> Exception:
        variants = ("throttled", "unreachable", "conflict") if operation not in _READS else ("throttled", "unreachable")
        variant = random.choice(variants)
        if variant == "unreachable":
            return EndpointConnectionError(endpoint_url="https://dynamodb")
        if variant == "throttled":
            return ClientError({"Error": {"Code": "ThrottlingException", "Message": ""}}, operation)
        if operation != "TransactWriteItems":
            return ClientError({"Error": {"Code": "TransactionConflictException", "Message": ""}}, operation)
        reasons = [{"Code": "None"}] * (len(request["TransactItems"]) - 1) + [{"Code": "TransactionConflict"}]
        error: Any = {"Error": {"Code": "TransactionCanceledException", "Message": ""}, "CancellationReasons": reasons}
        return ClientError(error, operation)

    return make


def _about(operation: str, request: dict[str, Any]) -> str:
    if operation == "TransactWriteItems":
        steps = [next(iter(step.items())) for step in request["TransactItems"]]
        return ", ".join(f"{kind} {_kind(step.get('Item') or step['Key'])}" for kind, step in steps)
    if operation in ("BatchGetItem", "BatchWriteItem"):
        (requested,) = request["RequestItems"].values()
        keys = (
            requested["Keys"] if operation == "BatchGetItem" else [each["DeleteRequest"]["Key"] for each in requested]
        )
        return ", ".join(dict.fromkeys(map(_kind, keys)))
    if operation == "Query":
        return str(request.get("IndexName", "table"))
    about = _kind(request.get("Item") or request["Key"])
    return about if operation != "GetItem" or request.get("ConsistentRead") else f"{about}, eventually"


def _kind(key: dict[str, Any]) -> str:
    partition, sort = key["pk"]["S"].partition("#")[0], key["sk"]["S"].partition("#")[0]
    if partition == "SETUP":
        return "set-up"
    return _PREFIXES.get(sort) or _PREFIXES[partition]
