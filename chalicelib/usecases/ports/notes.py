"""Notes and remarks of colleagues."""

from collections.abc import Sequence
from typing import Protocol

from chalicelib.domain.notes import Note, NoteKind

from .conversations import Once


class NoteStore(Protocol):
    """Reads are strongly consistent."""

    def add(self, note: Note, once: Once) -> Once | None:
        """Stores it, once per request; what the same request was stored as before, if it was."""
        ...

    def about(self, kind: NoteKind, about: str, store_id: str, limit: int) -> Sequence[Note]:
        """The newest first."""
        ...

    def find(self, kind: NoteKind, about: str, store_id: str, note_id: str) -> Note | None: ...

    def remove(self, note: Note) -> None:
        """It is gone then, whoever took it away."""
        ...
