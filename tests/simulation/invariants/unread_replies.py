"""S16: an answer on the chat page goes out in one mail at most, and none to who has said something since; the clock has
looked after every answer."""

from collections.abc import Iterator

from tests.simulation.history import Commit, History, Item


def check(history: History) -> Iterator[str]:
    said: dict[str, dict[str, Item]] = {}
    for commit in history.commits:
        for change in commit.changes:
            if change.kind == "m" and change.new is not None:
                if change.old is None and change.new["kind"] == "chat_reply":
                    yield from _mailed(commit, change.new, said)
                said.setdefault(change.new["conversation_id"], {})[change.new["id"]] = change.new
    for item in history.stored("ur"):
        yield f"nobody has looked whether the answers in conversation {item['conversation_id']} were read"


def _mailed(commit: Commit, mail: Item, said: dict[str, dict[str, Item]]) -> Iterator[str]:
    if not any(change.kind == "ur" and change.new is None for change in commit.changes):
        yield f"mail {mail['id']} with answers leaves the note that it is due"
    before = sorted(said.get(mail["conversation_id"], {}).values(), key=lambda message: str(message["id"]))
    spoken = [m for m in before if m["kind"] == "text" or (m["kind"] == "chat_reply" and m["status"] != "failed")]
    if not spoken or spoken[-1]["direction"] != "outbound" or spoken[-1]["kind"] != "text":
        yield f"mail {mail['id']} carries no answer that is news to its customer"
