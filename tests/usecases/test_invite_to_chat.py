"""Invitations carry the link only while they are handed over."""

from msgspec.structs import replace

from chalicelib.domain.chat_links import PLACE
from chalicelib.domain.messages import FailureReason, MessageKind
from chalicelib.usecases.invite_to_chat import words_of
from chalicelib.usecases.ports import SendError
from chalicelib.usecases.retry_message import retry_message
from tests.support.world import ADA, CARLA, World, token_in


def test_a_text_that_is_sent_again_has_the_same_link(world: World) -> None:
    world.start_chat()
    (conversation_id,) = world.table.conversations
    invitation = world.thread(conversation_id)[-1]
    assert words_of(invitation, world) == world.channel.to(CARLA)[0]
    failed = invitation.failed(FailureReason.UNREACHABLE, world.clock.now())
    world.table.put_message(failed)
    world.channel.answers = [SendError(FailureReason.UNREACHABLE, retryable=True)]
    retry_message(conversation_id, invitation.id, ADA, world)
    world.deliver()
    world.deliver_again()
    assert world.channel.to(CARLA)[0] == world.channel.to(CARLA)[1]


def test_what_an_associate_writes_is_never_turned_into_a_link(world: World) -> None:
    world.start_chat(body=f"See {PLACE}")
    (conversation_id,) = world.table.conversations
    first, invitation = world.thread(conversation_id)
    assert words_of(first, world) == f"See {PLACE}"
    assert words_of(replace(invitation, kind=MessageKind.TEXT), world) == invitation.body


def test_two_conversations_have_two_links(world: World) -> None:
    one = world.start_chat()
    assert world.start_chat(world.order(external_id="1002", number="#1002")) != one
    assert token_in(world.channel.sent[-1].body) != one
