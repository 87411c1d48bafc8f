"""Virtual time, and workers that hand over control at every call to the outside."""

import heapq
import itertools
from collections.abc import Callable
from random import Random
from typing import Any

from greenlet import getcurrent, greenlet
from msgspec import Struct

from .faults import Call, Crash, Fault, Faults

START = 1_790_000_000_000
"""Where virtual time begins (2026-09-21)."""
LONGEST_STEP = 25
"""Milliseconds between two steps of the world."""


class Worker:
    """One invocation of a function. `principal`: the merchant it acts for; None: for all of them."""

    def __init__(self, name: str, principal: str | None, timeout: int) -> None:
        self.name, self.principal = name, principal
        self.deadline = timeout
        self.calls: list[Call] = []
        self.thread: greenlet | None = None


class Outcome(Struct, frozen=True):
    """How an invocation ended. All None and False: it returned None."""

    result: Any = None
    error: Exception | None = None
    crashed: bool = False


class Scheduler:
    """Seeded: the same random numbers give the same schedule. `choose` picks the next of several ready workers."""

    def __init__(self, random: Random, faults: Faults) -> None:
        self.random, self.faults = random, faults
        self.now = START
        self.ready: list[Worker] = []
        self.running = 0
        self.choose: Callable[[list[Worker]], Worker] = random.choice
        self._agenda: list[tuple[int, int, Callable[[], None]]] = []
        self._order = itertools.count()
        self._main = getcurrent()

    # --- what the world does --------------------------------------------------------------------------------------

    def after(self, delay: int, action: Callable[[], None]) -> None:
        """`delay`: milliseconds from now."""
        heapq.heappush(self._agenda, (self.now + max(delay, 0), next(self._order), action))

    def spawn(
        self,
        name: str,
        run: Callable[[], Any],
        then: Callable[[Outcome], None] = lambda outcome: None,
        *,
        principal: str | None = None,
        timeout: int = 30_000,
    ) -> Worker:
        """Starts a worker; `then` hears how it ended."""
        worker = Worker(name, principal, self.now + timeout)

        def body() -> None:
            outcome = _outcome(run)
            self.ready.remove(worker)
            self.running -= 1
            then(outcome)

        worker.thread = greenlet(body, self._main)
        worker.thread.worker = worker
        self.running += 1
        self.ready.append(worker)
        return worker

    def run(self, until: int | None = None) -> None:
        """Until no worker is under way, and nothing is left to do (up to the instant `until`)."""
        while self.running or (self._agenda and (until is None or self._agenda[0][0] <= until)):
            due = bool(self._agenda) and self._agenda[0][0] <= self.now
            if self.ready and not (due and self.random.random() < 0.5):
                self._step(self.choose(self.ready))
            else:
                at, _, action = heapq.heappop(self._agenda)
                self.now = max(self.now, at)
                action()

    def _step(self, worker: Worker) -> None:
        self.now += self.random.randint(0, LONGEST_STEP)
        assert worker.thread is not None
        worker.thread.switch()

    # --- what a worker meets --------------------------------------------------------------------------------------

    def cross(self, call: Call, perform: Callable[[], Any]) -> Any:
        """One call to the outside: hands over control first, and may go wrong in every way."""
        worker = current_worker()
        if worker is None:  # the harness itself looks or sets up
            return perform()
        worker.calls.append(call)
        self._main.switch()
        if self.now > worker.deadline:
            raise Crash
        fault = self.faults.next(worker, call)
        if fault is None:
            return perform()
        if fault is Fault.SLOW:
            self.sleep(self.random.choice((3_000, 20_000, 65_000)))
            return perform()
        return self._broken(fault, call, perform)

    def _broken(self, fault: Fault, call: Call, perform: Callable[[], Any]) -> Any:
        if fault is Fault.CRASH_BEFORE:
            raise Crash
        if fault is Fault.FAIL:
            raise call.failure(self.random)
        if fault is Fault.LOST_REPLY:
            try:
                perform()
            except Exception:
                raise call.lost from None
            raise call.lost
        answer = perform()
        if fault is Fault.CRASH_AFTER:
            raise Crash
        return perform() if call.repeatable else answer  # REPEATED: the SDK asks again after a lost reply

    def sleep(self, milliseconds: int) -> None:
        """The worker goes on after that time; a function that takes too long is killed."""
        worker = current_worker()
        if worker is None:
            return
        self.ready.remove(worker)
        self.after(milliseconds, lambda: self.ready.append(worker))
        self._main.switch()
        if self.now > worker.deadline:
            raise Crash


def current_worker() -> Worker | None:
    return getattr(getcurrent(), "worker", None)


def _outcome(run: Callable[[], Any]) -> Outcome:
    try:
        return Outcome(run())
    except Crash:
        return Outcome(crashed=True)
    except Exception as error:
        return Outcome(error=error)
