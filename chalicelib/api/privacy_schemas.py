"""What goes over HTTP of erasing customers."""

from typing import Literal

from msgspec import Struct

from chalicelib.domain.erasures import ErasurePhase


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
