"""Customers and the look-ups that lead to them. Implements ports.CustomerStore."""

from chalicelib.domain.customers import Customer

from . import codec, keys
from .rows import CustomerRow, LookupRow
from .table import Table


class DynamoCustomerStore:
    def __init__(self, table: Table) -> None:
        self._table = table

    def find(self, customer_id: str) -> Customer | None:
        row = self._table.get(keys.customer(customer_id))
        return codec.restored(row, Customer) if isinstance(row, CustomerRow) else None

    def find_by(self, merchant_id: str, kind: str, value: str) -> str | None:
        row = self._table.get(keys.lookup(merchant_id, kind, value))
        return row.customer_id if isinstance(row, LookupRow) else None
