"""What goes over HTTP of erasing customers, and of what shops ask for."""

from typing import Literal

from msgspec import Struct

from chalicelib.domain.erasures import ErasurePhase
from chalicelib.domain.privacy_requests import RequestKind
from chalicelib.usecases.settle_privacy_requests import Whom


class EraseCustomer(Struct, kw_only=True, forbid_unknown_fields=True):
    """`confirmed`: whoever asks was told that it cannot be undone."""

    confirmed: Literal["cannot_be_undone"]


class ErasureView(Struct, kw_only=True):
    """How far it is. It does not say whose it is."""

    id: str
    requested_at: int
    phase: ErasurePhase
    conversations: int
    orders: int
    """How many are gone."""
    last_look_at: int
    """When it is made sure that nothing is left."""
    finished_at: int | None


class Erasures(Struct, kw_only=True):
    rows: list[ErasureView]


class SettleRequest(Struct, kw_only=True, forbid_unknown_fields=True):
    """`done`: false takes it back."""

    done: bool


class PrivacyRequestView(Struct, kw_only=True):
    id: str
    kind: RequestKind
    shop: str
    """Empty where it is no longer connected."""
    requested_at: int
    due_at: int
    done_at: int | None
    whom: Whom | None
    """Null: it is about no customer, or done."""
    customer_name: str
    shop_customer: str
    """The shop's number of somebody whom nobody knows here."""


class PrivacyRequestList(Struct, kw_only=True):
    rows: list[PrivacyRequestView]
