"""ports.NoteStore over plain memory."""

from collections.abc import Sequence

from chalicelib.domain.notes import Note, NoteKind
from chalicelib.usecases.ports import Once

from .table import FakeTable


class FakeNotes:
    def __init__(self, table: FakeTable) -> None:
        self._table = table

    def add(self, note: Note, once: Once) -> Once | None:
        self._table.request()
        if stored := self._table.onces.get((once.scope, once.key)):
            return stored
        self._table.onces[once.scope, once.key] = once
        self._table.notes[note.id] = note
        return None

    def about(self, kind: NoteKind, about: str, store_id: str, limit: int) -> Sequence[Note]:
        self._table.request()
        found = [
            note
            for note in self._table.notes.values()
            if (note.kind, note.about, note.store_id) == (kind, about, store_id)
        ]
        return sorted(found, key=lambda note: note.id, reverse=True)[:limit]

    def find(self, kind: NoteKind, about: str, store_id: str, note_id: str) -> Note | None:
        self._table.request()
        note = self._table.notes.get(note_id)
        place = None if note is None else (note.kind, note.about, note.store_id)
        return note if place == (kind, about, store_id) else None

    def remove(self, note: Note) -> None:
        self._table.request()
        self._table.notes.pop(note.id, None)
