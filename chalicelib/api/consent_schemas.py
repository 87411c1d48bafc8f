"""What goes over HTTP of consent and its ledger."""

from msgspec import Struct

from chalicelib.domain.consent import ConsentSource


class OptOutView(Struct, kw_only=True):
    """Why nothing may be sent (N9, X6)."""

    at: int
    source: ConsentSource | None
    """None: older than the note of it."""
    message_id: str | None
    """`intent`: the sentence that it was read out of, where that is in this conversation."""
    may_be_mistaken: bool
    """An associate may set it right."""
