"""Conversations over the numbers of a pool and of associates: who gets which, and what is said when none is left."""

import pytest

from chalicelib.domain.conversations import COOL_DOWN
from chalicelib.domain.errors import NoFreeProxy
from chalicelib.domain.events import ShopCustomer
from chalicelib.usecases.close_conversation import close_conversation
from chalicelib.usecases.ports import RouteChanged
from tests.support.pools import ADAS_OWN, POOL, own, pool_of
from tests.support.world import ADA, CARLA, DEAN, EVE, MIA, SEATTLE, SEATTLE_NUMBER, World


def with_pool(world: World, count: int = 2) -> None:
    for proxy in pool_of(count):
        world.setup.put_proxy(proxy)


def started(world: World, associate: str, number: int = 1, **fields: object) -> str:
    order = world.order(external_id=str(number), number=f"#{number}", **fields)
    return world.start(order, associate_id=associate)


def number_of(world: World, conversation_id: str) -> str:
    return world.conversation(conversation_id).proxy


def pool_notices(world: World) -> list[object]:
    return [line.fields["free_share"] for line in world.log.lines if line.event == "pool_low"]


def test_a_store_without_pool_has_one_conversation_with_a_customer_whoever_writes(world: World) -> None:
    first, second = started(world, ADA, 1), started(world, MIA, 2)
    assert first == second
    conversation = world.conversation(first)
    assert (conversation.proxy, conversation.associate_id) == (SEATTLE_NUMBER, None)


def test_two_associates_talk_with_one_customer_over_two_numbers_of_the_pool(world: World) -> None:
    with_pool(world)
    first, second = started(world, ADA, 1), started(world, MIA, 2)
    assert [number_of(world, each) for each in (first, second)] == list(POOL[:2])
    assert [world.conversation(each).associate_id for each in (first, second)] == [ADA, MIA]
    world.deliver()
    assert [(text.sender, text.recipient) for text in world.channel.sent] == [(number, CARLA) for number in POOL[:2]]


def test_the_same_associate_goes_on_in_the_same_conversation(world: World) -> None:
    with_pool(world)
    first = started(world, ADA, 1)
    assert started(world, ADA, 2) == first


def test_one_number_serves_any_number_of_customers(world: World) -> None:
    with_pool(world)
    first = started(world, ADA, 1)
    dean = ShopCustomer(external_id="c-2", first_name="Dean", phone=DEAN)
    assert number_of(world, first) == number_of(world, started(world, MIA, 2, customer=dean))


def test_an_associates_own_number_comes_before_the_pool(world: World) -> None:
    with_pool(world)
    world.setup.put_proxy(own(ADAS_OWN, ADA))
    assert number_of(world, started(world, ADA, 1)) == ADAS_OWN
    assert number_of(world, started(world, MIA, 2)) == POOL[0]


def test_a_customer_keeps_the_number_they_know_from_an_associate_after_the_cool_down(world: World) -> None:
    with_pool(world)
    first, second = started(world, ADA, 1), started(world, MIA, 2)
    for conversation_id in (first, second):
        close_conversation(conversation_id, MIA, world)
    world.clock.advance(COOL_DOWN)
    again = started(world, MIA, 3)
    assert again != second, "what is over is over"
    assert number_of(world, again) == number_of(world, second)


def test_an_empty_pool_is_said_so_and_changes_nothing(world: World) -> None:
    with_pool(world, 1)
    started(world, ADA, 1)
    order = world.order(external_id="2", number="#2")
    before = len(world.table.changes)
    with pytest.raises(NoFreeProxy) as refused:
        world.start(order, associate_id=MIA)
    assert "taken for this customer" in str(refused.value)
    assert len(world.table.changes) == before
    assert pool_notices(world) == [0, 0], "running out is noticed when the last one goes, and when there is none"


def test_a_pool_that_runs_low_is_noticed_without_saying_for_whom(world: World) -> None:
    with_pool(world, 5)
    for number, associate in enumerate((ADA, MIA)):
        started(world, associate, number)
    assert pool_notices(world) == []
    for number in POOL[2:4]:
        world.text("Hello?", recipient=number)
    started(world, ADA, 9)
    assert pool_notices(world) == [], "what is taken up anew takes nothing more"
    world.permit(EVE, world.table.associates[MIA].stores)
    started(world, EVE, 10)
    lines = [line.fields for line in world.log.lines if line.event == "pool_low"]
    assert lines == [{"store_id": SEATTLE, "channel": "sms", "free_share": 0}]


def test_who_loses_the_race_for_a_number_gets_the_next_one(world: World) -> None:
    with_pool(world)
    order = world.order(external_id="2", number="#2")
    open_it = world.conversations.open

    def overtaken(command: object) -> object:
        world.conversations.open = open_it  # type: ignore[method-assign]  # once only
        started(world, MIA, 1)
        outcome = open_it(command)  # type: ignore[arg-type]  # passes on what it got
        assert outcome == RouteChanged()
        return outcome

    world.conversations.open = overtaken  # type: ignore[assignment,method-assign]  # interleaves a colleague
    assert number_of(world, world.start(order, associate_id=ADA)) == POOL[1]


def test_a_repeat_of_a_start_is_told_what_it_made_although_the_pool_is_empty_by_now(world: World) -> None:
    with_pool(world, 1)
    order = world.order()
    first = world.start(order, "Hello", associate_id=ADA, idempotency_key="key-00000001")
    close_conversation(first, MIA, world)
    world.clock.advance(COOL_DOWN)
    started(world, MIA, 2)
    assert world.start(order, "Hello", associate_id=ADA, idempotency_key="key-00000001") == first
