"""Customers: people with any number of addresses, never keyed by one of them."""

from enum import StrEnum

from msgspec import Struct

from .addresses import Address
from .masking import mask_name

MOST_MERGED = 20
"""Customers that can be one with another."""


class CustomerKind(StrEnum):
    VISITOR = "visitor"
    MEMBER = "member"


class Merge(Struct, frozen=True, kw_only=True):
    """Somebody said that this customer is the same person as another one, who is kept (X11).

    What the kept one has by this merge, and not by another one of them, goes again when it is undone.
    """

    into: str
    at: int
    by_id: str
    by_name: str
    kind: CustomerKind
    """Of the kept one, as it was before any merge."""
    first_name: str = ""
    last_name: str = ""
    phones: tuple[Address, ...] = ()
    emails: tuple[str, ...] = ()
    whatsapp_ids: tuple[Address, ...] = ()
    external_ids: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()


class Customer(Struct, frozen=True, kw_only=True):
    """A person a merchant's stores talk with."""

    id: str
    merchant_id: str
    kind: CustomerKind
    first_name: str = ""
    last_name: str = ""
    phones: tuple[Address, ...] = ()
    emails: tuple[str, ...] = ()
    whatsapp_ids: tuple[Address, ...] = ()
    """User ids that stand in place of a number there."""
    external_ids: tuple[str, ...] = ()
    """`<connection id>:<the shop's customer id>`, one per shop that knows this person."""
    told: dict[str, str] | None = None
    """By external id, which report of the shop's record of them was the latest, as `CustomerChanged` versions."""
    tags: tuple[str, ...] | None = None
    """What colleagues filed them under (S13), as they wrote it first. None: nothing."""
    created_at: int
    updated_at: int
    merge: Merge | None = None
    """A tombstone: whatever leads here leads on to the one who is kept."""
    absorbed: tuple[str, ...] | None = None
    """Those merged into this one, and into them. What was theirs keeps their id, so nothing has to move. None: it never
    was part of a merge."""
    renaming: int | None = None
    """Conversations may still show another name than this one's: those from this place on in the list that
    follow_names goes through."""

    @property
    def merged_into(self) -> str | None:
        return self.merge.into if self.merge else None

    @property
    def ids(self) -> tuple[str, ...]:
        """Its own, and those it was known by before it was merged."""
        return (self.id, *(self.absorbed or ()))

    def known_as(self, customer_id: str) -> str:
        """The id under which what belongs to `customer_id` stays: a merge moves nothing, so undoing it is exact."""
        return customer_id if customer_id in self.ids else self.id

    @property
    def name(self) -> str:
        """The full name, or an empty text where none is known."""
        return full_name(self.first_name, self.last_name)


def full_name(first_name: str, last_name: str) -> str:
    """As it is shown: without any address in it (X7)."""
    return mask_name(f"{first_name} {last_name}")
