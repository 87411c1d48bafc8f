"""X18: a conversation goes back to the store by itself only while its customer waits, and from somebody, once."""

from collections.abc import Iterator

from tests.simulation.history import Change, Commit, History, Item

_BY_ITSELF = ("unanswered", "absent")


def check(history: History) -> Iterator[str]:
    said: dict[str, dict[str, Item]] = {}
    for commit in history.commits:
        for change in commit.changes:
            if change.kind == "m" and change.new is not None:
                said.setdefault(change.new["conversation_id"], {})[change.new["id"]] = change.new
            if change.kind == "e" and change.old is None and change.new and change.new["kind"] in _BY_ITSELF:
                yield from _gone_back(commit, change.new, said)
    for item in history.stored("q"):
        yield f"nobody has looked at conversation {item['conversation_id']}, which waits"


def _gone_back(commit: Commit, line: Item, said: dict[str, dict[str, Item]]) -> Iterator[str]:
    conversation_id = line["conversation_id"]
    about = [change for change in commit.changes if _is_about(change, conversation_id)]
    if [_assignees(change) for change in about] != [(line.get("from_id"), None)] or line.get("from_id") is None:
        yield f"conversation {conversation_id} went back to the store from nobody"
    messages = sorted(said.get(conversation_id, {}).values(), key=lambda message: str(message["id"]))
    spoken = [m for m in messages if m["direction"] == "inbound" or _is_answer(m)]
    if not spoken or spoken[-1]["direction"] != "inbound":
        yield f"conversation {conversation_id} went back to the store, though its customer was answered"


def _is_about(change: Change, conversation_id: str) -> bool:
    return change.kind == "c" and change.new is not None and change.new["id"] == conversation_id


def _assignees(change: Change) -> tuple[str | None, str | None]:
    return (change.old or {}).get("assignee_id"), (change.new or {}).get("assignee_id")


def _is_answer(message: Item) -> bool:
    return message.get("author_id") is not None and message["status"] != "failed"
