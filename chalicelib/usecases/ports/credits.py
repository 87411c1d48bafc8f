"""Credits: balances and their ledger in the table, and the provider that takes the money."""

from collections.abc import Sequence
from typing import Protocol

from chalicelib.domain.credits import CreditAccount, CreditLine, Purchase, PurchaseState
from chalicelib.domain.messages import Message

from .conversations import Page


class CreditStore(Protocol):
    """Charges are not here: they are in the transaction of what they are for (Message.credits)."""

    def account(self, store_id: str) -> CreditAccount | None:
        """Strongly consistent; None: nothing was bought yet."""
        ...

    def lines(self, store_id: str, limit: int, cursor: str | None) -> Page[CreditLine]:
        """The ledger, newest first; one query. Raises InvalidInput for a cursor that is none of ours."""
        ...

    def refund(self, message: Message, line: CreditLine) -> bool:
        """Gives back what is held for `message`, if it is still held and the message still failed in this attempt."""
        ...

    def purchases(self, store_id: str) -> Sequence[Purchase]:
        """Strongly consistent, in no order."""
        ...

    def purchase(self, store_id: str, purchase_id: str) -> Purchase | None: ...

    def begin(self, purchase: Purchase) -> bool:
        """False where there is one with this id."""
        ...

    def settle(self, purchase: Purchase, now: int) -> bool:
        """Stores how it ended, with the credits where it is paid; False where it had ended before."""
        ...

    def set_threshold(self, account: CreditAccount, now: int) -> bool:
        """False where the balance passed it at this moment: try again."""
        ...


class CreditPurchases(Protocol):
    """Takes the money for packs, on a page of its own. It is asked what became of a payment, and believed alone."""

    def page(self, purchase: Purchase, back_to: str) -> str:
        """The address of the page to pay on; the same one for the same purchase. Raises Unavailable."""
        ...

    def outcome(self, purchase: Purchase) -> PurchaseState:
        """Raises Unavailable."""
        ...
