"""Texts that wait for their time: sent later on purpose (X3), or kept back by quiet hours (X4).

A held text is not yet part of its conversation: it is no activity, and nothing is said of it to anybody. When its time
comes it becomes a message as if it had been written in that moment, behind everything that was said meanwhile.
"""

from enum import StrEnum

from msgspec import Struct
from msgspec.structs import replace

from .errors import InvalidInput
from .media import Media
from .message_templates import TemplateUse
from .products import Card

MOST_HELD = 20
"""Texts of one conversation that may wait at the same time."""
FURTHEST = 90 * 86_400_000
"""Milliseconds ahead that a text may be sent later: conversations live for 120 days."""
LATEST_MINUTE = 60_000
"""A time so little ahead, in milliseconds, is now: the clock that releases strikes each minute."""


class HeldReason(StrEnum):
    """Why a text waits."""

    LATER = "later"
    """Its author chose the time."""
    QUIET_HOURS = "quiet_hours"
    """It is too late, or too early, where the customer is."""


class Held(Struct, frozen=True, kw_only=True):
    """A text of an associate's that waits until `release_at` (epoch milliseconds)."""

    id: str
    """A ULID. The message that it becomes has another: the order of those is the order of what was said."""
    conversation_id: str
    merchant_id: str
    store_id: str
    body: str
    author_id: str
    author_name: str
    created_at: int
    release_at: int
    reason: HeldReason
    template: TemplateUse | None = None
    media: tuple[Media, ...] = ()
    """The pictures that go out with it."""
    card: Card | None = None
    """As the product was when this was written: it goes out so, whatever has become of the product."""
    revision: int = 1
    """Counts its changes: who changes or releases it has seen what is there."""

    def is_due(self, now: int) -> bool:
        return self.release_at <= now

    @property
    def words(self) -> str:
        """Its author's own."""
        return self.body if self.card is None else self.card.words_in(self.body)

    def changed(self, words: str, release_at: int, reason: HeldReason) -> "Held":
        """With other words, or for another time."""
        body = words if self.card is None else self.card.below(words)
        return replace(self, body=body, release_at=release_at, reason=reason, revision=self.revision + 1)


def chosen_time(at: int, now: int, ends_at: int) -> int:
    """When a text is to go out that somebody wants to send at `at`. Raises InvalidInput for the past, for what is too
    far ahead, and for a time at which the conversation (which ends at `ends_at`) takes nothing more."""
    if at < now - LATEST_MINUTE:
        raise InvalidInput("send_at lies in the past.")
    if at > now + FURTHEST:
        raise InvalidInput("send_at is more than 90 days ahead.")
    if at >= ends_at:
        raise InvalidInput("The conversation will have ended by then.")
    return at
