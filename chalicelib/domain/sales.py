"""Whose doing a sale is (H24, X21): the staff who talked with its customer in the days before it was placed."""

from collections.abc import Iterable

from msgspec import Struct

from .messages import Direction, Message, MessageKind, MessageStatus
from .orders import Order
from .product_links import ProductLink

_DAY = 86_400_000
WINDOW = 7 * _DAY
"""Milliseconds before an order was placed: who wrote to its customer by then has a part in it."""
EARLIEST = _DAY
"""Milliseconds by which a shop's clock may be ahead: an order that will be placed next year is nobody's."""
LATEST = 30 * _DAY
"""Milliseconds after placing in which a report of an order is looked at: a new shop brings its old orders along."""
KEPT = 400 * _DAY
"""Milliseconds after placing for which a report can name it: a year, and the month before it to compare with."""


class Seller(Struct, frozen=True):
    """Somebody who has a part in a sale, by the name they had as they wrote."""

    id: str
    name: str


class Sale(Struct, frozen=True, kw_only=True):
    """An order and whose doing it is."""

    order_id: str
    merchant_id: str
    store_id: str
    placed_at: int
    total: int
    """As it was placed, in the currency's minor unit. The order says what it has become."""
    currency: str
    sellers: tuple[Seller, ...]
    """Who wrote first comes first; then whose link its customer came by."""
    by_link: bool = False
    """Its customer came into the shop by a link to a product."""


def sale_of(order: Order, written: Iterable[Message], link: ProductLink | None = None) -> Sale | None:
    """None where nobody talked with its customer, who came by nobody's link. What a person wrote from the order's store
    counts, unless it failed; what went out by itself does not, nor what went to many at once."""
    ours = sorted((each for each in written if _counts(each, order)), key=lambda each: (each.created_at, each.id))
    sellers = {each.author_id: Seller(each.author_id, each.author_name or "") for each in ours if each.author_id}
    if link is not None:
        sellers.setdefault(link.associate_id, Seller(link.associate_id, link.associate_name))
    if not sellers:
        return None
    return Sale(
        order_id=order.id,
        merchant_id=order.merchant_id,
        store_id=order.store_id,
        placed_at=order.placed_at,
        total=order.total,
        currency=order.currency,
        sellers=tuple(sellers.values()),
        by_link=link is not None,
    )


def _counts(message: Message, order: Order) -> bool:
    """Whether it was said to the order's customer, in its store, within the window."""
    return (
        message.direction is Direction.OUTBOUND
        and message.kind is MessageKind.TEXT
        and message.store_id == order.store_id
        and message.status is not MessageStatus.FAILED
        and order.placed_at - WINDOW <= message.created_at <= order.placed_at
    )


def parts(total: int, people: int) -> tuple[int, ...]:
    """An amount in its minor unit, split evenly: the parts add up to it, the first ones take what is left over."""
    each, rest = divmod(total, people)
    return tuple(each + (1 if index < rest else 0) for index in range(people))
