"""X11: whatever leads to a customer who was merged leads on to one who is kept, and who knows of it."""

import json
from collections.abc import Iterator

from tests.simulation.history import History, Item


def check(history: History) -> Iterator[str]:
    customers = {item["id"]: item for item in history.stored("p")}
    for customer in customers.values():
        kept = _kept(customer, customers)
        if kept is None:
            yield f"customer {customer['id']} leads nowhere"
        elif kept["merchant_id"] != customer["merchant_id"]:
            yield f"customer {customer['id']} leads to another merchant's"
        elif kept is not customer and customer["id"] not in _absorbed(kept):
            yield f"customer {kept['id']} does not know of {customer['id']}, who was merged into them"
        for each in _absorbed(customer) if kept is customer else ():
            if _kept(customers[each], customers) is not customer:
                yield f"customer {customer['id']} has what is {each}'s, who is not merged into them"
    for kind in ("a", "c", "o"):
        for item in history.stored(kind):
            if item["customer_id"] not in customers and item.get("erased_at") is None:
                yield f"an item of kind {kind} leads to {item['customer_id']}, who does not exist"


def _kept(customer: Item, customers: dict[str, Item]) -> Item | None:
    """None: it leads nowhere, or round in circles."""
    for _ in customers:
        if not customer.get("merged_into"):
            return customer
        found = customers.get(customer["merged_into"])
        if found is None:
            return None
        customer = found
    return None


def _absorbed(customer: Item) -> list[str]:
    ids: list[str] = json.loads(customer.get("absorbed") or "[]")
    return ids
