"""L11: an event of an order brings one text about at most, to nobody who had opted out, and none is left behind."""

from collections import Counter
from collections.abc import Iterator

from chalicelib.domain.merchant_texts import is_apart
from tests.simulation.history import History

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
    if set(made) != promised:
        yield "a text about an order is gone"


def _order(conversation_id: str, message_id: str, history: History) -> str:
    """Whose event a message is about: what its once item says, or the thread in which the merchant is told of it."""
    if is_apart(conversation_id):
        return conversation_id.partition(".")[2]
    result = f"{conversation_id} {message_id}"
    scopes = (str(item["scope"]) for item in history.stored("1") if item.get("result") == result)
    return next((scope.partition("#")[2] for scope in scopes if scope.startswith("automatic#")), "nobody")
