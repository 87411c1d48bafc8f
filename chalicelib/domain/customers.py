"""Customers: people with any number of addresses, never keyed by one of them."""

from enum import StrEnum

from msgspec import Struct

from .addresses import Address
from .masking import mask_name


class CustomerKind(StrEnum):
    VISITOR = "visitor"
    MEMBER = "member"


class Customer(Struct, frozen=True, kw_only=True):
    """A person a merchant's stores talk with."""

    id: str
    merchant_id: str
    kind: CustomerKind
    first_name: str = ""
    last_name: str = ""
    phones: tuple[Address, ...] = ()
    emails: tuple[str, ...] = ()
    external_ids: tuple[str, ...] = ()
    """`<connection id>:<the shop's customer id>`, one per shop that knows this person."""
    created_at: int
    updated_at: int

    @property
    def name(self) -> str:
        """The full name, or an empty text where none is known."""
        return full_name(self.first_name, self.last_name)


def full_name(first_name: str, last_name: str) -> str:
    """As it is shown: without any address in it (X7)."""
    return mask_name(f"{first_name} {last_name}")
