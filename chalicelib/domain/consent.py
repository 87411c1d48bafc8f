"""Consent: its states, what a keyword does to it, and the ledger that says why (docs/requirements.md, Keywords)."""

from enum import StrEnum

from msgspec import Struct

from .addresses import Address


class ConsentState(StrEnum):
    NONE = "none"
    REQUESTED = "requested"
    OPTED_IN = "opted_in"
    OPTED_OUT = "opted_out"


class ConsentSource(StrEnum):
    """Where a change of consent came from."""

    KEYWORD = "keyword"
    PROVIDER = "provider"


class ConsentKey(Struct, frozen=True):
    """Whose consent, and where it holds. `scope`: a store id or a merchant id."""

    merchant_id: str
    channel: str
    address: Address
    scope: str


class Consent(Struct, frozen=True, kw_only=True):
    """The state now. Absent from the table means `none`."""

    key: ConsentKey
    state: ConsentState
    changed_at: int


class ConsentChange(Struct, frozen=True, kw_only=True):
    """One line of the append-only ledger, written with the state it leads to."""

    id: str
    key: ConsentKey
    state: ConsentState
    at: int
    """When the customer acted. An older act never overrides a newer one."""
    source: ConsentSource
    evidence: str
    """Id of the message, or the provider's error code, that proves it."""
    wording: str
    """Version of the wording the customer saw, such as `sms-stop-1`."""
