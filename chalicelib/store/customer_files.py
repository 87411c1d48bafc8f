"""Reads what is kept of a customer, for their file (X13). Implements ports.CustomerFiles. Nothing here writes."""

from collections.abc import Iterator, Sequence

from chalicelib.domain.carts import Cart
from chalicelib.domain.held import Held
from chalicelib.domain.invites import Invite
from chalicelib.domain.messages import Message
from chalicelib.domain.notes import Note, NoteKind
from chalicelib.domain.orders import Order
from chalicelib.domain.reminders import Reminder
from chalicelib.usecases.ports import Inside, Notes

from . import codec, keys
from .cart_rows import CartRow
from .keys import BY_CUSTOMER, META, Key
from .note_rows import NoteRow
from .rows import HeldRow, InviteRow, MessageRow, OrderRow, ReminderRow, Row, TheirsRow
from .table import BATCH_READ, Raw, Table

_LAST = "}"
"""Just before META: `between` takes its bounds along."""


class DynamoCustomerFiles:
    def __init__(self, table: Table) -> None:
        self._table = table

    def counts(self, customer_ids: Sequence[str]) -> tuple[int, int]:
        conversations = orders = 0
        for each in customer_ids:
            partition, first = keys.theirs(each, "")
            conversations += sum(1 for _ in self._table.pages(partition, Row.sk.startswith(first), consistent=True))
            orders += sum(1 for _ in self._table.index_pages(keys.orders_of_customer(each), BY_CUSTOMER))
        return conversations, orders

    def next_conversation(self, customer_id: str, after: str) -> str | None:
        partition, last = keys.theirs(customer_id, after)
        rows = self._table.query(partition, Row.sk.between(f"{last}!", "C#~"), limit=1, consistent=True).rows
        return next((row.conversation_id for row in rows if isinstance(row, TheirsRow)), None)

    def inside(self, conversation_id: str, after: str, limit: int) -> Inside:
        rest = Row.sk.between(f"{after}!", _LAST) if after else Row.sk < META
        found = self._table.query(keys.conversation(conversation_id).pk, rest, limit=limit, consistent=True)
        rows = found.rows
        return Inside(
            messages=tuple(codec.restored(row, Message) for row in rows if isinstance(row, MessageRow)),
            held=tuple(codec.restored(row, Held) for row in rows if isinstance(row, HeldRow)),
            carts=tuple(codec.setup_value(row, Cart) for row in rows if isinstance(row, CartRow)),
            after=rows[-1].sk if found.more and rows else None,
        )

    def next_order(self, customer_id: str, after: str) -> tuple[str, Order | None] | None:
        partition = keys.orders_of_customer(customer_id)
        behind = Row.g2s > after if after else None
        rows = self._table.query(partition, behind, index=BY_CUSTOMER, limit=1).rows
        if not rows:
            return None
        stored = self._table.get(Key(rows[0].pk, rows[0].sk))
        theirs = isinstance(stored, OrderRow) and stored.customer_id == customer_id
        return rows[0].g2s, codec.restored(stored, Order) if stored is not None and theirs else None

    def notes(self, kind: NoteKind, about: str, after: str, limit: int) -> Notes:
        partition = keys.note(kind, about, "", "").pk
        behind = Row.sk > after if after else None
        found = self._table.query(partition, behind, limit=limit, consistent=True)
        rows = tuple(codec.restored(row, Note) for row in found.rows if isinstance(row, NoteRow))
        return Notes(rows, found.rows[-1].sk if found.more and found.rows else None)

    def reminders(self, associate_id: str) -> Sequence[Reminder]:
        partitions = (keys.reminder(associate_id, "").pk, keys.ended_reminder(associate_id, "").pk)
        rows = (Row.from_raw_data(raw) for each in partitions for raw in self._table.pages(each, consistent=True))
        return [codec.restored(row, Reminder) for row in rows if isinstance(row, ReminderRow)]

    def invites(self, associate_id: str) -> Sequence[Invite]:
        listed = [_key(raw) for raw in self._table.index_pages(keys.invites_of_associate(associate_id), BY_CUSTOMER)]
        return [codec.setup_value(row, Invite) for row in self._rows(listed) if isinstance(row, InviteRow)]

    def _rows(self, wanted: Sequence[Key]) -> Iterator[Row]:
        for start in range(0, len(wanted), BATCH_READ):
            yield from self._table.get_many(wanted[start : start + BATCH_READ]).values()


def _key(raw: Raw) -> Key:
    return Key(raw["pk"]["S"], raw["sk"]["S"])
