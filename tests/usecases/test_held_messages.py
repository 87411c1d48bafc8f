"""Texts sent later, as they are accepted (X3)."""

import pytest

from chalicelib.domain.conversations import LIFETIME
from chalicelib.domain.errors import (
    ConversationEnded,
    IdempotencyConflict,
    InvalidInput,
    OptedOut,
    TooManyHeld,
)
from chalicelib.domain.held import FURTHEST, MOST_HELD, Held
from chalicelib.domain.messages import Message
from chalicelib.usecases.close_conversation import close_conversation
from chalicelib.usecases.send_message import SendCommand, send_message
from tests.support.holding import in_time, run
from tests.support.world import ADA, HOUR, World


def test_the_same_request_again_is_the_same_text_waiting_or_gone_out(world: World) -> None:
    conversation_id, at = world.talk(), world.clock.now() + HOUR
    held = world.hold(conversation_id, at, "Later", idempotency_key="key-12345")
    world.clock.advance(1000)
    assert world.hold(conversation_id, at, "Later", idempotency_key="key-12345") == held
    in_time(world, held)
    world.clock.advance(HOUR)
    repeated = send_message(_command(conversation_id, at), world)
    assert isinstance(repeated, Message)
    assert repeated == world.thread(conversation_id)[-1]
    with pytest.raises(IdempotencyConflict):
        send_message(_command(conversation_id, at + 1), world)


def _command(conversation_id: str, at: int) -> SendCommand:
    return SendCommand(
        conversation_id=conversation_id, associate_id=ADA, body="Later", idempotency_key="key-12345", send_at=at
    )


def test_times_that_are_none(world: World) -> None:
    conversation_id, now = world.talk(), world.clock.now()
    for at in (0, now - 60_001, now + FURTHEST + 1):
        with pytest.raises(InvalidInput):
            world.hold(conversation_id, at)
    world.clock.advance(LIFETIME - HOUR)
    with pytest.raises(InvalidInput, match="ended by then"):
        world.hold(conversation_id, world.clock.now() + 2 * HOUR)
    assert world.table.held == {}


def test_a_time_that_has_just_passed_is_now(world: World) -> None:
    held = world.hold(world.talk(), world.clock.now() - 30_000)
    assert run(world).released == 1
    assert world.bodies(held.conversation_id)[-1] == "Later"


def test_so_many_and_no_more(world: World) -> None:
    conversation_id, at = world.talk(), world.clock.now() + HOUR
    texts = [world.hold(conversation_id, at, f"Text {n}", idempotency_key=f"key-{n:05d}") for n in range(MOST_HELD)]
    with pytest.raises(TooManyHeld):
        world.hold(conversation_id, at)
    assert world.hold(conversation_id, at, "Text 0", idempotency_key="key-00000") == texts[0], "a repeat is no other"


def test_nothing_is_held_for_whom_nothing_may_be_sent(world: World) -> None:
    conversation_id = world.talk()
    world.text("STOP")
    with pytest.raises(OptedOut):
        world.hold(conversation_id, world.clock.now() + HOUR)
    world.text("START")
    close_conversation(conversation_id, ADA, world)
    with pytest.raises(ConversationEnded):
        world.hold(conversation_id, world.clock.now() + HOUR)


def test_a_conversation_that_ends_while_it_is_written_takes_nothing(world: World) -> None:
    conversation_id = world.talk()
    hold = world.held.hold

    def overtaken(*given: object) -> object:
        close_conversation(conversation_id, ADA, world)
        return hold(*given)  # type: ignore[arg-type]  # stands in for a moment

    world.held.hold = overtaken  # type: ignore[assignment,method-assign]  # stands in for a moment
    with pytest.raises(ConversationEnded):
        world.hold(conversation_id, world.clock.now() + HOUR)
    assert world.table.held == {}


def test_nothing_shows_in_the_thread_before_its_time(world: World, held: Held) -> None:
    assert "See you at five" not in world.bodies(held.conversation_id)
    assert world.conversation(held.conversation_id).last_preview != "See you at five"
