"""Notes of colleagues, by what they are about and in which store. Implements ports.NoteStore."""

from collections.abc import Sequence

from chalicelib.domain.notes import Note, NoteKind
from chalicelib.usecases.ports import Once

from . import codec, keys
from .appending import ONCE, ONCE_DAYS
from .keys import Key
from .note_rows import NoteRow
from .rows import OnceRow, Row
from .table import Table
from .transaction import Transaction


class DynamoNoteStore:
    def __init__(self, table: Table) -> None:
        self._table = table

    def add(self, note: Note, once: Once) -> Once | None:
        transaction = Transaction(self._table)
        transaction.put(ONCE, codec.once_row(once, note.created_at, ONCE_DAYS))
        transaction.put("note", NoteRow(*_place(note), **codec.values(note)))
        row = transaction.commit().get(ONCE)
        return codec.once(row) if isinstance(row, OnceRow) else None

    def about(self, kind: NoteKind, about: str, store_id: str, limit: int) -> Sequence[Note]:
        partition, first = keys.note(kind, about, store_id, "")
        written = Row.sk.startswith(first)
        rows = self._table.query(partition, written, limit=limit, newest_first=True, consistent=True).rows
        return [found for row in rows if (found := _note(row)) is not None]

    def find(self, kind: NoteKind, about: str, store_id: str, note_id: str) -> Note | None:
        return _note(self._table.get(keys.note(kind, about, store_id, note_id)))

    def remove(self, note: Note) -> None:
        transaction = Transaction(self._table)
        transaction.delete("note", _place(note), NoteRow.author_id == note.author_id)
        transaction.commit()


def _place(note: Note) -> Key:
    return keys.note(note.kind, note.about, note.store_id, note.id)


def _note(row: Row | None) -> Note | None:
    return codec.restored(row, Note) if isinstance(row, NoteRow) else None
