"""What goes over HTTP of texts that wait, quiet hours and customers' clocks: as schemas.py."""

from msgspec import Struct

from chalicelib.domain.held import HeldReason
from chalicelib.domain.quiet_overview import RuleState


class Waiting(Struct, kw_only=True):
    """A text that is to go out later, and why."""

    until: int
    reason: HeldReason


class ClockView(Struct, kw_only=True):
    """The time where the customer is, as far as their number tells (X3, X4)."""

    zone: str
    """IANA name: the one to read it in."""
    guessed: bool
    """Their address tells nothing: it is the store's zone."""
    quiet_from: int | None
    """The quiet hours that it is now (this is not ahead then), or the next ones; null: none hold here."""
    quiet_until: int | None
    answers_until: int | None
    """Before then a text goes out at night too, as an answer; null: the store has the last word."""


class QuietRule(Struct, kw_only=True):
    """When texts may go out at a place: `HH:MM-HH:MM` there; empty: not at all on these days."""

    place: str
    """ISO 3166 country, or `US-` and the state; empty: everywhere else."""
    weekdays: str
    saturday: str
    sunday: str
    source: str
    clocks: list[str]
    """What the clocks there show now, `HH:MM`, one for each of its time zones."""
    state: RuleState | None
    """What holds there now, with the store's own hours; null: it is no place."""


class QuietTable(Struct, kw_only=True):
    """A store's quiet hours (X4). They are set in the merchant's file."""

    active: bool
    earliest: int
    """Minutes since the customer's midnight: the store texts from then on,"""
    latest: int
    """and until then, where the law allows it."""
    zone: str
    """The store's, for numbers that tell nothing."""
    quiet_from: int | None
    """There: the quiet hours that it is now, or the next ones; null: none."""
    quiet_until: int | None
    rules: list[QuietRule]
