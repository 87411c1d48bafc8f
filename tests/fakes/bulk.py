"""ports.BulkStore over plain memory."""

from collections.abc import Sequence

from chalicelib.domain.audit import AuditEntry
from chalicelib.domain.bulk import Bulk, BulkState, Part
from chalicelib.usecases.ports import DueBulk, Once

from .table import FakeTable


class FakeBulks:
    def __init__(self, table: FakeTable) -> None:
        self._table = table

    def add(self, bulk: Bulk, parts: Sequence[Part], once: Once, audit: AuditEntry) -> Once | None:
        for part in parts:
            self._table.request()
            self._table.bulk_parts[bulk.id, part.number] = part
        self._table.request()
        if stored := self._table.onces.get((once.scope, once.key)):
            return stored
        self._table.onces[once.scope, once.key] = once
        self._table.bulks[bulk.store_id, bulk.id] = bulk
        self._table.audit.append(audit)
        return None

    def find(self, store_id: str, bulk_id: str) -> Bulk | None:
        self._table.request()
        return self._table.bulks.get((store_id, bulk_id))

    def of_store(self, store_id: str, limit: int) -> Sequence[Bulk]:
        self._table.request()
        found = [each for (store, _), each in sorted(self._table.bulks.items(), reverse=True) if store == store_id]
        return found[:limit]

    def part(self, bulk_id: str, number: int) -> Part | None:
        self._table.request()
        return self._table.bulk_parts.get((bulk_id, number))

    def due(self, now: int, limit: int) -> Sequence[DueBulk]:
        self._table.request()
        running = [each for each in self._table.bulks.values() if each.state is BulkState.RUNNING]
        over = sorted((each.due_at, each.id, each.store_id) for each in running if each.due_at <= now)
        return [DueBulk(store_id, bulk_id) for _, bulk_id, store_id in over[:limit]]

    def change(self, bulk: Bulk, was: Bulk, part: Part | None = None, audit: AuditEntry | None = None) -> bool:
        self._table.request()
        stored = self._table.bulks.get((was.store_id, was.id))
        if stored is None or stored.revision != was.revision:
            return False
        self._table.bulks[bulk.store_id, bulk.id] = bulk
        if part is not None:
            self._table.bulk_parts[bulk.id, part.number] = part
        if audit is not None:
            self._table.audit.append(audit)
        return True
