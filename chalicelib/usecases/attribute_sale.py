"""A new order is the doing of those who talked with its customer before it (H24, X21). Follows from the stream."""

from chalicelib.domain.orders import Order
from chalicelib.domain.sales import EARLIEST, LATEST, WINDOW, sale_of

from .ports import Deps


def attribute_sale(order: Order, deps: Deps) -> None:
    """Once and for all: what is said later counts for later orders. Safe to repeat."""
    if not -EARLIEST <= deps.clock.now() - order.placed_at <= LATEST:
        return
    customer = deps.customers.find(order.customer_id)
    if customer is None:
        return
    since = order.placed_at - WINDOW
    written = [each for theirs in customer.ids for each in deps.sales.said_to(theirs, since, order.placed_at)]
    sale = sale_of(order, written)
    if sale is not None:
        deps.sales.add(sale)
