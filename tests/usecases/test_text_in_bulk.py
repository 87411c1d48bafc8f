"""Who gets a text of a bulk, and why not: consent, night, credits, and the words (I4, I6, X4)."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from msgspec.structs import replace

from chalicelib.domain.bulk import BulkState, PausedBy, Unsent
from chalicelib.domain.errors import TooFewCredits
from chalicelib.domain.events import ShopCustomer
from chalicelib.domain.merchants import OptInSetting
from chalicelib.domain.messages import FailureReason, MessageKind
from chalicelib.domain.quiet_hours import OwnHours
from chalicelib.usecases.close_conversation import close_conversation
from chalicelib.usecases.manage_bulk import Steering, resume_bulk
from tests.support.world import ADA, CARLA, HOUR, SEATTLE, World
from tests.usecases.test_charge_credits import balance, give
from tests.usecases.test_send_bulk import orders, sent, start, stored, strike, unsent

NIGHT = int(datetime(2026, 11, 23, 22, 40, tzinfo=ZoneInfo("America/Los_Angeles")).timestamp() * 1000)


@pytest.fixture
def world() -> World:
    return World()


def test_it_is_marked_as_unprompted_and_as_a_bulks(world: World) -> None:
    start(world, orders(world, 1))
    strike(world)
    (message,) = sent(world)
    assert (message.kind, message.event, message.unprompted) == (MessageKind.AUTOMATIC, "bulk", True)
    assert message.body.endswith("Reply STOP to opt out.")


def test_it_goes_on_in_an_open_conversation_and_takes_up_an_ended_one(world: World) -> None:
    talk, order = world.talk(), world.order()
    start(world, [order.id])
    strike(world)
    close_conversation(talk, ADA, world)
    world.clock.advance(1000)
    start(world, [order.id], "key-2")
    strike(world)
    assert [each.conversation_id for each in sent(world)] == [talk, talk]


def test_who_opted_out_gets_nothing(world: World) -> None:
    world.talk()
    world.text("STOP")
    bulk = start(world, [world.order().id])
    strike(world)
    assert (unsent(world, bulk), sent(world)) == ([Unsent.OPTED_OUT], [])


def test_a_stop_between_the_text_and_its_leaving_counts(world: World) -> None:
    start(world, [world.order().id])
    strike(world)
    world.text("STOP")
    world.deliver()
    (message,) = sent(world)
    assert world.message(message).failure is FailureReason.OPTED_OUT
    assert message.body not in world.channel.to(CARLA)


def test_where_customers_must_agree_who_has_not_gets_nothing(world: World) -> None:
    world.change_store(opt_in=OptInSetting.REQUIRED)
    bulk = start(world, orders(world, 1))
    strike(world)
    assert unsent(world, bulk) == [Unsent.NOT_OPTED_IN]


def test_a_token_without_a_value_sends_nothing_half_filled(world: World) -> None:
    world.change_store(phone="")
    bulk = start(world, orders(world, 1), text="Call [[store.phone]]")
    strike(world)
    assert unsent(world, bulk) == [Unsent.MISSING_VALUE]


def test_at_night_it_waits_for_the_morning(world: World) -> None:
    world.change_store(quiet_hours=OwnHours())
    world.clock.set(NIGHT)
    bulk = start(world, orders(world, 2))
    strike(world)
    assert (sent(world), stored(world, bulk).state) == ([], BulkState.RUNNING)
    assert stored(world, bulk).due_at == NIGHT + 9 * HOUR + HOUR // 3
    world.clock.set(stored(world, bulk).due_at)
    strike(world)
    assert len(sent(world)) == 2


def test_with_too_few_credits_it_rests_and_goes_on_when_there_are_more(world: World) -> None:
    world.change_store(credits=True)
    give(world, 25)
    bulk = start(world, orders(world, 3))
    strike(world)
    assert (stored(world, bulk).paused_by, len(sent(world)), balance(world)) == (PausedBy.TOO_FEW_CREDITS, 2, 1)
    assert stored(world, bulk).sent == 2
    give(world, 12)
    resume_bulk(Steering(SEATTLE, bulk.id, ADA), world)
    strike(world)
    assert (stored(world, bulk).sent, len(sent(world)), balance(world)) == (3, 3, 0)


def test_without_credits_for_one_text_it_is_refused_and_what_was_accepted_is_answered_again(world: World) -> None:
    world.change_store(credits=True)
    ids = orders(world, 2)
    give(world, 12)
    bulk = start(world, ids)
    give(world, 11)
    assert start(world, ids) == bulk
    with pytest.raises(TooFewCredits):
        start(world, ids, "key-2")
    assert len(world.table.bulks) == 1


def test_an_order_that_is_talked_about_elsewhere_keeps_its_conversation(world: World) -> None:
    who = ShopCustomer(external_id="c-9", first_name="Kim", last_name="Lee", phone=CARLA)
    order = world.order(customer=who)
    talk = world.start(order)
    world.table.orders[order.id] = replace(world.table.orders[order.id], phone="+12065550444")
    start(world, [order.id])
    strike(world)
    (message,) = sent(world)
    assert message.conversation_id != talk
    assert world.table.orders[order.id].conversation_id == talk
    close_conversation(talk, ADA, world)
    world.table.orders[order.id] = replace(world.table.orders[order.id], phone="+12065550445")
    start(world, [order.id], "key-2")
    strike(world)
    assert world.table.orders[order.id].conversation_id == sent(world)[-1].conversation_id


@pytest.mark.parametrize("talking", [True, False])
def test_words_that_become_too_long_with_their_values_are_not_sent(world: World, talking: bool) -> None:
    if talking:
        world.talk()
    bulk = start(world, [world.order(number="#" + "1" * 30).id], text="[[order.number]]" + "x" * 1580)
    strike(world)
    assert (unsent(world, bulk), sent(world)) == ([Unsent.TOO_LONG], [])
