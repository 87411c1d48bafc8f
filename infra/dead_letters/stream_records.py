"""The records of the table's stream that `fan_out` gave up on, handed to it again.

A failure entry names shard and sequence numbers. While the stream still has the records (24 hours) exactly they are
handed on. After that nothing says which items they were about, so everything that `fan_out` could still owe is read
from the table: queued texts, closed orders, deleted conversations. Both ways end in the function itself, with its own
permissions, and every step of it is safe to repeat.
"""

import base64
import json
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from infra.dead_letters.letters import StreamBatch

_BATCH = 25
_OWED = (
    "(#kind = :message AND #state = :queued) OR (#kind = :order AND attribute_exists(#closed_at))"
    " OR (#kind = :conversation AND #state = :deleted)"
)
_NAMES = {"#kind": "t", "#state": "s", "#closed_at": "cc"}
"""As chalicelib/store/rows.py calls them; tests/infra holds the two together."""
_VALUES = {":message": "m", ":order": "o", ":conversation": "c", ":queued": "queued", ":deleted": "deleted"}


class StreamRecords:
    """`client(service)` makes boto3 clients; `function`: the name of `fan_out`."""

    def __init__(self, client: Any, table: str, function: str) -> None:
        self._client, self._table, self._function = client, table, function

    def hand_on(self, batch: StreamBatch) -> bool:
        """Whether `fan_out` has taken all of it."""
        found = self._in_stream(batch)
        records = list(self._owed()) if found is None else found
        return all(self._taken(records[start : start + _BATCH]) for start in range(0, len(records), _BATCH))

    def _in_stream(self, batch: StreamBatch) -> list[dict[str, Any]] | None:
        """None: the stream has forgotten them."""
        streams = self._client("dynamodbstreams")
        try:
            iterator = streams.get_shard_iterator(
                StreamArn=batch.stream_arn,
                ShardId=batch.shard_id,
                ShardIteratorType="AT_SEQUENCE_NUMBER",
                SequenceNumber=batch.start_sequence_number,
            )["ShardIterator"]
            return list(_until(batch.end_sequence_number, streams, iterator))
        except (streams.exceptions.TrimmedDataAccessException, streams.exceptions.ResourceNotFoundException):
            return None

    def _owed(self) -> Iterator[dict[str, Any]]:
        """In the order of keys, which is the order of each conversation's messages."""
        pages = (
            self._client("dynamodb")
            .get_paginator("scan")
            .paginate(
                TableName=self._table,
                ConsistentRead=True,
                FilterExpression=_OWED,
                ExpressionAttributeNames=_NAMES,
                ExpressionAttributeValues={name: {"S": value} for name, value in _VALUES.items()},
            )
        )
        items = [item for page in pages for item in page["Items"]]
        items.sort(key=lambda item: (item["pk"]["S"], item["sk"]["S"]))
        for place, item in enumerate(items, 1):
            yield {"eventName": "INSERT", "dynamodb": {"SequenceNumber": str(place), "NewImage": item}}

    def _taken(self, records: list[dict[str, Any]]) -> bool:
        payload = json.dumps({"Records": records}, default=_plain)
        answer = self._client("lambda").invoke(FunctionName=self._function, Payload=payload.encode())
        result = json.loads(answer["Payload"].read() or b"null")
        return "FunctionError" not in answer and not (result or {}).get("batchItemFailures")


def _until(last: str, streams: Any, iterator: str | None) -> Iterator[dict[str, Any]]:
    while iterator:
        answer = streams.get_records(ShardIterator=iterator)
        for record in answer["Records"]:
            if int(record["dynamodb"]["SequenceNumber"]) > int(last):
                return
            if _may_be_owed(record["dynamodb"].get("NewImage", {})):
                yield record
            if record["dynamodb"]["SequenceNumber"] == last:
                return
        if not answer["Records"]:
            return
        iterator = answer.get("NextShardIterator")


def _may_be_owed(image: dict[str, Any]) -> bool:
    """As `_OWED`: what the event source's filter in infra/resources.yaml lets through is among it."""
    state = image.get("s", {}).get("S")
    match image.get("t", {}).get("S"):
        case "m":
            return bool(state == "queued")
        case "o":
            return "cc" in image
        case kind:
            return bool(kind == "c" and state == "deleted")


def _plain(value: Any) -> Any:
    """As Lambda writes records: seconds for times, Base64 for bytes."""
    if isinstance(value, datetime):
        return value.timestamp()
    return base64.b64encode(value).decode()
