"""I5: a pair of addresses leads to one conversation of a store, and to no other until 45 days after that one's end.

Where stores share the number, each has one, and one that lives comes first while any lives (H19). Who was erased is a
stranger at once: there is nothing left that a text could come to.
"""

from collections.abc import Iterator

from chalicelib.domain.conversations import COOL_DOWN, LIFETIME, LIVING
from tests.simulation.history import History, Item

Pair = tuple[str, str, str, str]
"""Channel, our address, the customer's, store."""


def check(history: History) -> Iterator[str]:
    conversations: dict[str, Item] = {}
    led: dict[Pair, str] = {}
    for commit in history.commits:
        before = dict(conversations)
        for change in commit.changes:
            if change.kind == "c" and change.new:
                conversations[change.new["id"]] = change.new
            if change.kind == "c" and change.new is None and change.old:
                conversations.pop(change.old["id"], None)
        for change in commit.changes:
            if change.kind == "r" and change.new:
                pair, leads = _pair(change.new), change.new["conversation_id"]
                if pair in led and led[pair] != leads and led[pair] in before:
                    free_at = _end(before[led[pair]]) + COOL_DOWN
                    if commit.at < free_at:
                        yield f"a number led elsewhere {free_at - commit.at} ms too early, by {commit.worker}"
                led[pair] = leads
    yield from _held(history, conversations)
    yield from _stranded(history)
    yield from _misled(history)
    yield from _doubled(conversations)


def _pair(item: Item) -> Pair:
    return item["channel"], item["proxy"], item["customer_address"], item["store_id"]


def _end(conversation: Item) -> int:
    expires = conversation["last_activity_at"] + LIFETIME
    return int(min(conversation.get("ended_at") or expires, expires))


def _held(history: History, conversations: dict[str, Item]) -> Iterator[str]:
    """A living conversation holds its store's route; nobody else has it."""
    routes = {_pair(route): route for route in _valid(history)}
    for conversation in _alive(history, conversations):
        route = routes.get(_pair(conversation))
        if route is None or route["conversation_id"] != conversation["id"] or route.get("cool_until"):
            yield f"conversation {conversation['id']} is open and does not hold its number"


def _stranded(history: History) -> Iterator[str]:
    """While one lives over a pair of addresses, what comes first was not ended by anybody. At any time."""
    first: dict[tuple[str, ...], Item] = {}
    talks: dict[str, Item] = {}
    for commit in history.commits:
        for change in commit.changes:
            if change.kind == "c" and change.new:
                talks[change.new["id"]] = change.new
            if change.kind == "r" and change.new and not change.new.get("aside_at"):
                first[_pair(change.new)[:3]] = change.new
        ended = {pair for pair, route in first.items() if route.get("cool_until")}
        for talk in talks.values() if any(change.kind == "r" for change in commit.changes) and ended else ():
            lives = talk["state"] in LIVING and commit.at < talk["last_activity_at"] + LIFETIME
            if lives and _pair(talk)[:3] in ended:
                yield f"conversation {talk['id']} is open, and texts go to one that has ended"


def _misled(history: History) -> Iterator[str]:
    """Who quotes a text of ours is heard where it was written, unless that has ended."""
    written: dict[str, str] = {}
    talks: dict[str, Item] = {}
    for commit in history.commits:
        for change in commit.changes:
            new = change.new or {}
            if change.kind == "m" and change.old is None and (there := written.get(new.get("quoted_id", ""))):
                alive = talks[there]["state"] in LIVING and commit.at < talks[there]["last_activity_at"] + LIFETIME
                if alive and new["conversation_id"] != there:
                    yield f"an answer to {there} went to {new['conversation_id']}"
        for change in commit.changes:
            new = change.new or {}
            if change.kind == "m" and new.get("provider_id"):
                written[new["provider_id"]] = new["conversation_id"]
            if change.kind == "c" and change.new:
                talks[new["id"]] = new


def _alive(history: History, conversations: dict[str, Item]) -> list[Item]:
    now = history.now()
    living = (each for each in conversations.values() if each["state"] in LIVING)
    return [each for each in living if now < each["last_activity_at"] + LIFETIME]


def _valid(history: History) -> list[Item]:
    """What a store left beside when its own came first again counts no more."""
    stored = history.stored("r")
    first = {_pair(route) for route in stored if not route.get("aside_at")}
    return [route for route in stored if not route.get("aside_at") or _pair(route) not in first]


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
