"""What associates have at hand, and how far shops are read.

Implements ports.ShelfStore, ports.CatalogueRuns, ports.OrderRuns.
"""

from collections.abc import Sequence
from typing import TypeVar

from msgspec import Struct

from chalicelib.domain.catalogue import CatalogueRun
from chalicelib.domain.order_runs import OrderRun
from chalicelib.domain.shelves import Shelf

from . import codec, keys
from .conditions import absent
from .keys import Key
from .rows import RevisedRow, Row
from .table import Table
from .transaction import Transaction

T = TypeVar("T", bound=Struct)


class DynamoShelfStore:
    def __init__(self, table: Table) -> None:
        self._table = table

    def find(self, associate_id: str) -> Shelf | None:
        row = self._table.get(keys.shelf(associate_id))
        return codec.setup_value(row, Shelf) if isinstance(row, RevisedRow) else None

    def change(self, shelf: Shelf, was: Shelf | None) -> bool:
        return _change(
            self._table, keys.shelf(shelf.associate_id), shelf, shelf.revision, None if was is None else was.revision
        )


class DynamoCatalogueRuns:
    def __init__(self, table: Table) -> None:
        self._table = table

    def all(self) -> Sequence[CatalogueRun]:
        return _all(self._table, keys.catalogue_run(""), CatalogueRun)

    def change(self, run: CatalogueRun, was: CatalogueRun | None) -> bool:
        return _change(
            self._table, keys.catalogue_run(run.connection_id), run, run.revision, None if was is None else was.revision
        )


class DynamoOrderRuns:
    def __init__(self, table: Table) -> None:
        self._table = table

    def all(self) -> Sequence[OrderRun]:
        return _all(self._table, keys.order_run(""), OrderRun)

    def change(self, run: OrderRun, was: OrderRun | None) -> bool:
        return _change(
            self._table, keys.order_run(run.connection_id), run, run.revision, None if was is None else was.revision
        )


def _all(table: Table, first: Key, kind: type[T]) -> Sequence[T]:
    raws = table.pages(first.pk, consistent=True)
    rows = [row for raw in raws if isinstance(row := Row.from_raw_data(raw), RevisedRow)]
    return [codec.setup_value(row, kind) for row in rows]


def _change(table: Table, key: Key, item: Struct, revision: int, was: int | None) -> bool:
    """A transaction for its token: after a lost answer, what is there could as well be ours."""
    transaction = Transaction(table)
    row = RevisedRow(*key, value=codec.values(item), revision=revision)
    transaction.put("item", row, absent() if was is None else RevisedRow.revision == was)
    return not transaction.commit()
