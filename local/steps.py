"""Says what is being done, step by step: `[2/7] Building the web app ... 21 s`."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager

NAMES = (
    "Checking this computer",
    "Installing the Python packages",
    "Finding Node.js",
    "Building the web app",
    "Starting the local cloud",
    "Deploying Counterline to it",
    "Preparing the demo shop",
)


class Step:
    """A running step; `result` replaces the time it took when that says more."""

    def __init__(self) -> None:
        self.result = ""


@contextmanager
def step(number: int) -> Iterator[Step]:
    """Announces step `number` (from 1) at once, and how it ended."""
    print(f"[{number}/{len(NAMES)}] {NAMES[number - 1]} ... ", end="", flush=True)
    started = time.monotonic()
    current = Step()
    try:
        yield current
    except BaseException:
        print("failed", flush=True)
        raise
    print(current.result or seconds(time.monotonic() - started), flush=True)


def seconds(duration: float) -> str:
    return f"{duration:.1f} s" if duration < 10 else f"{duration:.0f} s"
