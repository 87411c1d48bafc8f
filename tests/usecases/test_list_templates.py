"""Templates, and the 24 hours in which nothing else is needed (X9)."""

from typing import Any

import pytest

from chalicelib.domain.addresses import Channel
from chalicelib.domain.errors import (
    ConversationEnded,
    IdempotencyConflict,
    InvalidInput,
    NotFound,
    OptedOut,
    WindowClosed,
)
from chalicelib.domain.message_templates import MessageTemplate, TemplateUse
from chalicelib.domain.messages import FailureReason, Message, MessageKind, MessageStatus
from chalicelib.usecases.close_conversation import close_conversation, reopen_conversation
from chalicelib.usecases.list_templates import list_templates
from chalicelib.usecases.ports import SendError
from chalicelib.usecases.receive_message import receive_message
from chalicelib.usecases.retry_message import retry_message
from chalicelib.usecases.send_message import TemplateChoice
from tests.support.world import ADA, BOB, CARLA, DAY, HOUR, META, WHATSAPP_NUMBER, World

READY = MessageTemplate(name="ready", language="en_US", body="Hi {{1}}, {{2}} is ready.")
BACK = MessageTemplate(name="back", language="de", body="Wir sind wieder da.")
CHOICE = TemplateChoice(name="ready", language="en_US", values=("Carla", "#1001"))


@pytest.fixture
def talk(world: World) -> str:
    """A conversation at WhatsApp, in which the customer has just written."""
    world.change_connection(META, templates=(READY, BACK))
    return write(world)


def write(world: World, body: str = "Hello", *, ago: int = 0, **fields: Any) -> str:
    """Carla writes at WhatsApp: the id of the conversation. `ago`: how late the webhook is."""
    world.text(
        body,
        connection_id=META,
        channel=Channel.WHATSAPP,
        recipient=WHATSAPP_NUMBER,
        written_at=world.clock.now() - ago,
        **fields,
    )
    return world.conversation_of(number=WHATSAPP_NUMBER).id


def choose(world: World, conversation_id: str, choice: TemplateChoice = CHOICE, **fields: Any) -> Message:
    return world.send(conversation_id, "", template=choice, **fields)


def test_the_templates_of_the_connection_are_offered(world: World, talk: str) -> None:
    assert list(list_templates(talk, ADA, world)) == [READY, BACK]


def test_texts_know_no_templates(world: World, talk: str) -> None:
    texting = world.talk()
    assert list(list_templates(texting, ADA, world)) == []
    with pytest.raises(InvalidInput):
        choose(world, texting)


def test_another_stores_associate_finds_nothing(world: World, talk: str) -> None:
    with pytest.raises(NotFound):
        list_templates(talk, BOB, world)


# --- the window ---------------------------------------------------------------------------------------------------


def test_a_text_goes_in_the_last_millisecond_and_no_later(world: World, talk: str) -> None:
    world.clock.advance(DAY - 1)
    assert world.send(talk, "Just in time").free_until == world.clock.now() + 1
    world.clock.advance(1)
    with pytest.raises(WindowClosed):
        world.send(talk, "Too late")
    assert world.bodies(talk) == ["Hello", "Just in time"]


def test_the_refusal_costs_no_write_and_no_more_reads(world: World, talk: str) -> None:
    world.clock.advance(DAY)
    before = world.table.requests
    with pytest.raises(WindowClosed):
        world.send(talk, "Too late")
    assert world.table.requests - before == 2, "the conversation, and whether it was accepted before"


def test_the_good_path_costs_what_it_costs_on_other_channels(world: World, talk: str) -> None:
    before = world.table.requests
    write(world, "And one more")
    assert world.table.requests - before == 2
    before = world.table.requests
    world.send(talk, "Yes")
    assert world.table.requests - before == 2


def test_it_counts_from_when_the_customer_wrote_however_late_we_hear(world: World) -> None:
    conversation_id = write(world, ago=23 * HOUR)
    world.clock.advance(HOUR)
    with pytest.raises(WindowClosed):
        world.send(conversation_id)


@pytest.mark.parametrize("steps", [1, 5])
def test_what_comes_late_does_not_shorten_it(world: World, talk: str, steps: int) -> None:
    until = world.conversation(talk).free_until
    for step in range(steps):
        world.clock.advance(1000)
        write(world, f"Late {step}", ago=(step + 2) * HOUR)
    assert world.conversation(talk).free_until == until
    assert len(world.bodies(talk)) == steps + 1
    assert not world.reasons()


def test_the_customer_opens_it_again(world: World, talk: str) -> None:
    world.clock.advance(2 * DAY)
    write(world, "Still there?")
    world.send(talk, "Of course")
    world.deliver()
    assert world.channel.to(CARLA)[-1] == "Of course"


def test_what_whatsapp_tells_of_itself_opens_nothing(world: World, talk: str) -> None:
    world.clock.advance(DAY)
    event = world.text_event(
        "[WhatsApp: ...]", connection_id=META, channel=Channel.WHATSAPP, recipient=WHATSAPP_NUMBER, automatic=True
    )
    receive_message(event, world)
    with pytest.raises(WindowClosed):
        world.send(talk)


def test_what_was_accepted_in_time_gets_its_answer_after_it(world: World, talk: str) -> None:
    first = world.send(talk, "In time", idempotency_key="key-1")
    world.clock.advance(DAY)
    assert world.send(talk, "In time", idempotency_key="key-1") == first
    with pytest.raises(IdempotencyConflict):
        world.send(talk, "Other", idempotency_key="key-1")


def test_automatic_answers_go_within_it(world: World, talk: str) -> None:
    write(world, "HELP")
    answer = world.thread(talk)[-1]
    assert (answer.kind, answer.free_until) == (MessageKind.HELP_ANSWER, world.clock.now() + DAY)
    world.deliver()
    assert world.message(answer).status is MessageStatus.SENT


def test_a_conversation_that_was_ended_keeps_its_window(world: World, talk: str) -> None:
    close_conversation(talk, ADA, world)
    world.clock.advance(HOUR)
    write(world, "One more thing")
    reopen_conversation(talk, ADA, world)
    world.clock.advance(DAY - 1)
    world.send(talk, "Yes?")


# --- at the moment of sending -------------------------------------------------------------------------------------


def queued(world: World, talk: str) -> Message:
    """On the queue, and the window has closed meanwhile."""
    world.clock.advance(DAY - HOUR)
    message = world.send(talk, "Your boots are here")
    world.clock.advance(HOUR)
    return message


def test_a_text_that_waited_too_long_is_not_sent(world: World, talk: str) -> None:
    message = queued(world, talk)
    world.deliver()
    stored = world.message(message)
    assert (stored.status, stored.failure) == (MessageStatus.FAILED, FailureReason.OUTSIDE_WINDOW)
    assert not world.channel.sent


def test_a_text_that_waited_goes_if_the_customer_has_written_meanwhile(world: World, talk: str) -> None:
    world.clock.advance(DAY - 2 * HOUR)
    message = world.send(talk, "Your boots are here")
    world.clock.advance(HOUR)
    write(world, "Hello?")
    world.clock.advance(HOUR)
    world.deliver()
    assert world.message(message).status is MessageStatus.SENT


def test_in_time_nothing_is_read_for_it(world: World, talk: str) -> None:
    world.send(talk, "One")
    world.fan_out()
    before = world.table.requests
    world.deliver()
    assert world.table.requests - before == 2, "claim and settle"


def test_send_again_asks_for_the_window_too(world: World, talk: str) -> None:
    message = queued(world, talk)
    world.deliver()
    with pytest.raises(WindowClosed):
        retry_message(talk, message.id, ADA, world)
    write(world, "Hello?")
    retry_message(talk, message.id, ADA, world)
    world.deliver()
    stored = world.message(message)
    assert (stored.status, stored.free_until) == (MessageStatus.SENT, world.clock.now() + DAY)


def test_a_provider_that_counts_otherwise_is_believed(world: World, talk: str) -> None:
    world.channel.answers.append(SendError(FailureReason.OUTSIDE_WINDOW, provider_code="131047"))
    message = world.send(talk)
    world.deliver()
    assert world.message(message).failure is FailureReason.OUTSIDE_WINDOW


# --- templates ----------------------------------------------------------------------------------------------------


def test_a_template_goes_outside_the_window(world: World, talk: str) -> None:
    world.clock.advance(30 * DAY)
    message = choose(world, talk)
    assert (message.body, message.free_until) == ("Hi Carla, #1001 is ready.", None)
    world.deliver()
    assert world.message(message).status is MessageStatus.SENT
    [text] = world.channel.sent
    assert text.template == TemplateUse(name="ready", language="en_US", values=("Carla", "#1001"))
    assert (text.channel, text.body) == (Channel.WHATSAPP, message.body)


def test_a_template_opens_no_window(world: World, talk: str) -> None:
    world.clock.advance(DAY)
    choose(world, talk)
    world.deliver()
    with pytest.raises(WindowClosed):
        world.send(talk)


def test_a_failed_template_is_sent_again_as_it_was(world: World, talk: str) -> None:
    world.clock.advance(DAY)
    world.channel.answers.append(SendError(FailureReason.TEMPLATE_REFUSED, provider_code="132015"))
    message = choose(world, talk)
    world.deliver()
    retry_message(talk, message.id, ADA, world)
    world.deliver()
    assert world.channel.sent[-1].template == message.template


@pytest.mark.parametrize(
    "changed",
    [{"name": "other"}, {"language": "de"}, {"values": ()}, {"values": ("a", "b", "c")}, {"values": ("a", "\n")}],
    ids=str,
)
def test_a_template_that_nobody_approved_is_refused(world: World, talk: str, changed: dict[str, Any]) -> None:
    given = {"name": "ready", "language": "en_US", "values": ("a", "b"), **changed}
    with pytest.raises(InvalidInput):
        choose(world, talk, TemplateChoice(**given))
    assert world.bodies(talk) == ["Hello"]


def test_the_same_key_again_is_the_same_template(world: World, talk: str) -> None:
    first = choose(world, talk, idempotency_key="key-1")
    assert choose(world, talk, idempotency_key="key-1") == first
    with pytest.raises(IdempotencyConflict):
        choose(world, talk, TemplateChoice(name="back", language="de", values=()), idempotency_key="key-1")
    with pytest.raises(IdempotencyConflict):
        world.send(talk, first.body, idempotency_key="key-1")


def test_consent_and_the_end_count_for_templates_too(world: World, talk: str) -> None:
    close_conversation(talk, ADA, world)
    with pytest.raises(ConversationEnded):
        choose(world, talk)
    reopen_conversation(talk, ADA, world)
    write(world, "STOP")
    with pytest.raises(OptedOut):
        choose(world, talk)


def test_stop_and_start_count_in_the_order_in_which_they_were_written(world: World, talk: str) -> None:
    """START comes in first, STOP, which was written before it, an hour later."""
    write(world, "STOP", ago=3 * HOUR)
    write(world, "START", ago=HOUR)
    write(world, "STOP", ago=2 * HOUR)
    world.send(talk, "Still welcome")
    world.deliver()
    assert world.channel.to(CARLA)[-1] == "Still welcome"
    assert len(world.table.ledger) == 3
