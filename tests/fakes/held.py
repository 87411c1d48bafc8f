"""ports.HeldStore over plain memory."""

from collections.abc import Sequence

from chalicelib.domain.held import Held
from chalicelib.store.cursors import cursor as opaque
from chalicelib.store.cursors import index_position
from chalicelib.usecases.ports import Appended, Conflict, DueHeld, Duplicate, Once, Page

from .table import FakeTable


class FakeHeld:
    def __init__(self, table: FakeTable) -> None:
        self._table = table

    def hold(self, held: Held, once: Once, now: int) -> Appended | Duplicate | Conflict:
        self._table.request()
        if stored := self._table.onces.get((once.scope, once.key)):
            return Duplicate(stored)
        found = self._table.conversations.get(held.conversation_id)
        if found is None or found.merchant_id != held.merchant_id:
            return Conflict(None)
        if not found.is_open(now) or found.store_id != held.store_id:
            return Conflict(found)
        self._table.onces[once.scope, once.key] = once
        self._table.held[held.conversation_id, held.id] = held
        return Appended()

    def find(self, conversation_id: str, held_id: str) -> Held | None:
        self._table.request()
        return self._table.held.get((conversation_id, held_id))

    def of_conversation(self, conversation_id: str, limit: int) -> Sequence[Held]:
        self._table.request()
        return sorted(self._table.held_in(conversation_id), key=lambda held: held.id)[:limit]

    def change(self, held: Held, was: Held) -> bool:
        self._table.request()
        key = (was.conversation_id, was.id)
        if self._table.still_held(was):
            self._table.held[key] = held
            self._table.aside.pop(key, None)
        return self._table.held.get(key) == held

    def cancel(self, was: Held) -> bool:
        self._table.request()
        if not self._table.still_held(was):
            return False
        del self._table.held[was.conversation_id, was.id]
        return True

    def due(self, now: int, limit: int, cursor: str | None) -> Page[DueHeld]:
        self._table.request()
        entries = sorted((f"{self._entry(held):013d}#{held.id}", held) for held in self._table.held.values())
        after = "" if cursor is None else index_position(cursor)
        over = [(position, held) for position, held in entries if after < position < f"{now + 1:013d}"]
        named = tuple(DueHeld(held.conversation_id, held.id) for _, held in over[:limit])
        return Page(named, opaque(over[limit - 1][0]) if len(over) >= limit else None)

    def put_aside(self, due: DueHeld, until: int) -> None:
        self._table.request()
        key = (due.conversation_id, due.held_id)
        if key in self._table.held:
            self._table.aside[key] = until

    def _entry(self, held: Held) -> int:
        return self._table.aside.get((held.conversation_id, held.id), held.release_at)
