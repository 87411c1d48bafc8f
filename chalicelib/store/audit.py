"""The audit log of a store. Implements ports.AuditLog. Nothing here updates or deletes."""

from chalicelib.domain.audit import AuditEntry
from chalicelib.usecases.ports import Page

from . import codec, keys
from .cursors import cursor as opaque
from .cursors import message_position
from .rows import AuditRow, Row
from .table import Table
from .transaction import Transaction


def add_audit(transaction: Transaction, entry: AuditEntry | None) -> None:
    """The entry becomes true with the act, or neither does."""
    if entry is not None:
        transaction.put("audit", codec.audit_row(entry))


class DynamoAuditLog:
    def __init__(self, table: Table) -> None:
        self._table = table

    def record(self, entry: AuditEntry) -> None:
        """One that is there already under this id is this one, whose answer got lost."""
        self._table.put_new(codec.audit_row(entry))

    def find(self, store_id: str, entry_id: str) -> AuditEntry | None:
        row = self._table.get(keys.audit(store_id, entry_id))
        return codec.restored(row, AuditEntry) if isinstance(row, AuditRow) else None

    def entries(self, store_id: str, limit: int, cursor: str | None) -> Page[AuditEntry]:
        partition, before = keys.audit(store_id, "").pk, None
        if cursor is not None:
            before = Row.sk < keys.audit(store_id, message_position(cursor)).sk
        rows = self._table.query(partition, before, limit=limit + 1, newest_first=True).rows
        found = tuple(codec.restored(row, AuditEntry) for row in rows[:limit] if isinstance(row, AuditRow))
        return Page(found, opaque(found[-1].id) if len(rows) > limit else None)
