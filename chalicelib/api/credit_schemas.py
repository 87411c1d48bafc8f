"""What goes over HTTP of credits."""

from msgspec import Struct

from chalicelib.domain.credits import LineKind, PurchaseState


class Credits(Struct, kw_only=True):
    balance: int
    per_segment: int
    threshold: int | None
    """null: nobody is told that they run out."""
    low_since: int | None
    """When the balance fell below the threshold; null: it is not below."""


class Pack(Struct, kw_only=True):
    credits: int
    price: int
    """Cents."""


class CreditLineView(Struct, kw_only=True):
    id: str
    at: int
    kind: LineKind
    amount: int
    """Negative: charged."""
    by_name: str
    """Empty: by itself, or they have left."""
    conversation_id: str | None


class CreditLedger(Struct, kw_only=True):
    rows: list[CreditLineView]
    """Newest first."""
    next: str | None
    packs: list[Pack]
    currency: str


class BuyCredits(Struct, kw_only=True, forbid_unknown_fields=True):
    pack: int


class PurchaseView(Struct, kw_only=True):
    pack: int
    state: PurchaseState


class PaymentPage(Struct, kw_only=True):
    url: str
    """Where it is paid."""


class SettledPurchases(Struct, kw_only=True):
    rows: list[PurchaseView]
    """Those that had not ended, as they are now."""


class ChooseThreshold(Struct, kw_only=True, forbid_unknown_fields=True):
    threshold: int | None
    """Credits below which the store is told; null: nobody is."""
