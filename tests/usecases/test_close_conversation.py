"""The store, or the order, ends a conversation (D18, D20)."""

import pytest

from chalicelib.domain.conversations import COOL_DOWN, ConversationState
from chalicelib.domain.errors import ChangedMeanwhile, ConversationEnded, NotFound, PermissionDenied
from chalicelib.usecases.close_conversation import (
    close_conversation,
    close_conversation_of,
    delete_conversation,
    reopen_conversation,
)
from tests.support.world import ADA, BOB, EVE, MIA, World

CLOSED, OPEN, DELETED = ConversationState.CLOSED, ConversationState.OPEN, ConversationState.DELETED


def route_held_until(world: World) -> int | None:
    return next(iter(world.table.routes.values())).cool_until


def test_closing_starts_the_cool_down(world: World) -> None:
    conversation_id = world.talk()
    assert close_conversation(conversation_id, ADA, world).state is CLOSED
    assert route_held_until(world) == world.clock.now() + COOL_DOWN


def test_closing_twice_changes_nothing(world: World) -> None:
    conversation_id = world.talk()
    first = close_conversation(conversation_id, ADA, world)
    world.clock.advance(1000)
    assert close_conversation(conversation_id, MIA, world) == first


def test_reopening_undoes_closing(world: World) -> None:
    conversation_id = world.talk()
    before = world.conversation(conversation_id)
    close_conversation(conversation_id, ADA, world)
    world.clock.advance(1000)
    reopened = reopen_conversation(conversation_id, ADA, world)
    assert (reopened.state, reopened.ended_at, route_held_until(world)) == (OPEN, None, None)
    assert reopened == before, "its place in the list included"
    world.text("Hello")
    assert "Hello" in world.bodies(conversation_id)


def test_reopening_an_open_one_changes_nothing(world: World) -> None:
    conversation_id = world.talk()
    before = world.conversation(conversation_id)
    assert reopen_conversation(conversation_id, ADA, world) == before


def test_after_a_second_closing_the_customer_is_answered_again(world: World) -> None:
    conversation_id = world.talk()
    for _ in range(2):
        close_conversation(conversation_id, ADA, world)
        world.text("Hello?")
        world.clock.advance(1000)
        reopen_conversation(conversation_id, ADA, world)
    world.deliver()
    assert sum("ended this conversation" in text.body for text in world.channel.sent) == 2


def test_after_the_cool_down_closing_cannot_be_undone(world: World) -> None:
    conversation_id = world.talk()
    close_conversation(conversation_id, ADA, world)
    world.clock.advance(COOL_DOWN)
    with pytest.raises(ConversationEnded):
        reopen_conversation(conversation_id, ADA, world)


def test_an_expired_conversation_can_neither_be_closed_nor_reopened(world: World) -> None:
    conversation_id = world.talk()
    world.clock.set(world.conversation(conversation_id).expires_at)
    for verb in (close_conversation, reopen_conversation):
        with pytest.raises(ConversationEnded):
            verb(conversation_id, ADA, world)


def test_deleting_leaves_no_name_no_text_and_no_order(world: World) -> None:
    conversation_id = world.talk()
    world.text("a secret")
    delete_conversation(conversation_id, ADA, world)
    world.fan_out()
    left = world.conversation(conversation_id)
    assert (left.state, left.customer_name, left.last_preview, left.unread) == (DELETED, "", "", 0)
    assert (left.order_id, left.order_number) == (None, None)
    assert world.thread(conversation_id) == []


def test_a_deleted_conversation_is_gone_for_everybody(world: World) -> None:
    conversation_id = world.talk()
    delete_conversation(conversation_id, ADA, world)
    for verb in (close_conversation, reopen_conversation, delete_conversation):
        with pytest.raises(NotFound):
            verb(conversation_id, MIA, world)


def test_a_closed_and_an_expired_conversation_can_be_deleted(world: World) -> None:
    conversation_id = world.talk()
    close_conversation(conversation_id, ADA, world)
    world.clock.set(world.conversation(conversation_id).expires_at)
    delete_conversation(conversation_id, ADA, world)
    assert world.conversation(conversation_id).state is DELETED


def test_a_text_that_arrives_while_closing_is_not_lost(world: World) -> None:
    conversation_id = world.talk()
    end = world.conversations.end

    def overtaken(before: object, after: object, audit: object) -> bool:
        if "Wait!" not in world.bodies(conversation_id):
            world.text("Wait!")
        return end(before, after, audit)  # type: ignore[arg-type]  # passes on what it got

    world.conversations.end = overtaken  # type: ignore[assignment,method-assign]  # interleaves a text
    close_conversation(conversation_id, ADA, world)
    assert world.conversation(conversation_id).unread == 1
    assert world.conversation(conversation_id).state is CLOSED


def test_endless_races_end_as_an_error(world: World) -> None:
    conversation_id = world.talk()
    world.conversations.end = lambda before, after, audit=None: False  # type: ignore[method-assign]  # always beaten
    with pytest.raises(ChangedMeanwhile):
        close_conversation(conversation_id, ADA, world)
    order = world.orders.find(world.conversation(conversation_id).order_id or "")
    assert order is not None
    with pytest.raises(ChangedMeanwhile):
        close_conversation_of(order, world)


def test_closing_the_order_closes_its_conversation(world: World) -> None:
    order = world.order()
    conversation_id = world.start(order)
    world.order(updated_at=order.updated_at + 1000, closed_at=world.clock.now())
    world.fan_out()
    assert world.conversation(conversation_id).state is CLOSED


def test_paying_or_cancelling_the_order_does_not_close_it(world: World) -> None:
    order = world.order()
    conversation_id = world.start(order)
    world.order(updated_at=order.updated_at + 1000, cancelled_at=world.clock.now())
    world.fan_out()
    assert world.conversation(conversation_id).state is OPEN


def test_closing_an_earlier_order_leaves_a_conversation_about_a_later_one(world: World) -> None:
    first = world.order()
    conversation_id = world.start(first)
    world.start(world.order(external_id="2", number="#1002"))
    world.order(updated_at=first.updated_at + 1000, closed_at=world.clock.now())
    world.fan_out()
    assert world.conversation(conversation_id).state is OPEN


def test_a_conversation_reopened_by_hand_is_not_closed_by_a_later_change_of_the_closed_order(world: World) -> None:
    order = world.order()
    conversation_id = world.start(order)
    closed_at = world.clock.now()
    world.order(updated_at=order.updated_at + 1000, closed_at=closed_at)
    world.fan_out()
    reopen_conversation(conversation_id, ADA, world)
    world.order(updated_at=order.updated_at + 2000, closed_at=closed_at, total=1)
    world.fan_out()
    assert world.conversation(conversation_id).state is OPEN


def test_an_order_nobody_talks_about_closes_nothing(world: World) -> None:
    world.order(closed_at=world.clock.now())
    world.fan_out()
    assert not world.table.conversations


@pytest.mark.parametrize("verb", [close_conversation, reopen_conversation, delete_conversation])
@pytest.mark.parametrize(("associate", "refusal"), [(BOB, NotFound), (EVE, PermissionDenied)])
def test_only_the_stores_permitted_people_end(
    world: World, verb: object, associate: str, refusal: type[Exception]
) -> None:
    conversation_id = world.talk()
    assert callable(verb)
    with pytest.raises(refusal):
        verb(conversation_id, associate, world)
    assert world.conversation(conversation_id).state is OPEN
