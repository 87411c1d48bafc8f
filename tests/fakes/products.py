"""The catalogue over plain memory: products with what they are found by, shelves, runs."""

from collections.abc import Sequence

from chalicelib.domain.catalogue import CatalogueRun
from chalicelib.domain.order_runs import OrderRun
from chalicelib.domain.products import Product, folded
from chalicelib.domain.shelves import Shelf
from chalicelib.store.cursors import cursor as opaque
from chalicelib.store.cursors import title_position
from chalicelib.store.keys import by_title, encode
from chalicelib.usecases.ports import Page, WordEntry

from .table import FakeTable


class FakeProducts:
    def __init__(self, table: FakeTable) -> None:
        self._table = table

    def find(self, product_id: str) -> Product | None:
        self._table.request()
        return self._table.products.get(product_id)

    def find_several(self, product_ids: Sequence[str]) -> dict[str, Product]:
        if not product_ids:
            return {}
        self._table.request()
        assert len(product_ids) <= 100
        return {each: self._table.products[each] for each in product_ids if each in self._table.products}

    def write(self, product: Product, was: Product | None) -> bool:
        self._table.request()
        if was is not None and (was.id, was.merchant_id) != (product.id, product.merchant_id):
            raise ValueError("a product stays what it is, and whose it is")
        if self._table.products.get(product.id) != was:
            return False
        self._table.products[product.id] = product
        return True

    def by_word(self, merchant_id: str, start: str, limit: int, cursor: str | None) -> Page[WordEntry]:
        self._table.request()
        rows = sorted(
            (f"{encode(word)}#{each.id}", each)
            for each in self._table.products.values()
            for word in each.words
            if each.merchant_id == merchant_id and word.startswith(start)
        )
        if cursor is not None:
            position = title_position(cursor)
            rows = [row for row in rows if row[0] > position]
        shown = rows[:limit]
        entries = tuple(WordEntry(each.id, each.words) for _, each in shown)
        return Page(entries, opaque(shown[-1][0]) if len(rows) >= limit else None)

    def by_code(self, merchant_id: str, code_key: str, limit: int) -> Sequence[str]:
        self._table.request()
        own = [each for each in self._table.products.values() if each.merchant_id == merchant_id]
        return sorted(each.id for each in own if code_key in each.code_keys)[:limit]

    def listed(self, merchant_id: str, limit: int, cursor: str | None) -> Page[str]:
        self._table.request()
        own = [each for each in self._table.products.values() if each.merchant_id == merchant_id and each.is_listed]
        rows = sorted((by_title(folded(each.title), each.id), each.id) for each in own)
        if cursor is not None:
            position = title_position(cursor)
            rows = [row for row in rows if row[0] > position]
        shown = rows[:limit]
        return Page(tuple(each for _, each in shown), opaque(shown[-1][0]) if len(rows) >= limit and shown else None)


class FakeShelves:
    def __init__(self, table: FakeTable) -> None:
        self._table = table

    def find(self, associate_id: str) -> Shelf | None:
        self._table.request()
        return self._table.shelves.get(associate_id)

    def change(self, shelf: Shelf, was: Shelf | None) -> bool:
        self._table.request()
        known = self._table.shelves.get(shelf.associate_id)
        if (known and known.revision) != (was and was.revision):
            return False
        self._table.shelves[shelf.associate_id] = shelf
        return True


class FakeCatalogueRuns:
    def __init__(self, table: FakeTable) -> None:
        self._table = table

    def all(self) -> Sequence[CatalogueRun]:
        self._table.request()
        return [run for _, run in sorted(self._table.catalogue_runs.items())]

    def change(self, run: CatalogueRun, was: CatalogueRun | None) -> bool:
        self._table.request()
        known = self._table.catalogue_runs.get(run.connection_id)
        if (known and known.revision) != (was and was.revision):
            return False
        self._table.catalogue_runs[run.connection_id] = run
        return True


class FakeOrderRuns:
    def __init__(self, table: FakeTable) -> None:
        self._table = table

    def all(self) -> Sequence[OrderRun]:
        self._table.request()
        return [run for _, run in sorted(self._table.order_runs.items())]

    def change(self, run: OrderRun, was: OrderRun | None) -> bool:
        self._table.request()
        known = self._table.order_runs.get(run.connection_id)
        if (known and known.revision) != (was and was.revision):
            return False
        self._table.order_runs[run.connection_id] = run
        return True
