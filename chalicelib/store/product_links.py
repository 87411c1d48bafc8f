"""Links to products, by their codes and by store. Implements ports.ProductLinkStore."""

import msgspec

from chalicelib.domain.product_links import KEPT, ProductLink
from chalicelib.usecases.ports import Page

from . import keys
from .cursors import cursor as opaque
from .cursors import index_position
from .keys import BY_STORE, Key
from .product_link_rows import ProductLinkRow
from .table import Table

_COUNTED = ("clicks", "clicked_at")


class DynamoProductLinks:
    def __init__(self, table: Table) -> None:
        self._table = table

    def add(self, link: ProductLink) -> None:
        known = {name: value for name, value in msgspec.to_builtins(link).items() if name not in _COUNTED}
        row = ProductLinkRow(*keys.product_link(link.id), value=known)
        row.g1p, row.g1s = keys.product_links_of_store(link.store_id), keys.at(link.created_at, link.id)
        row.ttl = (link.created_at + KEPT) // 1000
        self._table.put_new(row)

    def find(self, code: str) -> ProductLink | None:
        row = self._table.get(keys.product_link(code))
        return _link(row) if isinstance(row, ProductLinkRow) else None

    def click(self, code: str, at: int) -> None:
        row = ProductLinkRow
        self._table.update(keys.product_link(code), [row.clicks.add(1), row.clicked_at.set(at)], row.pk.exists())

    def of_store(self, store_id: str, since: int, until: int, limit: int, cursor: str | None) -> Page[ProductLink]:
        oldest, newest = keys.at(since), keys.at(until) if cursor is None else index_position(cursor)
        if newest < oldest:
            return Page(())
        span = ProductLinkRow.g1s.between(oldest, newest)
        partition = keys.product_links_of_store(store_id)
        found = self._table.query(partition, span, index=BY_STORE, limit=limit + 2, newest_first=True).rows
        if not found:
            return Page(())
        places = [(str(row.g1s), Key(row.pk, row.sk)) for row in found if str(row.g1s) < newest]
        rows = self._table.get_many([key for _, key in places[:limit]])
        shown = tuple(_link(row) for _, key in places[:limit] if isinstance(row := rows.get(key), ProductLinkRow))
        return Page(shown, opaque(places[limit - 1][0]) if len(places) > limit else None)


def _link(row: ProductLinkRow) -> ProductLink:
    counted = {"clicks": row.clicks or 0, "clicked_at": row.clicked_at}
    return msgspec.convert({**row.value, **counted}, ProductLink)
