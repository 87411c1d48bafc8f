"""Customers and the look-ups that lead to them. Implements ports.CustomerStore."""

from collections.abc import Iterable, Sequence

from pynamodb.expressions.condition import Condition

from chalicelib.domain.audit import AuditEntry
from chalicelib.domain.customers import MOST_MERGED, Customer
from chalicelib.usecases.ports import CustomerUpsert, MergeCommand

from . import codec, keys
from .audit import add_audit
from .conditions import customer_unchanged
from .rows import CustomerRow, LookupRow, Row
from .table import BATCH_READ, Table
from .transaction import Transaction


class DynamoCustomerStore:
    def __init__(self, table: Table) -> None:
        self._table = table

    def find(self, customer_id: str) -> Customer | None:
        """One request more for each merge on the way."""
        wanted = customer_id
        for _ in range(MOST_MERGED + 1):
            customer = _customer(self._table.get(keys.customer(wanted)))
            if customer is None or customer.merge is None:
                return customer
            wanted = customer.merge.into
        return None

    def find_several(self, customer_ids: Sequence[str]) -> dict[str, Customer]:
        """A request for each hundred, and one more for each merge on the way."""
        found: dict[str, Customer] = {}
        at = {each: each for each in customer_ids}
        for _ in range(MOST_MERGED + 1):
            known, going_on = self._many(at.values()), dict[str, str]()
            for asked, customer_id in at.items():
                customer = known.get(customer_id)
                if customer is not None and customer.merge is None:
                    found[asked] = customer
                elif customer is not None and customer.merge is not None:
                    going_on[asked] = customer.merge.into
            at = going_on
            if not at:
                break
        return found

    def _many(self, customer_ids: Iterable[str]) -> dict[str, Customer]:
        wanted = [keys.customer(each) for each in dict.fromkeys(customer_ids)]
        parts = [wanted[start : start + BATCH_READ] for start in range(0, len(wanted), BATCH_READ)]
        found = [_customer(row) for part in parts for row in self._table.get_many(part).values()]
        return {customer.id: customer for customer in found if customer is not None}

    def find_by(self, merchant_id: str, kind: str, value: str) -> str | None:
        row = self._table.get(keys.lookup(merchant_id, kind, value))
        return row.customer_id if isinstance(row, LookupRow) else None

    def upsert(self, command: CustomerUpsert) -> bool:
        customer, was = command.customer, command.customer_was
        if was is not None and (was.id, was.merchant_id) != (customer.id, customer.merchant_id):
            raise ValueError("a customer stays who they are, and whose they are")
        transaction = Transaction(self._table)
        transaction.put("customer", codec.customer_row(customer), customer_unchanged(was))
        for kind, value in command.claimed:
            transaction.put(f"{kind} {value}", codec.lookup_row(customer, kind, value))
        return not transaction.commit()

    def merged_into(self, customer: Customer) -> Sequence[Customer]:
        if not customer.absorbed:
            return ()
        rows = self._table.get_many([keys.customer(each) for each in customer.absorbed])
        found = [each for row in rows.values() if (each := _customer(row)) is not None]
        mine = [each for each in found if each.merge is not None and each.merge.into == customer.id]
        return sorted(mine, key=_merged_at, reverse=True)

    def change_both(self, command: MergeCommand, audit: AuditEntry) -> bool:
        _check(command)
        transaction = Transaction(self._table)
        for name, was, to in (("kept", *command.kept), ("other", *command.other)):
            transaction.put(name, codec.customer_row(to), customer_unchanged(was))
        add_audit(transaction, audit)
        return not transaction.commit()

    def renamed(self, customer: Customer, position: int | None = None) -> None:
        row = CustomerRow
        now = row.renaming.remove() if position is None else row.renaming.set(position)
        still: Condition = (row.merchant_id == customer.merchant_id) & (row.updated_at == customer.updated_at)
        self._table.update(keys.customer(customer.id), [now], still)


def _check(command: MergeCommand) -> None:
    """Raises ValueError where they are not two of one merchant (I10)."""
    everybody = (*command.kept, *command.other)
    if len({each.merchant_id for each in everybody}) != 1 or len({each.id for each in everybody}) != 2:
        raise ValueError("two customers of one merchant are merged")


def _customer(row: Row | None) -> Customer | None:
    return codec.restored(row, Customer) if isinstance(row, CustomerRow) else None


def _merged_at(customer: Customer) -> int:
    return customer.merge.at if customer.merge else 0
