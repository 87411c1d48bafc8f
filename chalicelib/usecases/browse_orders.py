"""What associates read of orders (D3, D9-D11)."""

from functools import partial

from msgspec import Struct

from chalicelib.domain.errors import NotFound
from chalicelib.domain.orders import START_WINDOW, Order

from .access import messaging_store, orders_store, signed_in
from .ports import Deps, Page
from .search import Found, search
from .search_tags import chosen


class OrdersQuery(Struct, frozen=True, kw_only=True):
    """`startable`: only those a conversation can be started about now. `search`: name, order number, or `tag:` and a
    tag."""

    store_id: str
    associate_id: str
    limit: int
    startable: bool = False
    cursor: str | None = None
    search: str = ""


def list_orders(query: OrdersQuery, deps: Deps) -> Found[Order]:
    """Active orders of a store, most recently placed first (D10)."""
    associate = signed_in(query.associate_id, deps)
    if query.startable:
        messaging_store(associate, query.store_id, deps)
    else:
        orders_store(associate, query.store_id, deps)
    since = deps.clock.now() - START_WINDOW if query.startable else 0

    def page_of(limit: int, cursor: str | None) -> Page[Order]:
        return deps.orders.active(query.store_id, since, limit, cursor)

    wanted = query.search.strip().casefold()
    if wanted:
        matches = partial(_matches, wanted=wanted)
        return search(page_of, lambda rows: chosen(rows, wanted, matches, deps), query.limit)
    return Found(page_of(query.limit, query.cursor))


def _matches(order: Order, wanted: str) -> bool:
    return wanted in order.customer_name.casefold() or wanted in order.number.casefold()


def show_order(order_id: str, associate_id: str, deps: Deps) -> Order:
    """One order of a store of the associate's."""
    associate = signed_in(associate_id, deps)
    order = deps.orders.find(order_id)
    if order is None or order.erased_at is not None:
        raise NotFound
    orders_store(associate, order.store_id, deps)
    return order
