"""The only module that talks to DynamoDB: single requests, retries where they are harmless, one error: Unavailable."""

import random
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import cached_property
from typing import Any

from botocore.exceptions import BotoCoreError, ClientError
from msgspec import Struct
from pynamodb.connection.base import MetaTable
from pynamodb.connection.table import TableConnection
from pynamodb.constants import DELETE_ITEM, PUT_ITEM, UPDATE_ITEM
from pynamodb.exceptions import PynamoDBException, VerboseClientError
from pynamodb.expressions.condition import Condition
from pynamodb.expressions.update import Action

from chalicelib.domain.errors import Unavailable

from .keys import APPEND_ONLY, BY_CUSTOMER, BY_STORE, ERASED_WITH_THEIR_CUSTOMER, Key
from .rows import Row

CONNECT_TIMEOUT, READ_TIMEOUT, SDK_RETRIES = 1.0, 2.0, 2
_ABSENT, _KEPT = "attribute_not_exists", "what is append-only is neither changed nor deleted"
ATTEMPTS = 5
"""Tries of a write that collides with another transaction or is throttled."""
BACKOFF = 0.02
"""Seconds; doubled with each try, and a random part of it waited."""
_KEY_ATTRIBUTES = ("pk", "sk", "g1p", "g1s", "g2p", "g2s")
_INDEX_KEYS = {BY_STORE: ("g1p", "g1s"), BY_CUSTOMER: ("g2p", "g2s")}
BATCH_READ, _BATCH_WRITE = 100, 25

Raw = dict[str, Any]


class Refused(Struct, frozen=True):
    """A condition did not hold. `row`: the item as it was then (None: there was none)."""

    row: Row | None


class Found(Struct, frozen=True):
    """A page of a query. `more`: the limit was reached, so there may be more."""

    rows: list[Row]
    more: bool


class Table:
    """Nothing is read from the environment, and no client is made, before the first request."""

    def __init__(
        self,
        name: str,
        region: str | None = None,
        endpoint: str | None = None,
        sleep: Callable[[float], None] = time.sleep,
        client: Callable[[], Any] | None = None,
    ) -> None:
        """`client` makes a botocore client for DynamoDB (None: PynamoDB's own, for `region` and `endpoint`)."""
        self.name = name
        self._region, self._endpoint = region, endpoint
        self._sleep = sleep
        self._make_client = client

    @cached_property
    def connection(self) -> TableConnection:
        """Public for what must share the session or hook the client."""
        connection = TableConnection(
            self.name,
            region=self._region,
            host=self._endpoint,
            connect_timeout_seconds=CONNECT_TIMEOUT,
            read_timeout_seconds=READ_TIMEOUT,
            max_retry_attempts=SDK_RETRIES,
            meta_table=_meta_table(self.name),
        )
        if self._make_client:
            connection.connection._client = self._make_client()  # noqa: SLF001 - PynamoDB takes none from outside
        return connection

    def get(self, key: Key, *, consistent: bool = True) -> Row | None:
        with unavailable():
            answer = self.connection.get_item(key.pk, range_key=key.sk, consistent_read=consistent)
        return row_of(answer.get("Item"))

    def get_many(self, wanted: Sequence[Key]) -> dict[Key, Row]:
        """Strongly consistent, one request unless DynamoDB leaves some out."""
        if len(wanted) > BATCH_READ:
            raise ValueError("too many keys for one request")
        pending: Any = [{"pk": {"S": key.pk}, "sk": {"S": key.sk}} for key in dict.fromkeys(wanted)]
        found: dict[Key, Row] = {}
        for _ in self.tries():
            with unavailable():
                answer = self.connection.batch_get_item(pending, consistent_read=True)
            for raw in answer["Responses"].get(self.name, []):
                found[Key(raw["pk"]["S"], raw["sk"]["S"])] = Row.from_raw_data(raw)
            pending = answer.get("UnprocessedKeys", {}).get(self.name, {}).get("Keys", [])
            if not pending:
                return found
        raise Unavailable

    def query(
        self,
        partition: str,
        sort: Condition | None = None,
        *,
        index: str | None = None,
        limit: int | None = None,
        newest_first: bool = False,
        consistent: bool = False,
        start: Raw | None = None,
    ) -> Found:
        """One request: at most `limit` rows, or 1 MB."""
        with unavailable():
            answer = self.connection.query(
                partition,
                range_key_condition=sort,
                index_name=index,
                limit=limit,
                scan_index_forward=not newest_first,
                consistent_read=consistent,
                exclusive_start_key=start,
            )
        return Found([Row.from_raw_data(raw) for raw in answer["Items"]], "LastEvaluatedKey" in answer)

    def pages(self, partition: str, sort: Condition | None = None, *, consistent: bool) -> Iterator[Raw]:
        """The raw items of a key range, oldest first, however many requests it takes."""
        start: Raw | None = None
        while True:
            with unavailable():
                answer = self.connection.query(
                    partition, range_key_condition=sort, consistent_read=consistent, exclusive_start_key=start
                )
            yield from answer["Items"]
            start = answer.get("LastEvaluatedKey")
            if not start:
                return

    def index_pages(self, partition: str, index: str) -> Iterator[Raw]:
        """The raw items of a partition of an index, however many requests it takes."""
        start: Raw | None = None
        while True:
            with unavailable():
                answer = self.connection.query(partition, index_name=index, exclusive_start_key=start)
            yield from answer["Items"]
            start = answer.get("LastEvaluatedKey")
            if not start:
                return

    def count(self, partition: str, sort: Condition, matching: Condition) -> int:
        """How many items of a key range match; strongly consistent."""
        total = 0
        start: Raw | None = None
        while True:
            with unavailable():
                answer: Raw = self.connection.query(
                    partition,
                    range_key_condition=sort,
                    filter_condition=matching,
                    consistent_read=True,
                    exclusive_start_key=start,
                    select="COUNT",
                )
            total += int(answer["Count"])
            start = answer.get("LastEvaluatedKey")
            if not start:
                return total

    def update(self, key: Key, actions: Sequence[Action], condition: Condition) -> Refused | None:
        """Changes one existing item; None when done."""
        outcome = self._write(UPDATE_ITEM, self.request(key, actions=actions, condition=condition))
        return outcome if isinstance(outcome, Refused) else None

    def updated(self, key: Key, actions: Sequence[Action], condition: Condition) -> Row | None:
        """As `update`; the item as it is then, None where the condition did not hold."""
        outcome = self._write(
            UPDATE_ITEM, self.request(key, actions=actions, condition=condition, return_values="ALL_NEW")
        )
        return None if isinstance(outcome, Refused) else row_of(outcome["Attributes"])

    def _write(self, operation: str, request: Raw) -> Raw | Refused:
        for _ in self.tries():
            try:
                answer: Raw = self.connection.connection.dispatch(operation, request)
                return answer
            except VerboseClientError as error:
                if (code := _code(error)) == "ConditionalCheckFailedException":
                    return Refused(row_of(_response(error).get("Item")))
                if code != "TransactionConflictException":
                    raise Unavailable from error
            except BotoCoreError as error:
                raise Unavailable from error
        raise Unavailable

    def put_new(self, row: Row) -> bool:
        """False when the item is there already."""
        request = self.request(Key(row.pk, row.sk), row=row, condition=Row.pk.does_not_exist())
        return not isinstance(self._write(PUT_ITEM, request), Refused)

    def put(self, row: Row) -> None:
        """Whether or not it is there. For set-up only."""
        self._write(PUT_ITEM, self.request(Key(row.pk, row.sk), row=row))

    def delete_many(self, doomed: Iterable[Key]) -> None:
        """In batches, not atomic, safe to repeat."""
        left = [{"pk": key.pk, "sk": key.sk} for key in doomed]
        if any(each["pk"].startswith(APPEND_ONLY) for each in left):
            raise ValueError(_KEPT)
        while left:
            self._delete_batch(left[:_BATCH_WRITE])
            left = left[_BATCH_WRITE:]

    def delete(self, key: Key) -> None:
        """Whether or not it is there."""
        if key.pk.startswith(APPEND_ONLY):
            raise ValueError(_KEPT)
        self._write(DELETE_ITEM, self.connection.get_operation_kwargs(key.pk, key.sk, key="Key"))

    def erase_line(self, key: Key) -> None:
        """The one way in which a line of the consent ledger goes: its customer is erased (X13). Safe to repeat."""
        if not key.pk.startswith(ERASED_WITH_THEIR_CUSTOMER):
            raise ValueError(_KEPT)
        self._write(DELETE_ITEM, self.connection.get_operation_kwargs(key.pk, key.sk, key="Key"))

    def _delete_batch(self, batch: list[Raw]) -> None:
        for _ in self.tries():
            with unavailable():
                answer = self.connection.batch_write_item(delete_items=batch)
            unprocessed = answer.get("UnprocessedItems", {}).get(self.name, [])
            batch = [request["DeleteRequest"]["Key"] for request in unprocessed]
            if not batch:
                return
        raise Unavailable

    def request(self, key: Key, *, row: Row | None = None, **expressions: Any) -> Raw:
        """The parameters of a write; a refused one brings the item it met.

        Raises ValueError for one that could change or delete what is append-only.
        """
        condition = expressions.get("condition")
        if key.pk.startswith(APPEND_ONLY) and (row is None or getattr(condition, "operator", "") != _ABSENT):
            raise ValueError(_KEPT)
        return self.connection.get_operation_kwargs(
            key.pk,
            key.sk,
            key="Key" if row is None else "Item",
            attributes=None if row is None else row.serialize(),
            return_values_on_condition_failure="ALL_OLD" if condition is not None else None,
            **expressions,
        )

    def tries(self) -> Iterator[None]:
        """Waits before each try but the first, longer each time, with jitter."""
        for attempt in range(ATTEMPTS):
            if attempt:
                self._sleep(random.uniform(0, BACKOFF * 2**attempt))  # noqa: S311 - jitter, not a secret
            yield


@contextmanager
def unavailable() -> Iterator[None]:
    """Whatever DynamoDB, the SDK or the network says leaves this package as Unavailable."""
    try:
        yield
    except (PynamoDBException, ClientError, BotoCoreError) as error:
        raise Unavailable from error


def row_of(raw: Raw | None) -> Row | None:
    return Row.from_raw_data(raw) if raw else None


def _code(error: ClientError) -> str:
    return error.response.get("Error", {}).get("Code", "")


def _response(error: VerboseClientError) -> Raw:
    """PynamoDB keeps the code only; the item is in the botocore error it came from."""
    cause = error.__cause__
    return dict(cause.response) if isinstance(cause, ClientError) else {}


def _meta_table(name: str) -> MetaTable:
    return MetaTable(
        {
            "TableName": name,
            "KeySchema": _key_schema("pk", "sk"),
            "AttributeDefinitions": [{"AttributeName": key, "AttributeType": "S"} for key in _KEY_ATTRIBUTES],
            "GlobalSecondaryIndexes": [
                {"IndexName": index, "KeySchema": _key_schema(*pair)} for index, pair in _INDEX_KEYS.items()
            ],
        }
    )


def _key_schema(partition: str, sort: str) -> list[dict[str, str]]:
    return [{"AttributeName": partition, "KeyType": "HASH"}, {"AttributeName": sort, "KeyType": "RANGE"}]
