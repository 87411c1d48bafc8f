"""I9: accepted before the instant of expiry, refused from it on, whatever the sweep or time to live did."""

from collections.abc import Iterator

from chalicelib.domain.conversations import LIFETIME, LISTED, LIVING
from tests.simulation.history import Change, Commit, History, Item, Request

_NEVER_REOPEN = ("webhook text", "inbound", "send", "sweep")


def check(history: History) -> Iterator[str]:
    for commit in history.commits:
        for change in commit.changes:
            if change.kind == "c" and change.old and change.new:
                yield from _moved(commit, change.old, change.new)
            if change.kind == "m" and change.old and change.new:
                yield from _claimed(change)
    yield from _failed(history)
    for request in history.requests:
        if request.verb == "send" and request.refusal == "conversation_ended" and not _was_ended(history, request):
            yield f"send was refused though the conversation {request.about['conversation_id']} was open all the time"


def _failed(history: History) -> Iterator[str]:
    """What was accepted in time is not given up as too late while its conversation lives."""
    conversations: dict[str, Item] = {}
    for commit in history.commits:
        for change in commit.changes:
            new = change.new
            if change.kind == "c" and new:
                conversations[new["id"]] = new
            if change.kind == "m" and new and (new["kind"], new.get("failure")) == ("text", "conversation_ended"):
                conversation = conversations[new["conversation_id"]]
                if conversation["state"] == "open" and commit.at < conversation["last_activity_at"] + LIFETIME:
                    yield f"message {new['id']} failed because its conversation had ended, which is open"


def _moved(commit: Commit, old: Item, new: Item) -> Iterator[str]:
    """What is said in it from its expiry on is no activity; only a new start brings it back."""
    expires = old["last_activity_at"] + LIFETIME
    made = [
        change.new
        for change in commit.changes
        if change.kind == "m" and change.old is None and change.new and change.new["conversation_id"] == new["id"]
    ]
    for message in made:
        if message["created_at"] < expires or commit.worker == "start" or takes_up(commit):
            continue
        if message["kind"] == "text" and message["direction"] == "outbound" and message["status"] != "failed":
            yield f"an answer was accepted {message['created_at'] - expires} ms after the expiry"
        if new["last_activity_at"] != old["last_activity_at"]:
            yield f"a text {message['created_at'] - expires} ms after the expiry prolonged the conversation"
    if new["state"] == "expired" and old["state"] in LISTED and commit.at < expires:
        yield f"expired {expires - commit.at} ms too early, by {commit.worker}"
    revived = new["state"] in LIVING and old["state"] not in LIVING and not takes_up(commit)
    if revived and (
        commit.worker in _NEVER_REOPEN or (old["state"] in ("expired", "deleted") and commit.worker != "start")
    ):
        yield f"{commit.worker} brought back a conversation that was {old['state']}"


def takes_up(commit: Commit) -> bool:
    """Whether the customer agrees in it to an invitation of the store's: that is a new start."""
    lines = [change.new for change in commit.changes if change.kind == "l" and change.new is not None]
    return any((line["state"], line["source"]) == ("opted_in", "invitation") for line in lines)


def _claimed(change: Change) -> Iterator[str]:
    assert change.old
    assert change.new
    if change.new["status"] == "sending" and change.old["status"] == "queued":
        late = change.new["status_at"] - change.new["expires_at"]
        if late >= 0:
            yield f"message {change.new['id']} was claimed {late} ms after its time"


def _was_ended(history: History, request: Request) -> bool:
    """At some moment of the request the conversation was closed, deleted, or over."""
    versions = [
        (commit.number, change.new)
        for commit, change in history.changes("c")
        if change.new and change.new["id"] == request.about["conversation_id"]
    ]
    before = [version for number, version in versions if number <= request.began][-1:]
    during = [version for number, version in versions if request.began < number <= request.ended]
    return any(
        version["state"] != "open" or request.ended_at >= version["last_activity_at"] + LIFETIME
        for version in before + during
    )
