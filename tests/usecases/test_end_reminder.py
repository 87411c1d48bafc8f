"""A reminder is done with, and that can be taken back (H20)."""

import pytest

from chalicelib.domain.errors import NotFound, TooManyReminders
from chalicelib.domain.reminders import KEPT_ENDED, MOST_REMINDERS
from chalicelib.usecases.browse_reminders import list_reminders
from chalicelib.usecases.end_reminder import end_reminder, restore_reminder
from tests.support.reminding import remind, strike
from tests.support.world import ADA, MIA, World


def test_what_is_done_is_gone_and_is_not_told(world: World) -> None:
    one = remind(world, world.start())
    end_reminder(one.id, ADA, world)
    end_reminder(one.id, ADA, world)  # a repeat does no harm
    assert (list_reminders(ADA, world), world.table.reminding.timers) == ([], {})
    world.clock.set(one.due_at)
    assert strike(world).told == 0


def test_restored_before_its_time_it_is_told_at_it(world: World) -> None:
    one = remind(world, world.start())
    end_reminder(one.id, ADA, world)
    back = restore_reminder(one.id, ADA, world)
    assert (back.due_at, back.note, back.wall) == (one.due_at, one.note, one.wall)
    assert restore_reminder(one.id, ADA, world) == back, "a repeat does no harm"
    world.clock.set(one.due_at)
    assert strike(world).told == 1


def test_restored_after_a_time_that_it_missed_it_is_told_at_once(world: World) -> None:
    one = remind(world, world.start())
    end_reminder(one.id, ADA, world)
    world.clock.set(one.due_at + 1)
    restore_reminder(one.id, ADA, world)
    assert strike(world).told == 1


def test_restored_after_it_was_told_it_is_not_told_again(world: World) -> None:
    one = remind(world, world.start())
    world.clock.set(one.due_at)
    strike(world)
    end_reminder(one.id, ADA, world)
    restore_reminder(one.id, ADA, world)
    assert strike(world).told == 0
    assert [each.reminder.id for each in list_reminders(ADA, world)] == [one.id]


def test_it_can_be_taken_back_for_a_day(world: World) -> None:
    one = remind(world, world.start())
    end_reminder(one.id, ADA, world)
    world.clock.advance(KEPT_ENDED)
    with pytest.raises(NotFound):
        restore_reminder(one.id, ADA, world)


def test_a_colleague_neither_ends_nor_restores_it(world: World) -> None:
    one = remind(world, world.start())
    with pytest.raises(NotFound):
        end_reminder(one.id, MIA, world)
    end_reminder(one.id, ADA, world)
    with pytest.raises(NotFound):
        restore_reminder(one.id, MIA, world)


def test_there_must_be_room_for_what_comes_back(world: World) -> None:
    talk = world.start()
    one = remind(world, talk)
    end_reminder(one.id, ADA, world)
    for _ in range(MOST_REMINDERS):
        remind(world, talk)
    with pytest.raises(TooManyReminders):
        restore_reminder(one.id, ADA, world)
