"""Queues, parameters and sockets as AWS has them: at least once, out of order, gone without a word."""

# ruff: noqa: N803 - parameters have boto3's names

import itertools
from collections.abc import Callable
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
    body: str
    group: str = ""
    visible_at: int = 0
    receives: int = 0
    receipt: str = ""


class Queue:
    """`fifo`: in order per group, one batch of a group at a time. `on_put`: something is there to be taken."""

    def __init__(self, scheduler: Scheduler, *, fifo: bool, visibility: int, most_receives: int) -> None:
        self._scheduler, self._fifo = scheduler, fifo
        self._visibility, self._most_receives = visibility, most_receives
        self.entries: list[Entry] = []
        self.dead: list[Entry] = []
        self.on_put: Callable[[], None] = lambda: None
        self._known: dict[tuple[str, str], int] = {}
        self._numbers = itertools.count(1)

    def put(self, body: str, group: str = "", token: str = "") -> None:
        now = self._scheduler.now
        if self._fifo:
            if now - self._known.get((group, token), -DEDUPLICATION) < DEDUPLICATION:
                return
            self._known[group, token] = now
        self.entries.append(Entry(id=f"e{next(self._numbers)}", body=body, group=group))
        self.on_put()

    def receive(self, most: int, random: Random) -> list[Entry]:
        """Hides what it gives. A standard queue gives in any order."""
        now = self._scheduler.now
        self._bury()
        blocked = {entry.group for entry in self.entries if entry.visible_at > now} if self._fifo else set()
        found = [e for e in self.entries if e.visible_at <= now and e.group not in blocked]
        if not self._fifo:
            random.shuffle(found)
        for entry in found[:most]:
            entry.visible_at = now + self._visibility
            entry.receives += 1
            entry.receipt = f"{entry.id}.{entry.receives}"
        return found[:most]

    def _bury(self) -> None:
        now = self._scheduler.now
        doomed = [e for e in self.entries if e.receives >= self._most_receives and e.visible_at <= now]
        self.dead += doomed
        self.entries = [entry for entry in self.entries if entry not in doomed]

    def delete(self, entry: Entry) -> None:
        self.entries = [each for each in self.entries if each.id != entry.id]

    def change_visibility(self, receipt: str, milliseconds: int) -> None:
        for entry in self.entries:
            if entry.receipt == receipt:
                entry.visible_at = self._scheduler.now + milliseconds
                return
        raise ClientError({"Error": {"Code": "ReceiptHandleIsInvalid", "Message": ""}}, "ChangeMessageVisibility")

    def next_visible(self) -> int | None:
        """When there may be something to take: a group waits until none of its entries is hidden."""
        if not self._fifo:
            return min((entry.visible_at for entry in self.entries), default=None)
        groups: dict[str, int] = {}
        for entry in self.entries:
            groups[entry.group] = max(groups.get(entry.group, 0), entry.visible_at)
        return min(groups.values(), default=None)


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
            self._queues[url].put(entry["MessageBody"], entry["MessageGroupId"], entry["MessageDeduplicationId"])
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
