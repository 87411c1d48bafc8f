"""Contract of ports.ReminderStore: reminders and their timers change together."""

from msgspec.structs import replace

from chalicelib.domain.reminders import Reminder, timer_of
from chalicelib.domain.wall_clock import moment_at
from chalicelib.usecases.ports import Once
from tests.fakes.outside import START
from tests.store.conftest import Stores
from tests.support.samples import id_at, reminder

ONE = reminder(START + 3_600_000)
ONCE = Once("request#ada", "key-1", "digest", ONE.id)
LATER = ONE.changed("Other", moment_at(ONE.due_at + 60_000, ONE.zone))


def due(stores: Stores, at: int, limit: int = 9) -> list[str]:
    return [timer.reminder_id for timer in stores.reminders.due(at, limit)]


def add(stores: Stores, one: Reminder = ONE, once: Once = ONCE) -> None:
    assert stores.reminders.add(one, once) is None


def test_one_is_found_by_its_associate_and_nobody_else(stores: Stores) -> None:
    add(stores)
    assert stores.reminders.find("ada", ONE.id) == ONE
    assert stores.reminders.of_associate("ada") == [ONE]
    assert stores.reminders.find("mia", ONE.id) is None
    assert stores.reminders.of_associate("mia") == []


def test_the_same_request_twice_makes_one(stores: Stores) -> None:
    add(stores)
    assert stores.reminders.add(replace(ONE, id=id_at(START, 7)), ONCE) == ONCE
    assert stores.reminders.of_associate("ada") == [ONE]
    assert due(stores, ONE.due_at) == [ONE.id]


def test_due_are_those_whose_time_has_come_the_longest_first(stores: Stores) -> None:
    for number in range(4):
        when = moment_at(ONE.due_at + number * 60_000, ONE.zone)
        one = replace(ONE, id=id_at(START, 20 - number), due_at=when.at)
        add(stores, one, Once("r", f"key-{number}"))
    assert due(stores, ONE.due_at - 1) == []
    assert due(stores, ONE.due_at) == [id_at(START, 20)]
    assert due(stores, ONE.due_at + 180_000, 3) == [id_at(START, 20), id_at(START, 19), id_at(START, 18)]
    assert stores.reminders.due(ONE.due_at, 1) == [timer_of(replace(ONE, id=id_at(START, 20)))]


def test_struck_is_gone_and_the_reminder_stays(stores: Stores) -> None:
    add(stores)
    timers = stores.reminders.due(ONE.due_at, 9)
    stores.reminders.strike(timers)
    stores.reminders.strike(timers)
    assert due(stores, ONE.due_at) == []
    assert stores.reminders.find("ada", ONE.id) == ONE


def test_a_change_happens_to_what_was_read_and_moves_the_timer(stores: Stores) -> None:
    add(stores)
    assert stores.reminders.change(LATER, ONE)
    assert not stores.reminders.change(LATER, ONE), "somebody was faster"
    assert stores.reminders.find("ada", ONE.id) == LATER
    assert (due(stores, ONE.due_at), due(stores, LATER.due_at)) == ([], [ONE.id])


def test_other_words_leave_the_timer_as_it_is(stores: Stores) -> None:
    add(stores)
    stores.reminders.strike(stores.reminders.due(ONE.due_at, 9))
    assert stores.reminders.change(ONE.changed("Other", ONE.moment), ONE)
    assert due(stores, ONE.due_at) == []


def test_after_it_was_told_another_time_is_told_anew(stores: Stores) -> None:
    add(stores)
    stores.reminders.strike(stores.reminders.due(ONE.due_at, 9))
    assert stores.reminders.change(LATER, ONE)
    assert due(stores, LATER.due_at) == [ONE.id]


def test_another_merchants_is_not_changed(stores: Stores) -> None:
    add(stores)
    foreign = replace(ONE, merchant_id="other")
    assert not stores.reminders.change(LATER, foreign)
    assert not stores.reminders.end(ONE.ended(START), foreign)


def test_ended_it_is_nowhere_but_where_it_can_be_taken_back_from(stores: Stores) -> None:
    add(stores)
    over = ONE.ended(START + 1)
    assert stores.reminders.end(over, ONE)
    assert not stores.reminders.end(over, ONE), "it is over"
    assert (stores.reminders.find("ada", ONE.id), stores.reminders.of_associate("ada")) == (None, [])
    assert stores.reminders.find_ended("ada", ONE.id) == over
    assert due(stores, ONE.due_at) == []


def test_restored_it_is_to_come_again_unless_it_was_told(stores: Stores) -> None:
    add(stores)
    over = ONE.ended(START + 1)
    stores.reminders.end(over, ONE)
    assert stores.reminders.restore(over.restored(), over)
    assert not stores.reminders.restore(over.restored(), over)
    back = stores.reminders.find("ada", ONE.id)
    assert back == over.restored()
    assert due(stores, ONE.due_at) == [ONE.id]
    stores.reminders.strike(stores.reminders.due(ONE.due_at, 9))
    told = back.ended(ONE.due_at)
    assert stores.reminders.end(told, back)
    assert stores.reminders.restore(told.restored(), told)
    assert due(stores, ONE.due_at) == []
