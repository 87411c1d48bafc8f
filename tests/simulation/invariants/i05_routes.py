"""I5: a pair of addresses leads to one conversation, and to no other until 45 days after that one's end."""

from collections.abc import Iterator

from chalicelib.domain.conversations import COOL_DOWN, LIFETIME, LIVING
from tests.simulation.history import History, Item


def check(history: History) -> Iterator[str]:
    conversations: dict[str, Item] = {}
    for commit in history.commits:
        before = dict(conversations)
        for change in commit.changes:
            if change.kind == "c" and change.new:
                conversations[change.new["id"]] = change.new
        for change in commit.changes:
            old, new = change.old, change.new
            if change.kind == "r" and old and new and old["conversation_id"] != new["conversation_id"]:
                free_at = _end(before[old["conversation_id"]]) + COOL_DOWN
                if commit.at < free_at:
                    yield f"a number led elsewhere {free_at - commit.at} ms too early, by {commit.worker}"
    yield from _held(history, conversations)
    yield from _doubled(conversations)


def _end(conversation: Item) -> int:
    expires = conversation["last_activity_at"] + LIFETIME
    return int(min(conversation.get("ended_at") or expires, expires))


def _held(history: History, conversations: dict[str, Item]) -> Iterator[str]:
    """A living conversation holds its route; nobody else has it."""
    routes = {(r["channel"], r["proxy"], r["customer_address"]): r for r in history.stored("r")}
    now = history.now()
    for conversation in conversations.values():
        if conversation["state"] not in LIVING or now >= conversation["last_activity_at"] + LIFETIME:
            continue
        route = routes.get((conversation["channel"], conversation["proxy"], conversation["customer_address"]))
        if route is None or route["conversation_id"] != conversation["id"] or route.get("cool_until"):
            yield f"conversation {conversation['id']} is open and does not hold its number"


def _doubled(conversations: dict[str, Item]) -> Iterator[str]:
    """An associate talks with a customer in one conversation, not in two over two numbers."""
    pairs = [
        (conversation["associate_id"], conversation["customer_address"])
        for conversation in conversations.values()
        if conversation.get("associate_id") and conversation["state"] in LIVING
    ]
    yield from {f"{associate} has two conversations with one customer" for associate, _ in _repeated(pairs)}


def _repeated(pairs: list[tuple[str, str]]) -> list[tuple[str, str]]:
    return [pair for pair in pairs if pairs.count(pair) > 1]
