"""Customers who wait for an answer. Implements ports.UnansweredStore.

Each stands in a partition of its own, so that no page of a thread meets it, and in the index under the time to look.
"""

from pynamodb.expressions.condition import Condition
from pynamodb.expressions.update import Action

from chalicelib.domain.assignments import Handover
from chalicelib.domain.conversations import Conversation, ConversationState
from chalicelib.domain.unanswered import Unanswered
from chalicelib.usecases.ports import Page

from . import codec, keys
from .cursors import cursor as opaque
from .cursors import index_position
from .keys import BY_STORE
from .rows import ConversationRow, Row, UnansweredRow
from .table import Table
from .transaction import Transaction


class DynamoUnansweredStore:
    def __init__(self, table: Table) -> None:
        self._table = table

    def find(self, conversation_id: str) -> Unanswered | None:
        return _unanswered(self._table.get(keys.unanswered(conversation_id)))

    def due(self, now: int, limit: int, cursor: str | None) -> Page[str]:
        after = "" if cursor is None else index_position(cursor)
        row = UnansweredRow
        span = row.g1s.between(after + "!", keys.at(now + 1)) if after else row.g1s < keys.at(now + 1)
        found = self._table.query(keys.all_unanswered(), span, index=BY_STORE, limit=limit)
        named = tuple(keys.decode(row.pk.partition("#")[2]) for row in found.rows)
        return Page(named, opaque(found.rows[-1].g1s) if found.more else None)

    def look_again(self, was: Unanswered, at: int) -> bool:
        row = UnansweredRow
        later = [row.due_at.set(at), row.g1s.set(keys.at(at, was.conversation_id))]
        refused = self._table.update(keys.unanswered(was.conversation_id), later, _as_read(was))
        return refused is None

    def forget(self, was: Unanswered) -> bool:
        """A transaction for its token, as with held texts."""
        transaction = Transaction(self._table)
        transaction.delete("unanswered", keys.unanswered(was.conversation_id), _as_read(was))
        return not transaction.commit()

    def put_aside(self, conversation_id: str, until: int) -> None:
        later = [UnansweredRow.g1s.set(keys.at(until, conversation_id))]
        self._table.update(keys.unanswered(conversation_id), later, Row.pk.exists())

    def give_back(self, before: Conversation, handover: Handover, was: Unanswered, since: int) -> bool:
        if {before.id, handover.conversation_id} != {was.conversation_id}:
            raise ValueError("all of one conversation")
        row, transaction = ConversationRow, Transaction(self._table)
        actions = [row.assignee_id.remove(), row.handed_over.set(True), row.requested_at.set(codec.waiting_mark(since))]
        transaction.update("conversation", keys.conversation(before.id), actions, _nothing_said(before))
        transaction.put("handover", codec.handover_row(handover))
        transaction.delete("unanswered", keys.unanswered(was.conversation_id), _as_read(was))
        return not transaction.commit()


def add_unanswered(transaction: Transaction, item: Unanswered | None, written_at: int) -> None:
    """To the transaction of the text. Who waits already goes on waiting, unless it is to be looked at right now."""
    if item is None:
        return
    row, sort = UnansweredRow, keys.at(item.due_at, item.conversation_id)
    first = item.due_at > written_at
    actions: list[Action] = [
        Row.type.set(UnansweredRow),
        row.conversation_id.set(item.conversation_id),
        row.merchant_id.set(item.merchant_id),
        row.store_id.set(item.store_id),
        row.last_message_id.set(item.last_message_id),
        row.due_at.set((row.due_at | item.due_at) if first else item.due_at),
        row.g1p.set(keys.all_unanswered()),
        row.g1s.set((row.g1s | sort) if first else sort),
    ]
    own: Condition = row.pk.does_not_exist() | (row.merchant_id == item.merchant_id)
    transaction.update("unanswered", keys.unanswered(item.conversation_id), actions, own)


def _unanswered(row: Row | None) -> Unanswered | None:
    return codec.restored(row, Unanswered) if isinstance(row, UnansweredRow) else None


def _as_read(was: Unanswered) -> Condition:
    row = UnansweredRow
    condition: Condition = (row.last_message_id == was.last_message_id) & (row.merchant_id == was.merchant_id)
    return condition


def _nothing_said(before: Conversation) -> Condition:
    row = ConversationRow
    condition: Condition = (row.merchant_id == before.merchant_id) & (row.state == ConversationState.OPEN.value)
    condition &= row.last_message_id == before.last_message_id
    condition &= row.assignee_id == before.assignee_id
    return condition
