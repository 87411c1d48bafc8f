"""I7: within a conversation the stored order is the causal order, and what goes out goes in order."""

from collections import defaultdict
from collections.abc import Iterator

from tests.simulation.history import History


def check(history: History) -> Iterator[str]:
    last: dict[str, str] = {}
    for commit, change in history.changes("m"):
        if change.old is None and change.new:
            conversation = change.new["conversation_id"]
            if change.new["id"] <= last.get(conversation, ""):
                yield f"{commit.worker} stored message {change.new['id']} behind one that was there before it"
            last[conversation] = max(last.get(conversation, ""), change.new["id"])
    sent: dict[str, list[str]] = defaultdict(list)
    for text in history.accepted:
        if text.attempt == 1 and text.message_id not in sent[text.conversation_id]:
            sent[text.conversation_id].append(text.message_id)
    for conversation, messages in sent.items():
        if messages != sorted(messages):
            yield f"messages of conversation {conversation} went out in another order than they were written"
