"""The clock tells of reminders that have come due: once, not before, and the longest due first (H20, P11)."""

import pytest

from chalicelib.domain.errors import Unavailable
from chalicelib.usecases.tell_reminders import Told, tell_due_reminders
from tests.support.reminding import remind, strike
from tests.support.world import MIA, World


def test_it_is_told_when_its_minute_has_come_and_not_before(world: World) -> None:
    one = remind(world, world.start())
    world.clock.set(one.due_at - 1)
    assert strike(world) == Told()
    world.clock.set(one.due_at)
    assert strike(world) == Told(told=1)
    assert [each.reminder_id for each in world.table.reminding.struck] == [one.id]


def test_two_runs_tell_it_once(world: World) -> None:
    one = remind(world, world.start())
    world.clock.set(one.due_at)
    timers = world.reminders.due(one.due_at, 9)
    strike(world)
    world.reminders.strike(timers)  # a run that read it before
    assert len(world.table.reminding.struck) == 1


def test_however_many_are_due_all_are_told(world: World) -> None:
    talk = world.start()
    made = [remind(world, talk, associate_id=sub) for sub in ("ada", MIA) for _ in range(40)]
    world.clock.set(made[-1].due_at)
    assert strike(world) == Told(told=80)
    assert world.table.reminding.timers == {}


def test_a_run_stops_in_time_and_the_next_goes_on(world: World) -> None:
    one = remind(world, world.start())
    world.clock.set(one.due_at)
    assert tell_due_reminders(one.due_at, one.due_at, world) == Told(finished=False)
    assert strike(world).told == 1


@pytest.mark.parametrize("refused", [1, 2])
def test_what_the_table_refuses_is_told_by_the_next_run(world: World, refused: int) -> None:
    one = remind(world, world.start())
    world.clock.set(one.due_at)
    request, left = world.table.request, [refused]

    def refusing() -> None:
        left[0] -= 1
        if left[0] == 0:
            raise Unavailable
        request()

    world.table.request = refusing  # type: ignore[method-assign]  # the reading, or the taking away
    assert strike(world) == Told()
    assert world.log.events()[-1] == "reminders_not_told"
    assert strike(world) == Told(told=1)
