"""N24: of each sharing of a cart there is one link, of each cart one order and one receipt, and no payment is lost."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

import msgspec

from chalicelib.domain.carts import TRANSITIONS, WORKED_ON, Cart, CartState
from tests.simulation.history import History, Item


def check(history: History) -> Iterator[str]:
    for _, change in history.changes("ct"):
        if change.old is not None and change.new is not None:
            yield from _step(_read(change.old), _read(change.new))
    carts = [_read(item) for item in history.stored("ct")]
    for cart in carts:
        yield from _finished(cart)
        yield from _outside(cart, history)
    yield from _money(carts, history)
    yield from _texts(carts, history)


def _read(item: Item) -> Cart:
    return msgspec.convert(msgspec.json.decode(item["value"]), Cart)


def _step(before: Cart, after: Cart) -> Iterator[str]:
    allowed = {to for (start, _), to in TRANSITIONS.items() if start is before.state} | {before.state}
    if after.state not in allowed:
        yield f"a cart went from {before.state} to {after.state}"
    if after.revision != before.revision + 1:
        yield f"a cart went from revision {before.revision} to {after.revision}"


def _finished(cart: Cart) -> Iterator[str]:
    if cart.state in WORKED_ON and not cart.troubles:
        yield f"a cart is left {cart.state}"
    if cart.state is CartState.SHARED and not cart.message_id:
        yield "a cart is shared and its link never sent"


def _outside(cart: Cart, history: History) -> Iterator[str]:
    till = history.till
    links = [name for key, name in till.links.items() if key == cart.reference]
    if cart.link is not None and links != [cart.link.id]:
        yield f"a cart has the link {cart.link.id}, and the provider made {links}"
    if cart.must_close and cart.link and cart.link.id not in till.closed:
        yield "the link of a cart that is over was not closed"
    if (
        cart.state in (CartState.SHARED, CartState.PAID, CartState.ORDERED)
        and cart.link
        and cart.link.id in till.closed
    ):
        yield "the link of a cart that can be paid was closed"
    if len(till.orders) > 1:
        yield f"the shop made {len(till.orders)} orders of one cart"
    if cart.state is CartState.ORDERED and till.orders.get(cart.draft_id) != cart.order_number:
        yield "a cart has an order that the shop does not have"


def _money(carts: list[Cart], history: History) -> Iterator[str]:
    by_id = {cart.id: cart for cart in carts}
    for webhook in history.webhooks:
        if webhook.kind != "payment" or not webhook.accepted:
            continue
        cart: Any = by_id.get(webhook.facts["cart"])
        known = [cart.payment.reference] if cart and cart.payment else []
        known += [each.payment.reference for each in cart.troubles] if cart else []
        if known.count(webhook.facts["reference"]) != 1:
            yield f"payment {webhook.id} is known {known.count(webhook.facts['reference'])} times"
        counted = cart is not None and cart.payment and cart.payment.reference == webhook.facts["reference"]
        if counted and webhook.facts["made_at"] >= (cart.expires_at or 0):
            yield f"payment {webhook.id} counted, and came too late"


def _texts(carts: list[Cart], history: History) -> Iterator[str]:
    made = [change.new for _, change in history.changes("m") if change.new and change.old is None]
    links: Counter[str] = Counter()
    for message in made:
        links.update(cart.id for cart in carts if cart.link and cart.link.url in message["body"])
    yield from (f"the link of cart {name} was sent {count} times" for name, count in links.items() if count > 1)
    receipts = sum(message["body"].startswith("Receipt") for message in made)
    paid = sum(cart.payment is not None for cart in carts)
    if receipts > paid:
        yield f"there are {receipts} receipts for {paid} paid carts"
