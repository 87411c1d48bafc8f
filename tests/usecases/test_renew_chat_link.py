"""A fresh link for the customer; all from before end with it."""

import pytest

from chalicelib.domain.errors import ChatUnavailable, ConversationEnded, InvalidInput, NotFound, OptedOut
from chalicelib.usecases.close_conversation import close_conversation
from chalicelib.usecases.renew_chat_link import renew_chat_link
from tests.support.world import ADA, BOB, CARLA, World, token_in


def test_the_customer_gets_a_new_link_and_the_old_one_ends(world: World) -> None:
    old = world.start_chat()
    link = world.open_chat(old)
    world.clock.advance(1)
    renew_chat_link(link.conversation_id, ADA, world.key(), world)
    world.deliver()
    new = token_in(world.channel.to(CARLA)[-1])
    assert world.open_chat(new).conversation_id == link.conversation_id
    with pytest.raises(ChatUnavailable):
        world.open_chat(old)


def test_the_list_still_shows_what_was_said_last(world: World) -> None:
    link = world.open_chat(world.start_chat())
    world.write(link, "Thank you!")
    renew_chat_link(link.conversation_id, ADA, world.key(), world)
    conversation = world.conversation(link.conversation_id)
    assert (conversation.last_preview, conversation.unread) == ("Thank you!", 1)


def test_the_same_key_sends_one(world: World) -> None:
    link = world.open_chat(world.start_chat())
    one = renew_chat_link(link.conversation_id, ADA, "key-12345678", world)
    assert renew_chat_link(link.conversation_id, ADA, "key-12345678", world) == one
    world.deliver()
    assert len(world.channel.to(CARLA)) == 2, "the first invitation and this one"


def test_a_conversation_by_text_has_no_link(world: World) -> None:
    with pytest.raises(InvalidInput):
        renew_chat_link(world.talk(), ADA, world.key(), world)


def test_not_for_an_ended_one_nor_for_somebody_elses_nor_after_stop(world: World) -> None:
    link = world.open_chat(world.start_chat())
    with pytest.raises(NotFound):
        renew_chat_link(link.conversation_id, BOB, world.key(), world)
    world.write(link, "STOP")
    with pytest.raises(OptedOut):
        renew_chat_link(link.conversation_id, ADA, world.key(), world)
    close_conversation(link.conversation_id, ADA, world)
    with pytest.raises(ConversationEnded):
        renew_chat_link(link.conversation_id, ADA, world.key(), world)
