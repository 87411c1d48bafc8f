"""Reminders and their timers, in the table."""

from collections.abc import Sequence
from typing import Protocol

from chalicelib.domain.reminders import Reminder, Timer

from .conversations import Once


class ReminderStore(Protocol):
    """A reminder that has not been told has a timer at its time; whatever writes one keeps both together."""

    def add(self, reminder: Reminder, once: Once) -> Once | None:
        """One transaction. The earlier request's Once where it was made before."""
        ...

    def find(self, associate_id: str, reminder_id: str) -> Reminder | None:
        """Strongly consistent; none that has ended."""
        ...

    def find_ended(self, associate_id: str, reminder_id: str) -> Reminder | None: ...

    def of_associate(self, associate_id: str) -> Sequence[Reminder]:
        """All that have not ended, in no order; strongly consistent."""
        ...

    def change(self, reminder: Reminder, was: Reminder) -> bool:
        """Stores `reminder`, if it is still as `was` was read; False if not. Another time is to be told anew."""
        ...

    def end(self, ended: Reminder, was: Reminder) -> bool:
        """As `change`: it moves to those that have ended, and will not be told."""
        ...

    def restore(self, restored: Reminder, was: Reminder) -> bool:
        """As `change`: it moves back, and is told at its time, if that had not come when it ended."""
        ...

    def due(self, now: int, limit: int) -> Sequence[Timer]:
        """The longest due first; strongly consistent."""
        ...

    def strike(self, timers: Sequence[Timer]) -> None:
        """They go: that is what their associates are told of, once. Safe to repeat, and for those that are gone."""
        ...
