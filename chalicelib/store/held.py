"""Texts that wait for their time. Implements ports.HeldStore.

They stand in the partition of their conversation, behind its messages, and in the index under the time they wait for.
"""

from collections.abc import Sequence

from pynamodb.expressions.condition import Condition

from chalicelib.domain.conversations import LIFETIME, Conversation, ConversationState
from chalicelib.domain.held import Held
from chalicelib.usecases.ports import Appended, Conflict, DueHeld, Duplicate, Once, Page

from . import codec, keys
from .appending import ONCE_DAYS
from .conditions import held_unchanged
from .cursors import cursor as opaque
from .cursors import index_position
from .keys import BY_STORE
from .rows import ConversationRow, HeldRow, OnceRow, Row
from .table import Table
from .transaction import Transaction

_ONCE, _HELD, _CONVERSATION = "once", "held", "conversation"


class DynamoHeldStore:
    def __init__(self, table: Table) -> None:
        self._table = table

    def hold(self, held: Held, once: Once, now: int) -> Appended | Duplicate | Conflict:
        transaction = Transaction(self._table)
        transaction.put(_ONCE, codec.once_row(once, now, ONCE_DAYS))
        transaction.put(_HELD, codec.held_row(held))
        transaction.check(_CONVERSATION, keys.conversation(held.conversation_id), _takes(held, now))
        if not transaction.commit():
            return Appended()
        once_key, conversation_key = keys.once(once.scope, once.key), keys.conversation(held.conversation_id)
        found = self._table.get_many([once_key, conversation_key])
        if isinstance(row := found.get(once_key), OnceRow):
            return Duplicate(codec.once(row))
        row = found.get(conversation_key)
        known = isinstance(row, ConversationRow) and row.merchant_id == held.merchant_id
        return Conflict(codec.restored(row, Conversation) if row and known else None)

    def find(self, conversation_id: str, held_id: str) -> Held | None:
        return _held(self._table.get(keys.held(conversation_id, held_id)))

    def of_conversation(self, conversation_id: str, limit: int) -> Sequence[Held]:
        return of_conversation(self._table, conversation_id, limit, consistent=True)

    def change(self, held: Held, was: Held) -> bool:
        row = HeldRow
        actions = [
            row.body.set(held.body),
            row.release_at.set(held.release_at),
            row.reason.set(held.reason.value),
            row.revision.set(held.revision),
            row.g1s.set(keys.at(held.release_at, held.id)),
        ]
        refused = self._table.update(keys.held(was.conversation_id, was.id), actions, held_unchanged(was))
        return refused is None or _held(refused.row) == held

    def cancel(self, was: Held) -> bool:
        """A transaction for its token: after a lost answer, a text that is gone could as well have gone out."""
        transaction = Transaction(self._table)
        transaction.delete(_HELD, keys.held(was.conversation_id, was.id), held_unchanged(was))
        return not transaction.commit()

    def due(self, now: int, limit: int, cursor: str | None) -> Page[DueHeld]:
        after = "" if cursor is None else index_position(cursor)
        span = HeldRow.g1s.between(after + "!", keys.at(now + 1)) if after else HeldRow.g1s < keys.at(now + 1)
        found = self._table.query(keys.held_texts(), span, index=BY_STORE, limit=limit)
        named = tuple(DueHeld(_name(row.pk), _name(row.sk)) for row in found.rows)
        return Page(named, opaque(found.rows[-1].g1s) if found.more else None)

    def put_aside(self, due: DueHeld, until: int) -> None:
        later = [HeldRow.g1s.set(keys.at(until, due.held_id))]
        self._table.update(keys.held(due.conversation_id, due.held_id), later, Row.pk.exists())


def of_conversation(table: Table, conversation_id: str, limit: int, *, consistent: bool) -> list[Held]:
    partition, first = keys.held(conversation_id, "")
    return held_in(table.query(partition, Row.sk.startswith(first), limit=limit, consistent=consistent).rows)


def held_in(rows: list[Row]) -> list[Held]:
    return [held for row in rows if (held := _held(row)) is not None]


def _name(key: str) -> str:
    """The id in a key."""
    return keys.decode(key.partition("#")[2])


def _held(row: Row | None) -> Held | None:
    return codec.restored(row, Held) if isinstance(row, HeldRow) else None


def _takes(held: Held, now: int) -> Condition:
    """The conversation is this store's, and open."""
    row = ConversationRow
    condition: Condition = (row.merchant_id == held.merchant_id) & (row.store_id == held.store_id)
    condition &= (row.state == ConversationState.OPEN.value) & (row.last_activity_at > now - LIFETIME)
    return condition
