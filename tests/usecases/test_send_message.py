"""An associate answers (N9, I12)."""

import pytest

from chalicelib.domain.conversations import LIFETIME
from chalicelib.domain.errors import (
    ChangedMeanwhile,
    ConversationEnded,
    IdempotencyConflict,
    MessagingDisabled,
    NotFound,
    OptedOut,
    PermissionDenied,
)
from chalicelib.domain.messages import MessageStatus
from chalicelib.usecases.close_conversation import close_conversation, delete_conversation, reopen_conversation
from chalicelib.usecases.ports import Conflict
from tests.support.world import ADA, BOB, CARLA, EVE, MIA, NOBODY, ZOE, World


def test_an_answer_is_queued_signed_and_then_sent(world: World) -> None:
    conversation_id = world.talk()
    message = world.send(conversation_id, "See you at five")
    assert (message.status, message.author_name) == (MessageStatus.QUEUED, "Ada")
    world.deliver()
    assert world.message(message).status is MessageStatus.SENT
    assert world.channel.to(CARLA)[-1] == "See you at five"


def test_the_good_path_is_two_requests(world: World) -> None:
    conversation_id = world.talk()
    before = world.table.requests
    world.send(conversation_id)
    assert world.table.requests - before == 2


def test_the_same_key_and_body_again_is_the_same_message(world: World) -> None:
    conversation_id = world.talk()
    first = world.send(conversation_id, "Hello", idempotency_key="key-1")
    world.clock.advance(60_000)
    assert world.send(conversation_id, "Hello", idempotency_key="key-1") == first
    world.deliver()
    assert world.channel.to(CARLA).count("Hello") == 1


def test_the_same_key_with_another_body_is_a_conflict(world: World) -> None:
    conversation_id = world.talk()
    world.send(conversation_id, "Hello", idempotency_key="key-1")
    with pytest.raises(IdempotencyConflict):
        world.send(conversation_id, "Goodbye", idempotency_key="key-1")
    assert "Goodbye" not in world.bodies(conversation_id)


def test_the_same_key_for_another_conversation_is_a_conflict(world: World) -> None:
    conversation_id = world.talk()
    other = world.start(world.order(external_id="2", customer=_dean()))
    world.send(conversation_id, "Hello", idempotency_key="key-1")
    with pytest.raises(IdempotencyConflict):
        world.send(other, "Hello", idempotency_key="key-1")


def test_keys_of_two_associates_do_not_meet(world: World) -> None:
    conversation_id = world.talk()
    world.send(conversation_id, "Hello", idempotency_key="key-1")
    world.send(conversation_id, "From Mia", associate_id=MIA, idempotency_key="key-1")
    assert world.bodies(conversation_id)[-2:] == ["Hello", "From Mia"]


def test_the_same_request_twice_at_once_is_one_message(world: World) -> None:
    """The second commits while the first is on its way."""
    conversation_id = world.talk()
    append = world.conversations.append
    first = []

    def overtaken(command: object) -> object:
        world.conversations.append = append  # type: ignore[method-assign]  # once only
        first.append(world.send(conversation_id, "Hello", idempotency_key="key-1"))
        return append(command)  # type: ignore[arg-type]  # passes on what it got

    world.conversations.append = overtaken  # type: ignore[assignment,method-assign]  # interleaves two requests
    assert world.send(conversation_id, "Hello", idempotency_key="key-1") == first[0]
    assert world.bodies(conversation_id).count("Hello") == 1


def test_a_repeat_after_the_end_still_gets_its_answer(world: World) -> None:
    conversation_id = world.talk()
    first = world.send(conversation_id, "Hello", idempotency_key="key-1")
    close_conversation(conversation_id, ADA, world)
    assert world.send(conversation_id, "Hello", idempotency_key="key-1") == first


def test_a_repeat_after_the_opt_out_still_gets_its_answer(world: World) -> None:
    conversation_id = world.talk()
    first = world.send(conversation_id, "Hello", idempotency_key="key-1")
    world.text("STOP")
    assert world.send(conversation_id, "Hello", idempotency_key="key-1").id == first.id


def test_who_opted_out_cannot_be_written_to(world: World) -> None:
    conversation_id = world.talk()
    world.text("STOP")
    with pytest.raises(OptedOut):
        world.send(conversation_id)
    world.clock.advance(1)
    world.text("START")
    assert world.send(conversation_id).status is MessageStatus.QUEUED


def test_a_closed_conversation_takes_nothing_until_it_is_reopened(world: World) -> None:
    conversation_id = world.talk()
    close_conversation(conversation_id, ADA, world)
    with pytest.raises(ConversationEnded):
        world.send(conversation_id)
    reopen_conversation(conversation_id, ADA, world)
    world.send(conversation_id)


def test_closed_between_reading_and_writing_refuses(world: World) -> None:
    conversation_id = world.talk()
    append = world.conversations.append

    def overtaken(command: object) -> object:
        world.conversations.append = append  # type: ignore[method-assign]  # once only
        close_conversation(conversation_id, ADA, world)
        return append(command)  # type: ignore[arg-type]  # passes on what it got

    world.conversations.append = overtaken  # type: ignore[assignment,method-assign]  # interleaves two requests
    with pytest.raises(ConversationEnded):
        world.send(conversation_id)


def test_a_deleted_conversation_is_not_there(world: World) -> None:
    conversation_id = world.talk()
    delete_conversation(conversation_id, ADA, world)
    with pytest.raises(NotFound):
        world.send(conversation_id)


def test_expiry_is_exact_to_the_millisecond(world: World) -> None:
    conversation_id = world.talk()
    last = world.conversation(conversation_id).last_activity_at
    world.clock.set(last + LIFETIME)
    with pytest.raises(ConversationEnded):
        world.send(conversation_id)
    world.clock.set(last + LIFETIME - 1)
    assert world.send(conversation_id).status is MessageStatus.QUEUED


def test_order_holds_when_this_servers_clock_is_behind(world: World) -> None:
    conversation_id = world.talk()
    world.text("Are you there?", received_at=world.clock.now() + 60_000)
    world.send(conversation_id, "Yes")
    assert world.bodies(conversation_id)[-2:] == ["Are you there?", "Yes"]


def test_two_answers_at_once_both_count_in_order(world: World) -> None:
    conversation_id = world.talk()
    append = world.conversations.append

    def overtaken(command: object) -> object:
        world.conversations.append = append  # type: ignore[method-assign]  # once only
        world.send(conversation_id, "From Mia", associate_id=MIA)
        return append(command)  # type: ignore[arg-type]  # passes on what it got

    world.conversations.append = overtaken  # type: ignore[assignment,method-assign]  # interleaves two requests
    world.send(conversation_id, "From Ada")
    assert sorted(world.bodies(conversation_id)[-2:]) == ["From Ada", "From Mia"]
    ids = [message.id for message in world.thread(conversation_id)]
    assert ids == sorted(set(ids))


def test_endless_races_end_as_an_error(world: World) -> None:
    conversation_id = world.talk()
    stored = world.conversation(conversation_id)
    world.conversations.append = lambda command: Conflict(stored)  # type: ignore[method-assign]  # always beaten
    with pytest.raises(ChangedMeanwhile):
        world.send(conversation_id)


@pytest.mark.parametrize(
    ("associate", "refusal"),
    [(BOB, NotFound), (ZOE, NotFound), (EVE, PermissionDenied), (NOBODY, PermissionDenied)],
)
def test_only_the_stores_permitted_people_send(world: World, associate: str, refusal: type[Exception]) -> None:
    conversation_id = world.talk()
    with pytest.raises(refusal):
        world.send(conversation_id, associate_id=associate)
    assert len(world.thread(conversation_id)) == 1


def test_nothing_is_sent_where_messaging_is_off(world: World) -> None:
    conversation_id = world.talk()
    world.change_store(messaging=False)
    with pytest.raises(MessagingDisabled):
        world.send(conversation_id)


def _dean() -> object:
    from chalicelib.domain.events import ShopCustomer
    from tests.support.world import DEAN

    return ShopCustomer(external_id="c-2", first_name="Dean", phone=DEAN)
