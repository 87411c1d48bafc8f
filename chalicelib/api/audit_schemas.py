"""What goes over HTTP of the audit log and of unmasking."""

from msgspec import Struct

from chalicelib.domain.audit import AuditAct


class RealAddresses(Struct, kw_only=True):
    """Unmasked: shown on request, never stored by the app."""

    address: str
    phones: list[str]
    emails: list[str]


class AuditEntryView(Struct, kw_only=True):
    id: str
    at: int
    associate_id: str
    associate_name: str
    """Empty where they have left."""
    act: AuditAct
    conversation_id: str
    about_id: str
    """What else it is about: an order, a request of a shop; else empty."""


class AuditPage(Struct, kw_only=True):
    rows: list[AuditEntryView]
    """Newest first."""
    next: str | None
    truncated: bool = False
    """A filter looked at the latest entries only: older ones may be missing."""
