"""I8: a status only climbs; within an attempt the one step back is from `sending` to `queued`, certainly not taken."""

from collections.abc import Iterator

from chalicelib.domain.messages import MessageStatus
from tests.simulation.history import History, Item

_RANK = {status.value: rank for rank, status in enumerate(MessageStatus)}


def check(history: History) -> Iterator[str]:
    released: set[tuple[str, int]] = set()
    for commit, change in history.changes("m"):
        old, new = change.old, change.new
        if new is None or old is None:
            continue
        if (old["status"], new["status"]) == ("sending", "queued") and old["attempt"] == new["attempt"]:
            released.add((new["id"], commit.number))
            continue
        if new["attempt"] == old["attempt"] and _RANK[new["status"]] < _RANK[old["status"]]:
            yield f"message {new['id']} fell from {old['status']} to {new['status']} in {commit.worker}"
        yield from _shape(new)
    yield from _released(history, released)


def _shape(message: Item) -> Iterator[str]:
    """What belongs to a status, and only to it."""
    if ("lease_owner" in message) != (message["status"] == "sending"):
        yield f"message {message['id']} is {message['status']} and its lease says otherwise"
    if ("due_at" in message or "claimed_at" in message) and message["status"] != "unknown":
        yield f"message {message['id']} is {message['status']} and is to be looked up"
    if ("failure" in message) != (message["status"] == "failed"):
        yield f"message {message['id']} is {message['status']} and its reason says otherwise"


def _released(history: History, released: set[tuple[str, int]]) -> Iterator[str]:
    """Back in the queue means that the provider has not taken it."""
    for message_id, number in released:
        if any(text.message_id == message_id and text.after < number for text in history.accepted
               if text.attempt == _attempt(history, message_id, number)):  # fmt: skip
            yield f"message {message_id} went back to the queue after the provider had taken it"


def _attempt(history: History, message_id: str, number: int) -> int:
    for change in history.commits[number - 1].changes:
        if change.new and change.new.get("id") == message_id:
            return int(change.new["attempt"])
    return 0
