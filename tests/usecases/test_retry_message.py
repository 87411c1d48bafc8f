"""A retry that really sends, and only what failed or is unknown (X10)."""

import pytest

from chalicelib.domain.errors import (
    ChangedMeanwhile,
    ConversationEnded,
    NotFound,
    NotRetryable,
    OptedOut,
    PermissionDenied,
    ProxyUnusable,
)
from chalicelib.domain.merchants import ChatLinkSetting, ProxyState
from chalicelib.domain.messages import MAX_QUEUED, FailureReason, Message, MessageKind, MessageStatus
from chalicelib.usecases.apply_delivery_status import apply_delivery_status
from chalicelib.usecases.close_conversation import close_conversation
from chalicelib.usecases.ports import SendError, SendUnclear
from chalicelib.usecases.retry_message import retry_message
from tests.support.world import ADA, BOB, CARLA, DAY, EVE, MIA, SEATTLE_NUMBER, World, token_in
from tests.usecases.test_apply_delivery_status import report
from tests.usecases.test_change_proxy import mark


def unsent(world: World, error: Exception | None = None) -> Message:
    conversation_id = world.talk()
    world.channel.answers = [error or SendError(FailureReason.UNREACHABLE)]
    message = world.send(conversation_id, "Hello")
    world.deliver()
    return message


@pytest.mark.parametrize("error", [SendError(FailureReason.UNREACHABLE), SendUnclear("no answer")])
def test_a_retry_really_sends_again(world: World, error: Exception) -> None:
    message = unsent(world, error)
    again = retry_message(message.conversation_id, message.id, ADA, world)
    assert (again.status, again.attempt, again.failure) == (MessageStatus.QUEUED, 2, None)
    world.deliver()
    assert world.message(message).status is MessageStatus.SENT
    assert world.channel.to(CARLA).count("Hello") == 1


def test_a_message_can_fail_and_be_retried_many_times(world: World) -> None:
    message = unsent(world)
    for attempt in (2, 3, 4):
        world.channel.answers = [SendError(FailureReason.UNREACHABLE)]
        assert retry_message(message.conversation_id, message.id, ADA, world).attempt == attempt
        world.deliver()
    assert world.message(message).status is MessageStatus.FAILED


def test_what_was_sent_or_waits_cannot_be_retried(world: World) -> None:
    message = world.send(world.talk(), "Hello")
    for step in (world.deliver, lambda: apply_delivery_status(report(message, MessageStatus.DELIVERED), world)):
        with pytest.raises(NotRetryable):
            retry_message(message.conversation_id, message.id, ADA, world)
        step()
    with pytest.raises(NotRetryable):
        retry_message(message.conversation_id, message.id, ADA, world)
    world.deliver()
    assert world.channel.to(CARLA).count("Hello") == 1


def test_a_customers_message_cannot_be_retried(world: World) -> None:
    conversation_id = world.talk()
    world.text("Hello")
    with pytest.raises(NotRetryable):
        retry_message(conversation_id, world.thread(conversation_id)[-1].id, ADA, world)


def test_two_people_who_press_retry_send_once(world: World) -> None:
    message = unsent(world)
    retry_message(message.conversation_id, message.id, ADA, world)
    with pytest.raises(NotRetryable):
        retry_message(message.conversation_id, message.id, MIA, world)
    world.deliver()
    assert world.channel.to(CARLA).count("Hello") == 1


def test_two_people_at_the_same_instant_send_once(world: World) -> None:
    message = unsent(world)
    retry = world.messages.retry

    def overtaken(again: Message, was: Message) -> bool:
        world.messages.retry = retry  # type: ignore[method-assign]  # once only
        world.clock.advance(1)
        retry_message(message.conversation_id, message.id, MIA, world)
        return retry(again, was)

    world.messages.retry = overtaken  # type: ignore[method-assign]  # interleaves two requests
    with pytest.raises(ChangedMeanwhile):
        retry_message(message.conversation_id, message.id, ADA, world)
    world.deliver()
    assert world.channel.to(CARLA).count("Hello") == 1


def test_a_retry_has_a_day_of_its_own(world: World) -> None:
    message = unsent(world)
    world.clock.advance(3 * DAY)
    retry_message(message.conversation_id, message.id, ADA, world)
    world.clock.advance(MAX_QUEUED - 1)
    world.deliver()
    assert world.message(message).status is MessageStatus.SENT


def test_nothing_is_retried_to_who_opted_out(world: World) -> None:
    message = unsent(world)
    world.text("STOP")
    with pytest.raises(OptedOut):
        retry_message(message.conversation_id, message.id, ADA, world)


def test_an_opt_out_after_the_retry_still_blocks_it(world: World) -> None:
    message = unsent(world)
    retry_message(message.conversation_id, message.id, ADA, world)
    world.text("STOP")
    world.deliver()
    assert world.message(message).failure is FailureReason.OPTED_OUT


def test_nothing_is_retried_in_an_ended_conversation(world: World) -> None:
    message = unsent(world)
    close_conversation(message.conversation_id, ADA, world)
    with pytest.raises(ConversationEnded):
        retry_message(message.conversation_id, message.id, ADA, world)


def test_expiry_is_exact(world: World) -> None:
    message = unsent(world)
    world.clock.set(world.conversation(message.conversation_id).expires_at)
    with pytest.raises(ConversationEnded):
        retry_message(message.conversation_id, message.id, ADA, world)


@pytest.mark.parametrize(("associate", "refusal"), [(BOB, NotFound), (EVE, PermissionDenied)])
def test_only_the_stores_permitted_people_retry(world: World, associate: str, refusal: type[Exception]) -> None:
    message = unsent(world)
    with pytest.raises(refusal):
        retry_message(message.conversation_id, message.id, associate, world)
    assert world.message(message).status is MessageStatus.FAILED


def test_a_message_of_another_conversation_is_not_there(world: World) -> None:
    message = unsent(world)
    world.text("Hi", sender="+12065550123")
    other = world.conversation_of("+12065550123").id
    with pytest.raises(NotFound):
        retry_message(other, message.id, ADA, world)


def failed_invitation(world: World) -> Message:
    """The words are on the chat page, the text with the link did not get out."""
    world.change_store(chat_link=ChatLinkSetting.IN_TEXT)
    world.channel.answers = [lambda: None, SendError(FailureReason.UNREACHABLE)]
    conversation_id = world.start()
    world.deliver()
    (invitation,) = (each for each in world.thread(conversation_id) if each.kind is MessageKind.INVITATION)
    assert invitation.status is MessageStatus.FAILED
    return invitation


def test_an_invitation_to_the_chat_goes_the_way_it_went(world: World) -> None:
    invitation = failed_invitation(world)
    retry_message(invitation.conversation_id, invitation.id, ADA, world)
    world.deliver()
    (text,) = world.channel.to(CARLA)
    assert token_in(text)
    assert world.message(invitation).proxy == SEATTLE_NUMBER


def test_an_invitation_is_not_sent_again_from_a_number_that_is_lost(world: World) -> None:
    invitation = failed_invitation(world)
    mark(world, ProxyState.LOST)
    with pytest.raises(ProxyUnusable):
        retry_message(invitation.conversation_id, invitation.id, ADA, world)
