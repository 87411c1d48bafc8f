"""I4: after every commit a balance is the sum of its ledger, not negative; a text holds its price once at most."""

from collections import Counter
from collections.abc import Iterator

from tests.simulation.history import Change, Commit, History, Item

_HELD = {"charge": 1, "refund": -1}


def check(history: History) -> Iterator[str]:
    yield from _balances(history)
    yield from _texts(history)
    yield from _ends(history)


def _balances(history: History) -> Iterator[str]:
    total: Counter[str] = Counter()
    balance: dict[str, int] = {}
    low: dict[str, object] = {}
    for commit in history.commits:
        for change in commit.changes:
            total[_store(change)] += _amount(change)
            if change.kind == "cl" and (change.old is not None or change.new is None):
                yield f"a line of the ledger of credits was changed or deleted in {commit.worker}"
        for change in commit.changes:
            if change.kind == "cr" and change.new is not None:
                balance[_store(change)] = change.new["balance"]
                yield from _notice(commit, change.new, change.old, low)
        for store, left in balance.items():
            if left < 0 or left != total[store]:
                yield f"{store} has {left} credits, its ledger says {total[store]}, after {commit.worker}"


def _notice(commit: Commit, account: Item, was: Item | None, low: dict[str, object]) -> Iterator[str]:
    """Whoever crosses the threshold tells of it, and nobody else does (L24)."""
    since, before = account.get("low_since"), low.get(account["store_id"])
    told = sum(
        change.kind == "cl" and change.new is not None and change.new["kind"] == "low" for change in commit.changes
    )
    if told != (since is not None and before is None):
        yield f"{told} notices came with a balance of {account['balance']} in {commit.worker}"
    low[account["store_id"]] = since
    threshold = account.get("threshold", 0)
    if was is not None and was["balance"] >= threshold > account["balance"] and since is None:
        yield f"nobody was told that {account['balance']} credits are left, in {commit.worker}"


def _texts(history: History) -> Iterator[str]:
    """At any time a text holds one charge, or none; and what it says it holds is what the ledger says."""
    held: Counter[str] = Counter()
    lines: Counter[str] = Counter()
    for commit, change in history.changes("cl"):
        line = change.new
        if line is None or line["kind"] not in _HELD:
            continue
        lines[line["id"]] += 1
        if line["kind"] == "refund" and not _had_failed(commit):
            yield f"{line['id']} gave back what had not failed, in {commit.worker}"
        message = line["id"].split(".")[1]
        held[message] += _HELD[line["kind"]]
        if held[message] not in (0, 1) or lines[line["id"]] > 1:
            yield f"{line['id']}: message {message} holds {held[message]} charges after {commit.worker}"
    for message in history.stored("m"):
        if (message.get("credits") is not None) != (held[message["id"]] == 1):
            yield f"message {message['id']} says that it holds {message.get('credits')}, the ledger says otherwise"


def _had_failed(commit: Commit) -> bool:
    return any(each.kind == "m" and each.old is not None and each.old["status"] == "failed" for each in commit.changes)


def _ends(history: History) -> Iterator[str]:
    """When all is at rest, nothing that failed is still paid for; and nothing goes away that is paid for and unsent."""
    for message in history.stored("m"):
        if message["status"] == "failed" and message.get("credits") is not None:
            yield f"message {message['id']} failed and was not given back"
    for commit, change in history.changes("m"):
        was = change.old
        if change.new is None and was and was["status"] in ("queued", "failed") and was.get("credits") is not None:
            yield f"message {was['id']} was {was['status']} and paid for when {commit.worker} erased it"


def _amount(change: Change) -> int:
    return int(change.new["amount"]) if change.kind == "cl" and change.new is not None and change.old is None else 0


def _store(change: Change) -> str:
    return str((change.new or change.old or {}).get("store_id", ""))
