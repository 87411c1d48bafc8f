"""Which orders are whose doing. Implements ports.SaleStore."""

from collections.abc import Sequence

import msgspec

from chalicelib.domain.ids import ulid
from chalicelib.domain.messages import Message
from chalicelib.domain.sales import KEPT, Sale
from chalicelib.usecases.ports import Page

from . import codec, keys
from .cursors import cursor as opaque
from .cursors import index_position
from .rows import MessageRow, Row, TheirsRow
from .sale_rows import SaleRow
from .table import Table

_CONVERSATIONS = 10
_MESSAGES = 100


class DynamoSaleStore:
    def __init__(self, table: Table) -> None:
        self._table = table

    def said_to(self, customer_id: str, since: int, until: int) -> Sequence[Message]:
        partition, first = keys.theirs(customer_id, "")
        listed = self._table.query(
            partition, Row.sk.startswith(first), limit=_CONVERSATIONS, newest_first=True, consistent=True
        ).rows
        ours = [row.conversation_id for row in listed if isinstance(row, TheirsRow)]
        return [message for each in ours for message in self._in(each, since, until)]

    def _in(self, conversation_id: str, since: int, until: int) -> list[Message]:
        """Their ids are ULIDs, so that the time is in their keys."""
        oldest, newest = (keys.message(conversation_id, ulid(at, 0)) for at in (since, until + 1))
        rows = self._table.query(
            oldest.pk, Row.sk.between(oldest.sk, newest.sk), limit=_MESSAGES, newest_first=True, consistent=True
        ).rows
        messages = [codec.restored(row, Message) for row in rows if isinstance(row, MessageRow)]
        return [each for each in messages if since <= each.created_at <= until]

    def add(self, sale: Sale) -> None:
        row = SaleRow(*keys.sale(sale.store_id, sale.placed_at, sale.order_id), value=msgspec.to_builtins(sale))
        row.ttl = (sale.placed_at + KEPT) // 1000
        self._table.put_new(row)

    def of_store(self, store_id: str, since: int, until: int, limit: int, cursor: str | None) -> Page[Sale]:
        oldest, newest = keys.at(since), keys.at(until) if cursor is None else index_position(cursor)
        if newest < oldest:
            return Page(())
        span = Row.sk.between(oldest, newest)  # the bounds belong to it: the row of the cursor comes once more
        partition = keys.sale(store_id, 0, "").pk
        found = self._table.query(partition, span, limit=limit + 2, newest_first=True).rows
        rows = [row for row in found if isinstance(row, SaleRow) and row.sk < newest]
        shown = tuple(msgspec.convert(row.value, Sale) for row in rows[:limit])
        return Page(shown, opaque(rows[limit - 1].sk) if len(rows) > limit else None)
