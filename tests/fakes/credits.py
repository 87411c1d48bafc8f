"""ports.CreditStore over plain memory, and a payment provider that says what it is told to."""

from collections.abc import Sequence

from msgspec.structs import replace

from chalicelib.domain.credits import CreditAccount, CreditLine, Purchase, PurchaseState, charge_of, low_line
from chalicelib.domain.errors import TooFewCredits, Unavailable
from chalicelib.domain.messages import Message, MessageStatus
from chalicelib.store.cursors import cursor as opaque
from chalicelib.store.cursors import index_position
from chalicelib.usecases.ports import Page

from .table import FakeTable


def require_credits(table: FakeTable, messages: Sequence[Message]) -> None:
    """Raises TooFewCredits, before anything is changed."""
    charges = [line for message in messages if (line := charge_of(message)) is not None]
    if charges:
        account = table.credit_accounts.get(charges[0].store_id)
        if account is None or account.balance < -sum(line.amount for line in charges):
            raise TooFewCredits


def charge(table: FakeTable, messages: Sequence[Message]) -> None:
    charges = [line for message in messages if (line := charge_of(message)) is not None]
    if not charges:
        return
    account = table.credit_accounts[charges[0].store_id]
    left = replace(account, balance=account.balance + sum(line.amount for line in charges))
    if account.low_since is None and left.balance < (left.threshold or 0):
        left = replace(left, low_since=charges[0].at)
        table.credit_lines.append(low_line(charges[0]))
    table.credit_accounts[left.store_id] = left
    table.credit_lines += charges


class FakeCredits:
    def __init__(self, table: FakeTable) -> None:
        self._table = table

    def account(self, store_id: str) -> CreditAccount | None:
        self._table.request()
        return self._table.credit_accounts.get(store_id)

    def lines(self, store_id: str, limit: int, cursor: str | None) -> Page[CreditLine]:
        self._table.request()
        before = None if cursor is None else index_position(cursor)
        listed = sorted((f"{e.at:013d}#{e.id}", e) for e in self._table.credit_lines if e.store_id == store_id)
        newest = [(place, e) for place, e in reversed(listed) if before is None or place < before]
        shown = newest[:limit]
        return Page(tuple(e for _, e in shown), opaque(shown[-1][0]) if len(newest) > limit else None)

    def refund(self, message: Message, line: CreditLine) -> bool:
        self._table.request()
        stored = self._table.messages.get((message.conversation_id, message.id))
        held = stored is not None and stored.status is MessageStatus.FAILED and stored.credits == line.amount
        if stored is None or not held or stored.attempt != message.attempt:
            return False
        self._table.put_message(replace(stored, credits=None))
        self._raise(line)
        return True

    def purchases(self, store_id: str) -> Sequence[Purchase]:
        self._table.request()
        return [each for (store, _), each in sorted(self._table.purchases.items()) if store == store_id]

    def purchase(self, store_id: str, purchase_id: str) -> Purchase | None:
        self._table.request()
        return self._table.purchases.get((store_id, purchase_id))

    def begin(self, purchase: Purchase) -> bool:
        self._table.request()
        key = (purchase.store_id, purchase.id)
        return self._table.purchases.setdefault(key, purchase) is purchase

    def settle(self, purchase: Purchase, now: int) -> bool:
        self._table.request()
        key = (purchase.store_id, purchase.id)
        if self._table.purchases[key].state is not PurchaseState.PENDING:
            return False
        self._table.purchases[key] = purchase
        if purchase.state is PurchaseState.PAID:
            self._raise(purchase.line(now))
        return True

    def set_threshold(self, account: CreditAccount, now: int) -> bool:
        self._table.request()
        stored = self._table.credit_accounts.get(account.store_id, account)
        low = stored.balance < (account.threshold or 0) and account.store_id in self._table.credit_accounts
        since = (stored.low_since or now) if low else None
        self._table.credit_accounts[account.store_id] = replace(stored, threshold=account.threshold, low_since=since)
        return True

    def _raise(self, line: CreditLine) -> None:
        known = self._table.credit_accounts.get(line.store_id)
        account = known or CreditAccount(store_id=line.store_id, merchant_id=line.merchant_id)
        raised = replace(account, balance=account.balance + line.amount)
        low = raised.balance < (raised.threshold or 0)
        self._table.credit_accounts[line.store_id] = replace(raised, low_since=raised.low_since if low else None)
        self._table.credit_lines.append(line)


class FakePayments:
    """`outcomes` by purchase: what its page has come to."""

    def __init__(self) -> None:
        self.outcomes: dict[str, PurchaseState] = {}
        self.down = False

    def page(self, purchase: Purchase, back_to: str) -> str:
        return f"https://pay.example.test/{purchase.id}?back={back_to}"

    def outcome(self, purchase: Purchase) -> PurchaseState:
        if self.down:
            raise Unavailable
        return self.outcomes.get(purchase.id, PurchaseState.PENDING)
