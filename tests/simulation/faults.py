"""What can go wrong at a boundary, and who decides when it does."""

from collections.abc import Callable
from enum import StrEnum
from random import Random
from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    from .scheduler import Worker


class Crash(BaseException):
    """The process died here. No `except Exception` sees it, as none sees a kill."""


class Fault(StrEnum):
    CRASH_BEFORE = "crash before"
    CRASH_AFTER = "crash after"
    FAIL = "fail"
    LOST_REPLY = "lost reply"
    REPEATED = "repeated"
    """The reply is lost, and the SDK asks again."""
    SLOW = "slow"


_HOT = 0.2
KINDS = (Fault.CRASH_BEFORE, Fault.CRASH_AFTER, Fault.FAIL, Fault.LOST_REPLY)


class Call(Struct, frozen=True):
    """One call to AWS or a provider. `about`: what it touches, stable from run to run."""

    service: str
    operation: str
    about: str
    failure: Callable[[Random], Exception]
    lost: Exception
    repeatable: bool = True

    @property
    def name(self) -> str:
        return f"{self.service}.{self.operation} {self.about}".rstrip()


class Faults:
    """None at all."""

    def __init__(self) -> None:
        self.count = 0
        self.on = True

    def next(self, worker: "Worker", call: Call) -> Fault | None:
        fault = self._fault(worker, call) if self.on else None
        self.count += fault is not None
        return fault

    def _fault(self, worker: "Worker", call: Call) -> Fault | None:
        return None


class RandomFaults(Faults):
    """Each call breaks with `probability`; those of the function `hot` often."""

    def __init__(self, random: Random, probability: float, hot: str = "") -> None:
        super().__init__()
        self._random, self._probability, self._hot = random, probability, hot

    def _fault(self, worker: "Worker", call: Call) -> Fault | None:
        if self._random.random() >= (_HOT if worker.name == self._hot else self._probability):
            return None
        return self._random.choice(tuple(Fault))


class OneFault(Faults):
    """At the `place`-th call (from 0) of the first worker called `name` that gets so far."""

    def __init__(self, name: str, place: int, fault: Fault) -> None:
        super().__init__()
        self._name, self._place, self._planned = name, place, fault

    def _fault(self, worker: "Worker", call: Call) -> Fault | None:
        if self.count or worker.name != self._name or len(worker.calls) != self._place + 1:
            return None
        return self._planned
