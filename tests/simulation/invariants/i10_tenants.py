"""I10: nothing of one merchant is written for another, or shown to another's people."""

from collections.abc import Iterator

from tests.simulation.history import Change, History
from tests.support.merchant import FOREIGN, OTHER_MERCHANT, ZOE


def check(history: History) -> Iterator[str]:
    for commit in history.commits:
        for change in commit.changes:
            owner = _owner(change)
            if commit.principal and owner and owner != commit.principal:
                yield f"{commit.worker} of {commit.principal} wrote {change.key[0].split('#')[0]} of {owner}"
    owners = {item["id"]: item["merchant_id"] for item in history.stored("c")}
    for request in history.requests:
        owner = owners.get(request.about.get("conversation_id", ""))
        outsider = owner is not None and (request.associate == ZOE) != (owner == OTHER_MERCHANT)
        if outsider and request.refusal not in ("not_found", "crashed", "unavailable"):
            yield f"{request.verb} by an outsider was answered {request.refusal or 'with success'}"
    yield from _screens(history, owners)


def _screens(history: History, owners: dict[str, str]) -> Iterator[str]:
    for what, seen, _ in history.screens:
        if what.startswith("sto-") and " since " not in what and isinstance(seen, list):
            merchant_is_other = what.startswith(FOREIGN)
            if any((owners.get(row[0]) == OTHER_MERCHANT) != merchant_is_other for row in seen):
                yield f"{what} shows a conversation of another merchant"


def _owner(change: Change) -> str | None:
    item = change.new or change.old or {}
    if item["type"] in ("k", "l"):
        return change.key[0].split("#")[1]
    owner: str | None = item.get("merchant_id")
    return owner
