"""Reminders are set, changed and put off by whoever they are for (H20)."""

import pytest

from chalicelib.domain.errors import (
    ChangedMeanwhile,
    ContactsDisabled,
    IdempotencyConflict,
    InvalidInput,
    MessagingDisabled,
    NotFound,
    PermissionDenied,
    TooManyReminders,
)
from chalicelib.domain.merchants import Permission
from chalicelib.domain.reminders import FURTHEST, KEPT_OVERDUE, MOST_REMINDERS, Reminder, Snooze
from chalicelib.usecases.browse_reminders import list_reminders
from chalicelib.usecases.set_reminder import When, change_reminder, own_reminder, snooze_reminder
from tests.support.reminding import LOS_ANGELES, at, remind, strike
from tests.support.world import ADA, BOB, DAY, EVE, HOUR, MIA, NOBODY, SEATTLE, TACOMA, ZOE, World

MINUTE = 60_000


@pytest.fixture
def talk(world: World) -> str:
    return world.start()


def timers(world: World) -> list[tuple[int, str]]:
    return sorted(world.table.reminding.timers)


def test_it_is_for_a_minute_on_the_stores_clock_unless_said_otherwise(world: World, talk: str) -> None:
    one = remind(world, talk, when=When(wall="2026-12-24T09:00"))
    assert (one.wall, one.zone) == ("2026-12-24T09:00", LOS_ANGELES)
    berlin = remind(world, talk, when=When(wall="2026-12-24T09:00", zone="Europe/Berlin"))
    assert one.due_at - berlin.due_at == 9 * HOUR
    assert (one.store_id, one.conversation_id, one.customer_id) == (SEATTLE, talk, world.conversation(talk).customer_id)
    assert timers(world) == sorted([(berlin.due_at, berlin.id), (one.due_at, one.id)])


@pytest.mark.parametrize(
    "when",
    [
        When(wall="2020-01-01T09:00"),
        When(wall="2099-01-01T09:00"),
        When(wall="2026-02-30T09:00"),
        When(wall="2026-12-24T09:00", zone="America/Nowhere"),
        When(wall="2026-12-24T09:00", zone="../../etc/passwd"),
    ],
)
def test_what_is_no_time_ahead_is_refused_and_nothing_is_stored(world: World, talk: str, when: When) -> None:
    with pytest.raises(InvalidInput):
        remind(world, talk, when=when)
    one = remind(world, talk)
    with pytest.raises(InvalidInput):
        change_reminder(one.id, ADA, "Other", when, world)
    assert own_reminder(one.id, ADA, world) == one


def test_too_far_ahead_is_more_than_two_years(world: World, talk: str) -> None:
    assert remind(world, talk, when=at(world.clock.now() + FURTHEST - MINUTE))
    with pytest.raises(InvalidInput):
        remind(world, talk, when=at(world.clock.now() + FURTHEST + MINUTE))


def test_the_same_request_again_gets_the_same_reminder_even_when_its_time_is_over(world: World, talk: str) -> None:
    when = at(world.clock.now() + HOUR)
    first = remind(world, talk, when=when, idempotency_key="key-reminder")
    world.clock.advance(2 * HOUR)
    assert remind(world, talk, when=when, idempotency_key="key-reminder") == first
    with pytest.raises(IdempotencyConflict):
        remind(world, talk, when=when, note="Another", idempotency_key="key-reminder")
    assert len(list_reminders(ADA, world)) == 1


def test_nobody_has_more_than_so_many(world: World, talk: str) -> None:
    made = [remind(world, talk) for _ in range(MOST_REMINDERS)]
    with pytest.raises(TooManyReminders):
        remind(world, talk)
    assert remind(world, talk, associate_id=MIA), "a colleague has their own"
    world.clock.set(made[0].due_at + KEPT_OVERDUE)
    assert remind(world, talk), "those that nobody cared for count no more"


def test_a_change_moves_its_timer_and_it_is_told_anew(world: World, talk: str) -> None:
    one = remind(world, talk)
    later = change_reminder(one.id, ADA, "At two", at(one.due_at + HOUR), world)
    assert (later.note, later.due_at) == ("At two", one.due_at + HOUR)
    assert timers(world) == [(later.due_at, one.id)]
    world.clock.set(later.due_at)
    strike(world)
    again = change_reminder(one.id, ADA, "At three", at(later.due_at + HOUR), world)
    assert timers(world) == [(again.due_at, one.id)]


def test_words_can_be_changed_when_the_time_is_over(world: World, talk: str) -> None:
    one = remind(world, talk)
    world.clock.set(one.due_at + DAY)
    strike(world)
    assert change_reminder(one.id, ADA, "Still", at(one.due_at), world).note == "Still"
    assert timers(world) == []


def test_a_snooze_counts_from_now(world: World, talk: str) -> None:
    one = remind(world, talk)
    world.clock.set(one.due_at + 30_000)
    strike(world)
    assert snooze_reminder(one.id, ADA, Snooze.TEN_MINUTES, world).due_at == one.due_at + 11 * MINUTE
    assert snooze_reminder(one.id, ADA, Snooze.HOUR, world).due_at == one.due_at + 61 * MINUTE
    tomorrow = snooze_reminder(one.id, ADA, Snooze.TOMORROW, world)
    assert (tomorrow.wall[10:], tomorrow.note) == ("T09:00", "Call back")
    assert timers(world) == [(tomorrow.due_at, one.id)]


def test_a_colleagues_is_not_there(world: World, talk: str) -> None:
    one = remind(world, talk)
    for other in (MIA, ZOE, BOB, EVE):
        with pytest.raises(NotFound):
            own_reminder(one.id, other, world)
        with pytest.raises(NotFound):
            snooze_reminder(one.id, other, Snooze.HOUR, world)
    assert own_reminder(one.id, ADA, world) == one


def test_only_about_a_customer_of_ones_own_store(world: World, talk: str) -> None:
    for other, refusal in ((BOB, NotFound), (ZOE, NotFound), (EVE, PermissionDenied), (NOBODY, PermissionDenied)):
        with pytest.raises(refusal):
            remind(world, talk, associate_id=other)
    with pytest.raises(NotFound):
        remind(world, "no-conversation")


def test_where_contacts_or_messaging_are_off_there_are_none(world: World, talk: str) -> None:
    one = remind(world, talk)
    world.change_store(contacts=False)
    with pytest.raises(ContactsDisabled):
        remind(world, talk)
    with pytest.raises(ContactsDisabled):
        own_reminder(one.id, ADA, world)
    world.change_store(contacts=True, messaging=False)
    with pytest.raises(MessagingDisabled):
        own_reminder(one.id, ADA, world)


def test_who_leaves_the_store_has_none_there(world: World, talk: str) -> None:
    one = remind(world, talk)
    world.permit(ADA, {TACOMA: frozenset({Permission.ORDERS})})
    with pytest.raises(NotFound):
        own_reminder(one.id, ADA, world)


def test_two_changes_at_once_both_find_what_is_there(world: World, talk: str) -> None:
    one = remind(world, talk)
    find, once = world.reminders.find, [True]

    def beaten(associate_id: str, reminder_id: str) -> Reminder | None:
        found = find(associate_id, reminder_id)
        if once.pop() if once else False:
            snooze_reminder(one.id, ADA, Snooze.HOUR, world)
        return found

    world.reminders.find = beaten  # type: ignore[method-assign]  # somebody is faster, once
    assert change_reminder(one.id, ADA, "Mine", at(one.due_at + HOUR), world).revision == 3


def test_who_is_beaten_again_and_again_is_told(world: World, talk: str) -> None:
    one = remind(world, talk)
    world.reminders.change = lambda reminder, was: False  # type: ignore[method-assign]  # always somebody faster
    with pytest.raises(ChangedMeanwhile):
        snooze_reminder(one.id, ADA, Snooze.HOUR, world)
