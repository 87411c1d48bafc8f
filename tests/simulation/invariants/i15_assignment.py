"""I15: a conversation changes hands with a line of its history, or goes to whom starts it, invites or answers first."""

from collections.abc import Iterator

from chalicelib.domain.conversations import LIFETIME, LIVING
from tests.simulation.history import Commit, History, Item

from .i09_expiry import takes_up


def check(history: History) -> Iterator[str]:
    for commit, change in history.changes("c"):
        old, new = change.old, change.new
        if new is None or new["state"] == "deleted":
            continue
        before, after = (old or {}).get("assignee_id"), new.get("assignee_id")
        if before != after and not _explained(commit, old or {}, new):
            yield f"conversation {new['id']} went from {before} to {after} in {commit.worker}, and nothing says why"
    yield from _chains(history)


def _explained(commit: Commit, old: Item, new: Item) -> bool:
    made = [change.new for change in commit.changes if change.new is not None and change.old is None]
    after = new.get("assignee_id")
    if any(item["type"] == "e" and item.get("to_id") == after for item in made):
        return True
    answered = any(item["type"] == "m" and item.get("author_id") == after for item in made)
    ended = bool(old) and (old["state"] not in LIVING or commit.at >= old["last_activity_at"] + LIFETIME)
    free = ended or old.get("assignee_id") is None
    invited = new["kind"] == "contact" and takes_up(commit)  # at WhatsApp the customer writes first
    return (answered or invited) and free and after is not None


def _chains(history: History) -> Iterator[str]:
    """A line of history comes with the change that it tells of."""
    for commit, change in history.changes("e"):
        if change.old is not None or change.new is None:
            continue
        about = [each.new for each in commit.changes if each.kind == "c" and each.new is not None]
        if [item.get("assignee_id") for item in about] != [change.new.get("to_id")]:
            yield f"handover {change.new['id']} was written in {commit.worker}, and nothing changed hands"
