"""Queues, parameters and sockets as AWS has them: at least once, out of order, gone without a word."""

# ruff: noqa: N803 - parameters have boto3's names

import itertools
from collections.abc import Callable
from heapq import heappop, heappush
from random import Random
from typing import Any

from botocore.exceptions import ClientError, EndpointConnectionError, ReadTimeoutError
from msgspec import Struct

from .faults import Call
from .scheduler import Scheduler

DEDUPLICATION = 300_000
"""Milliseconds for which a FIFO queue knows what it has been given."""


class Entry(Struct, kw_only=True):
    id: str
    number: int
    body: str
    group: str = ""
    visible_at: int = 0
    receives: int = 0
    receipt: str = ""


class Queue:
    """`fifo`: in order per group, one batch of a group at a time. `on_put`: something is there to be taken.

    Quick with thousands of entries too: a line is a group, or in a standard queue each entry by itself.
    """

    def __init__(self, scheduler: Scheduler, *, fifo: bool, visibility: int, most_receives: int) -> None:
        self._scheduler, self._fifo = scheduler, fifo
        self._visibility, self._most_receives = visibility, most_receives
        self.dead: list[Entry] = []
        self.on_put: Callable[[], None] = lambda: None
        self._known: dict[tuple[str, str], int] = {}
        self._numbers = itertools.count(1)
        self._lines: dict[str, dict[str, Entry]] = {}
        self._held: dict[str, Entry] = {}
        self._agenda: list[tuple[int, str]] = []
        """(when, line): a line is free no sooner than its latest pair says; older pairs mean nothing."""

    @property
    def entries(self) -> list[Entry]:
        """In the order of arrival."""
        return _by_arrival(self._lines)

    def put(self, body: str, group: str = "", token: str = "") -> None:
        now = self._scheduler.now
        if self._fifo:
            if now - self._known.get((group, token), -DEDUPLICATION) < DEDUPLICATION:
                return
            self._known[group, token] = now
        number = next(self._numbers)
        entry = Entry(id=f"e{number}", number=number, body=body, group=group)
        self._lines.setdefault(self._line(entry), {})[entry.id] = entry
        self._changed(self._line(entry))
        self.on_put()

    def receive(self, most: int, random: Random) -> list[Entry]:
        """Hides what it gives. A standard queue gives in any order."""
        now = self._scheduler.now
        free = self._free(now)
        found = [entry for entry in _by_arrival(free) if not self._buried(entry)]
        if not self._fifo:
            random.shuffle(found)
        for entry in found[:most]:
            entry.visible_at = now + self._visibility
            entry.receives += 1
            entry.receipt = f"{entry.id}.{entry.receives}"
            self._held[entry.id] = entry
        for line in free:
            self._changed(line)
        return found[:most]

    def _free(self, now: int) -> dict[str, dict[str, Entry]]:
        """The lines of which nothing is hidden."""
        free = {}
        while self._agenda and self._agenda[0][0] <= now:
            _, line = heappop(self._agenda)
            if line in self._lines and self._free_at(line) <= now:
                free[line] = self._lines[line]
        return free

    def _buried(self, entry: Entry) -> bool:
        if entry.receives < self._most_receives:
            return False
        self.dead.append(entry)
        self.delete(entry)
        return True

    def delete(self, entry: Entry) -> None:
        line = self._line(entry)
        entries = self._lines.get(line, {})
        entries.pop(entry.id, None)
        self._held.pop(entry.id, None)
        if not entries:
            self._lines.pop(line, None)
        self._changed(line)

    def change_visibility(self, receipt: str, milliseconds: int) -> None:
        entry = self._held.get(receipt.partition(".")[0])
        if entry is None or entry.receipt != receipt:
            raise ClientError({"Error": {"Code": "ReceiptHandleIsInvalid", "Message": ""}}, "ChangeMessageVisibility")
        entry.visible_at = self._scheduler.now + milliseconds
        self._changed(self._line(entry))

    def next_visible(self) -> int | None:
        """When there may be something to take: a group waits until none of its entries is hidden."""
        while self._agenda:
            at, line = self._agenda[0]
            if line in self._lines and self._free_at(line) == at:
                return at
            heappop(self._agenda)
        return None

    def _line(self, entry: Entry) -> str:
        return entry.group if self._fifo else entry.id

    def _free_at(self, line: str) -> int:
        return max(entry.visible_at for entry in self._lines[line].values())

    def _changed(self, line: str) -> None:
        if line in self._lines:
            heappush(self._agenda, (self._free_at(line), line))


def _by_arrival(lines: dict[str, dict[str, Entry]]) -> list[Entry]:
    return sorted((entry for line in lines.values() for entry in line.values()), key=lambda entry: entry.number)


class Client:
    """A boto3 client for everything but DynamoDB: the calls our adapters make, each one a boundary."""

    def __init__(
        self,
        scheduler: Scheduler,
        queues: dict[str, Queue],
        parameters: dict[str, str],
        sockets: set[str],
    ) -> None:
        self._scheduler, self._queues, self._parameters = scheduler, queues, parameters
        self._sockets = sockets
        self.frames: list[tuple[str, bytes]] = []

    def send_message(
        self,
        *,
        QueueUrl: str,
        MessageBody: str,
        MessageGroupId: str = "",
        MessageDeduplicationId: str = "",
        MessageAttributes: object = None,
    ) -> dict[str, Any]:
        queue = self._queues[QueueUrl]
        put = lambda: queue.put(MessageBody, MessageGroupId, MessageDeduplicationId)  # noqa: E731 - one line of work
        return self._cross("sqs.SendMessage", QueueUrl, put)

    def send_message_batch(self, *, QueueUrl: str, Entries: list[dict[str, Any]]) -> dict[str, Any]:
        return self._cross("sqs.SendMessageBatch", QueueUrl, lambda: self._put(QueueUrl, Entries))

    def change_message_visibility(self, *, QueueUrl: str, ReceiptHandle: str, VisibilityTimeout: int) -> dict[str, Any]:
        milliseconds = VisibilityTimeout * 1000
        queue = self._queues[QueueUrl]
        return self._cross(
            "sqs.ChangeMessageVisibility", QueueUrl, lambda: queue.change_visibility(ReceiptHandle, milliseconds)
        )

    def get_parameter(self, *, Name: str, WithDecryption: bool) -> dict[str, Any]:
        assert WithDecryption
        about = "secrets" if Name.startswith("connections/") else Name.removeprefix("/")
        return self._cross("ssm.GetParameter", about, lambda: {"Parameter": {"Value": self._parameters[Name]}})

    def post_to_connection(self, *, ConnectionId: str, Data: bytes) -> dict[str, Any]:
        return self._cross("sockets.PostToConnection", "", lambda: self._frame(ConnectionId, Data))

    def delete_connection(self, *, ConnectionId: str) -> dict[str, Any]:
        return self._cross("sockets.DeleteConnection", "", lambda: self._sockets.discard(ConnectionId))

    def _frame(self, socket: str, data: bytes) -> None:
        if socket not in self._sockets:
            raise ClientError({"Error": {"Code": "GoneException", "Message": ""}}, "PostToConnection")
        self.frames.append((socket, data))

    def _put(self, url: str, entries: list[dict[str, Any]]) -> dict[str, Any]:
        for entry in entries:
            group, token = entry.get("MessageGroupId", ""), entry.get("MessageDeduplicationId", "")
            self._queues[url].put(entry["MessageBody"], group, token)
        return {"Successful": entries}

    def _cross(self, name: str, about: str, perform: Callable[[], Any]) -> dict[str, Any]:
        service, _, operation = name.partition(".")
        lost = ReadTimeoutError(endpoint_url=f"https://{service}")
        call = Call(service, operation, about, lambda random: _failure(service, operation, random), lost)
        return self._scheduler.cross(call, perform) or {}


def _failure(service: str, operation: str, random: Random) -> Exception:
    if random.random() < 0.5:
        return EndpointConnectionError(endpoint_url=f"https://{service}")
    return ClientError({"Error": {"Code": "ServiceUnavailable", "Message": ""}}, operation)
