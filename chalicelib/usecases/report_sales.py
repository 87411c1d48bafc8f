"""Managers see which sales are whose doing, and which products were shared (H24, X21)."""

from msgspec import Struct

from chalicelib.domain.orders import Order, Payment
from chalicelib.domain.product_links import ProductLink
from chalicelib.domain.sales import Sale, Seller, parts

from .access import managed_store, signed_in
from .ports import Deps, Page


class SalesQuery(Struct, frozen=True, kw_only=True):
    """Orders placed, or links made, at `since` or later and before `until` (epoch milliseconds)."""

    store_id: str
    associate_id: str
    since: int
    until: int
    limit: int
    cursor: str | None = None


class Credited(Struct, frozen=True):
    """What somebody has of a sale, in the currency's minor unit."""

    seller: Seller
    amount: int


class SaleLine(Struct, frozen=True, kw_only=True):
    """A sale as its order is now."""

    order_id: str
    number: str
    """Empty where its customer was erased."""
    placed_at: int
    total: int
    currency: str
    counts: bool
    """It was neither cancelled nor refunded."""
    credited: tuple[Credited, ...]
    by_link: bool = False
    """Its customer came into the shop by a link to a product."""


def report_sales(query: SalesQuery, deps: Deps) -> Page[SaleLine]:
    """Newest first; a page is a query, and one for its orders. Raises NotFound, PermissionDenied, InvalidInput."""
    store = managed_store(signed_in(query.associate_id, deps), query.store_id, deps)
    page = deps.sales.of_store(store.id, query.since, query.until, query.limit, query.cursor)
    orders = deps.orders.find_several([sale.order_id for sale in page.rows])
    return Page(tuple(_line(sale, orders.get(sale.order_id)) for sale in page.rows), page.cursor)


def report_links(query: SalesQuery, deps: Deps) -> Page[ProductLink]:
    """Newest first; two requests a page. Raises NotFound, PermissionDenied, InvalidInput."""
    store = managed_store(signed_in(query.associate_id, deps), query.store_id, deps)
    return deps.product_links.of_store(store.id, query.since, query.until, query.limit, query.cursor)


def _line(sale: Sale, order: Order | None) -> SaleLine:
    """Of an order whose customer was erased nothing is left to say what it has become: it stays what it was."""
    known = order if order is not None and order.erased_at is None else None
    total, currency = (sale.total, sale.currency) if known is None else (known.total, known.currency)
    return SaleLine(
        order_id=sale.order_id,
        number="" if known is None else known.number,
        placed_at=sale.placed_at,
        total=total,
        currency=currency,
        counts=known is None or (known.cancelled_at is None and known.payment is not Payment.REFUNDED),
        credited=tuple(map(Credited, sale.sellers, parts(total, len(sale.sellers)))),
        by_link=sale.by_link,
    )
