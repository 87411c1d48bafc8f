"""What managers changed about stores since the merchant's file was read. Implements ports.StoreChanges.

Items of the set-up, so that every directory reads them along with the stores.
"""

from chalicelib.domain.audit import AuditEntry
from chalicelib.domain.merchants import StoreChange

from . import codec, keys
from .audit import add_audit
from .rows import SetupRow
from .table import Table
from .transaction import Transaction

KIND = "STORE-CHANGED"


class DynamoStoreChanges:
    def __init__(self, table: Table) -> None:
        self._table = table

    def find(self, store_id: str) -> StoreChange | None:
        row = self._table.get(keys.setup(KIND, store_id))
        return codec.setup_value(row, StoreChange) if isinstance(row, SetupRow) else None

    def put(self, change: StoreChange, was: StoreChange | None, audit: AuditEntry) -> bool:
        transaction = Transaction(self._table)
        same = SetupRow.pk.does_not_exist() if was is None else SetupRow.value == codec.values(was)
        transaction.put("change", codec.setup_row(keys.setup(KIND, change.store_id), change), same)
        add_audit(transaction, audit)
        return not transaction.commit()
