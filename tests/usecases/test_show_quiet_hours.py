"""What people see of quiet hours (X4): the table for managers, the customer's clock for associates."""

import pytest

from chalicelib.domain.addresses import Address
from chalicelib.domain.errors import NotFound, PermissionDenied
from chalicelib.domain.quiet_hours import ANSWER_WITHIN, Night, OwnHours
from chalicelib.usecases.send_message import SendCommand, send_message
from chalicelib.usecases.show_quiet_hours import customer_clock, show_quiet_hours
from tests.support.world import ADA, BOB, HOUR, MIA, SEATTLE, World
from tests.usecases.test_quiet_hours import MORNING, NIGHT, NOON, at

PACIFIC = "America/Los_Angeles"


def test_a_manager_sees_the_stores_hours_and_every_rule(world: World) -> None:
    world.change_store(quiet_hours=OwnHours(earliest=600, latest=1200))
    world.clock.set(NOON)
    table = show_quiet_hours(SEATTLE, MIA, world)
    assert table.store.quiet_hours == OwnHours(earliest=600, latest=1200)
    assert table.here == Night(at("20:00"), at("10:00") + 24 * HOUR)
    assert [line.place for line in table.rules][:2] == ["", "CA"]


@pytest.mark.parametrize(("who", "refusal"), [(ADA, PermissionDenied), (BOB, NotFound)])
def test_others_do_not(world: World, who: str, refusal: type[Exception]) -> None:
    with pytest.raises(refusal):
        show_quiet_hours(SEATTLE, who, world)


def test_the_clock_of_a_customer_tells_the_night_before_a_text_is_written(world: World) -> None:
    world.change_store(quiet_hours=OwnHours())
    world.clock.set(NOON)
    talk = world.talk()
    clock = customer_clock(world.conversation(talk), world)
    assert (clock.zone, clock.guessed) == (PACIFIC, False)
    assert clock.night == Night(at("20:00"), MORNING)  # Washington's evening ends at eight
    world.clock.set(NIGHT)
    assert customer_clock(world.conversation(talk), world).night == Night(NIGHT, MORNING)


def test_it_says_until_when_an_answer_goes_out_all_the_same(world: World) -> None:
    world.change_store(quiet_hours=OwnHours())
    world.clock.set(NOON)
    talk = world.talk()
    assert customer_clock(world.conversation(talk), world).answers_until is None
    world.clock.set(NIGHT)
    world.text("Are you still there?")
    assert customer_clock(world.conversation(talk), world).answers_until == NIGHT + ANSWER_WITHIN


def test_a_store_that_keeps_none_still_knows_the_customers_clock(world: World) -> None:
    clock = customer_clock(world.conversation(world.talk()), world)
    assert (clock.zone, clock.guessed, clock.night) == (PACIFIC, False, None)


def test_a_number_that_tells_nothing_is_taken_to_be_where_the_store_is(world: World) -> None:
    world.text("Hello", sender=Address("+8835100001234"))
    clock = customer_clock(world.conversation_of(Address("+8835100001234")), world)
    assert (clock.zone, clock.guessed) == (PACIFIC, True)


def test_the_customers_night_is_not_the_stores(world: World) -> None:
    world.change_store(quiet_hours=OwnHours())
    world.clock.set(at("13:00"))
    singapore = Address("+6591234567")  # Singapore: one zone, 13 hours before Seattle's noon
    world.text("Hello", sender=singapore)
    clock = customer_clock(world.conversation_of(singapore), world)
    assert clock.zone == "Asia/Singapore"
    assert clock.night == Night(at("13:00"), at("16:00"))
    world.clock.advance(ANSWER_WITHIN)
    talk = world.conversation_of(singapore).id
    command = SendCommand(conversation_id=talk, associate_id=ADA, body="Good day", idempotency_key=world.key())
    assert send_message(command, world).release_at == at("16:00")  # type: ignore[union-attr]  # it waits
