"""Bulk texts and their parts, in the table."""

from collections.abc import Sequence
from typing import Protocol

from msgspec import Struct

from chalicelib.domain.audit import AuditEntry
from chalicelib.domain.bulk import Bulk, Part

from .conversations import Once


class DueBulk(Struct, frozen=True):
    """Where one is."""

    store_id: str
    bulk_id: str


class BulkStore(Protocol):
    """A bulk is seen only when all of its parts are stored."""

    def add(self, bulk: Bulk, parts: Sequence[Part], once: Once, audit: AuditEntry) -> Once | None:
        """The earlier one where it was started before; the parts then written are never read, and expire."""
        ...

    def find(self, store_id: str, bulk_id: str) -> Bulk | None:
        """Strongly consistent."""
        ...

    def of_store(self, store_id: str, limit: int) -> Sequence[Bulk]:
        """The newest first."""
        ...

    def part(self, bulk_id: str, number: int) -> Part | None: ...

    def due(self, now: int, limit: int) -> Sequence[DueBulk]:
        """The longest due first. An index query, which may name what runs no more."""
        ...

    def change(self, bulk: Bulk, was: Bulk, part: Part | None = None, audit: AuditEntry | None = None) -> bool:
        """Together with the part that is settled, and the entry; False where it is not as it was."""
        ...
