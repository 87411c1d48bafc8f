"""A part of the composition root (wiring.py): what is sold, and whose doing it is."""

from functools import cached_property
from typing import TYPE_CHECKING

from chalicelib.usecases import ports

if TYPE_CHECKING:
    from chalicelib.store.table import Table


class StoresOfTheShop:
    if TYPE_CHECKING:

        @cached_property
        def _table(self) -> Table:
            """Of the whole."""

    @cached_property
    def carts(self) -> ports.CartStore:
        from chalicelib.store.carts import DynamoCartStore

        return DynamoCartStore(self._table)

    @cached_property
    def sales(self) -> ports.SaleStore:
        from chalicelib.store.sales import DynamoSaleStore

        return DynamoSaleStore(self._table)

    @cached_property
    def product_links(self) -> ports.ProductLinkStore:
        from chalicelib.store.product_links import DynamoProductLinks

        return DynamoProductLinks(self._table)

    @cached_property
    def products(self) -> ports.ProductStore:
        from chalicelib.store.products import DynamoProductStore

        return DynamoProductStore(self._table)

    @cached_property
    def shelves(self) -> ports.ShelfStore:
        from chalicelib.store.shelves import DynamoShelfStore

        return DynamoShelfStore(self._table)

    @cached_property
    def catalogue_runs(self) -> ports.CatalogueRuns:
        from chalicelib.store.shelves import DynamoCatalogueRuns

        return DynamoCatalogueRuns(self._table)

    @cached_property
    def order_runs(self) -> ports.OrderRuns:
        from chalicelib.store.shelves import DynamoOrderRuns

        return DynamoOrderRuns(self._table)
