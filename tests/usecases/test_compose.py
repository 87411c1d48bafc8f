"""Messages are made in one place."""

from chalicelib.domain.ids import ulid
from chalicelib.domain.messages import Direction, MessageKind, MessageStatus
from chalicelib.usecases import compose
from tests.support.world import ADA, DAY, World


def test_ids_rise_whatever_the_clocks_say(world: World) -> None:
    now = world.clock.now()
    ahead = ulid(now + 60_000, 5)
    assert compose.next_id(ahead, now, world) > ahead
    assert compose.next_id("", now, world) > ulid(now, 0)


def test_an_automatic_answer_comes_right_after_what_it_answers(world: World) -> None:
    world.text("Hello")
    message = world.thread(world.conversation_of().id)[0]
    answer = compose.automatic(message, MessageKind.HELP_ANSWER, "Help")
    assert answer.id > message.id
    assert (answer.direction, answer.status) == (Direction.OUTBOUND, MessageStatus.QUEUED)
    assert answer.expires_at == message.created_at + DAY
    assert (answer.customer_address, answer.proxy) == (message.customer_address, message.proxy)


def test_what_an_associate_writes_lives_as_long_as_the_conversation_that_it_prolongs(world: World) -> None:
    conversation = world.conversation(world.talk())
    now = world.clock.now()
    message = compose.written(conversation, ulid(now, 1), "Hi", now, author_id=ADA, author_name="Ada")
    assert message.expires_at == conversation.with_message(message).expires_at
    assert (message.author_id, message.consent_scope) == (ADA, conversation.consent_scope)
