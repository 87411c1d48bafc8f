"""ports.ProductLinkStore over plain memory."""

from msgspec.structs import replace

from chalicelib.domain.product_links import ProductLink
from chalicelib.store.cursors import cursor as opaque
from chalicelib.store.cursors import index_position
from chalicelib.usecases.ports import Page

from .table import FakeTable


class FakeProductLinks:
    def __init__(self, table: FakeTable) -> None:
        self._table = table

    def add(self, link: ProductLink) -> None:
        self._table.request()
        self._table.product_links.setdefault(link.id, link)

    def find(self, code: str) -> ProductLink | None:
        self._table.request()
        return self._table.product_links.get(code)

    def click(self, code: str, at: int) -> None:
        self._table.request()
        if (link := self._table.product_links.get(code)) is not None:
            self._table.product_links[code] = replace(link, clicks=link.clicks + 1, clicked_at=at)

    def of_store(self, store_id: str, since: int, until: int, limit: int, cursor: str | None) -> Page[ProductLink]:
        self._table.request()
        before = f"{until:013d}" if cursor is None else index_position(cursor)
        made = {f"{one.created_at:013d}#{one.id}": one for one in self._table.product_links.values()}
        ours = sorted((place for place, one in made.items() if one.store_id == store_id), reverse=True)
        places = [place for place in ours if f"{since:013d}" <= place < before]
        shown = tuple(made[place] for place in places[:limit])
        return Page(shown, opaque(places[limit - 1]) if len(places) > limit else None)
