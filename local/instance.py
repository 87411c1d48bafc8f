"""One local stack per folder: a lock that the operating system releases whatever happens to its holder."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from .problems import Problem


@contextmanager
def only_one(lock: Path) -> Iterator[None]:
    """Holds the folder for this process. Raises Problem when another process holds it."""
    lock.parent.mkdir(parents=True, exist_ok=True)
    with lock.open("a+") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise already_running(lock) from error
        file.truncate(0)
        file.write(str(os.getpid()))
        file.flush()
        try:
            yield
        finally:
            file.truncate(0)


def is_running(lock: Path) -> bool:
    """Whether some process holds the folder."""
    if not lock.exists():
        return False
    with lock.open("a+") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return True
    return False


def already_running(lock: Path) -> Problem:
    holder = lock.read_text().strip() or "unknown"
    return Problem(f"Counterline is already running from this folder (process {holder}); stop it there with Ctrl-C.")
