"""Erasures that were asked for, and how far each is. Implements ports.ErasureStore."""

from collections.abc import Sequence

from pynamodb.expressions.condition import Condition

from chalicelib.domain.audit import AuditEntry
from chalicelib.domain.erasures import KEPT, Erasure
from chalicelib.domain.errors import Unavailable

from . import codec, keys
from .audit import add_audit
from .conditions import absent
from .keys import BY_STORE, Key
from .rows import ErasureRow, Row
from .table import Table
from .transaction import Transaction


class DynamoErasureStore:
    def __init__(self, table: Table) -> None:
        self._table = table

    def begin(self, erasure: Erasure, audit: AuditEntry | None) -> Erasure:
        transaction = Transaction(self._table)
        transaction.put("erasure", _row(erasure), absent())
        add_audit(transaction, audit)
        if not transaction.commit():
            return erasure
        found = _erasure(self._table.get(_key(erasure)))
        if found is None or found.runs:
            return found or erasure
        return self._again(erasure.again(found), found, audit)

    def _again(self, erasure: Erasure, was: Erasure, audit: AuditEntry | None) -> Erasure:
        transaction = Transaction(self._table)
        same: Condition = ErasureRow.revision == was.revision
        transaction.put("erasure", _row(erasure), same)
        add_audit(transaction, audit)
        if transaction.commit():
            raise Unavailable
        return erasure

    def of_store(self, store_id: str, limit: int) -> Sequence[Erasure]:
        rows = self._table.query(keys.erasure(store_id, "").pk, limit=limit, newest_first=True, consistent=True).rows
        return [found for row in rows if (found := _erasure(row)) is not None]

    def under_way(self, now: int, limit: int) -> Sequence[Erasure]:
        due = Row.g1s < keys.at(now + 1)
        listed = self._table.query(keys.erasures_under_way(), due, index=BY_STORE, limit=limit).rows
        if not listed:
            return []
        rows = self._table.get_many([Key(row.pk, row.sk) for row in listed])
        found = [each for row in rows.values() if (each := _erasure(row)) is not None and each.runs]
        return sorted(found, key=lambda each: (each.due_at, each.id))

    def change(self, erasure: Erasure, was: Erasure) -> bool:
        """A transaction for its token: after a lost answer, what is there could as well be ours."""
        transaction = Transaction(self._table)
        same: Condition = ErasureRow.revision == was.revision
        transaction.put("erasure", _row(erasure), same)
        return not transaction.commit()


def _key(erasure: Erasure) -> Key:
    return keys.erasure(erasure.store_id, erasure.id)


def _row(erasure: Erasure) -> ErasureRow:
    row = ErasureRow(*_key(erasure), value=codec.values(erasure), revision=erasure.revision)
    if erasure.runs:
        row.g1p, row.g1s = keys.erasures_under_way(), keys.at(erasure.due_at, erasure.id)
    elif erasure.finished_at is not None:
        row.ttl = (erasure.finished_at + KEPT) // 1000
    return row


def _erasure(row: Row | None) -> Erasure | None:
    return codec.setup_value(row, Erasure) if isinstance(row, ErasureRow) else None
