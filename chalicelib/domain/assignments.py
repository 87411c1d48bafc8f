"""Who looks after a conversation, and how that came about: history of the thread, never sent to anybody (N28)."""

from enum import StrEnum

from msgspec import Struct


class HandoverKind(StrEnum):
    """What somebody did, or what happened by itself."""

    TAKEN = "taken"
    """Somebody took it, from the store or from a colleague."""
    HANDED_OVER = "handed_over"
    """Somebody gave it to a colleague."""
    RELEASED = "released"
    """Somebody gave it back to the store."""
    UNANSWERED = "unanswered"
    """It went back to the store by itself: the customer had waited too long (X18)."""
    ABSENT = "absent"
    """Likewise: who looked after it is away."""


class Handover(Struct, frozen=True, kw_only=True):
    """One change of who looks after a conversation. Nobody's name stands here but colleagues'."""

    id: str
    """A ULID: in the order of the conversation's messages."""
    conversation_id: str
    merchant_id: str
    store_id: str
    kind: HandoverKind
    at: int
    by_id: str | None = None
    """The associate who did it; None: nobody, it happened by itself."""
    by_name: str | None = None
    to_id: str | None = None
    """Who looks after it from now on; None: the store."""
    to_name: str | None = None
    from_id: str | None = None
    """Who looked after it, where it went by itself."""
    from_name: str | None = None


def kind_of(by: str, to: str | None) -> HandoverKind:
    """What it is called when associate `by` gives a conversation to `to` (None: back to the store)."""
    if to is None:
        return HandoverKind.RELEASED
    return HandoverKind.TAKEN if to == by else HandoverKind.HANDED_OVER
