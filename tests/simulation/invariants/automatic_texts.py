"""L11: an event of an order brings one text about at most, to nobody who had opted out, and none is left behind."""

from collections import Counter
from collections.abc import Iterator

from chalicelib.domain.merchant_texts import is_apart
from tests.simulation.history import History
from tests.simulation.telling_merchant import PHONE

_TICKET = "merchant_ticket"
_KINDS = ("automatic", "merchant_notice")


def check(history: History) -> Iterator[str]:
    made = Counter((item["order_id"], item["event"]) for _, change in history.changes("y") if (item := change.new))
    promised = {(item["order_id"], item["event"]) for item in history.stored("y")}
    sent: Counter[str] = Counter()
    for _, change in history.changes("m"):
        new = change.new
        if new is not None and change.old is None and new["kind"] in _KINDS and "event" in new:
            sent[f"{_order(new['conversation_id'], new['id'], history)} {new['event']}"] += 1
    yield from (f"the event {name} was told {count} times" for name, count in sent.items() if count > 1)
    for item in history.stored("y"):
        if "settled_at" not in item:
            yield f"nobody has told {item['event']} of order {item['order_id']}"
        told = sent[f"{item['order_id']} {item['event']}"]
        if ("message_id" in item) is not bool(told):
            yield f"{item['event']} of order {item['order_id']} was told {told} times and is settled otherwise"
    there = {item["id"] for item in history.stored("c")}
    if {name for name in set(made) - promised if name[1] != _TICKET or name[0] in there}:
        yield "a text about an order, or a conversation that is there, is gone"
    yield from _tickets(history)


def _tickets(history: History) -> Iterator[str]:
    """L18: each conversation that says so was begun by a customer's message, and the merchant's phone has its text."""
    said = {change.new["id"] for _, change in history.changes("c") if change.new and "told_at" in change.new}
    begun: set[str] = set()
    for commit, change in history.changes("y"):
        new = change.new
        if new is None or new["event"] != _TICKET or change.old is not None:
            continue
        begun.add(new["order_id"])
        first = [each.new for each in commit.changes if each.kind == "m" and each.old is None and each.new]
        if not first or (first[0]["direction"], first[0]["conversation_id"]) != ("inbound", new["order_id"]):
            yield f"the merchant is told of {new['order_id']}, which no customer began"
        if any(each["customer_address"] == PHONE for each in first):
            yield f"the merchant is told of {new['order_id']}, which is with that phone"
    there = {item["id"] for item in history.stored("c")}
    kept = {item["order_id"] for item in history.stored("y") if item["event"] == _TICKET}
    yield from (f"what the merchant was told of {name} is left without its conversation" for name in kept - there)
    if begun != said:
        yield f"a conversation says that the merchant is told, and no text does, or the other way round: {begun ^ said}"


def _order(conversation_id: str, message_id: str, history: History) -> str:
    """Whose event a message is about: what its once item says, or the thread in which the merchant is told of it."""
    if is_apart(conversation_id):
        return conversation_id.partition(".")[2]
    result = f"{conversation_id} {message_id}"
    scopes = (str(item["scope"]) for item in history.stored("1") if item.get("result") == result)
    return next((scope.partition("#")[2] for scope in scopes if scope.startswith("automatic#")), "nobody")
