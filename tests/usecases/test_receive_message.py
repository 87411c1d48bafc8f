"""What a customer's text leads to (docs/requirements.md, Keywords and Routes)."""

import pytest

from chalicelib.domain.addresses import Address
from chalicelib.domain.consent import ConsentSource, ConsentState
from chalicelib.domain.conversations import COOL_DOWN, LIFETIME, ConversationKind, ConversationState
from chalicelib.domain.customers import CustomerKind
from chalicelib.domain.errors import Unavailable
from chalicelib.domain.media import MediaReference
from chalicelib.domain.merchants import ConsentScopeSetting
from chalicelib.domain.messages import Direction, FailureReason, MessageKind, MessageStatus
from chalicelib.usecases.close_conversation import close_conversation, delete_conversation
from chalicelib.usecases.fan_out import to_send
from chalicelib.usecases.ports import Change
from chalicelib.usecases.receive_message import receive_message
from tests.support.world import (
    ADA,
    BOB,
    CARLA,
    DAY,
    DEAN,
    FOREIGN_NUMBER,
    HOUR,
    OTHER_TWILIO,
    SEATTLE,
    SEATTLE_NUMBER,
    TACOMA,
    TACOMA_NUMBER,
    World,
)

HOSTILE = {
    "nul": "before\x00after",
    "longest": "x" * 1600,
    "emoji": "👩‍👩‍👧‍👦 🎉" * 20,
    "right to left": "مرحبا \u202eabc\u202c שלום",
    "only spaces": "   \n\t ",
    "empty": "",
    "markup": "<script>alert(1)</script>",
    "combining": "a" + "\u0301" * 500,
}

# --- into the conversation ----------------------------------------------------------------------------------------


def test_a_text_lands_unread_in_the_conversation_it_answers(world: World) -> None:
    conversation_id = world.talk()
    world.text("Great, thanks!")
    conversation = world.conversation(conversation_id)
    assert world.bodies(conversation_id)[-1] == "Great, thanks!"
    assert (conversation.unread, conversation.last_preview) == (1, "Great, thanks!")
    assert world.consent() is ConsentState.NONE


def test_the_good_path_is_two_requests(world: World) -> None:
    world.talk()
    before = world.table.requests
    world.text("Great, thanks!")
    assert world.table.requests - before == 2


def test_the_same_webhook_twice_is_one_message(world: World) -> None:
    conversation_id = world.talk()
    event = world.text("Great, thanks!")
    world.clock.advance(7 * DAY)
    receive_message(event, world)
    assert world.bodies(conversation_id).count("Great, thanks!") == 1
    assert world.conversation(conversation_id).unread == 1


@pytest.mark.parametrize("body", HOSTILE.values(), ids=HOSTILE.keys())
def test_any_text_is_kept_as_it_is(world: World, body: str) -> None:
    conversation_id = world.talk()
    world.text(body)
    assert world.bodies(conversation_id)[-1] == body
    assert world.conversation(conversation_id).unread == 1


def test_attachments_nobody_can_fetch_are_announced_to_the_associate(world: World) -> None:
    conversation_id = world.talk()
    world.text("Look", media=(MediaReference(source="https://media.example/a"),), media_count=2)
    assert world.bodies(conversation_id)[-1] == "Look\n[2 attachments, which cannot be shown here]"
    assert [media.source for media in world.thread(conversation_id)[-1].media] == ["https://media.example/a"]


def test_order_holds_when_another_server_is_ahead(world: World) -> None:
    conversation_id = world.talk()
    world.text("first", received_at=world.clock.now() + 5000)
    world.text("second")
    assert world.bodies(conversation_id)[-2:] == ["first", "second"]
    assert world.conversation(conversation_id).last_activity_at == world.clock.now() + 5000


def test_a_text_counts_from_when_it_came_in_and_not_from_when_it_is_stored(world: World) -> None:
    conversation_id = world.talk()
    event = world.text_event("late")
    world.clock.advance(5 * HOUR)
    receive_message(event, world)
    assert world.thread(conversation_id)[-1].created_at == event.received_at


def test_a_text_taken_from_the_queue_hours_later_does_not_turn_back_activity(world: World) -> None:
    conversation_id = world.talk()
    late = world.text_event("late")
    world.clock.advance(5 * HOUR)
    world.text("on time")
    newest = world.conversation(conversation_id).last_activity_at
    receive_message(late, world)
    assert world.bodies(conversation_id)[-2:] == ["on time", "late"]
    assert world.conversation(conversation_id).last_activity_at == newest


def test_a_refusing_table_is_told_and_nothing_is_half_done(world: World) -> None:
    conversation_id = world.talk()
    event = world.text_event("Great")
    world.table.refuse(2)
    with pytest.raises(Unavailable):
        receive_message(event, world)
    assert "Great" not in world.bodies(conversation_id)
    world.table.refuse(0)
    receive_message(event, world)
    assert world.bodies(conversation_id).count("Great") == 1


def test_endless_races_are_left_to_the_queue(world: World) -> None:
    from chalicelib.usecases.ports import RouteChanged

    world.conversations.open = lambda command: RouteChanged()  # type: ignore[method-assign]  # somebody is always first
    with pytest.raises(Unavailable):
        world.text("Hello?", sender=DEAN)


# --- unknown senders ----------------------------------------------------------------------------------------------


def test_an_unknown_sender_becomes_a_visitor_in_the_stores_inbox(world: World) -> None:
    world.text("Do you have size 9?", sender=DEAN)
    conversation = world.conversation_of(DEAN)
    customer = world.table.customers[conversation.customer_id]
    assert (conversation.store_id, conversation.kind, conversation.unread) == (SEATTLE, ConversationKind.SHOP, 1)
    assert (customer.kind, customer.phones, customer.name) == (CustomerKind.VISITOR, (DEAN,), "")


def test_nothing_is_echoed_to_an_unknown_sender(world: World) -> None:
    world.text("Do you have size 9?", sender=DEAN)
    world.deliver()
    assert world.channel.sent == []


def test_the_second_text_of_an_unknown_sender_joins_the_first(world: World) -> None:
    world.text("One", sender=DEAN)
    world.text("Two", sender=DEAN)
    assert world.bodies(world.conversation_of(DEAN).id) == ["One", "Two"]
    assert len(world.table.customers) == 1


def test_a_known_customer_who_writes_first_is_recognised(world: World) -> None:
    order = world.order()
    world.text("Is my order ready?")
    conversation = world.conversation_of()
    assert (conversation.customer_id, conversation.customer_name) == (order.customer_id, "Carla Diaz")


def test_one_customer_has_a_conversation_with_each_store(world: World) -> None:
    conversation_id = world.talk()
    world.text("Hello Tacoma", recipient=TACOMA_NUMBER)
    other = world.conversation_of(CARLA, TACOMA_NUMBER)
    assert (other.store_id, other.customer_id) == (TACOMA, world.conversation(conversation_id).customer_id)
    assert "Hello Tacoma" not in world.bodies(conversation_id)


def test_a_number_that_is_nobodys_is_rejected_on_record(world: World) -> None:
    world.text("Hello", recipient=Address("+19995550000"))
    assert world.reasons() == ["unknown_number"]
    assert not world.table.messages


def test_a_number_of_another_merchant_cannot_be_reached(world: World) -> None:
    world.text("Hello", recipient=FOREIGN_NUMBER)
    assert world.reasons() == ["unknown_number"]


def test_a_route_of_another_merchant_cannot_be_reached(world: World) -> None:
    conversation_id = world.talk()
    world.text("Hello", connection_id=OTHER_TWILIO)
    assert world.reasons() == ["foreign_number"]
    assert "Hello" not in world.bodies(conversation_id)


def test_an_unknown_connection_is_rejected_once(world: World) -> None:
    event = world.text("Hello", connection_id="con-gone")
    receive_message(event, world)
    assert world.reasons() == ["unknown_connection"]


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


# --- after the end ------------------------------------------------------------------------------------------------

ENDED = "Pine Street Shoes has ended this conversation. Please call +12065550199."


@pytest.fixture(params=["closed", "deleted", "expired", "swept"])
def ended(request: pytest.FixtureRequest, world: World) -> str:
    """A conversation that has ended, in each way."""
    conversation_id = world.talk()
    if request.param == "closed":
        close_conversation(conversation_id, ADA, world)
    elif request.param == "deleted":
        delete_conversation(conversation_id, ADA, world)
        world.fan_out()
    else:
        world.clock.set(world.conversation(conversation_id).expires_at)
    if request.param == "swept":
        from chalicelib.usecases.expire_conversations import expire_conversations

        expire_conversations(world.clock.now(), world.clock.now() + 1, world)
    world.channel.sent.clear()
    return conversation_id


def test_who_writes_to_an_ended_conversation_is_told_once_whom_to_call(world: World, ended: str) -> None:
    for body in ("Hello?", "Anybody there?", "Hm"):
        world.clock.advance(1000)
        world.text(body)
    world.deliver()
    assert world.channel.to(CARLA) == [ENDED]


def test_the_same_webhook_again_after_the_end_is_no_second_answer(world: World, ended: str) -> None:
    event = world.text("Hello?")
    receive_message(event, world)
    world.deliver()
    assert world.channel.to(CARLA) == [ENDED]


def test_a_text_never_brings_an_ended_conversation_back(world: World, ended: str) -> None:
    before = world.conversation(ended)
    world.text("Hello?")
    after = world.conversation(ended)
    assert (after.state, after.last_activity_at) == (before.state, before.last_activity_at)
    assert not after.is_open(world.clock.now())


def test_stop_after_the_end_counts_and_is_confirmed_instead(world: World, ended: str) -> None:
    world.text("STOP")
    world.clock.advance(1)
    world.text("Hello?")
    world.deliver()
    assert world.consent() is ConsentState.OPTED_OUT
    assert len(world.channel.to(CARLA)) == 1
    assert "opted out" in world.channel.to(CARLA)[0]


def test_stop_after_the_end_counts_where_the_provider_confirms_it(world: World, ended: str) -> None:
    world.change_connection(provider_answers_keywords=True)
    stop = world.text("STOP")
    world.clock.advance(1)
    world.text("START")
    receive_message(stop, world)  # the provider repeats it
    world.deliver()
    assert world.consent() is ConsentState.OPTED_IN
    assert [change.state for change in world.table.ledger] == [ConsentState.OPTED_OUT, ConsentState.OPTED_IN]
    assert "opted out" not in "".join(world.channel.to(CARLA))


def test_who_opted_out_gets_no_answer_after_the_end(world: World) -> None:
    conversation_id = world.talk()
    world.text("STOP")
    close_conversation(conversation_id, ADA, world)
    world.deliver()
    sent = len(world.channel.sent)
    world.text("Hello?")
    world.deliver()
    assert len(world.channel.sent) == sent
    assert MessageKind.ENDED_ANSWER not in {message.kind for message in world.thread(conversation_id)}


def test_within_the_cool_down_the_customer_still_gets_the_answer(world: World, ended: str) -> None:
    world.clock.advance(COOL_DOWN - 1)
    world.text("Hello?")
    world.deliver()
    assert world.channel.to(CARLA) == [ENDED]
    assert world.conversation_of().id == ended


def test_after_the_cool_down_a_new_conversation_begins(world: World, ended: str) -> None:
    world.clock.advance(COOL_DOWN)
    world.text("Hello again")
    world.deliver()
    fresh = world.conversation_of()
    assert fresh.id != ended
    assert (fresh.state, world.bodies(fresh.id)) == (ConversationState.OPEN, ["Hello again"])
    assert "Hello again" not in world.bodies(ended)
    assert world.channel.sent == []


def test_a_new_conversation_after_the_cool_down_remembers_the_opt_out(world: World) -> None:
    conversation_id = world.talk()
    world.text("STOP")
    close_conversation(conversation_id, ADA, world)
    world.clock.advance(COOL_DOWN)
    world.text("Hello again")
    assert world.conversation_of().opted_out


def test_a_text_to_a_closed_conversation_is_kept(world: World) -> None:
    conversation_id = world.talk()
    close_conversation(conversation_id, ADA, world)
    world.text("Hello?")
    assert "Hello?" in world.bodies(conversation_id)


def test_a_text_to_a_deleted_conversation_leaves_no_content(world: World) -> None:
    conversation_id = world.talk()
    delete_conversation(conversation_id, ADA, world)
    world.fan_out()
    world.text("My address is 5 Pine Street")
    world.text("Hello?")
    assert world.bodies(conversation_id) == [ENDED]
    assert world.conversation(conversation_id).last_preview == ""
    assert world.reasons() == ["conversation_deleted"]


def test_expiry_is_exact_to_the_millisecond_on_writing(world: World) -> None:
    conversation_id = world.talk()
    last = world.conversation(conversation_id).last_activity_at
    world.text("in time", received_at=last + LIFETIME - 1)
    assert "in time" in world.bodies(conversation_id)
    last = world.conversation(conversation_id).last_activity_at
    world.text("too late", received_at=last + LIFETIME)
    assert "too late" not in world.bodies(conversation_id)


def test_a_text_received_before_the_expiry_and_stored_after_it_counts(world: World) -> None:
    conversation_id = world.talk()
    event = world.text_event("in time", received_at=world.conversation(conversation_id).expires_at - 1)
    world.clock.set(event.received_at + 3 * HOUR)
    receive_message(event, world)
    assert "in time" in world.bodies(conversation_id)


def test_the_answer_after_the_end_is_given_up_after_a_day(world: World, ended: str) -> None:
    world.text("Hello?")
    answer = next(m for m in world.thread(ended) if m.kind is MessageKind.ENDED_ANSWER)
    assert answer.expires_at == world.clock.now() + DAY
    assert to_send(Change(None, answer)) == answer


def test_a_conversation_closed_meanwhile_gets_the_answer_and_not_the_text_as_open(world: World) -> None:
    conversation_id = world.talk()
    stale = world.table.routes[next(iter(world.table.routes))]
    close_conversation(conversation_id, ADA, world)
    find_route = world.conversations.find_route
    answers = [stale]
    world.conversations.find_route = (  # type: ignore[method-assign]  # a read from before the closing
        lambda key, *, consistent: answers.pop() if answers else find_route(key, consistent=consistent)
    )
    world.text("Hello?")
    world.deliver()
    assert world.channel.to(CARLA)[-1] == ENDED
    assert world.conversation(conversation_id).state is ConversationState.CLOSED


def test_two_first_texts_at_once_are_one_conversation(world: World) -> None:
    """Both servers saw no route; the slower one reads again."""
    find_route = world.conversations.find_route
    seen = [False]

    def stale_once(key: object, *, consistent: bool) -> object:
        if not seen[0]:
            seen[0] = True
            world.text("first", sender=DEAN)
            return None
        return find_route(key, consistent=consistent)  # type: ignore[arg-type]  # passes on what it got

    world.conversations.find_route = stale_once  # type: ignore[assignment,method-assign]  # interleaves two servers
    world.text("second", sender=DEAN)
    assert world.bodies(world.conversation_of(DEAN, SEATTLE_NUMBER).id) == ["first", "second"]
    assert len(world.table.customers) == 1


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
