"""A new order is the doing of those who talked with its customer before it, and of whose link led there (H24, X21).
Follows from the stream."""

from chalicelib.domain.orders import Order
from chalicelib.domain.product_links import KEPT, ProductLink
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
    sale = sale_of(order, written, _link(order, deps))
    if sale is not None:
        deps.sales.add(sale)


def _link(order: Order, deps: Deps) -> ProductLink | None:
    """Where the order names one of its own merchant's. The shop says that the visit began with it: a click and the
    order are one visit."""
    link = deps.product_links.find(order.link) if order.link else None
    if link is None or link.merchant_id != order.merchant_id:
        return None
    return link if order.placed_at <= link.created_at + KEPT else None
