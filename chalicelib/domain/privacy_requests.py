"""What a shop asks for on behalf of its customers, and people are to do (X13): to hand over data, to clear up."""

from enum import StrEnum

from msgspec import Struct
from msgspec.structs import replace

DEADLINE = 30 * 86_400_000
"""Milliseconds in which it is to be done, by Shopify's terms."""
KEPT = 90 * 86_400_000
"""Milliseconds for which a store sees that it was done."""
MOST_SHOWN = 100


class RequestKind(StrEnum):
    DATA = "data"
    """A customer wants what is known of them."""
    SHOP = "shop"
    """The shop has left: what is known of its customers is to go."""


class PrivacyRequest(Struct, frozen=True, kw_only=True):
    id: str
    merchant_id: str
    store_id: str
    connection_id: str
    kind: RequestKind
    customer_id: str = ""
    """Ours. It names nobody once they are erased."""
    external_id: str = ""
    """The shop's, of somebody whom nobody knew here when it asked: else nobody could say of whom that is so. It goes
    when they are erased."""
    requested_at: int
    done_at: int | None = None
    done_by: str = ""
    revision: int = 1

    @property
    def due_at(self) -> int:
        return self.requested_at + DEADLINE

    def settled(self, by_id: str, now: int) -> "PrivacyRequest":
        """Somebody says that it is done."""
        return replace(self, done_at=now, done_by=by_id, revision=self.revision + 1)

    def reopened(self) -> "PrivacyRequest":
        """That was a mistake."""
        return replace(self, done_at=None, done_by="", revision=self.revision + 1)

    def of_erased(self, customer_id: str) -> "PrivacyRequest":
        """It names nobody any more."""
        return replace(self, customer_id=customer_id, external_id="", revision=self.revision + 1)
