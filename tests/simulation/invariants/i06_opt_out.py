"""I6: nothing is claimed for sending after an opt-out of that recipient and scope was committed."""

from collections import Counter
from collections.abc import Iterator

from msgspec import json

from chalicelib.domain.intent import asks_to_stop
from chalicelib.domain.keywords import Keyword, classify
from chalicelib.store import keys
from tests.simulation.history import Change, Commit, History, Item

_ANSWERS = ("opt_out_confirmation", "help_answer")
Key = tuple[str, str, str, str]


def check(history: History) -> Iterator[str]:
    out: dict[Key, int] = {}
    for commit in history.commits:
        for change in commit.changes:
            if _claimed(change) and out.get(_key(change.new or {})):
                yield f"message {change.key[1]} was claimed after the opt-out"
        for change in commit.changes:
            _follow(commit, change, out)
    yield from _ledger(history)
    yield from _clicks(history)


def _follow(commit: Commit, change: Change, out: dict[Key, int]) -> None:
    """By the words of the customers themselves: STOP is out until an opt-in, or a mistake of ours, is recorded."""
    if change.kind == "m" and _said_stop(change) and not _is_late(commit):
        out[_key(change.new or {})] = 1
    if change.kind == "k" and change.new:
        merchant, channel, address = (keys.decode(part) for part in change.key[0].split("#")[1:4])
        out[merchant, channel, address, change.key[1].split("#")[1]] = int(change.new["state"] == "opted_out")


def _said_stop(change: Change) -> bool:
    new = change.new
    if change.old is not None or new is None or new["direction"] != "inbound":
        return False
    return classify(new["body"]) is Keyword.STOP or asks_to_stop(new["body"], new["channel"])


def _is_late(commit: Commit) -> bool:
    """A newer act is known already: the commit has a line for the ledger, and leaves the state."""
    kinds = [change.kind for change in commit.changes]
    return "k" not in kinds


def _claimed(change: Change) -> bool:
    """By somebody who needs consent for it."""
    old, new = change.old, change.new
    if change.kind != "m" or old is None or new is None or new["kind"] in _ANSWERS:
        return False
    return bool(new["status"] == "sending" and old["status"] != "sending")


def _key(message: Item) -> Key:
    return message["merchant_id"], message["channel"], message["customer_address"], message["consent_scope"]


def _ledger(history: History) -> Iterator[str]:
    """The state is that of the latest act in the ledger; every STOP that changed anything stands there."""
    latest: dict[tuple[str, str], tuple[int, str]] = {}
    erased = set(_erased(history))
    for commit, change in history.changes("l"):
        line = change.new
        if line is None:
            if commit.worker != "due" or tuple(map(keys.decode, change.key[0].split("#")[1:4])) not in erased:
                yield "a line of the consent ledger was deleted"
            latest.pop(_whose(change.key), None)
            continue
        if change.old is not None:
            yield "a line of the consent ledger was changed"
        if line["state"] == "requested":  # no act of the customer's
            continue
        scope = _whose(change.key)
        latest[scope] = max(latest.get(scope, (0, "")), (line["at"], line["state"]))
    consents = {_whose(key): item for key, item in history.items.items() if item["type"] == "k"}
    for scope, (at, state) in latest.items():
        consent = consents.get(scope)
        if consent is None or (
            consent["state"] != state and consent["changed_at"] <= at and not _tie(history, scope, at)
        ):
            yield f"consent is {consent and consent['state']} though the latest act in the ledger is {state}"


def _erased(history: History) -> Iterator[tuple[str, str, str]]:
    """Merchant, channel and address of customers who were erased: their lines go, and a hash stays (X13)."""
    for _, change in history.changes("er"):
        said = json.decode(change.new["value"]) if change.new else {}
        for place in said.get("places", ()):
            yield said["merchant_id"], place["channel"], place["address"]


def _clicks(history: History) -> Iterator[str]:
    """Who was told that a click has stopped a store's mails finds it in the ledger, before the answer, and once."""
    lines = Counter[str]()
    written: dict[str, int] = {}
    for commit, change in history.changes("l"):
        if change.new and change.new["source"] == "unsubscribe":
            lines[change.new["evidence"]] += 1
            written.setdefault(change.new["evidence"], commit.number)
    for webhook in history.webhooks:
        if webhook.kind != "click" or not webhook.accepted:
            continue
        mail, answered = webhook.facts["message_id"], min(at for status, at, _ in webhook.answers if status == 200)
        if written.get(mail, answered + 1) > answered:
            yield f"a click in the mail {mail} was answered before it was written down"
        if lines[mail] > 1:
            yield f"the clicks in the mail {mail} are {lines[mail]} lines of the ledger"


def _tie(history: History, scope: tuple[str, str], at: int) -> bool:
    lines = [c.new for _, c in history.changes("l") if c.new and _whose(c.key) == scope]
    return sum(line["at"] == at for line in lines) > 1


def _whose(key: tuple[str, str]) -> tuple[str, str]:
    """Address and scope. Lines and what holds now are in partitions of their own, which begin differently."""
    return key[0].partition("#")[2], key[1].split("#")[1]
