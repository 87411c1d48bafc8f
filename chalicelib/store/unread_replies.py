"""Answers that customers may not have read. Implements ports.UnreadReplyStore.

Each stands in a partition of its own, so that no page of a thread meets it, and in the index under the time to look.
"""

from pynamodb.expressions.condition import Condition
from pynamodb.expressions.update import Action

from chalicelib.domain.unread_replies import UnreadReply
from chalicelib.usecases.ports import Page

from . import codec, keys
from .cursors import cursor as opaque
from .cursors import index_position
from .keys import BY_STORE
from .reply_rows import UnreadReplyRow
from .rows import Row
from .table import Table
from .transaction import Transaction


class DynamoUnreadReplies:
    def __init__(self, table: Table) -> None:
        self._table = table

    def find(self, conversation_id: str) -> UnreadReply | None:
        row = self._table.get(keys.unread_reply(conversation_id))
        return codec.restored(row, UnreadReply) if isinstance(row, UnreadReplyRow) else None

    def due(self, now: int, limit: int, cursor: str | None) -> Page[str]:
        after = "" if cursor is None else index_position(cursor)
        row = UnreadReplyRow
        span = row.g1s.between(after + "!", keys.at(now + 1)) if after else row.g1s < keys.at(now + 1)
        found = self._table.query(keys.unread_replies(), span, index=BY_STORE, limit=limit)
        named = tuple(keys.decode(row.pk.partition("#")[2]) for row in found.rows)
        return Page(named, opaque(found.rows[-1].g1s) if found.more else None)

    def put_aside(self, conversation_id: str, until: int) -> None:
        later = [UnreadReplyRow.g1s.set(keys.at(until, conversation_id))]
        self._table.update(keys.unread_reply(conversation_id), later, Row.pk.exists())

    def forget(self, was: UnreadReply) -> bool:
        """A transaction for its token, as with held texts."""
        transaction = Transaction(self._table)
        remove_unread_reply(transaction, was)
        return not transaction.commit()


def add_unread_reply(transaction: Transaction, item: UnreadReply | None) -> None:
    """To the transaction of the answer. One that waits already keeps its time: the mail has all of them."""
    if item is None:
        return
    row = UnreadReplyRow
    actions: list[Action] = [
        Row.type.set(UnreadReplyRow),
        row.conversation_id.set(item.conversation_id),
        row.merchant_id.set(item.merchant_id),
        row.store_id.set(item.store_id),
        row.last_message_id.set(item.last_message_id),
        row.due_at.set(row.due_at | item.due_at),
        row.g1p.set(keys.unread_replies()),
        row.g1s.set(row.g1s | keys.at(item.due_at, item.conversation_id)),
    ]
    own: Condition = row.pk.does_not_exist() | (row.merchant_id == item.merchant_id)
    transaction.update("unread_reply", keys.unread_reply(item.conversation_id), actions, own)


def remove_unread_reply(transaction: Transaction, was: UnreadReply) -> None:
    row = UnreadReplyRow
    as_read: Condition = (row.last_message_id == was.last_message_id) & (row.merchant_id == was.merchant_id)
    transaction.delete("unread_reply", keys.unread_reply(was.conversation_id), as_read)
