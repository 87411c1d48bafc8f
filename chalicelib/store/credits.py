"""Balances, purchases and the ledger of credits. Implements ports.CreditStore. Charges: `charging`."""

from collections.abc import Callable, Sequence

from pynamodb.expressions.condition import Condition
from pynamodb.expressions.update import Action

from chalicelib.domain.credits import CreditAccount, CreditLine, Purchase, PurchaseState
from chalicelib.domain.errors import Unavailable
from chalicelib.domain.messages import Message, MessageStatus
from chalicelib.usecases.ports import Page

from . import codec, keys
from .charging import CREDITS, TRIES, add_lines, is_low
from .conditions import absent
from .credit_rows import CreditLineRow, CreditRow
from .cursors import cursor as opaque
from .cursors import index_position
from .rows import MessageRow, RevisedRow, Row
from .table import Table
from .transaction import Transaction

_PURCHASE = "purchase"


class DynamoCreditStore:
    def __init__(self, table: Table) -> None:
        self._table = table

    def account(self, store_id: str) -> CreditAccount | None:
        row = self._row(store_id)
        return None if row is None else codec.restored(row, CreditAccount, threshold=row.threshold)

    def lines(self, store_id: str, limit: int, cursor: str | None) -> Page[CreditLine]:
        partition = keys.credit_line(store_id, 0, "").pk
        before = None if cursor is None else Row.sk < index_position(cursor)
        rows = self._table.query(partition, before, limit=limit + 1, newest_first=True).rows
        found = tuple(codec.restored(row, CreditLine) for row in rows[:limit] if isinstance(row, CreditLineRow))
        return Page(found, opaque(rows[limit - 1].sk) if len(rows) > limit else None)

    def refund(self, message: Message, line: CreditLine) -> bool:
        row = MessageRow
        held: Condition = (row.merchant_id == message.merchant_id) & (row.credits == line.amount)
        held &= (row.attempt == message.attempt) & (row.status == MessageStatus.FAILED.value)

        def given_back(transaction: Transaction) -> None:
            key = keys.message(message.conversation_id, message.id)
            transaction.update("message", key, [row.credits.remove()], held)

        return self._raise(line, given_back)

    def purchases(self, store_id: str) -> Sequence[Purchase]:
        partition, account = keys.credit_account(store_id)
        rows = map(Row.from_raw_data, self._table.pages(partition, Row.sk < account, consistent=True))
        return [codec.setup_value(row, Purchase) for row in rows if isinstance(row, RevisedRow)]

    def purchase(self, store_id: str, purchase_id: str) -> Purchase | None:
        row = self._table.get(keys.credit_purchase(store_id, purchase_id))
        return codec.setup_value(row, Purchase) if isinstance(row, RevisedRow) else None

    def begin(self, purchase: Purchase) -> bool:
        return self._table.put_new(_purchase_row(purchase))

    def settle(self, purchase: Purchase, now: int) -> bool:
        def settled(transaction: Transaction) -> None:
            transaction.put(_PURCHASE, _purchase_row(purchase), RevisedRow.revision == purchase.revision - 1)

        if purchase.state is PurchaseState.PAID:
            return self._raise(purchase.line(now), settled)
        transaction = Transaction(self._table)
        settled(transaction)
        return not transaction.commit()

    def set_threshold(self, account: CreditAccount, now: int) -> bool:
        stored = self._row(account.store_id)
        if stored is None:
            return self._table.put_new(_account_row(account))
        row, threshold = CreditRow, account.threshold
        spare = row.spare.set(row.balance - (threshold or 0))
        changes: list[Action] = [spare, row.threshold.remove() if threshold is None else row.threshold.set(threshold)]
        same: Condition = row.merchant_id == account.merchant_id
        if stored.balance < (threshold or 0):  # it is low as it is chosen: nothing crosses anything
            same &= row.balance < (threshold or 0)
            changes.append(row.low_since.set(stored.low_since or now))
        else:
            same &= row.balance >= (threshold or 0)
            changes.append(row.low_since.remove())
        return self._table.update(keys.credit_account(account.store_id), changes, same) is None

    def _raise(self, line: CreditLine, more: Callable[[Transaction], None]) -> bool:
        """The balance goes up, with its line and whatever else becomes true; False where that does not hold."""
        for _ in range(TRIES):
            transaction = Transaction(self._table)
            more(transaction)
            _add_to_balance(transaction, line, self._row(line.store_id))
            add_lines(transaction, (line,))
            failed = transaction.commit()
            if failed.keys() != {CREDITS}:
                return not failed
        raise Unavailable

    def _row(self, store_id: str) -> CreditRow | None:
        row = self._table.get(keys.credit_account(store_id))
        return row if isinstance(row, CreditRow) else None


def _add_to_balance(transaction: Transaction, line: CreditLine, stored: CreditRow | None) -> None:
    """From where it was read to stand; at the other side of the threshold it is to be read again."""
    if stored is None:
        account = CreditAccount(store_id=line.store_id, merchant_id=line.merchant_id, balance=line.amount)
        transaction.put(CREDITS, _account_row(account), absent())
        return
    row = CreditRow
    changes: list[Action] = [row.balance.set(row.balance + line.amount), row.spare.set(row.spare + line.amount)]
    same: Condition = row.merchant_id == line.merchant_id
    if not is_low(stored):
        same &= row.low_since.does_not_exist()
    elif stored.spare + line.amount >= 0:
        same &= row.low_since.exists() & (row.spare >= -line.amount)
        changes.append(row.low_since.remove())
    else:
        same &= row.low_since.exists() & (row.spare < -line.amount)
    transaction.update(CREDITS, keys.credit_account(line.store_id), changes, same)


def _account_row(account: CreditAccount) -> CreditRow:
    row = CreditRow(*keys.credit_account(account.store_id), **codec.values(account))
    row.spare = account.balance - (account.threshold or 0)
    return row


def _purchase_row(purchase: Purchase) -> RevisedRow:
    key = keys.credit_purchase(purchase.store_id, purchase.id)
    return RevisedRow(*key, value=codec.values(purchase), revision=purchase.revision)
