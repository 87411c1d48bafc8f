"""I2: nothing happens twice for one id of a provider; counters count each text once."""

from collections import Counter
from collections.abc import Iterator

from chalicelib.domain.conversations import LISTED
from tests.simulation.history import Commit, History


def check(history: History) -> Iterator[str]:
    bodies = {webhook.facts["body"] for webhook in history.webhooks if webhook.kind in ("text", "member")}
    bodies |= {request.about["body"] for request in history.requests if request.verb == "write"}
    stored = Counter(
        change.new["body"]
        for _, change in history.changes("m")
        if change.old is None and change.new and change.new["direction"] == "inbound"
    )
    for body, count in stored.items():
        if count > 1 or body not in bodies:
            yield f"a text is stored {count} times"
    for commit in history.commits:
        yield from _unread(commit)
    yield from _answers(history)


def _unread(commit: Commit) -> Iterator[str]:
    """The unread count grows with stored texts only, or by hand from 0 to 1."""
    inbound = Counter(
        change.new["conversation_id"]
        for change in commit.changes
        if change.kind == "m" and change.old is None and change.new and change.new["direction"] == "inbound"
    )
    for change in commit.changes:
        if change.kind != "c" or not change.new:
            continue
        was, now = change.old["unread"] if change.old else 0, change.new["unread"]
        if now > was and now - was != inbound[change.new["id"]] and (commit.worker, was, now) != ("unread", 0, 1):
            yield f"unread went from {was} to {now} with {inbound[change.new['id']]} new texts in {commit.worker}"
        kept = change.new["state"] in LISTED and change.old is not None
        if kept and inbound[change.new["id"]] and now != was + inbound[change.new["id"]]:
            yield f"{inbound[change.new['id']]} new texts moved unread from {was} to {now}"


def _answers(history: History) -> Iterator[str]:
    """One automatic answer after an end, one confirmation per text."""
    ended: Counter[str] = Counter()
    for commit in history.commits:
        for change in commit.changes:
            new, old = change.new, change.old
            if change.kind == "c" and new and (old is None or _ends_anew(old, new)):
                ended[new["id"]] = 0
            if change.kind == "m" and new and old is None and new["kind"] == "ended_answer":
                ended[new["conversation_id"]] += 1
                if ended[new["conversation_id"]] > 1:
                    yield f"conversation {new['conversation_id']} has told its end more than once"


def _ends_anew(old: dict[str, object], new: dict[str, object]) -> bool:
    return (old["state"], old["last_activity_at"], old.get("ended_at")) != (
        new["state"], new["last_activity_at"], new.get("ended_at"),
    )  # fmt: skip
