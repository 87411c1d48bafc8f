"""ports.UnreadReplyStore over plain memory."""

from chalicelib.domain.unread_replies import UnreadReply
from chalicelib.store.cursors import cursor as opaque
from chalicelib.store.cursors import index_position
from chalicelib.usecases.ports import Page

from .table import FakeTable


class FakeUnreadReplies:
    def __init__(self, table: FakeTable) -> None:
        self._table = table

    def find(self, conversation_id: str) -> UnreadReply | None:
        self._table.request()
        return self._table.unread_replies.get(conversation_id)

    def due(self, now: int, limit: int, cursor: str | None) -> Page[str]:
        self._table.request()
        waiting, aside = self._table.unread_replies, self._table.unread_aside
        entries = sorted(f"{aside.get(key, each.due_at):013d}#{key}" for key, each in waiting.items())
        after = "" if cursor is None else index_position(cursor)
        over = [position for position in entries if after < position < f"{now + 1:013d}"]
        named = tuple(position.partition("#")[2] for position in over[:limit])
        return Page(named, opaque(over[limit - 1]) if len(over) >= limit else None)

    def put_aside(self, conversation_id: str, until: int) -> None:
        self._table.request()
        if conversation_id in self._table.unread_replies:
            self._table.unread_aside[conversation_id] = until

    def forget(self, was: UnreadReply) -> bool:
        self._table.request()
        if not self._table.still_unread(was):
            return False
        del self._table.unread_replies[was.conversation_id]
        return True
