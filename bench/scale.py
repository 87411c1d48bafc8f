"""P9: how much one store can take, as a model: a DynamoDB partition is a bucket that fills with 1,000 units a second.

Simulated, not calculated: arrivals at a steady rate, each takes its units from the partitions its transaction writes
to, in the same proportion as the counted text of P4. The rate holds when no arrival of a minute finds a bucket empty.
"""

import itertools

from bench.report import Measure

PARTITION_UNITS = 1_000
"""Write units a second, for a table's partition as for an index's; bursts are left out: sustained is asked."""
INDEX_UNITS = 2
"""Of one text in the inbox's index: the entry moves, one out, one in (index_write_units of P4)."""
SECONDS = 60
ONE, FOUR = 500, 2_000


def measure() -> list[Measure]:
    one = sustained(shards=1)
    missing = "inbox shards do not exist yet: the model says what four would take"
    return [
        Measure("p9.one_shard_per_s", "P9 texts a second into one store", one, ONE, at_least=True),
        Measure(
            "p9.four_shards_per_s",
            "   with four inbox shards (modelled)",
            sustained(shards=4),
            FOUR,
            at_least=True,
            note=missing,
        ),
    ]


def sustained(shards: int) -> float:
    """The highest steady rate the store's part of the index takes. Messages, conversations and once items have
    partition keys of their own: they spread, and only the inbox is one key (or `shards` of them)."""
    rates = range(50, 10_000, 50)
    held = itertools.takewhile(lambda rate: _holds(rate, shards), rates)
    return float(max(held, default=0))


def _holds(rate: int, shards: int) -> bool:
    buckets = [float(PARTITION_UNITS)] * shards
    refilled = [0.0] * shards
    for number in range(rate * SECONDS):
        now, shard = number / rate, number % shards
        buckets[shard] = min(PARTITION_UNITS, buckets[shard] + (now - refilled[shard]) * PARTITION_UNITS)
        refilled[shard] = now
        if buckets[shard] < INDEX_UNITS:
            return False
        buckets[shard] -= INDEX_UNITS
    return True
