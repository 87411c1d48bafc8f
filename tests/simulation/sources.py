"""What calls our functions: the table's stream, the queues, the topic. At least once, and again after a failure."""

from collections.abc import Callable
from typing import Any
from zlib import crc32

from chalicelib.triggers import queues, sockets, stream
from chalicelib.wiring import Dependencies

from .queues import Entry, Queue
from .scheduler import Outcome, Scheduler, current_worker

Invoke = Callable[..., Any]
SHARDS = 2
LONGEST_BACKOFF = 60_000
STREAM_TRIES = 50
"""As in infra/resources.yaml."""
_TOLD = {"m", "c", "o"}
_AGAIN = 0.04
"""How often something is delivered once more although it was done."""


class Context:
    """Of a Lambda invocation."""

    def __init__(self, scheduler: Scheduler) -> None:
        self._scheduler = scheduler

    def get_remaining_time_in_millis(self) -> int:
        worker = current_worker()
        return 60_000 if worker is None else worker.deadline - self._scheduler.now


class Shard:
    """Part of the stream: in order, one batch at a time, a failed one again from its first record."""

    def __init__(self, scheduler: Scheduler, invoke: Invoke, dead: list[str]) -> None:
        self._scheduler, self._invoke, self._dead = scheduler, invoke, dead
        self.records: list[dict[str, Any]] = []
        self._busy = False
        self._tries = 0

    def add(self, record: dict[str, Any]) -> None:
        self.records.append(record)
        if not self._busy and len(self.records) == 1:
            self._scheduler.after(self._scheduler.random.randint(5, 300), self.poll)

    def poll(self) -> None:
        if self._busy or not self.records:
            return
        self._busy = True
        most = 1 if self._tries > 1 else self._scheduler.random.choice((1, 4, 25))  # bisected after failures
        batch = self.records[:most]
        self._invoke(
            "fan_out",
            lambda ports: stream.consume_stream({"Records": batch}, ports),
            lambda outcome: self._done(batch, outcome),
        )

    def _done(self, batch: list[dict[str, Any]], outcome: Outcome) -> None:
        self._busy = False
        failed = outcome.crashed or outcome.error is not None or outcome.result["batchItemFailures"]
        again = self._scheduler.faults.on and self._scheduler.random.random() < _AGAIN
        self._tries = self._tries + 1 if failed else 0
        if self._tries > STREAM_TRIES:
            self._dead.append("stream: " + batch[0]["dynamodb"]["SequenceNumber"])
        if not (failed or again) or self._tries > STREAM_TRIES:
            del self.records[: len(batch)]
        if self.records:
            pause = min(LONGEST_BACKOFF, 1000 * 2**self._tries) if failed else 5
            self._scheduler.after(pause, self.poll)


class Stream:
    """Only messages, conversations and orders, as the filter in infra/resources.yaml lets them through."""

    def __init__(self, scheduler: Scheduler, invoke: Invoke, dead: list[str]) -> None:
        self.shards = [Shard(scheduler, invoke, dead) for _ in range(SHARDS)]

    def add(self, records: list[dict[str, Any]]) -> None:
        for record in records:
            image = record["dynamodb"].get("NewImage")
            if image is not None and image["t"]["S"] in _TOLD:
                self.shards[crc32(image["pk"]["S"].encode()) % SHARDS].add(record)


class Poller:
    """Takes a queue's entries to its function, and deletes those that the function has done with."""

    def __init__(self, name: str, queue: Queue, scheduler: Scheduler, invoke: Invoke, timeout: int) -> None:
        self._name, self._queue, self._scheduler, self._invoke = name, queue, scheduler, invoke
        self._timeout = timeout
        self._armed: int | None = None
        queue.on_put = self.arm

    def arm(self) -> None:
        at = self._queue.next_visible()
        if at is None:
            return
        at = max(at, self._scheduler.now)
        if self._armed is None or at < self._armed:
            self._armed = at
            self._scheduler.after(at - self._scheduler.now + self._scheduler.random.randint(1, 150), self.poll)

    def poll(self) -> None:
        self._armed = None
        batch = self._queue.receive(self._scheduler.random.choice((1, 3, 10)), self._scheduler.random)
        if batch:
            event = {"Records": [_record(entry) for entry in batch]}
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
        return queues.consume_inbound(event, ports)

    def _done(self, batch: list[Entry], outcome: Outcome) -> None:
        if not outcome.crashed and outcome.error is None:
            failed = {failure["itemIdentifier"] for failure in outcome.result["batchItemFailures"]}
            for entry in batch:
                again = self._scheduler.faults.on and self._scheduler.random.random() < _AGAIN
                if entry.id not in failed and not again:
                    self._queue.delete(entry)
        self.arm()


class Topic:
    """Sometimes twice; what fails is gone, as a late push is worth nothing."""

    def __init__(self, scheduler: Scheduler, invoke: Invoke) -> None:
        self._scheduler, self._invoke = scheduler, invoke

    def publish(self, message: str) -> None:
        for _ in range(2 if self._scheduler.random.random() < _AGAIN else 1):
            self._scheduler.after(self._scheduler.random.randint(5, 200), lambda: self._push(message))

    def _push(self, message: str) -> None:
        self._invoke("push", lambda ports: sockets.push(message, ports), lambda outcome: None)


def _record(entry: Entry) -> dict[str, Any]:
    attributes = {"ApproximateReceiveCount": str(entry.receives), "MessageGroupId": entry.group}
    return {"messageId": entry.id, "receiptHandle": entry.receipt, "body": entry.body, "attributes": attributes}
