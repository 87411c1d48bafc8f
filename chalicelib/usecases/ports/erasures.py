"""What an erasure writes down about itself, and what it takes away (X13)."""

from collections.abc import Sequence
from typing import Protocol

from chalicelib.domain.audit import AuditEntry
from chalicelib.domain.consent import Consent
from chalicelib.domain.conversations import Conversation
from chalicelib.domain.customers import Customer
from chalicelib.domain.erasures import Erasure, Place
from chalicelib.domain.orders import Order
from chalicelib.domain.privacy_requests import PrivacyRequest
from chalicelib.domain.routing import RouteKey


class ErasureStore(Protocol):
    def begin(self, erasure: Erasure, audit: AuditEntry | None) -> Erasure:
        """As it is stored: one with this id that runs stays, one that is done gives way. The entry is written with it.
        Raises Unavailable where another was faster."""
        ...

    def of_store(self, store_id: str, limit: int) -> Sequence[Erasure]:
        """The latest first; strongly consistent."""
        ...

    def under_way(self, now: int, limit: int) -> Sequence[Erasure]:
        """Those that are due, the longest first. An index query, which may miss what came just now, then the items."""
        ...

    def change(self, erasure: Erasure, was: Erasure) -> bool:
        """Stores it, if `was` is still as read; False if not."""
        ...


class PrivacyRequests(Protocol):
    """What shops ask for, by the store that is to do it. Strongly consistent."""

    def add(self, request: PrivacyRequest) -> None:
        """One with this id that was there before stays."""
        ...

    def of_store(self, store_id: str) -> Sequence[PrivacyRequest]: ...

    def find(self, store_id: str, request_id: str) -> PrivacyRequest | None: ...

    def change(self, request: PrivacyRequest, was: PrivacyRequest) -> bool:
        """Stores it, if `was` is still as read; False if not."""
        ...


class PersonalData(Protocol):
    """Takes away what is a customer's, for good. Every step may be repeated; what is gone is passed over. Reads are
    strongly consistent, unless the method says otherwise."""

    def cut_off(
        self,
        merchant_id: str,
        customer_ids: Sequence[str],
        look_ups: Sequence[tuple[str, str]],
        known: Sequence[Customer],
    ) -> bool:
        """Of the look-ups those that lead to one of these customers, and the customers themselves: first `known`, who
        must all be as they were read. Else False, and nothing is done."""
        ...

    def conversations(self, customer_id: str, limit: int) -> Sequence[str]:
        """Ids of some that are left, none only where there are none; also of such as are gone already (`forget`)."""
        ...

    def mails(self, conversation_id: str) -> Sequence[str]:
        """Where the mails of a conversation are kept as they came."""
        ...

    def empty(self, conversation_id: str) -> None:
        """All that stands in and beside a conversation, but the conversation itself."""
        ...

    def forget_route(self, key: RouteKey, conversation_id: str) -> bool:
        """The pair leads to that conversation no more. False if it changed meanwhile."""
        ...

    def remove(self, conversation: Conversation) -> bool:
        """A deleted conversation, with its route, if nothing was added to it since it was read; else False."""
        ...

    def forget(self, customer_id: str, conversation_id: str) -> None:
        """That it was a conversation of theirs: last of all."""
        ...

    def orders(self, customer_id: str, limit: int) -> Sequence[str]:
        """Ids of some that are left; an index query, which may miss what came just now and name what is gone."""
        ...

    def replace_order(self, was: Order, left: Order) -> bool:
        """Stores what is left of an order, if it is still as it was; else False."""
        ...

    def forget_about_order(self, order_id: str, draft_ids: Sequence[str]) -> None:
        """Automatic texts about an order, and pictures that were to be sent about it."""
        ...

    def forget_told(self, conversation_id: str) -> None:
        """What the merchant's own phone was told of it (L18)."""
        ...

    def forget_invites(self, associate_id: str, conversation_ids: Sequence[str]) -> None:
        """Of the invitations of an associate, those that came from these conversations or led there."""
        ...

    def consents(self, merchant_id: str, place: Place) -> Sequence[Consent]:
        """Of an address, in all scopes."""
        ...

    def suppress(self, consent: Consent) -> None:
        """A hash of an opt-out stands beside it: from then on, whoever begins with the address brings it back first."""
        ...

    def bring_back(self, consent: Consent) -> None:
        """The opt-out stays under its address, and its hash goes."""
        ...

    def reduce(self, consent: Consent) -> bool:
        """The consent goes; an opt-out only where its hash stands. False if it is not as read, or came back."""
        ...

    def forget_history(self, merchant_id: str, place: Place) -> None:
        """The lines of the ledger about an address."""
        ...
