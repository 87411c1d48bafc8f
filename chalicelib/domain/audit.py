"""The audit log: who did what, when, to which object. Ids only, so that erasing a person leaves nothing here (X24)."""

from enum import StrEnum

from msgspec import Struct


class AuditAct(StrEnum):
    """What is written down."""

    UNMASKED = "unmasked"
    """Somebody saw the real addresses of a conversation's customer (X7)."""
    CLOSED = "closed"
    REOPENED = "reopened"
    DELETED = "deleted"
    TAKEN = "taken"
    HANDED_OVER = "handed_over"
    RELEASED = "released"
    OPT_OUT_SET_RIGHT = "opt_out_set_right"
    """Somebody said that the customer did not mean to opt out (X6)."""
    CUSTOMERS_MERGED = "customers_merged"
    """Somebody said that a conversation's customer and another one are the same person (X11)."""
    MERGE_UNDONE = "merge_undone"
    CUSTOMER_ERASED = "customer_erased"
    """Somebody had a customer erased (X13). It does not say whom."""
    LEDGER_UNMASKED = "ledger_unmasked"
    """Somebody took the store's consent ledger along with real addresses (X5, X7)."""
    CUSTOMER_EXPORTED = "customer_exported"
    """Somebody had everything that is kept of a customer put into a file, with real addresses (X13, X7)."""
    CHAT_LINK_CHANGED = "chat_link_changed"
    """Somebody changed how customers learn of conversations that the store starts (D15)."""
    MERCHANT_PHONE_CHANGED = "merchant_phone_changed"
    """Somebody changed which phone of the merchant's own is told of orders (L7)."""
    BULK_STARTED = "bulk_started"
    """Somebody had one text sent to many customers (L13)."""
    BULK_CANCELLED = "bulk_cancelled"


class AuditEntry(Struct, frozen=True, kw_only=True):
    """One act. Append-only: never changed, never deleted."""

    id: str
    """A ULID: entries are in the order of time."""
    merchant_id: str
    store_id: str
    associate_id: str
    act: AuditAct
    conversation_id: str
    """Empty: it is about the whole store."""
    at: int
    about_id: str | None = None
    """What else it is about: an order, a request of a shop."""
