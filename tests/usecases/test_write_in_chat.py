"""What a customer writes on the page is a text like any other: stored once, counted, keywords heeded."""

import pytest

from chalicelib.domain.addresses import Address
from chalicelib.domain.consent import ConsentKey, ConsentState
from chalicelib.domain.conversations import COOL_DOWN
from chalicelib.domain.errors import ChatUnavailable, ConversationEnded, IdempotencyConflict, OptedOut
from chalicelib.domain.messages import Direction, MessageKind
from chalicelib.usecases.close_conversation import close_conversation, delete_conversation
from chalicelib.usecases.read_chat import show_chat
from tests.support.world import ADA, CARLA, MERCHANT, SEATTLE, World


def test_it_is_in_the_conversation_unread(world: World) -> None:
    link = world.open_chat(world.start_chat())
    message = world.write(link, "Thank you!")
    conversation = world.conversation(link.conversation_id)
    assert (message.direction, message.channel, message.body) == (Direction.INBOUND, "chat", "Thank you!")
    assert (conversation.unread, conversation.last_preview) == (1, "Thank you!")


def test_the_associate_answers_there_and_no_text_goes_out(world: World) -> None:
    link = world.open_chat(world.start_chat())
    world.write(link)
    world.send(link.conversation_id, "You are welcome.")
    world.deliver()
    assert show_chat(link, None, world).messages[-1].body == "You are welcome."
    assert len(world.channel.to(CARLA)) == 1, "the invitation"


def test_the_same_key_is_one_message_and_another_body_conflicts(world: World) -> None:
    link = world.open_chat(world.start_chat())
    one = world.write(link, "Once", "key-12345678")
    assert world.write(link, "Once", "key-12345678") == one
    with pytest.raises(IdempotencyConflict):
        world.write(link, "Other", "key-12345678")
    assert world.conversation(link.conversation_id).unread == 1


def test_two_customers_may_use_the_same_key(world: World) -> None:
    one = world.open_chat(world.start_chat())
    world.write(one, "One", "key-12345678")
    other = world.order(external_id="2", number="#2")
    two = world.open_chat(world.start_chat(other))
    assert world.write(two, "Two", "key-12345678").body == "Two"


def test_stop_on_the_page_ends_messages_there(world: World) -> None:
    link = world.open_chat(world.start_chat())
    world.write(link, "STOP")
    world.deliver()
    key = ConsentKey(MERCHANT, "chat", Address(world.conversation(link.conversation_id).customer_address), SEATTLE)
    assert world.table.consents[key].state is ConsentState.OPTED_OUT
    chat = show_chat(link, None, world)
    assert (chat.opted_out, chat.messages[-1].kind) == (True, MessageKind.OPT_OUT_CONFIRMATION)
    with pytest.raises(OptedOut):
        world.send(link.conversation_id)
    world.clock.advance(1)
    world.write(link, "START")
    world.deliver()
    assert world.send(link.conversation_id)


def test_what_comes_just_after_closing_gets_the_answer_once(world: World) -> None:
    """D19: and it does not open the conversation again."""
    link = world.open_chat(world.start_chat())
    close_conversation(link.conversation_id, ADA, world)
    for number in range(2):
        world.clock.advance(1)
        world.write(link, f"Late {number}")
    world.deliver()
    kinds = [message.kind for message in show_chat(link, None, world).messages]
    assert kinds.count(MessageKind.ENDED_ANSWER) == 1
    assert not world.conversation(link.conversation_id).is_open(world.clock.now())


def test_long_after_closing_nothing_is_taken(world: World) -> None:
    link = world.open_chat(world.start_chat())
    close_conversation(link.conversation_id, ADA, world)
    world.clock.advance(COOL_DOWN)
    with pytest.raises(ConversationEnded):
        world.write(link)


def test_into_a_deleted_one_nothing_is_taken(world: World) -> None:
    link = world.open_chat(world.start_chat())
    delete_conversation(link.conversation_id, ADA, world)
    with pytest.raises(ChatUnavailable):
        world.write(link)
