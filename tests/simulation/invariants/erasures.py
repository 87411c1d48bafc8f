"""X13: when all is at rest, an erasure is done, and nothing is left of whom it was of; who opted out stays out."""

from collections.abc import Iterator

from msgspec import json

from chalicelib.domain.merchant_texts import thread_of_phone
from tests.simulation.history import History, Item

_THEIRS = {"c": "customer_id", "o": "customer_id", "cc": "customer_id", "a": "customer_id", "p": "id"}


def check(history: History) -> Iterator[str]:
    gone: set[str] = set()
    for _, change in history.changes("er"):
        if change.new is not None:
            gone.update(json.decode(change.new["value"]).get("customer_ids", ()))
    for erasure in history.stored("er"):
        said = json.decode(erasure["value"])
        if said["phase"] != "done":
            yield f"the erasure {said['id']} is {said['phase']} for good"
        elif any(said.get(field) for field in ("customer_ids", "look_ups", "places", "order_ids")):
            yield f"the erasure {said['id']} still names whom it was of"
    for kind, field in _THEIRS.items():
        yield from (
            f"{kind} {item.get('id')} is left of {item[field]}"
            for item in history.stored(kind)
            if item.get(field) in gone
        )
    yield from _beside(history)


def _beside(history: History) -> Iterator[str]:
    """Nothing stands in or beside a conversation that is not there; what the merchant's phone was told of an order goes
    with what says so."""
    there = {item["id"] for item in history.stored("c")}
    there |= {str(item.get("conversation_id")) for item in history.stored("y")}
    there |= {item["conversation_id"] for item in history.stored("m") if _is_of_phone(item)}
    for kind in ("m", "n", "e", "q", "ur", "r"):
        for item in history.stored(kind):
            if item["conversation_id"] not in there:
                yield f"{kind} {item.get('id', '')} of {item.get('conversation_id')} is left without its conversation"


def _is_of_phone(message: Item) -> bool:
    """The words by which the merchant's phone opted out belong to no customer."""
    return str(message["conversation_id"]) == thread_of_phone(message["store_id"])
