"""What calls our functions: the table's stream and the queues. At least once, and again after a failure."""

from collections.abc import Callable
from typing import Any
from zlib import crc32

from msgspec import Struct

from chalicelib.triggers import queues, stream
from chalicelib.wiring import Dependencies
from tests.support import event_filters

from .queues import Entry, Queue
from .scheduler import Outcome, Scheduler, current_worker

Invoke = Callable[..., Any]
SHARDS = 2
LONGEST_BACKOFF = 60_000
_AGAIN = 0.04
"""How often something is delivered once more although it was done."""


class Context:
    """Of a Lambda invocation."""

    def __init__(self, scheduler: Scheduler) -> None:
        self._scheduler = scheduler

    def get_remaining_time_in_millis(self) -> int:
        worker = current_worker()
        return 60_000 if worker is None else worker.deadline - self._scheduler.now


class Reader(Struct, frozen=True, kw_only=True):
    """A function that the stream is read for, as infra/resources.yaml, .chalice/config.json and app.py have it."""

    name: str
    resource: str
    """In the template: whose filter decides."""
    consume: Callable[[dict[str, Any], Dependencies], Any]
    timeout: int
    """Milliseconds."""
    batches: tuple[int, ...]
    lag: int = 300
    """Milliseconds until a change is read, at most."""
    retries: int
    """After which a batch is given up."""
    keeps_failures: bool = False
    """Whether what was given up lies among the dead letters."""
    max_age: int | None = None
    """Milliseconds after which a record is dropped. None: long enough for any delay in here."""


READERS = (
    Reader(
        name="fan_out",
        resource="FanOut",
        consume=lambda event, ports: stream.consume_stream(event, ports),  # noqa: PLW0108 - looked up late: seeded bugs replace it
        timeout=30_000,
        batches=(1, 4, 25),
        retries=50,
        keeps_failures=True,
    ),
    Reader(
        name="push",
        resource="Push",
        consume=lambda event, ports: stream.tell_browsers(event, ports),  # noqa: PLW0108 - as above
        timeout=15_000,
        batches=(1, 100, 100),
        lag=4_000,
        retries=0,
        max_age=60_000,
    ),
)


class Shard:
    """Part of the stream for one reader: in order, one batch at a time, a failed one again from its first record."""

    def __init__(self, reader: Reader, scheduler: Scheduler, invoke: Invoke, dead: list[str]) -> None:
        self._reader, self._scheduler, self._invoke, self._dead = reader, scheduler, invoke, dead
        self.records: list[tuple[int, dict[str, Any]]] = []
        """With the instant of each."""
        self._busy = False
        self._tries = 0

    def add(self, record: dict[str, Any]) -> None:
        self.records.append((self._scheduler.now, record))
        if not self._busy and len(self.records) == 1:
            self._scheduler.after(self._scheduler.random.randint(5, self._reader.lag), self.poll)

    def poll(self) -> None:
        self._drop_old()
        if self._busy or not self.records:
            return
        self._busy = True
        most = 1 if self._tries > 1 else self._scheduler.random.choice(self._reader.batches)  # bisected after failures
        batch = [record for _, record in self.records[:most]]
        self._invoke(
            self._reader.name,
            lambda ports: self._reader.consume({"Records": batch}, ports),
            lambda outcome: self._done(batch, outcome),
            timeout=self._reader.timeout,
        )

    def _drop_old(self) -> None:
        age = self._reader.max_age
        while age is not None and not self._busy and self.records and self.records[0][0] < self._scheduler.now - age:
            del self.records[0]

    def _done(self, batch: list[dict[str, Any]], outcome: Outcome) -> None:
        self._busy = False
        failed = outcome.crashed or outcome.error is not None or (outcome.result or {}).get("batchItemFailures")
        again = self._scheduler.faults.on and self._scheduler.random.random() < _AGAIN
        self._tries = self._tries + 1 if failed else 0
        given_up = self._tries > self._reader.retries
        if given_up and self._reader.keeps_failures:
            self._dead.append("stream: " + batch[0]["dynamodb"]["SequenceNumber"])
        if given_up:
            self._tries = 0
        if not (failed or again) or given_up:
            del self.records[: len(batch)]
        if self.records:
            pause = min(LONGEST_BACKOFF, 1000 * 2**self._tries) if failed else 5
            self._scheduler.after(pause, self.poll)


class Stream:
    """Hands each change to every reader whose filter lets it through."""

    def __init__(self, scheduler: Scheduler, invoke: Invoke, dead: list[str]) -> None:
        self._of = {
            reader.resource: [Shard(reader, scheduler, invoke, dead) for _ in range(SHARDS)] for reader in READERS
        }
        self.shards = [shard for shards in self._of.values() for shard in shards]

    def add(self, records: list[dict[str, Any]]) -> None:
        for record in records:
            for resource, shards in self._of.items():
                if event_filters.passes(resource, record):
                    shards[crc32(record["dynamodb"]["Keys"]["pk"]["S"].encode()) % SHARDS].add(record)


class Poller:
    """Takes a queue's entries to its function, and deletes those that the function has done with.

    `at_once`: how many of the function may run (MaximumConcurrency in infra/resources.yaml; one process each).
    """

    def __init__(self, name: str, queue: Queue, scheduler: Scheduler, invoke: Invoke, timeout: int) -> None:
        self._name, self._queue, self._scheduler, self._invoke = name, queue, scheduler, invoke
        self._timeout = timeout
        self._armed: int | None = None
        self.at_once, self._running = 20, 0
        queue.on_put = self.arm

    def arm(self) -> None:
        at = self._queue.next_visible()
        if at is None:
            return
        at = max(at, self._scheduler.now)
        if self._armed is None or at < self._armed:
            self._armed = at
            delay = at - self._scheduler.now + self._scheduler.random.randint(1, 150)
            self._scheduler.after(delay, lambda: self._poll_at(at))

    def _poll_at(self, armed: int) -> None:
        """Unless something has become visible sooner meanwhile, which another poll was for."""
        if self._armed == armed:
            self.poll()

    def poll(self) -> None:
        self._armed = None
        if self._running >= self.at_once:
            return
        batch = self._queue.receive(self._scheduler.random.choice((1, 3, 10)), self._scheduler.random)
        if batch:
            event = {"Records": [_record(entry) for entry in batch]}
            self._running += 1
            self._invoke(
                self._name,
                lambda ports: self._consume(event, ports),
                lambda outcome: self._done(batch, outcome),
                timeout=self._timeout,
            )
        self.arm()

    def _consume(self, event: dict[str, Any], ports: Dependencies) -> Any:
        if self._name == "outbound":
            return queues.consume_outbound(event, Context(self._scheduler), ports)
        if self._name == "provider_events":
            return queues.consume_provider_events(event, Context(self._scheduler), ports)
        if self._name == "media":
            return queues.consume_media(event, ports)
        return queues.consume_inbound(event, ports)

    def _done(self, batch: list[Entry], outcome: Outcome) -> None:
        self._running -= 1
        if not outcome.crashed and outcome.error is None:
            failed = {failure["itemIdentifier"] for failure in outcome.result["batchItemFailures"]}
            for entry in batch:
                again = self._scheduler.faults.on and self._scheduler.random.random() < _AGAIN
                if entry.id not in failed and not again:
                    self._queue.delete(entry)
        self.arm()


def _record(entry: Entry) -> dict[str, Any]:
    attributes = {"ApproximateReceiveCount": str(entry.receives), "MessageGroupId": entry.group}
    return {"messageId": entry.id, "receiptHandle": entry.receipt, "body": entry.body, "attributes": attributes}
