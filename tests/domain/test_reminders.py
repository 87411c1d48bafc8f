"""Reminders: when they are due, how far ahead they may lie, and how long they are kept (H20)."""

import pytest

from chalicelib.domain.errors import InvalidInput
from chalicelib.domain.reminders import (
    FURTHEST,
    KEPT_ENDED,
    KEPT_OVERDUE,
    Reminder,
    Snooze,
    chosen,
    snoozed,
    timer_of,
)
from chalicelib.domain.wall_clock import MINUTE, Moment, moment_at
from tests.fakes.outside import START

SEATTLE = "America/Los_Angeles"
DUE = moment_at(START + 60 * MINUTE, SEATTLE).at


def reminder() -> Reminder:
    when = moment_at(DUE, SEATTLE)
    return Reminder(
        id="r-1", associate_id="ada", merchant_id="m", store_id="s", conversation_id="c", customer_id="p", note="Call",
        due_at=when.at, wall=when.wall, zone=when.zone, created_at=START,
    )  # fmt: skip


def test_it_is_due_from_its_minute_on() -> None:
    one = reminder()
    assert [one.is_due(at) for at in (one.due_at - 1, one.due_at, one.due_at + 1)] == [False, True, True]


def test_a_time_that_has_passed_is_refused_beyond_the_minute_that_it_is() -> None:
    assert chosen(Moment(START - MINUTE + 1, "", ""), START).at == START - MINUTE + 1
    with pytest.raises(InvalidInput):
        chosen(Moment(START - MINUTE, "", ""), START)


def test_a_time_too_far_ahead_is_refused() -> None:
    assert chosen(Moment(START + FURTHEST, "", ""), START)
    with pytest.raises(InvalidInput):
        chosen(Moment(START + FURTHEST + MINUTE, "", ""), START)


def test_a_snooze_counts_from_now_in_full_minutes() -> None:
    assert snoozed(Snooze.TEN_MINUTES, SEATTLE, DUE + 1).at == DUE + 11 * MINUTE
    assert snoozed(Snooze.HOUR, SEATTLE, DUE).at == DUE + 60 * MINUTE
    assert snoozed(Snooze.TOMORROW, SEATTLE, DUE).wall.endswith("T09:00")


def test_one_that_nobody_cares_for_and_one_that_ended_are_kept_for_a_while() -> None:
    one = reminder()
    assert one.is_kept(one.due_at + KEPT_OVERDUE - 1)
    assert not one.is_kept(one.due_at + KEPT_OVERDUE)
    over = one.ended(START + 1)
    assert over.is_kept(START + KEPT_ENDED)
    assert not over.is_kept(START + 1 + KEPT_ENDED)


def test_what_ended_before_its_time_is_told_after_all_when_it_is_restored() -> None:
    assert not reminder().ended(DUE - 1).was_told
    assert reminder().ended(DUE).was_told
    back = reminder().ended(DUE - 1).restored()
    assert (back.ended_at, back.revision) == (None, 3)


def test_a_timer_has_nothing_of_the_note() -> None:
    assert "Call" not in str(timer_of(reminder()))
