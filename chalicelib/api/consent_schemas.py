"""What goes over HTTP of consent and its ledger."""

from msgspec import Struct

from chalicelib.domain.consent import ConsentSource, ConsentState


class OptOutView(Struct, kw_only=True):
    """Why nothing may be sent (N9, X6)."""

    at: int
    source: ConsentSource | None
    """None: older than the note of it."""
    message_id: str | None
    """`intent`: the sentence that it was read out of, where that is in this conversation."""
    may_be_mistaken: bool
    """An associate may set it right."""


class LedgerLine(Struct, kw_only=True):
    """One line of the consent ledger: what is known of an act, and will never change."""

    id: str
    at: int
    """When the customer acted."""
    recorded_at: int | None
    """When it was written down; None: lines from before this was kept."""
    channel: str
    address: str
    """Masked, unless real addresses were asked for."""
    scope: str
    """Id of the store or merchant that it holds for."""
    state: ConsentState
    source: ConsentSource
    wording: str
    evidence: str
    """Id of the message that proves it, or what the provider said."""
    conversation_id: str
    by: str | None
    """Id of the associate whose decision it was."""
    by_name: str | None


class LedgerPage(Struct, kw_only=True):
    rows: list[LedgerLine]
    """Newest first."""
    next: str | None
