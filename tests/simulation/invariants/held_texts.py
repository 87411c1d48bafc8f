"""X3: a held text becomes one message, with the words it had then and not before its time; or somebody took it back."""

from collections import Counter
from collections.abc import Iterator

from tests.simulation.history import Change, Commit, History, Item

_TAKES_BACK = ("cancel", "fan_out")
"""Who may take one away without a message: its author, and the end of a deleted conversation."""


def check(history: History) -> Iterator[str]:
    for commit, change in history.changes("n"):
        if change.old is not None and change.new is None:
            yield from _gone(commit, change.old, history)
    releases = Counter(item["key"] for _, change in history.changes("1") if (item := change.new) and _release(item))
    yield from (f"held text {held_id} was released {count} times" for held_id, count in releases.items() if count > 1)
    for held in history.stored("n"):
        yield f"held text {held['id']} still waits, {history.now() - held['release_at']} ms after its time"


def _release(item: Item) -> bool:
    return str(item["scope"]).startswith("held#")


def _gone(commit: Commit, held: Item, history: History) -> Iterator[str]:
    made = [change.new for change in commit.changes if _is_made(change)]
    if len(made) != 1:
        deleted = any(c["id"] == held["conversation_id"] and c["state"] == "deleted" for c in history.stored("c"))
        if made or (commit.worker not in _TAKES_BACK and not deleted):
            yield f"held text {held['id']} went away by {commit.worker} and became {len(made)} messages"
        return
    (message,) = made
    assert message
    if (message["body"], message.get("author_id")) != (held["body"], held["author_id"]):
        yield f"held text {held['id']} went out with other words"
    if commit.worker == "due" and commit.at < held["release_at"]:
        yield f"held text {held['id']} was released {held['release_at'] - commit.at} ms too early"


def _is_made(change: Change) -> bool:
    return change.kind == "m" and change.old is None
