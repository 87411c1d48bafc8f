"""Bulk texts. Implements ports.BulkStore.

A bulk stands among those of its store, and in the index while it runs; its parts stand in a partition of their own,
because one item cannot hold ten thousand results.
"""

from collections.abc import Sequence

from pynamodb.expressions.condition import Condition

from chalicelib.domain.audit import AuditEntry
from chalicelib.domain.bulk import Bulk, BulkState, Part
from chalicelib.usecases.ports import DueBulk, Once

from . import codec, keys
from .appending import ONCE, ONCE_DAYS
from .audit import add_audit
from .keys import BY_STORE
from .rows import OnceRow, RevisedRow, Row
from .table import Table
from .transaction import Transaction


class DynamoBulkStore:
    def __init__(self, table: Table) -> None:
        self._table = table

    def add(self, bulk: Bulk, parts: Sequence[Part], once: Once, audit: AuditEntry) -> Once | None:
        for part in parts:
            self._table.put(_part_row(part, bulk))
        transaction = Transaction(self._table)
        transaction.put(ONCE, codec.once_row(once, bulk.made_at, ONCE_DAYS))
        transaction.put("bulk", _row(bulk))
        add_audit(transaction, audit)
        row = transaction.commit().get(ONCE)
        return codec.once(row) if isinstance(row, OnceRow) else None

    def find(self, store_id: str, bulk_id: str) -> Bulk | None:
        return _bulk(self._table.get(keys.bulk(store_id, bulk_id)))

    def of_store(self, store_id: str, limit: int) -> Sequence[Bulk]:
        rows = self._table.query(keys.bulk(store_id, "").pk, limit=limit, newest_first=True, consistent=True).rows
        return [found for row in rows if (found := _bulk(row)) is not None]

    def part(self, bulk_id: str, number: int) -> Part | None:
        row = self._table.get(keys.bulk_part(bulk_id, number))
        return codec.setup_value(row, Part) if isinstance(row, RevisedRow) else None

    def due(self, now: int, limit: int) -> Sequence[DueBulk]:
        found = self._table.query(keys.bulks(), Row.g1s < keys.at(now + 1), index=BY_STORE, limit=limit)
        return [DueBulk(keys.decode(row.pk.partition("#")[2]), keys.decode(row.sk)) for row in found.rows]

    def change(self, bulk: Bulk, was: Bulk, part: Part | None = None, audit: AuditEntry | None = None) -> bool:
        transaction = Transaction(self._table)
        as_read: Condition = RevisedRow.revision == was.revision
        transaction.put("bulk", _row(bulk), as_read)
        if part is not None:
            transaction.put("part", _part_row(part, bulk), Row.pk.exists())
        add_audit(transaction, audit)
        return not transaction.commit()


def _row(bulk: Bulk) -> RevisedRow:
    row = RevisedRow(*keys.bulk(bulk.store_id, bulk.id), value=codec.values(bulk), revision=bulk.revision)
    row.ttl = bulk.expires_at // 1000
    if bulk.state is BulkState.RUNNING:
        row.g1p, row.g1s = keys.bulks(), keys.at(bulk.due_at, bulk.id)
    return row


def _part_row(part: Part, bulk: Bulk) -> RevisedRow:
    key, ttl = keys.bulk_part(bulk.id, part.number), bulk.expires_at // 1000
    return RevisedRow(*key, value=codec.values(part), revision=1, ttl=ttl)


def _bulk(row: Row | None) -> Bulk | None:
    return codec.setup_value(row, Bulk) if isinstance(row, RevisedRow) else None
