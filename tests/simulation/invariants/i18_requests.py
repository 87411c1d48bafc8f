"""I18: a request for a customer's yes leaves with its line in the ledger, and alone until they answer."""

from collections.abc import Iterator

from tests.simulation.history import History


def check(history: History) -> Iterator[str]:
    waiting: set[str] = set()
    lines: set[str] = set()
    for commit in history.commits:
        lines |= {change.new["evidence"] for change in commit.changes if change.kind == "l" and change.new}
        for change in commit.changes:
            new = change.new
            if change.kind == "c" and new:
                (waiting.add if new["state"] == "requested" else waiting.discard)(new["id"])
        for change in commit.changes:
            new = change.new
            if change.kind != "m" or change.old is not None or new is None or new["direction"] != "outbound":
                continue
            if new["kind"] == "opt_in_request" and new["id"] not in lines:
                yield f"request {new['id']} has no line in the ledger"
            if new["kind"] == "text" and new["conversation_id"] in waiting and new["status"] == "queued":
                yield f"message {new['id']} was accepted before the customer answered the request"
