"""What a customer's text does by itself: consent and automatic answers (docs/requirements.md, Keywords)."""

import pytest

from chalicelib.domain.addresses import Address
from chalicelib.domain.consent import ConsentSource, ConsentState
from chalicelib.domain.merchants import ConsentScopeSetting
from chalicelib.domain.messages import Direction, FailureReason, MessageKind, MessageStatus
from chalicelib.usecases.close_conversation import close_conversation
from chalicelib.usecases.receive_message import receive_message
from tests.support.world import (
    ADA,
    BOB,
    CARLA,
    DEAN,
    HOUR,
    SEATTLE,
    TACOMA,
    TACOMA_NUMBER,
    World,
)

# --- opt-out, opt-in, help ----------------------------------------------------------------------------------------


def test_stop_blocks_at_once_and_is_confirmed_once(world: World) -> None:
    conversation_id = world.talk()
    world.text("Stop!")
    world.text("STOP")
    world.deliver()
    assert world.consent() is ConsentState.OPTED_OUT
    assert world.conversation(conversation_id).opted_out
    assert world.bodies(conversation_id)[-3:-1] == [
        "Stop!",
        "You have opted out and will get no more texts from Pine Street Shoes. Reply START to opt in again.",
    ]
    assert len(world.channel.to(CARLA)) == 2  # the first text, the confirmation


def test_the_word_reaches_the_associate_too(world: World) -> None:
    conversation_id = world.talk()
    world.text("STOP")
    assert world.bodies(conversation_id)[1] == "STOP"
    assert world.conversation(conversation_id).unread == 1


ENOUGH = "Please stop texting me"


def test_a_sentence_that_means_stop_blocks_at_once_and_is_confirmed_once(world: World) -> None:
    conversation_id = world.talk()
    waiting = world.send(conversation_id, "One moment please")
    for _ in range(2):
        world.clock.advance(1000)
        world.text(ENOUGH)
    world.deliver()
    assert world.consent() is ConsentState.OPTED_OUT
    assert world.conversation(conversation_id).opted_out
    assert world.message(waiting).failure is FailureReason.OPTED_OUT
    assert world.channel.to(CARLA)[1:] == [
        "You have opted out and will get no more texts from Pine Street Shoes. Reply START to opt in again."
    ]


def test_the_sentence_reaches_the_associate_and_the_ledger_names_it(world: World) -> None:
    conversation_id = world.talk()
    world.text(ENOUGH)
    said = world.thread(conversation_id)[1]
    assert (said.body, world.conversation(conversation_id).unread) == (ENOUGH, 1)
    (line,) = world.table.ledger
    assert (line.source, line.evidence, line.wording) == (ConsentSource.INTENT, said.id, "sms-stop-1")


def test_a_sentence_as_the_very_first_text_counts(world: World) -> None:
    world.text(ENOUGH, sender=DEAN)
    assert world.consent(DEAN) is ConsentState.OPTED_OUT
    assert world.conversation_of(DEAN).opted_out


def test_providers_answer_their_keywords_so_the_sentence_is_confirmed_by_us(world: World) -> None:
    world.talk()
    world.change_connection(provider_answers_keywords=True)
    world.text(ENOUGH)
    world.deliver()
    assert world.channel.to(CARLA)[-1].startswith("You have opted out")


def test_a_machine_has_no_wishes(world: World) -> None:
    world.talk()
    world.text(ENOUGH, automatic=True)
    assert world.consent() is ConsentState.NONE


def test_a_keyword_after_the_sentence_leaves_no_doubt_and_is_not_confirmed_again(world: World) -> None:
    conversation_id = world.talk()
    for said in (ENOUGH, "STOP"):
        world.clock.advance(1000)
        world.text(said)
    kinds = [message.kind for message in world.thread(conversation_id)]
    assert kinds.count(MessageKind.OPT_OUT_CONFIRMATION) == 1
    assert [line.source for line in world.table.ledger] == [ConsentSource.INTENT, ConsentSource.KEYWORD]
    consent = world.consents.state(world.conversation(conversation_id).consent_key)
    assert consent is not None
    assert not consent.may_be_mistaken


def test_start_opts_in_again_after_a_sentence(world: World) -> None:
    world.talk()
    world.text(ENOUGH)
    world.clock.advance(1000)
    world.text("START")
    assert world.consent() is ConsentState.OPTED_IN


def test_stop_in_a_sentence_is_ordinary_talk(world: World) -> None:
    world.talk()
    world.text("Please stop by the store and cancel my order")
    assert world.consent() is ConsentState.NONE


def test_stop_with_a_picture_is_still_stop(world: World) -> None:
    world.talk()
    world.text("STOP", media_count=1)
    assert world.consent() is ConsentState.OPTED_OUT


def test_start_opts_in_again_and_is_confirmed_once(world: World) -> None:
    conversation_id = world.talk()
    for word in ("STOP", "START", "START"):
        world.clock.advance(1000)
        world.text(word)
    world.deliver()
    kinds = [message.kind for message in world.thread(conversation_id)]
    assert world.consent() is ConsentState.OPTED_IN
    assert not world.conversation(conversation_id).opted_out
    assert kinds.count(MessageKind.OPT_IN_CONFIRMATION) == 1


def test_yes_is_an_everyday_word_unless_the_person_is_opted_out(world: World) -> None:
    conversation_id = world.talk()
    world.text("yes")
    assert world.consent() is ConsentState.NONE
    assert len(world.thread(conversation_id)) == 2
    world.text("STOP")
    world.clock.advance(1)
    world.text("Yes!")
    assert world.consent() is ConsentState.OPTED_IN


def test_the_ledger_says_why(world: World) -> None:
    conversation_id = world.talk()
    event = world.text("STOP")
    change = world.table.ledger[-1]
    assert (change.state, change.at) == (ConsentState.OPTED_OUT, event.received_at)
    assert (change.source, change.wording) == ("keyword", "sms-stop-1")
    assert change.evidence == world.thread(conversation_id)[1].id


def test_help_answers_with_name_phone_and_way_out_also_to_the_opted_out(world: World) -> None:
    world.talk()
    world.text("STOP")
    world.text("help?")
    world.deliver()
    assert world.channel.to(CARLA)[-1] == (
        "Pine Street Shoes: for help call +12065550199. Reply STOP to opt out. Msg & data rates may apply."
    )


def test_where_the_provider_answers_keywords_we_stay_silent(world: World) -> None:
    conversation_id = world.talk()
    world.change_connection(provider_answers_keywords=True)
    for word in ("STOP", "HELP", "START"):
        world.clock.advance(1)
        world.text(word)
    assert world.consent() is ConsentState.OPTED_IN
    assert world.bodies(conversation_id)[1:] == ["STOP", "HELP", "START"]


@pytest.mark.parametrize("sender", ["40404", "BANK ALERT"])
@pytest.mark.parametrize("body", ["STOP", "HELP", "Your code is 1234"])
def test_short_codes_and_named_senders_get_no_answers(world: World, sender: str, body: str) -> None:
    world.text(body, sender=Address(sender))
    world.deliver()
    conversation = world.conversation_of(sender)
    assert world.bodies(conversation.id) == [body]
    assert world.channel.sent == []


def test_what_a_machine_wrote_is_kept_and_never_answered(world: World) -> None:
    conversation_id = world.talk()
    world.text("HELP", automatic=True)
    world.text("STOP", automatic=True)
    close_conversation(conversation_id, ADA, world)
    world.text("I am away until Monday.", automatic=True)
    assert world.bodies(conversation_id)[-3:] == ["HELP", "STOP", "I am away until Monday."]
    assert world.consent() is ConsentState.OPTED_OUT


def test_a_visitor_is_called_as_they_call_themselves(world: World) -> None:
    world.text("Hello", sender=DEAN, sender_name="Dean P.")
    assert world.conversation_of(DEAN).customer_name == "Dean P."


def test_opt_out_blocks_the_queued_message(world: World) -> None:
    conversation_id = world.talk()
    message = world.send(conversation_id, "One moment please")
    world.text("STOP")
    world.deliver()
    stored = world.message(message)
    assert (stored.status, stored.failure) == (MessageStatus.FAILED, FailureReason.OPTED_OUT)
    assert "One moment please" not in world.channel.to(CARLA)


def test_stop_as_the_very_first_text_counts(world: World) -> None:
    world.text("STOP", sender=DEAN)
    world.deliver()
    assert world.consent(DEAN) is ConsentState.OPTED_OUT
    assert world.conversation_of(DEAN).opted_out
    assert len(world.channel.to(DEAN)) == 1


def test_an_opt_out_holds_for_the_store_only(world: World) -> None:
    world.talk()
    world.text("STOP")
    assert (world.consent(CARLA, SEATTLE), world.consent(CARLA, TACOMA)) == ("opted_out", "none")
    world.text("Hello Tacoma", recipient=TACOMA_NUMBER)
    other = world.conversation_of(CARLA, TACOMA_NUMBER)
    world.send(other.id, "Hello", associate_id=BOB)
    world.deliver()
    assert not other.opted_out
    assert "Hello" in world.channel.to(CARLA)


def test_an_opt_out_holds_for_every_store_where_the_merchant_says_so(world: World) -> None:
    for store in (SEATTLE, TACOMA):
        world.change_store(store, consent_scope=ConsentScopeSetting.MERCHANT)
    world.text("Hello Tacoma", recipient=TACOMA_NUMBER)
    other = world.conversation_of(CARLA, TACOMA_NUMBER)
    world.talk()
    world.text("STOP")
    message = world.send(other.id, "Hello", associate_id=BOB)
    world.deliver()
    assert world.message(message).failure is FailureReason.OPTED_OUT
    assert world.conversation(other.id).opted_out


def test_an_opt_in_at_one_store_opens_the_others_of_the_scope_too(world: World) -> None:
    for store in (SEATTLE, TACOMA):
        world.change_store(store, consent_scope=ConsentScopeSetting.MERCHANT)
    world.text("Hello Tacoma", recipient=TACOMA_NUMBER)
    other = world.conversation_of(CARLA, TACOMA_NUMBER)
    world.talk()
    world.text("STOP")
    world.send(other.id, "Blocked", associate_id=BOB)
    world.deliver()
    world.text("START")
    assert world.conversation(other.id).opted_out
    world.send(other.id, "Welcome back", associate_id=BOB)
    world.deliver()
    assert not world.conversation(other.id).opted_out
    assert "Welcome back" in world.channel.to(CARLA)


def test_a_start_that_changes_nothing_still_puts_the_flag_right(world: World) -> None:
    conversation_id = world.talk()
    world.text("START")
    world.conversations.flag_opted_out(conversation_id, True)
    world.text("START")
    assert not world.conversation(conversation_id).opted_out


def test_an_older_stop_that_comes_late_does_not_undo_a_newer_start(world: World) -> None:
    conversation_id = world.talk()
    stop = world.text_event("STOP")
    world.clock.advance(HOUR)
    world.text("START")
    receive_message(stop, world)
    world.deliver()
    assert world.consent() is ConsentState.OPTED_IN
    assert not world.conversation(conversation_id).opted_out
    assert [change.state for change in world.table.ledger] == [ConsentState.OPTED_IN, ConsentState.OPTED_OUT]
    assert not any("opted out" in body for body in world.channel.to(CARLA))


def test_an_older_start_that_comes_late_does_not_undo_a_newer_stop(world: World) -> None:
    conversation_id = world.talk()
    start = world.text_event("START")
    world.clock.advance(HOUR)
    world.text("STOP")
    receive_message(start, world)
    assert world.consent() is ConsentState.OPTED_OUT
    assert world.conversation(conversation_id).opted_out


def test_a_machine_that_keeps_asking_for_help_is_answered_four_times_an_hour(world: World) -> None:
    conversation_id = world.talk()
    for _ in range(12):
        world.clock.advance(1000)
        world.text("INFO")
    assert sum(m.kind is MessageKind.HELP_ANSWER for m in world.thread(conversation_id)) == 4
    assert sum(m.direction is Direction.INBOUND for m in world.thread(conversation_id)) == 12
    world.clock.advance(HOUR)
    world.text("HELP")
    assert sum(m.kind is MessageKind.HELP_ANSWER for m in world.thread(conversation_id)) == 5


def test_stop_counts_also_where_its_answer_stays_out(world: World) -> None:
    conversation_id = world.talk()
    for word in ("STOP", "START") * 5:
        world.clock.advance(1000)
        world.text(word)
    world.text("STOP")
    assert world.consent() is ConsentState.OPTED_OUT
    assert len(world.table.ledger) == 11
    assert sum(m.kind is not MessageKind.TEXT for m in world.thread(conversation_id)) == 4
