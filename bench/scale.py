"""P9: how much one store can take, as a model: a DynamoDB partition is a bucket that fills with 1,000 units a second.

Simulated, not calculated: texts arrive at a steady rate, each takes its units from the partitions that it writes to
(bench/partitions.py). The rate holds when no text of a minute finds one of its buckets too empty.
"""

import itertools
from collections import Counter

from bench import partitions
from bench.partitions import Writes
from bench.report import Measure

PARTITION_UNITS = 1_000
"""Write units a second, for a table's partition as for an index's; bursts are left out: sustained is asked."""
SECONDS = 60
STEP = 50
ONE, FOUR = 500, 2_000


def measure() -> list[Measure]:
    one, four = partitions.of_a_store(1), partitions.of_a_store(4)
    share, evermore = _fullest(four)
    return [
        Measure("p9.one_shard_per_s", "P9 texts a second into one store", sustained(one), ONE, at_least=True),
        Measure("p9.four_shards_per_s", "   with four inbox shards", sustained(four), FOUR, at_least=True),
        Measure("p9.four_shards_fullest", "   share of the fullest of the four", share),
        Measure("p9.four_shards_for_good_per_s", "   so for more than a minute", evermore),
    ]


def sustained(texts: list[Writes]) -> float:
    """The highest steady rate, in steps of 50 a second, at which these texts come one after the other, again and
    again."""
    held = itertools.takewhile(lambda rate: holds(rate, texts), range(STEP, 20_000, STEP))
    return float(max(held, default=0))


def holds(rate: int, texts: list[Writes]) -> bool:
    left: dict[str, tuple[float, float]] = {}
    for number in range(rate * SECONDS):
        now = number / rate
        for key, units in texts[number % len(texts)].items():
            held, then = left.get(key, (PARTITION_UNITS, now))
            held = min(PARTITION_UNITS, held + (now - then) * PARTITION_UNITS)
            if held < units - 1e-6:  # what is left of adding up fractions
                return False
            left[key] = held - units, now
    return True


def _fullest(texts: list[Writes]) -> tuple[float, float]:
    """The part of all texts that lists in the fullest partition; the rate that fills exactly that one."""
    taken: Counter[str] = Counter()
    for writes in texts:
        taken.update({key: units for key, units in writes.items() if key.startswith("by_store")})
    most = max(taken.values())
    return round(most / taken.total(), 4), float(int(PARTITION_UNITS * len(texts) / most))
