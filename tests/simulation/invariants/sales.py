"""H24: an order is the doing of those who wrote to its customer before it, and of whose link led there, all of them and
nobody else, once."""

import json
from collections import Counter
from collections.abc import Iterator

from tests.simulation.history import History, Item

_DAY = 86_400_000


def check(history: History) -> Iterator[str]:
    sales = {sale["order_id"]: sale for item in history.stored("sa") if (sale := json.loads(item["value"]))}
    made = Counter(json.loads(new["value"])["order_id"] for _, change in history.changes("sa") if (new := change.new))
    yield from (f"the sale of order {name} was written {count} times" for name, count in made.items() if count > 1)
    for commit, change in history.changes("o"):
        if change.new is None or change.old is not None:
            continue
        could, must = _writers(change.new, commit.number, history)
        found = {each["id"] for each in sales.get(change.new["id"], {"sellers": []})["sellers"]}
        if not must <= found <= could:
            yield f"order {change.new['id']} is the doing of {sorted(found)}, of {sorted(could)} who could have a part"


def _writers(order: Item, number: int, history: History) -> tuple[set[str], set[str]]:
    """Who may have a part in it, and who must: of what failed, if only for a while, or went by when somebody looked,
    nobody can say."""
    could, must = set[str](), set[str]()
    failed = {
        change.key for _, change in history.changes("m") if change.new and change.new["status"] in ("failed", "unknown")
    }
    theirs = {item["id"] for item in history.stored("c") if item["customer_id"] == order["customer_id"]}
    for commit, change in history.changes("m"):
        new = change.new
        if new is None or change.old is not None or not _counts(new, order):
            continue
        could.add(new["author_id"])
        kept = change.key in history.items and change.key not in failed
        if commit.number < number and new["conversation_id"] in theirs and kept:
            must.add(new["author_id"])
    links = [json.loads(item["value"]) for item in history.stored("pl")]
    theirs_by_link = {link["associate_id"] for link in links if link["id"] == order.get("link")}
    return could | theirs_by_link, must | theirs_by_link


def _counts(message: Item, order: Item) -> bool:
    by_hand = message.get("author_id") is not None and message["kind"] == "text"
    in_time = order["placed_at"] - 7 * _DAY <= message["created_at"] <= order["placed_at"]
    return by_hand and in_time and message["store_id"] == order["store_id"]
