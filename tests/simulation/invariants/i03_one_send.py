"""I3: the provider takes a message at most once per attempt; another attempt needs a failure or doubt, and a person."""

from collections import Counter
from collections.abc import Iterator

from tests.simulation.history import History


def check(history: History) -> Iterator[str]:
    taken = Counter((text.conversation_id, text.message_id, text.attempt) for text in history.accepted)
    for (_, message_id, attempt), count in taken.items():
        if count > 1:
            yield f"message {message_id} went out {count} times in attempt {attempt}"
    for commit, change in history.changes("m"):
        old, new = change.old, change.new
        if old is None or new is None or new["attempt"] == old["attempt"]:
            continue
        if commit.worker != "retry" or old["status"] not in ("failed", "unknown"):
            yield f"message {new['id']} got another attempt from {old['status']} by {commit.worker}"
    stored = {item["id"]: item for _, change in history.changes("m") if (item := change.new)}
    for text in history.accepted:
        message = stored[text.message_id]
        if (message["customer_address"], message["proxy"], message["body"]) != (text.recipient, text.sender, text.body):
            yield f"message {text.message_id} went to somebody else, or says something else"
