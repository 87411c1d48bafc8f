"""A store starts a conversation about a fresh order (D1-D3, D8-D10)."""

import pytest

from chalicelib.domain.conversations import COOL_DOWN, LIFETIME, ConversationKind
from chalicelib.domain.errors import (
    ChangedMeanwhile,
    CustomerUnreachable,
    IdempotencyConflict,
    InvalidInput,
    MessagingDisabled,
    NotFound,
    OptedOut,
    OrderNotStartable,
    PermissionDenied,
)
from chalicelib.domain.events import ShopCustomer
from chalicelib.domain.messages import BODY_LIMIT
from chalicelib.usecases.close_conversation import close_conversation, delete_conversation
from chalicelib.usecases.ports import RouteChanged
from tests.support.world import ADA, BOB, CARLA, DEAN, EVE, HOUR, MIA, NOBODY, SEATTLE, TACOMA, ZOE, World

MINUTE = 60_000


def test_the_first_text_says_who_writes_and_how_to_stop(world: World) -> None:
    conversation_id = world.start(body="Your boots are here.")
    world.deliver()
    conversation = world.conversation(conversation_id)
    assert world.channel.to(CARLA) == ["Pine Street Shoes: Your boots are here.\nReply STOP to opt out."]
    assert (conversation.kind, conversation.order_number) == (ConversationKind.ORDER, "#1001")
    assert conversation.unread == 0


def test_the_order_leads_to_its_conversation(world: World) -> None:
    order = world.order()
    conversation_id = world.start(order)
    stored = world.orders.find(order.id)
    assert stored is not None
    assert stored.conversation_id == conversation_id


def test_71_59_hours_is_fresh_and_72_01_is_not(world: World) -> None:
    order = world.order(placed_at=world.clock.now())
    world.clock.advance(72 * HOUR + MINUTE)
    with pytest.raises(OrderNotStartable):
        world.start(order)
    world.clock.advance(-2 * MINUTE)
    assert world.start(order)


@pytest.mark.parametrize("field", ["closed_at", "cancelled_at"])
def test_orders_that_are_over_cannot_be_started_with(world: World, field: str) -> None:
    order = world.order(**{field: world.clock.now()})
    with pytest.raises(OrderNotStartable):
        world.start(order)


def test_an_order_closed_at_the_last_moment_is_noticed_in_the_transaction(world: World) -> None:
    order = world.order()
    open_it = world.conversations.open

    def overtaken(command: object) -> object:
        world.conversations.open = open_it  # type: ignore[method-assign]  # once only
        world.order(updated_at=order.updated_at + 1000, closed_at=world.clock.now())
        return open_it(command)  # type: ignore[arg-type]  # passes on what it got

    world.conversations.open = overtaken  # type: ignore[assignment,method-assign]  # interleaves a webhook
    with pytest.raises(OrderNotStartable):
        world.start(order)
    assert not world.table.conversations


@pytest.mark.parametrize("phone", ["", "not a number", "40404"])
def test_who_has_no_phone_cannot_be_started_with(world: World, phone: str) -> None:
    order = world.order(customer=ShopCustomer(external_id="c-1", first_name="Carla", phone=phone))
    with pytest.raises(CustomerUnreachable):
        world.start(order)


def test_a_store_without_a_number_cannot_start(world: World) -> None:
    order = world.order()
    world.change_store(proxy=None)
    with pytest.raises(CustomerUnreachable):
        world.start(order)


def test_who_opted_out_cannot_be_started_with(world: World) -> None:
    order = world.order()
    world.text("STOP")
    with pytest.raises(OptedOut):
        world.start(order)


def test_an_opt_out_from_another_store_does_not_hinder(world: World) -> None:
    order = world.order(location="77")
    world.text("STOP")
    assert world.start(order, associate_id=BOB)


def test_a_first_text_leaves_room_for_name_and_way_out(world: World) -> None:
    order = world.order()
    with pytest.raises(InvalidInput):
        world.start(order, "x" * BODY_LIMIT)
    assert world.start(order, "x" * 1500)


def test_starting_again_takes_the_same_conversation_up(world: World) -> None:
    order = world.order()
    first = world.start(order)
    second = world.start(world.order(external_id="2", number="#1002"), "And your laces.")
    assert second == first
    assert world.conversation(first).order_number == "#1002"
    assert world.bodies(first)[-1] == "And your laces."


def test_a_visitor_who_wrote_first_is_taken_up_as_the_customer(world: World) -> None:
    world.text("Is my order ready?")
    order = world.order()
    conversation_id = world.start(order)
    assert conversation_id == world.conversation_of().id
    assert world.conversation(conversation_id).customer_name == "Carla Diaz"
    assert world.conversation(conversation_id).unread == 1


def test_a_closed_conversation_is_opened_again_by_starting(world: World) -> None:
    conversation_id = world.talk()
    close_conversation(conversation_id, ADA, world)
    assert world.start() == conversation_id
    assert world.conversation(conversation_id).is_open(world.clock.now())
    world.text("Thanks!")
    assert "Thanks!" in world.bodies(conversation_id)


def test_a_deleted_conversation_opened_again_shows_nothing_of_before(world: World) -> None:
    conversation_id = world.talk()
    world.text("a secret")
    delete_conversation(conversation_id, ADA, world)
    world.start(body="Hello again")
    world.fan_out()
    assert world.bodies(conversation_id) == ["Hello again"]
    assert world.conversation(conversation_id).customer_name == "Carla Diaz"


def test_after_the_cool_down_a_new_conversation_begins(world: World) -> None:
    conversation_id = world.talk()
    close_conversation(conversation_id, ADA, world)
    world.clock.advance(COOL_DOWN)
    fresh = world.start(world.order(external_id="2", number="#1002"))
    assert fresh != conversation_id
    world.text("Thanks!")
    assert "Thanks!" in world.bodies(fresh)


def test_after_the_cool_down_a_new_conversation_begins_also_where_no_sweep_ran(world: World) -> None:
    conversation_id = world.talk()
    world.clock.advance(LIFETIME + COOL_DOWN)
    assert world.start(world.order(external_id="2")) != conversation_id


def test_the_number_a_customer_used_last_gets_the_text(world: World) -> None:
    world.order()
    order = world.order(external_id="2", customer=ShopCustomer(external_id="c-1", first_name="Carla", phone=DEAN))
    world.start(order)
    world.deliver()
    assert len(world.channel.to(DEAN)) == 1
    assert world.channel.to(CARLA) == []


def test_the_same_request_again_is_one_text(world: World) -> None:
    order = world.order()
    first = world.start(order, idempotency_key="key-1")
    assert world.start(order, idempotency_key="key-1") == first
    world.deliver()
    assert len(world.channel.sent) == 1


def test_the_same_key_with_another_text_is_a_conflict(world: World) -> None:
    order = world.order()
    world.start(order, "One", idempotency_key="key-1")
    with pytest.raises(IdempotencyConflict):
        world.start(order, "Two", idempotency_key="key-1")


def test_a_repeat_gets_its_answer_though_it_could_not_be_started_now(world: World) -> None:
    order = world.order()
    first = world.start(order, idempotency_key="key-1")
    world.text("STOP")
    assert world.start(order, idempotency_key="key-1") == first
    world.clock.advance(80 * HOUR)
    assert world.start(order, idempotency_key="key-1") == first
    with pytest.raises(IdempotencyConflict):
        world.start(order, "Other", idempotency_key="key-1")


def test_two_who_start_at_once_share_one_conversation(world: World) -> None:
    order = world.order()
    open_it = world.conversations.open

    def overtaken(command: object) -> object:
        world.conversations.open = open_it  # type: ignore[method-assign]  # once only
        world.start(order, "From Mia", associate_id=MIA)
        return open_it(command)  # type: ignore[arg-type]  # passes on what it got

    world.conversations.open = overtaken  # type: ignore[assignment,method-assign]  # interleaves two requests
    conversation_id = world.start(order, "From Ada")
    assert len(world.table.conversations) == 1
    assert world.bodies(conversation_id)[-1] == "From Ada"
    assert len(world.thread(conversation_id)) == 2


def test_endless_races_end_as_an_error(world: World) -> None:
    world.conversations.open = lambda command: RouteChanged()  # type: ignore[method-assign]  # always beaten
    with pytest.raises(ChangedMeanwhile):
        world.start()


def test_a_customer_another_store_talks_with_over_the_same_number_is_out_of_reach(world: World) -> None:
    conversation_id = world.talk()
    world.change_store(TACOMA, proxy=world.conversation(conversation_id).proxy)
    order = world.order(external_id="2", location="77")
    with pytest.raises(CustomerUnreachable):
        world.start(order, associate_id=BOB)
    assert len(world.thread(conversation_id)) == 1


@pytest.mark.parametrize(
    ("associate", "refusal"),
    [(BOB, NotFound), (ZOE, NotFound), (EVE, PermissionDenied), (NOBODY, PermissionDenied)],
)
def test_only_the_stores_permitted_people_start(world: World, associate: str, refusal: type[Exception]) -> None:
    order = world.order()
    with pytest.raises(refusal):
        world.start(order, associate_id=associate)
    assert not world.table.messages


def test_nothing_is_started_where_messaging_is_off(world: World) -> None:
    order = world.order()
    world.change_store(messaging=False)
    with pytest.raises(MessagingDisabled):
        world.start(order)


def test_an_order_of_another_store_is_not_there(world: World) -> None:
    order = world.order(location="77")
    with pytest.raises(NotFound):
        world.start(order, store_id=SEATTLE)
    with pytest.raises(NotFound):
        world.start(order, store_id=SEATTLE, associate_id=MIA, order_id="no-such-order")


def test_the_number_given_with_the_order_is_the_one_to_text(world: World) -> None:
    """Although the shop has touched an older order, with an older number, since (docs/requirements.md, Routes 6)."""
    carla = ShopCustomer(external_id="c-1", first_name="Carla", last_name="Diaz", phone=CARLA)
    moved = ShopCustomer(external_id="c-1", first_name="Carla", last_name="Diaz", phone="+12065550199")
    world.order(external_id="old", customer=carla)
    fresh = world.order(external_id="new", customer=moved)
    world.clock.advance(1000)
    world.order(external_id="old", customer=carla)
    world.start(fresh)
    world.deliver()
    assert [text.recipient for text in world.channel.sent] == ["+12065550199"]


def test_nobodys_thread_is_put_under_another_customers_name(world: World) -> None:
    conversation_id = world.talk()
    mallory = ShopCustomer(external_id="c-666", first_name="Mallory", last_name="M", phone=CARLA)
    order = world.order(external_id="666", number="#666", customer=mallory)
    with pytest.raises(CustomerUnreachable, match="another customer"):
        world.start(order)
    assert world.conversation(conversation_id).customer_name == "Carla Diaz"


def test_a_deleted_conversation_gives_its_order_free_again(world: World) -> None:
    order = world.order()
    conversation_id = world.start(order)
    delete_conversation(conversation_id, ADA, world)
    world.fan_out()
    assert world.table.orders[order.id].conversation_id is None
    assert world.start(order, "Once more") == conversation_id
