"""ports.SaleStore over plain memory."""

from collections.abc import Sequence

from chalicelib.domain.messages import Message
from chalicelib.domain.sales import Sale
from chalicelib.store.cursors import cursor as opaque
from chalicelib.store.cursors import index_position
from chalicelib.usecases.ports import Page

from .table import FakeTable

_CONVERSATIONS = 10
_MESSAGES = 100


class FakeSales:
    def __init__(self, table: FakeTable) -> None:
        self._table = table

    def said_to(self, customer_id: str, since: int, until: int) -> Sequence[Message]:
        self._table.request()
        theirs = sorted(conversation for owner, conversation in self._table.theirs if owner == customer_id)
        found: list[Message] = []
        for each in theirs[::-1][:_CONVERSATIONS]:
            self._table.request()
            inside = [one for (owner, _), one in sorted(self._table.messages.items()) if owner == each]
            found += [one for one in inside[::-1] if since <= one.created_at <= until][:_MESSAGES]
        return found

    def add(self, sale: Sale) -> None:
        self._table.request()
        self._table.sales.setdefault((sale.store_id, sale.order_id), sale)

    def of_store(self, store_id: str, since: int, until: int, limit: int, cursor: str | None) -> Page[Sale]:
        self._table.request()
        before = f"{until:013d}" if cursor is None else index_position(cursor)
        ours = [each for (store, _), each in self._table.sales.items() if store == store_id]
        placed = {f"{each.placed_at:013d}#{each.order_id}": each for each in ours}
        places = [place for place in sorted(placed, reverse=True) if f"{since:013d}" <= place < before]
        shown = tuple(placed[place] for place in places[:limit])
        return Page(shown, opaque(places[limit - 1]) if len(places) > limit else None)
