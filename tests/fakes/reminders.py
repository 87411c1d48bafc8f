"""ports.ReminderStore over plain memory."""

from collections.abc import Sequence

from chalicelib.domain.reminders import Reminder, Timer, timer_of
from chalicelib.usecases.ports import Once

from .table import FakeTable, unchanged


class FakeReminders:
    def __init__(self, table: FakeTable) -> None:
        self._table = table

    def add(self, reminder: Reminder, once: Once) -> Once | None:
        self._table.request()
        if stored := self._table.onces.get((once.scope, once.key)):
            return stored
        self._table.onces[once.scope, once.key] = once
        self._put(reminder)
        self._set_timer(reminder)
        return None

    def find(self, associate_id: str, reminder_id: str) -> Reminder | None:
        self._table.request()
        return self._table.reminding.open.get((associate_id, reminder_id))

    def find_ended(self, associate_id: str, reminder_id: str) -> Reminder | None:
        self._table.request()
        return self._table.reminding.ended.get((associate_id, reminder_id))

    def of_associate(self, associate_id: str) -> Sequence[Reminder]:
        self._table.request()
        return [each for (owner, _), each in self._table.reminding.open.items() if owner == associate_id]

    def change(self, reminder: Reminder, was: Reminder) -> bool:
        self._table.request()
        if not self._as_read(was):
            return False
        self._put(reminder)
        if reminder.due_at != was.due_at:
            self._stop_timer(was)
            self._set_timer(reminder)
        return True

    def end(self, ended: Reminder, was: Reminder) -> bool:
        self._table.request()
        if not self._as_read(was):
            return False
        del self._table.reminding.open[was.associate_id, was.id]
        self._put(ended)
        if not ended.was_told:
            self._stop_timer(was)
        return True

    def restore(self, restored: Reminder, was: Reminder) -> bool:
        self._table.request()
        if not self._as_read(was):
            return False
        del self._table.reminding.ended[was.associate_id, was.id]
        self._put(restored)
        if not was.was_told:
            self._set_timer(restored)
        return True

    def due(self, now: int, limit: int) -> Sequence[Timer]:
        self._table.request()
        return [timer for (at, _), timer in sorted(self._table.reminding.timers.items()) if at <= now][:limit]

    def strike(self, timers: Sequence[Timer]) -> None:
        self._table.request()
        for timer in timers:
            if self._table.reminding.timers.pop((timer.due_at, timer.reminder_id), None) is not None:
                self._table.reminding.struck.append(timer)

    def _as_read(self, was: Reminder) -> bool:
        of = self._table.reminding.open if was.ended_at is None else self._table.reminding.ended
        return unchanged(of.get((was.associate_id, was.id)), was, ("revision", "merchant_id"))

    def _put(self, reminder: Reminder) -> None:
        of = self._table.reminding.open if reminder.ended_at is None else self._table.reminding.ended
        of[reminder.associate_id, reminder.id] = reminder

    def _set_timer(self, reminder: Reminder) -> None:
        self._table.reminding.timers[reminder.due_at, reminder.id] = timer_of(reminder)

    def _stop_timer(self, reminder: Reminder) -> None:
        self._table.reminding.timers.pop((reminder.due_at, reminder.id), None)
