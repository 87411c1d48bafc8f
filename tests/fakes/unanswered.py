"""ports.UnansweredStore over plain memory."""

from msgspec.structs import replace

from chalicelib.domain.assignments import Handover
from chalicelib.domain.conversations import Conversation, ConversationState
from chalicelib.domain.unanswered import Unanswered
from chalicelib.store.cursors import cursor as opaque
from chalicelib.store.cursors import index_position
from chalicelib.usecases.ports import Page

from .table import FakeTable, unchanged


class FakeUnanswered:
    def __init__(self, table: FakeTable) -> None:
        self._table = table

    def find(self, conversation_id: str) -> Unanswered | None:
        self._table.request()
        return self._table.unanswered.get(conversation_id)

    def due(self, now: int, limit: int, cursor: str | None) -> Page[str]:
        self._table.request()
        entries = sorted((f"{self._entry(each):013d}#{each.conversation_id}", each) for each in self._all())
        after = "" if cursor is None else index_position(cursor)
        over = [(position, each) for position, each in entries if after < position < f"{now + 1:013d}"]
        named = tuple(each.conversation_id for _, each in over[:limit])
        return Page(named, opaque(over[limit - 1][0]) if len(over) >= limit else None)

    def look_again(self, was: Unanswered, at: int) -> bool:
        self._table.request()
        if not self._as_read(was):
            return False
        self._table.unanswered[was.conversation_id] = replace(was, due_at=at)
        self._table.unanswered_aside.pop(was.conversation_id, None)
        return True

    def forget(self, was: Unanswered) -> bool:
        self._table.request()
        if not self._as_read(was):
            return False
        del self._table.unanswered[was.conversation_id]
        return True

    def put_aside(self, conversation_id: str, until: int) -> None:
        self._table.request()
        if conversation_id in self._table.unanswered:
            self._table.unanswered_aside[conversation_id] = until

    def give_back(self, before: Conversation, handover: Handover, was: Unanswered, since: int) -> bool:
        self._table.request()
        if {before.id, handover.conversation_id} != {was.conversation_id}:
            raise ValueError("all of one conversation")
        stored = self._table.conversations.get(before.id)
        same = unchanged(stored, before, ("merchant_id", "last_message_id", "assignee_id"))
        if stored is None or not same or stored.state is not ConversationState.OPEN or not self._as_read(was):
            return False
        self._table.put_conversation(replace(stored, assignee_id=None, handed_over=True, waiting_since=since))
        self._table.handovers.append(handover)
        del self._table.unanswered[was.conversation_id]
        return True

    def _all(self) -> list[Unanswered]:
        return list(self._table.unanswered.values())

    def _as_read(self, was: Unanswered) -> bool:
        stored = self._table.unanswered.get(was.conversation_id)
        return unchanged(stored, was, ("last_message_id", "merchant_id"))

    def _entry(self, each: Unanswered) -> int:
        return self._table.unanswered_aside.get(each.conversation_id, each.due_at)
