"""`make simulate SCHEDULES=n SEED=s`: random schedules, on all cores; exits non-zero on any violation."""

import argparse
import os
import sys
import time
from collections.abc import Callable, Iterator
from functools import partial
from multiprocessing import get_context

from .outage import KINDS, full_size, run_outage
from .races import RACES, random_race
from .schedule import Result, run_schedule

_CHUNK = 20


def main() -> int:
    asked = _arguments()
    began = time.monotonic()
    if asked.outage:
        return _outage(asked.outage, asked.seed, began)
    results = _spread(asked, partial(random_race, asked.race) if asked.race else run_schedule)
    schedules = faults = violations = 0
    for result in results:
        schedules, faults = schedules + 1, faults + result.faults
        violations += len(result.violations)
        _tell(result, asked.race)
    return _close(schedules, faults, violations, asked.seed, began)


def _close(schedules: int, faults: int, violations: int, seed: int, began: float) -> int:
    seconds = time.monotonic() - began
    print(f"schedules={schedules} faults={faults} violations={violations} seconds={seconds:.1f} seed={seed}")
    return 1 if violations else 0


def _outage(kind: str, seed: int, began: float) -> int:
    """Of the full size; every request in it is a fault."""
    report = run_outage(full_size(kind, seed))
    print(f"{kind}: {report}")
    for violation in report.violations:
        print(violation)
    return _close(1, report.asked, len(report.violations), seed, began)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.simulation", description=__doc__)
    parser.add_argument("--schedules", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1, help="of the first schedule; the next has the next seed")
    parser.add_argument("--processes", type=int, default=min(os.cpu_count() or 1, 8))
    parser.add_argument("--outage", choices=sorted(KINDS), help="six hours without a provider, 5,000 texts, instead")
    parser.add_argument("--race", choices=sorted(RACES), help="random interleavings of one race instead")
    return parser.parse_args()


def _spread(asked: argparse.Namespace, run: Callable[[int], Result]) -> Iterator[Result]:
    """Over the processes, in any order."""
    seeds = range(asked.seed, asked.seed + asked.schedules)
    if asked.processes < 2 or asked.schedules < 2 * _CHUNK:
        yield from map(run, seeds)
        return
    with get_context("spawn").Pool(asked.processes) as pool:
        yield from pool.imap_unordered(run, seeds, _CHUNK)


def _tell(result: Result, race: str | None) -> None:
    for violation in result.violations:
        print(f"seed {result.seed}: {violation}")
    if result.violations:
        more = f" RACE={race}" if race else ""
        print(f"  again: make simulate SCHEDULES=1 SEED={result.seed}{more}", flush=True)


if __name__ == "__main__":
    sys.exit(main())
