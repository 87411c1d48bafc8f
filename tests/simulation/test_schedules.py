"""Random schedules, and that a seed is all it takes to see one again."""

import os
import subprocess
import sys

import pytest

from .schedule import run_schedule

QUICK, QUICK_PARTS = 200, 8
FULL, FULL_PARTS = 10_000, 40


def _run(part: int, size: int) -> list[str]:
    results = [run_schedule(seed) for seed in range(1 + part * size, 1 + (part + 1) * size)]
    return [f"SEED={result.seed}: {violation}" for result in results for violation in result.violations]


@pytest.mark.parametrize("part", range(QUICK_PARTS))
def test_a_few_schedules_break_no_invariant(part: int) -> None:
    assert _run(part, QUICK // QUICK_PARTS) == []


@pytest.mark.simulation
@pytest.mark.parametrize("part", range(FULL_PARTS))
def test_ten_thousand_schedules_break_no_invariant(part: int) -> None:
    assert _run(part, FULL // FULL_PARTS) == []


_TRACE = """
import hashlib
from tests.simulation import schedule
traces = []
schedule.invariants.check = lambda history: traces.append((history.commits, history.accepted, history.log)) or []
for seed in range(20, 26):
    schedule.run_schedule(seed)
print(hashlib.sha256(repr(traces).encode()).hexdigest())
"""


def test_a_seed_replays_in_any_process() -> None:
    traces = {
        subprocess.run(
            [sys.executable, "-c", _TRACE],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(traces) == 1
