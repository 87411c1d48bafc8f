"""Which partition keys a store's texts write to, and how many units to each: taken from real texts over the emulator.

A hundred customers text for real, and what the table and its indexes say was written is held against the bill. A busy
store has more customers than that: theirs are the same writes with other ids, spread by the product's own functions,
and that these give what was really written is checked with every one of the hundred.
"""

from collections import Counter
from collections.abc import Iterator
from math import ceil
from random import Random
from typing import Any

from ministack.services import dynamodb
from msgspec.structs import replace

from chalicelib.aws.clients import client
from chalicelib.domain.ids import ulid
from chalicelib.store import keys
from chalicelib.store.inbox_shards import shard
from chalicelib.store.setup import DynamoSetup
from tests.support.capacity import item_size
from tests.support.cloud import Cloud
from tests.support.merchant import SEATTLE
from tests.support.stories import BODY, SPACING, quiet

REAL = 100
"""Customers who text for real."""
CUSTOMERS = 100_000
"""Of the busy store: at 2,000 texts a second each writes every 50 seconds."""
_INDEXES = {keys.BY_STORE: ("g1p", "g1s"), keys.BY_CUSTOMER: ("g2p", "g2s")}
Writes = dict[str, float]
"""Units by partition key; those of an index have its name before them."""


class SeededIds:
    """As wiring.RandomIds makes them, the same in every run."""

    def __init__(self) -> None:
        self._random = Random(9)

    def ulid(self, at: int) -> str:
        return ulid(at, self._random.getrandbits(80))

    def token(self) -> str:
        return f"{self._random.getrandbits(128):032x}"


def of_a_store(shards: int) -> list[Writes]:
    """Of one text from each customer of a store with so many inbox shards."""
    real = _real(shards)
    pattern = next(iter(real.values()))
    wrong = [each for each, writes in real.items() if _of(each, pattern, shards) != _without_once(writes)]
    if wrong:
        raise RuntimeError(f"other keys than the product's own functions give: {real[wrong[0]]}")
    made, at = SeededIds(), 1_790_000_000_000
    once = sum(pattern.values()) - sum(_without_once(pattern).values())
    return [_of(made.ulid(at + number), pattern, shards) | {f"1#text#{number}": once} for number in range(CUSTOMERS)]


def _real(shards: int) -> dict[str, Writes]:
    """By conversation: a text to a known route."""
    quiet()
    cloud = Cloud()
    cloud.deps.ids = SeededIds()
    try:
        known = cloud.deps.directory.store(SEATTLE)
        assert known
        DynamoSetup(cloud.table, client("ssm")).put_store(replace(known, inbox_shards=shards))
        cloud.deps.__dict__.pop("directory")
        return dict(_texted(cloud, f"+1206556{number:04d}") for number in range(REAL))
    finally:
        cloud.close()


def _texted(cloud: Cloud, sender: str) -> tuple[str, Writes]:
    """The conversation, and what its second text wrote. Raises RuntimeError when that is not what is billed."""
    cloud.text("Hello", sender)
    cloud.clock.advance(SPACING)
    before = len(dynamodb.stream_records_since(cloud.table.name, 0, 1_000_000))
    with cloud.billed() as bill:
        cloud.text(BODY, sender)
    records = dynamodb.stream_records_since(cloud.table.name, before, 1_000)
    writes: Counter[str] = Counter()
    for key, units in (each for record in records for each in _written(record["dynamodb"])):
        writes[key] += units
    if sum(writes.values()) != bill.write_units:
        raise RuntimeError(f"{bill.write_units} units were billed for {dict(writes)}")
    (conversation,) = (key[2:] for key in writes if key.startswith("C#"))
    return conversation, dict(writes)


def _written(change: dict[str, Any]) -> Iterator[tuple[str, int]]:
    """An item in a transaction: 2 units per KB. Its entry in an index: 1 where it goes away, 1 where it comes to."""
    old, new = change.get("OldImage", {}), change["NewImage"]
    yield new["pk"]["S"], 2 * _kilobytes(new)
    for index, names in _INDEXES.items():
        was, now = ([image[name]["S"] for name in names if name in image] for image in (old, new))
        if was and was != now:
            yield f"{index} {was[0]}", _kilobytes(old)
        if now:
            yield f"{index} {now[0]}", _kilobytes(new)


def _kilobytes(item: dict[str, Any]) -> int:
    return ceil(item_size(item) / 1024)


def _of(conversation: str, pattern: Writes, shards: int) -> Writes:
    """What a text in this conversation writes but for its once item, if others write as in `pattern`."""
    place = f"{keys.BY_STORE} {keys.conversations_of_store(SEATTLE, 'open', shard(conversation, shards))}"
    units = {key.partition(" ")[0].partition("#")[0]: units for key, units in pattern.items()}
    return {keys.conversation(conversation).pk: units["C"], place: units[keys.BY_STORE]}


def _without_once(writes: Writes) -> Writes:
    return {key: units for key, units in writes.items() if not key.startswith("1#")}
