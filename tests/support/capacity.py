"""Counts DynamoDB requests and the capacity units they cost.

Writes: what the emulator reports with ReturnConsumedCapacity=INDEXES (2 per KB and item in a transaction, index
entries once, an entry that moves twice; condition checks included), plus what it leaves out: a transaction that is
cancelled was prepared but not committed, which is half its price.
Reads: the emulator says 0.5 or 1 whatever the size, so they are computed from the items that came back:
https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/read-write-operations.html
"""

from collections.abc import Iterator
from contextlib import contextmanager
from math import ceil
from typing import Any

from chalicelib.store.table import Table


class Meter:
    """The bill of what happened within `metered`."""

    def __init__(self) -> None:
        self.calls: list[str] = []
        self.write_units = 0.0
        self.read_units = 0.0
        self.index_write_units = 0.0
        self.largest_item = 0
        self._request: dict[str, Any] = {}

    def sent(self, params: dict[str, Any], model: Any, **_: object) -> None:
        params["ReturnConsumedCapacity"] = "INDEXES"
        self.calls.append(model.name)
        self._request = params

    def answered(self, parsed: dict[str, Any], model: Any, **_: object) -> None:
        if model.name in {"GetItem", "Query", "BatchGetItem"}:
            self.read_units += _read(model.name, self._request, parsed)
        else:
            self._written(model.name, parsed)

    def _written(self, operation: str, parsed: dict[str, Any]) -> None:
        steps = [next(iter(step.items())) for step in self._request.get("TransactItems", [])]
        puts = [step["Item"] for kind, step in steps if kind == "Put"]
        self.largest_item = max([self.largest_item, *map(item_size, puts)])
        if "Error" in parsed:
            self.write_units += sum(_kilobytes(step.get("Item", {})) for _, step in steps) if steps else 1
            return
        reported = parsed["ConsumedCapacity"]
        for entry in reported if isinstance(reported, list) else [reported]:
            self.write_units += entry["CapacityUnits"]
            indexes = entry.get("GlobalSecondaryIndexes", {}).values()
            self.index_write_units += sum(index["CapacityUnits"] for index in indexes)


@contextmanager
def metered(table: Table, meter: Meter | None = None) -> Iterator[Meter]:
    """`meter`: one to go on with, instead of a fresh one."""
    meter, events = meter or Meter(), table.connection.connection.client.meta.events
    events.register("before-parameter-build.dynamodb", meter.sent)
    events.register("after-call.dynamodb", meter.answered)
    try:
        yield meter
    finally:
        events.unregister("before-parameter-build.dynamodb", meter.sent)
        events.unregister("after-call.dynamodb", meter.answered)


def item_size(item: dict[str, dict[str, Any]]) -> int:
    """Bytes as billed: names and values; numbers about half a byte a digit and one more."""
    return sum(len(name.encode()) + _value_size(value) for name, value in item.items())


def _value_size(value: dict[str, Any]) -> int:
    ((kind, content),) = value.items()
    if kind == "N":
        return ceil(len(str(content).lstrip("-").rstrip("0")) / 2) + 1
    return len(content.encode()) if kind == "S" else 1


def _kilobytes(item: dict[str, dict[str, Any]]) -> int:
    return max(1, ceil(item_size(item) / 1024))


def _read(operation: str, request: dict[str, Any], parsed: dict[str, Any]) -> float:
    if operation == "GetItem":
        return _units([item_size(parsed.get("Item", {}))], consistent=request.get("ConsistentRead", False))
    if operation == "BatchGetItem":
        ((name, wanted),) = request["RequestItems"].items()
        sizes = [item_size(item) for item in parsed["Responses"].get(name, [])]
        sizes += [0] * (len(wanted["Keys"]) - len(sizes))
        return sum(_units([size], consistent=wanted.get("ConsistentRead", False)) for size in sizes)
    assert request.get("Select") != "COUNT", "the size of what was counted is not known"
    return _units([item_size(item) for item in parsed["Items"]], consistent=request.get("ConsistentRead", False))


def _units(sizes: list[int], *, consistent: bool) -> float:
    return max(1, ceil(sum(sizes) / 4096)) * (1.0 if consistent else 0.5)
