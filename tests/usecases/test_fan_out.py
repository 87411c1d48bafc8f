"""The stream as outbox: sent on, followed up; safe to repeat (X1, D20)."""

import pytest

from chalicelib.domain.conversations import ConversationState
from chalicelib.domain.errors import Unavailable
from chalicelib.domain.messages import FailureReason, Message, MessageStatus
from chalicelib.usecases.close_conversation import delete_conversation
from chalicelib.usecases.fan_out import fan_out, to_send
from chalicelib.usecases.ports import Change, SendError, SendUnclear
from chalicelib.usecases.retry_message import retry_message
from tests.support.world import ADA, CARLA, SEATTLE, World


def repeated(world: World, times: int = 3) -> list[Change]:
    changes = world.changes()
    for _ in range(times):
        fan_out(changes, world)
    return changes


def test_an_accepted_message_is_queued_once_however_often_the_stream_repeats(world: World) -> None:
    world.start()
    repeated(world)
    assert len(world.outbound.messages) == 1


def test_customers_messages_are_not_sent_back(world: World) -> None:
    world.text("Hello")
    repeated(world)
    assert world.outbound.messages == []


def test_a_retry_is_queued_as_a_new_attempt(world: World) -> None:
    conversation_id = world.start()
    world.channel.answers = [SendError(FailureReason.UNREACHABLE)]
    world.deliver()
    message = world.thread(conversation_id)[0]
    retry_message(conversation_id, message.id, ADA, world)
    repeated(world)
    assert [entry.attempt for entry in world.outbound.take()] == [2]


def test_a_message_given_back_after_a_refused_attempt_keeps_its_place_and_gets_no_second(world: World) -> None:
    """Its queue entry is still there; the queue itself forgets duplicates after minutes."""
    conversation_id = world.start()
    message = world.thread(conversation_id)[0]
    claimed = message.claimed("owner", world.clock.now())
    assert to_send(Change(None, message)) == message
    assert to_send(Change(message, claimed)) is None
    assert to_send(Change(claimed, claimed.released(world.clock.now()))) is None
    assert to_send(Change(message, None)) is None


def test_order_within_a_conversation_holds(world: World) -> None:
    conversation_id = world.talk()
    for body in ("one", "two", "three"):
        world.send(conversation_id, body)
    world.deliver()
    assert world.channel.to(CARLA)[-3:] == ["one", "two", "three"]


def test_an_order_closed_is_followed_up_once(world: World) -> None:
    order = world.order()
    conversation_id = world.start(order)
    world.fan_out()
    world.order(updated_at=order.updated_at + 1, closed_at=world.clock.now())
    repeated(world)
    assert world.conversation(conversation_id).state is ConversationState.CLOSED
    assert sum(isinstance(new, type(order)) for _, new in world.table.changes if new) == 3


def test_a_deletion_erases_its_messages_and_none_that_came_later(world: World) -> None:
    conversation_id = world.talk()
    delete_conversation(conversation_id, ADA, world)
    world.start(body="Hello again")
    repeated(world)
    assert world.bodies(conversation_id) == ["Hello again"]


def test_a_batch_that_broke_off_is_repeated_as_a_whole(world: World) -> None:
    order = world.order()
    conversation_id = world.start(order)
    world.order(updated_at=order.updated_at + 1, closed_at=world.clock.now())
    changes = world.changes()
    world.table.refuse()
    with pytest.raises(Unavailable):
        fan_out(changes, world)
    fan_out(changes, world)
    assert world.conversation(conversation_id).state is ConversationState.CLOSED
    assert len(world.outbound.messages) == 1


def test_a_queue_that_refuses_stops_the_batch(world: World) -> None:
    world.start()
    changes = world.changes()
    world.outbound.failure = Unavailable()
    with pytest.raises(Unavailable):
        fan_out(changes, world)


def trouble(world: World, conversation_id: str) -> MessageStatus | None:
    """As lists show it, once the stream has been read."""
    world.fan_out()
    rows = world.conversations.inbox(SEATTLE, "open", world.clock.now(), 25, None).rows
    return next(row.outbound_trouble for row in rows if row.id == conversation_id)


def failed(world: World) -> tuple[str, Message]:
    """A conversation, and a text of ours that did not arrive."""
    conversation_id = world.talk()
    world.channel.answers = [SendError(FailureReason.UNREACHABLE)]
    text = world.send(conversation_id)
    world.deliver()
    return conversation_id, text


def test_lists_show_that_the_last_text_of_ours_failed_until_it_is_sent_again(world: World) -> None:
    conversation_id, text = failed(world)
    assert trouble(world, conversation_id) is MessageStatus.FAILED
    world.clock.advance(1000)
    world.text("Are you there?")
    assert trouble(world, conversation_id) is MessageStatus.FAILED, "the customer's text changes nothing about ours"
    retry_message(conversation_id, text.id, ADA, world)
    assert trouble(world, conversation_id) is None


def test_lists_show_doubt_until_the_provider_says_what_became_of_the_text(world: World) -> None:
    conversation_id = world.talk()
    world.channel.answers = [SendUnclear("no answer")]
    text = world.send(conversation_id)
    world.deliver()
    assert trouble(world, conversation_id) is MessageStatus.UNKNOWN
    world.messages.climb(text.ref, MessageStatus.DELIVERED, None, "SM1", world.clock.now())
    assert trouble(world, conversation_id) is None


def test_what_became_of_an_older_text_of_ours_is_not_shown_in_lists(world: World) -> None:
    conversation_id, _ = failed(world)
    world.clock.advance(1000)
    world.send(conversation_id, "Did that arrive?")
    assert trouble(world, conversation_id) is None
    world.deliver()
    world.table.changes += [(None, world.thread(conversation_id)[1])]  # the stream tells of the failed one once more
    assert trouble(world, conversation_id) is None


def test_what_the_stream_tells_late_does_not_hide_what_is_true_by_now(world: World) -> None:
    """The record of a failure comes again after the text was sent again."""
    conversation_id, text = failed(world)
    stored = world.message(text)
    retry_message(conversation_id, text.id, ADA, world)
    assert trouble(world, conversation_id) is None
    fan_out([Change(text, stored)], world)
    assert trouble(world, conversation_id) is None
