"""Reminders, each with a timer until it is told. Implements ports.ReminderStore.

A timer is an item of the table and no entry of an index: it is read strongly consistent, and goes at half the price of
an item that leaves an index. The stream tells that it went, exactly once.
"""

from collections.abc import Sequence

from pynamodb.expressions.condition import Condition

from chalicelib.domain.reminders import KEPT_ENDED, KEPT_OVERDUE, Reminder, Timer, timer_of
from chalicelib.usecases.ports import Once

from . import codec, keys
from .appending import ONCE, ONCE_DAYS
from .conditions import absent
from .keys import Key
from .rows import OnceRow, ReminderRow, Row, TimerRow
from .table import Table
from .transaction import Transaction

_REMINDER, _ENDED, _TIMER, _FORMER = "reminder", "ended", "timer", "former timer"


class DynamoReminderStore:
    def __init__(self, table: Table) -> None:
        self._table = table

    def add(self, reminder: Reminder, once: Once) -> Once | None:
        transaction = Transaction(self._table)
        transaction.put(ONCE, codec.once_row(once, reminder.created_at, ONCE_DAYS))
        transaction.put(_REMINDER, _row(reminder))
        _set_timer(transaction, reminder)
        row = transaction.commit().get(ONCE)
        return codec.once(row) if isinstance(row, OnceRow) else None

    def find(self, associate_id: str, reminder_id: str) -> Reminder | None:
        return _reminder(self._table.get(keys.reminder(associate_id, reminder_id)))

    def find_ended(self, associate_id: str, reminder_id: str) -> Reminder | None:
        return _reminder(self._table.get(keys.ended_reminder(associate_id, reminder_id)))

    def of_associate(self, associate_id: str) -> Sequence[Reminder]:
        raws = self._table.pages(keys.reminder(associate_id, "").pk, consistent=True)
        return [found for raw in raws if (found := _reminder(Row.from_raw_data(raw))) is not None]

    def change(self, reminder: Reminder, was: Reminder) -> bool:
        transaction = Transaction(self._table)
        transaction.put(_REMINDER, _row(reminder), _as_read(was))
        if reminder.due_at != was.due_at:
            _stop_timer(transaction, was)
            _set_timer(transaction, reminder)
        return not transaction.commit()

    def end(self, ended: Reminder, was: Reminder) -> bool:
        transaction = Transaction(self._table)
        transaction.delete(_REMINDER, _place(was), _as_read(was))
        transaction.put(_ENDED, _row(ended))
        if not ended.was_told:
            _stop_timer(transaction, was)
        return not transaction.commit()

    def restore(self, restored: Reminder, was: Reminder) -> bool:
        transaction = Transaction(self._table)
        transaction.delete(_ENDED, _place(was), _as_read(was))
        transaction.put(_REMINDER, _row(restored))
        if not was.was_told:
            _set_timer(transaction, restored)
        return not transaction.commit()

    def due(self, now: int, limit: int) -> Sequence[Timer]:
        partition, _ = keys.timer(0, "")
        rows = self._table.query(partition, Row.sk < keys.at(now + 1), limit=limit, consistent=True).rows
        return [codec.restored(row, Timer) for row in rows if isinstance(row, TimerRow)]

    def strike(self, timers: Sequence[Timer]) -> None:
        self._table.delete_many(keys.timer(timer.due_at, timer.reminder_id) for timer in timers)


def _place(reminder: Reminder) -> Key:
    of = keys.reminder if reminder.ended_at is None else keys.ended_reminder
    return of(reminder.associate_id, reminder.id)


def _row(reminder: Reminder) -> ReminderRow:
    over = reminder.due_at + KEPT_OVERDUE if reminder.ended_at is None else reminder.ended_at + KEPT_ENDED
    return ReminderRow(*_place(reminder), ttl=over // 1000, **codec.values(reminder))


def _reminder(row: Row | None) -> Reminder | None:
    return codec.restored(row, Reminder) if isinstance(row, ReminderRow) else None


def _as_read(was: Reminder) -> Condition:
    condition: Condition = (ReminderRow.revision == was.revision) & (ReminderRow.merchant_id == was.merchant_id)
    return condition


def _set_timer(transaction: Transaction, reminder: Reminder) -> None:
    row = TimerRow(*keys.timer(reminder.due_at, reminder.id), **codec.values(timer_of(reminder)))
    transaction.put(_TIMER, row, _own(reminder))


def _stop_timer(transaction: Transaction, reminder: Reminder) -> None:
    """It may have struck already."""
    transaction.delete(_FORMER, keys.timer(reminder.due_at, reminder.id), _own(reminder))


def _own(reminder: Reminder) -> Condition:
    condition: Condition = absent() | (TimerRow.merchant_id == reminder.merchant_id)
    return condition
