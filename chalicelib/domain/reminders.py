"""Reminders: notes to oneself about a customer, each due at a minute (H20).

Due is a comparison, exact to the millisecond: it does not wait for anybody to look. That its associate was told is that
its timer is gone, which one run of the clock or another takes away.
"""

from enum import StrEnum

from msgspec import Struct
from msgspec.structs import replace

from .errors import InvalidInput
from .wall_clock import MINUTE, Moment, moment_at, morning_after

MOST_REMINDERS = 200
"""Of one associate, at the same time."""
LONGEST_NOTE = 500
FURTHEST = 2 * 366 * 86_400_000
"""Milliseconds ahead."""
KEPT_OVERDUE = 180 * 86_400_000
"""Milliseconds after its time until one that nobody cared for is gone."""
KEPT_ENDED = 86_400_000
"""Milliseconds in which the end of one can be taken back."""
_MORNING = 9


class Snooze(StrEnum):
    """How much later, from now."""

    TEN_MINUTES = "ten_minutes"
    HOUR = "hour"
    TOMORROW = "tomorrow"
    """At nine in the morning, on the reminder's own clock."""


_PAUSES = {Snooze.TEN_MINUTES: 10 * MINUTE, Snooze.HOUR: 60 * MINUTE}


class Reminder(Struct, frozen=True, kw_only=True):
    """Its associate's own: nobody else sees it, whoever looks after the customer by now."""

    id: str
    associate_id: str
    merchant_id: str
    store_id: str
    conversation_id: str
    """In which it was made; whose it is about."""
    customer_id: str
    note: str
    due_at: int
    """Epoch milliseconds, a full minute."""
    wall: str
    zone: str
    """What was chosen, on which clock (wall_clock.Moment)."""
    created_at: int
    revision: int = 1
    """Counts its changes: who changes or ends it has seen what is there."""
    ended_at: int | None = None
    """When it was done with."""

    @property
    def moment(self) -> Moment:
        return Moment(self.due_at, self.wall, self.zone)

    def is_due(self, now: int) -> bool:
        return self.due_at <= now

    def is_kept(self, now: int) -> bool:
        """Whether it still counts; what does not is garbage."""
        return now < (self.due_at + KEPT_OVERDUE if self.ended_at is None else self.ended_at + KEPT_ENDED)

    def changed(self, note: str, when: Moment) -> "Reminder":
        return replace(self, note=note, due_at=when.at, wall=when.wall, zone=when.zone, revision=self.revision + 1)

    def ended(self, now: int) -> "Reminder":
        """Done with, before or after its time."""
        return replace(self, ended_at=now, revision=self.revision + 1)

    def restored(self) -> "Reminder":
        """As if it had not ended. What was to come then is still to come."""
        return replace(self, ended_at=None, revision=self.revision + 1)

    @property
    def was_told(self) -> bool:
        """Of one that has ended: whether its time had come by then."""
        return self.ended_at is not None and self.is_due(self.ended_at)


class Timer(Struct, frozen=True, kw_only=True):
    """What the clock looks at: of each reminder one, until its time has come. It says whose, and nothing else."""

    reminder_id: str
    associate_id: str
    merchant_id: str
    store_id: str
    due_at: int


def timer_of(reminder: Reminder) -> Timer:
    return Timer(
        reminder_id=reminder.id,
        associate_id=reminder.associate_id,
        merchant_id=reminder.merchant_id,
        store_id=reminder.store_id,
        due_at=reminder.due_at,
    )


def chosen(when: Moment, now: int) -> Moment:
    """Raises InvalidInput for a time that has passed, beyond the minute that it is, and for one too far ahead."""
    if when.at <= now - MINUTE:
        raise InvalidInput("That time has passed.")
    if when.at > now + FURTHEST:
        raise InvalidInput("That is more than two years ahead.")
    return when


def snoozed(how: Snooze, zone: str, now: int) -> Moment:
    """Raises InvalidInput for no zone."""
    pause = _PAUSES.get(how)
    return morning_after(now, zone, _MORNING) if pause is None else moment_at(now + pause, zone)
