"""Remote carts (N21-N26): where they are kept, the shops that price them, the providers that take the money."""

from collections.abc import Sequence
from typing import Protocol, runtime_checkable

from msgspec import Struct

from chalicelib.domain.cart_contents import CartLine, Contents, Offer, Totals
from chalicelib.domain.carts import Cart, Link
from chalicelib.domain.merchants import Connection

from .conversations import Once
from .providers import Http


class CartStore(Protocol):
    """Carts lie beside the messages of their conversation, and are erased with them."""

    def find(self, conversation_id: str, cart_id: str) -> Cart | None:
        """Strongly consistent."""
        ...

    def of_conversation(self, conversation_id: str, limit: int) -> Sequence[Cart]:
        """The newest first; one query, strongly consistent."""
        ...

    def add(self, cart: Cart, once: Once) -> Once | None:
        """One transaction. The earlier request's Once where it was made before."""
        ...

    def change(self, cart: Cart, was: Cart) -> bool:
        """Stores `cart`, if it is still as `was` was read; False if not."""
        ...


class Basket(Struct, frozen=True, kw_only=True):
    """What a shop is asked about."""

    contents: Contents
    product_ids: tuple[str, ...]
    """The shop's own ids, of each line."""
    customer_id: str = ""
    """The shop's own id; empty: it does not know them."""
    phone: str = ""


class DraftOrder(Struct, frozen=True, kw_only=True):
    """What becomes the order once it is paid."""

    id: str
    offer: Offer


@runtime_checkable
class PricesCarts(Protocol):
    """The shop platforms that say what a cart costs, and make an order of it. All raise CatalogueBusy,
    CatalogueRefused."""

    def cart_offer(self, basket: Basket, connection: Connection, secrets: dict[str, str], http: Http) -> Offer: ...

    def draft_order(
        self, basket: Basket, reference: str, connection: Connection, secrets: dict[str, str], http: Http
    ) -> DraftOrder:
        """The one with this reference, made if it is not there. Nothing is ordered, and nothing reserved."""
        ...

    def make_order(self, draft_id: str, connection: Connection, secrets: dict[str, str], http: Http) -> str:
        """The number of the order, which is paid. The same again gives the same order."""
        ...

    def discard_draft(self, draft_id: str, connection: Connection, secrets: dict[str, str], http: Http) -> None:
        """Safe to repeat; one that is an order by now stays."""
        ...


class PaymentsBusy(Exception):
    """The provider does not answer, or wants to be asked later; it may have done what it was asked for."""


class PaymentsRefused(Exception):
    """It refuses us, or what we ask for."""


class Bill(Struct, frozen=True, kw_only=True):
    """What a customer is asked to pay."""

    reference: str
    """Ours; the provider says it again with the payment. The same again never makes a second link."""
    lines: tuple[CartLine, ...]
    totals: Totals
    expires_at: int
    back_to: str
    """Where the customer comes back to."""


@runtime_checkable
class TakesPayments(Protocol):
    """The payment providers. All raise PaymentsBusy, PaymentsRefused."""

    def payment_link(self, bill: Bill, connection: Connection, secrets: dict[str, str], http: Http) -> Link:
        """The same bill again gives the same link."""
        ...

    def close_link(self, link: Link, connection: Connection, secrets: dict[str, str], http: Http) -> None:
        """It takes no money any more. Safe to repeat; one that is paid or expired stays so."""
        ...
