"""Browsers are woken when something is due, and nothing that they do holds a reminder up (H20)."""

import pytest

from chalicelib.domain.errors import Unavailable
from chalicelib.usecases.manage_devices import add_device
from chalicelib.usecases.ports import Woken
from chalicelib.usecases.tell_reminders import Told, tell_due_reminders
from tests.support.reminding import remind, strike
from tests.support.world import ADA, MIA, World

PHONE, LAPTOP = "https://web.push.apple.com/phone", "https://fcm.googleapis.com/laptop"
TABLET = "https://web.push.apple.com/tablet"


def due(world: World, *associates: str) -> None:
    talk = world.start()
    made = [remind(world, talk, associate_id=each) for each in associates]
    world.clock.set(made[-1].due_at)


def test_each_browser_of_who_has_something_due_is_woken_once(world: World) -> None:
    for owner, endpoint in ((ADA, PHONE), (ADA, LAPTOP), (MIA, TABLET)):
        add_device(owner, endpoint, world)
    due(world, *[ADA] * 30)
    assert strike(world) == Told(told=30, woken=2)
    assert sorted(world.push_services.woken) == [LAPTOP, PHONE]
    assert strike(world) == Told()


def test_it_is_woken_before_the_timer_goes(world: World) -> None:
    """So that a run which ends in between leaves it to the next."""
    add_device(ADA, PHONE, world)
    due(world, ADA)
    left = list[int]()
    world.push_services.on_wake = lambda: left.append(len(world.table.reminding.timers))
    strike(world)
    assert left == [1]


def test_a_browser_that_is_gone_is_forgotten_and_the_others_stay(world: World) -> None:
    add_device(ADA, PHONE, world)
    add_device(ADA, LAPTOP, world)
    world.push_services.answers[PHONE] = Woken.GONE
    due(world, ADA)
    assert strike(world) == Told(told=1, woken=1)
    assert [endpoint for _, endpoint in world.table.devices] == [LAPTOP]


def test_a_service_that_fails_is_asked_once_in_a_run_and_holds_nothing_up(world: World) -> None:
    for owner, endpoint in ((ADA, PHONE), (MIA, TABLET), (MIA, LAPTOP)):
        add_device(owner, endpoint, world)
    world.push_services.answers = {PHONE: Woken.FAILED, TABLET: Woken.FAILED}
    due(world, ADA, MIA)
    assert strike(world) == Told(told=2, woken=1)
    assert world.push_services.woken == [PHONE, LAPTOP]
    assert len(world.table.devices) == 3


def test_slow_services_have_half_of_the_time_and_the_timers_go(world: World) -> None:
    for number in range(9):
        add_device(ADA, f"{PHONE}{number}", world)
    add_device(MIA, LAPTOP, world)
    due(world, ADA, MIA)
    start = world.clock.now()
    world.push_services.on_wake = lambda: world.clock.set(world.clock.now() + 1_000)
    assert tell_due_reminders(start, start + 10_000, world) == Told(told=2, woken=5)
    assert "devices_not_woken" in world.log.events()


def test_without_a_key_and_for_who_has_left_nobody_is_asked(world: World) -> None:
    add_device(ADA, PHONE, world)
    due(world, ADA)
    world.push_services.public_key = ""
    assert strike(world) == Told(told=1)
    world.push_services.public_key = "BPublic"
    remind(world, next(iter(world.table.conversations)))
    world.clock.set(world.clock.now() + 7_200_000)
    del world.table.associates[ADA]
    assert strike(world) == Told(told=1)
    assert world.push_services.woken == []


def test_what_the_table_refuses_is_left_to_the_next_run(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    def refusing(_associate_id: str) -> None:
        raise Unavailable

    add_device(ADA, PHONE, world)
    due(world, ADA)
    with monkeypatch.context() as patch:
        patch.setattr(world.devices, "of_associate", refusing)
        assert strike(world) == Told()
    assert strike(world) == Told(told=1, woken=1)
