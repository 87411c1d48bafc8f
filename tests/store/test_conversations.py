"""Contract of ports.ConversationStore: appending and opening."""

import pytest
from msgspec.structs import replace

from chalicelib.domain.consent import ConsentState
from chalicelib.domain.conversations import LIFETIME, Conversation, ConversationState
from chalicelib.domain.message_templates import TemplateUse
from chalicelib.domain.messages import Direction, FailureReason, Message, MessageKind, MessageStatus
from chalicelib.domain.routing import RouteKey
from chalicelib.usecases.ports import Appended, Claimed, Conflict, Duplicate, Once, Opened, RouteChanged
from tests.fakes.outside import START
from tests.store.conftest import Stores
from tests.support.samples import (
    BODY,
    CUSTOMER,
    MERCHANT,
    PHONE,
    append,
    consent_change,
    conversation,
    customer,
    id_at,
    message,
    opening,
    order,
    outbound,
    route,
    upsert,
)


def opened(stores: Stores, item: Conversation | None = None) -> Conversation:
    made = item or conversation()
    assert stores.conversations.open(opening(made)) == Opened()
    return made


def found(stores: Stores, conversation_id: str) -> Conversation:
    stored = stores.conversations.find(conversation_id)
    assert stored is not None
    return stored


def test_a_new_conversation_is_found_as_it_was_stored(stores: Stores) -> None:
    made = opened(stores, conversation(unread=2, opted_out=True, last_preview="Hi", last_direction=Direction.INBOUND))
    assert stores.conversations.find(made.id) == made
    assert stores.conversations.find(id_at(START, 99)) is None


def test_its_route_leads_to_it(stores: Stores) -> None:
    made = opened(stores)
    for consistent in (True, False):
        assert stores.conversations.find_route(route(made).key, consistent=consistent) == route(made)
    assert stores.conversations.find_route(RouteKey("sms", made.proxy, made.proxy), consistent=True) is None


def test_an_appended_message_is_stored_and_counts_as_activity(stores: Stores) -> None:
    made = opened(stores)
    text = message(START + 5)
    assert stores.conversations.append(append(text)) == Appended()
    assert found(stores, made.id) == made.with_message(text)
    assert stores.conversations.find_message(made.id, text.id) == text


def test_what_an_associate_wrote_is_not_unread(stores: Stores) -> None:
    made = opened(stores)
    text = outbound(START + 5)
    assert stores.conversations.append(append(text)) == Appended()
    assert found(stores, made.id) == made.with_message(text)
    assert found(stores, made.id).unread == 0


def test_two_messages_in_one_append_come_both_and_in_order(stores: Stores) -> None:
    made = opened(stores)
    texts = (message(START + 5), outbound(START + 6, body="Thanks"))
    assert stores.conversations.append(append(*texts)) == Appended()
    assert found(stores, made.id) == made.with_message(texts[0]).with_message(texts[1])


def test_the_same_event_again_is_a_duplicate_without_effect(stores: Stores) -> None:
    made = opened(stores)
    command = append(message(START + 5), once=Once("twilio", "SM1", "digest", "result"))
    assert stores.conversations.append(command) == Appended()
    before = found(stores, made.id)
    assert stores.conversations.append(command) == Duplicate(command.once)
    again = replace(command, messages=(message(START + 9),), once=Once("twilio", "SM1", "other", "other"))
    assert stores.conversations.append(again) == Duplicate(command.once)
    assert found(stores, made.id) == before


def test_a_duplicate_stays_one_when_the_conversation_has_ended_meanwhile(stores: Stores) -> None:
    made = opened(stores)
    command = append(message(START + 5))
    stores.conversations.append(command)
    before = found(stores, made.id)
    assert stores.conversations.end(before, before.closed(START + 6))
    assert stores.conversations.append(command) == Duplicate(command.once)


def test_a_conflict_shows_the_conversation_and_writes_nothing(stores: Stores) -> None:
    made = opened(stores)
    closed = made.closed(START + 1)
    assert stores.conversations.end(made, closed)
    text = message(START + 5)
    assert stores.conversations.append(append(text)) == Conflict(closed)
    assert stores.conversations.find_message(made.id, text.id) is None
    assert stores.conversations.append(append(text, expected=closed)) == Appended(), "the event was not used up"


def test_there_is_no_appending_to_nothing(stores: Stores) -> None:
    assert stores.conversations.append(append(message())) == Conflict(None)


@pytest.mark.parametrize(("late", "outcome"), [(-1, Appended), (0, Conflict), (1, Conflict)])
def test_expiry_is_exact_to_the_millisecond(stores: Stores, late: int, outcome: type[object]) -> None:
    opened(stores)
    assert isinstance(stores.conversations.append(append(message(START + LIFETIME + late))), outcome)


def test_an_id_that_does_not_sort_after_the_last_is_a_conflict(stores: Stores) -> None:
    made = opened(stores)
    first = message(START + 5)
    stores.conversations.append(append(first))
    for at in (START + 4, START + 5):
        late = append(message(at, body="other"), once=Once("twilio", f"late{at}"))
        assert stores.conversations.append(late) == Conflict(made.with_message(first))


def test_what_comes_to_an_ended_conversation_does_not_bring_it_back(stores: Stores) -> None:
    made = opened(stores)
    late = START + LIFETIME + 5
    texts = (message(late), outbound(late + 1, body="This conversation has ended."))
    command = append(*texts, expected=made, ended_answered=True)
    assert stores.conversations.append(command) == Appended()
    after = found(stores, made.id)
    assert (after.last_activity_at, after.ended_answered, after.unread) == (START, True, 1)
    assert after.last_message_id == texts[1].id
    assert not after.is_open(late)


def test_the_ended_answer_is_given_once(stores: Stores) -> None:
    made = opened(stores)
    closed = made.closed(START + 1)
    stores.conversations.end(made, closed)
    first = append(message(START + 5), expected=closed, ended_answered=True)
    second = append(message(START + 6), expected=closed, ended_answered=True)
    assert stores.conversations.append(first) == Appended()
    assert stores.conversations.append(second) == Conflict(found(stores, made.id))


def test_a_deleted_conversation_shows_nothing_of_what_comes(stores: Stores) -> None:
    made = opened(stores)
    gone = made.deleted(START + 1)
    stores.conversations.end(made, gone)
    assert stores.conversations.append(append(message(START + 5), expected=gone)) == Appended()
    after = found(stores, made.id)
    assert (after.last_preview, after.unread, after.last_direction) == ("", 0, None)


def test_messages_of_another_merchant_find_no_conversation(stores: Stores) -> None:
    made = opened(stores)
    foreign = message(START + 5, merchant_id=id_at(1, 77))
    assert stores.conversations.append(append(foreign)) == Conflict(None)
    assert found(stores, made.id) == made


def test_messages_of_two_conversations_are_a_programming_error(stores: Stores) -> None:
    mixed = (message(START + 1), message(START + 2, conversation_id=id_at(START, 2)))
    for messages in (mixed, (message(START + 2), message(START + 1))):
        with pytest.raises(ValueError, match="one conversation"):
            stores.conversations.append(append(*messages))


def test_an_opt_out_is_recorded_with_the_message_that_says_so(stores: Stores) -> None:
    made = opened(stores)
    stop = consent_change(ConsentState.OPTED_OUT, START + 5)
    assert stores.conversations.append(append(message(START + 5), consent=stop, opted_out=True)) == Appended()
    assert found(stores, made.id).opted_out
    stored = stores.consents.state(stop.key)
    assert stored is not None
    assert (stored.state, stored.changed_at) == (ConsentState.OPTED_OUT, START + 5)
    assert list(stores.consents.history(stop.key)) == [stop]


def test_an_older_act_goes_into_the_ledger_but_does_not_override_a_newer_one(stores: Stores) -> None:
    made = opened(stores)
    start = consent_change(ConsentState.OPTED_IN, START + 50)
    stop = consent_change(ConsentState.OPTED_OUT, START + 5)
    assert stores.consents.record(start)
    assert stores.conversations.append(append(message(START + 60), consent=stop, opted_out=True)) == Appended()
    stored = stores.consents.state(stop.key)
    assert stored is not None
    assert stored.state is ConsentState.OPTED_IN
    assert not found(stores, made.id).opted_out
    assert list(stores.consents.history(stop.key)) == [stop, start]


@pytest.mark.parametrize("body", ["\x00", "😀" * 800, "שלום", "   ", "", "a#b~c%", BODY * 15])
def test_any_text_comes_back_as_it_went_in(stores: Stores, body: str) -> None:
    made = opened(stores)
    text = message(START + 5, body=body)
    assert stores.conversations.append(append(text)) == Appended()
    assert stores.conversations.find_message(made.id, text.id) == text


def opened_with_all(stores: Stores) -> tuple[Conversation, Message]:
    assert stores.orders.upsert(upsert(customer=customer(phones=()))) is not None
    text = outbound(START + 5)
    visitor = customer(id=id_at(2, 2))
    made = conversation(customer_id=visitor.id).with_message(text)
    command = opening(made, messages=(text,), customer=visitor, customer_address=PHONE, order=order())
    assert stores.conversations.open(command) == Opened()
    return made, text


def test_opening_stores_message_customer_address_and_order_link(stores: Stores) -> None:
    made, text = opened_with_all(stores)
    assert stores.conversations.find_message(made.id, text.id) == text
    assert stores.customers.find(made.customer_id) == customer(id=made.customer_id)
    assert stores.customers.find_by(MERCHANT, "sms", PHONE) == made.customer_id
    linked = stores.orders.find(order().id)
    assert linked is not None
    assert linked.conversation_id == made.id


def test_opening_the_same_twice_is_a_duplicate(stores: Stores) -> None:
    made = opened(stores)
    assert stores.conversations.open(opening(made)) == Duplicate(opening(made).once)


def test_opening_needs_the_route_as_it_was_read(stores: Stores) -> None:
    made = opened(stores)
    other = conversation(id=id_at(START, 2))
    assert stores.conversations.open(opening(other)) == RouteChanged()
    assert stores.conversations.find(other.id) is None
    stale = replace(route(made), conversation_id=id_at(START, 3))
    assert stores.conversations.open(opening(other, route_was=stale)) == RouteChanged()
    assert stores.conversations.open(opening(other, route_was=route(made))) == Opened()


def test_opening_needs_the_conversation_as_it_was_read(stores: Stores) -> None:
    made = opened(stores)
    closed = made.closed(START + 1)
    stores.conversations.end(made, closed)
    cooling = stores.conversations.find_route(route(made).key, consistent=True)
    again = opening(made.reopened(START + 9), once=Once("start", "again"), route_was=cooling)
    assert stores.conversations.open(again) == RouteChanged(), "it exists"
    assert stores.conversations.open(replace(again, was=made)) == RouteChanged(), "it is closed by now"
    assert stores.conversations.open(replace(again, was=closed)) == Opened()
    assert found(stores, made.id) == made.reopened(START + 9)
    assert stores.conversations.find_route(route(made).key, consistent=True) == route(made)


def test_opening_needs_a_free_address_for_a_new_visitor(stores: Stores) -> None:
    stores.setup.put_customer(customer())
    command = opening(customer=customer(id=id_at(2, 2)), customer_address=PHONE)
    assert stores.conversations.open(command) == RouteChanged()
    assert stores.customers.find_by(MERCHANT, "sms", PHONE) == CUSTOMER


@pytest.mark.parametrize("stored", [None, order(cancelled_at=START), order(closed_at=START)])
def test_opening_needs_the_order_to_exist_and_to_be_active(stores: Stores, stored: object) -> None:
    if stored is not None:
        stores.orders.upsert(upsert(stored))  # type: ignore[arg-type]  # parametrize has no types
    assert stores.conversations.open(opening(order=order())) == RouteChanged()
    assert stores.conversations.find(conversation().id) is None


def test_parts_of_two_merchants_are_a_programming_error(stores: Stores) -> None:
    foreign = id_at(1, 77)
    for command in (
        opening(route=route(conversation(), merchant_id=foreign)),
        opening(messages=(message(merchant_id=foreign),)),
        opening(customer=customer(merchant_id=foreign)),
        opening(order=order(merchant_id=foreign)),
    ):
        with pytest.raises(ValueError, match="belong"):
            stores.conversations.open(command)


def test_state_is_what_was_stored_even_when_time_is_over(stores: Stores) -> None:
    made = opened(stores)
    assert found(stores, made.id).state is ConversationState.OPEN
    assert found(stores, made.id).state_at(START + LIFETIME) is ConversationState.EXPIRED


def test_an_ended_conversation_must_be_as_it_was_read(stores: Stores) -> None:
    made = opened(stores)
    closed = made.closed(START + 1)
    stores.conversations.end(made, closed)
    answered = replace(closed, ended_answered=True)
    assert stores.conversations.append(append(message(START + 5), expected=answered)) == Conflict(closed)
    assert stores.conversations.append(append(message(START + 5), expected=made)) == Conflict(closed)
    assert stores.conversations.append(append(message(START + 5), expected=closed)) == Appended()
    late = append(message(START + 6), expected=closed)
    assert stores.conversations.append(late) == Conflict(found(stores, made.id))


def troubled(stores: Stores) -> Message:
    """A text of ours that failed, the last of its conversation."""
    opened(stores)
    text = outbound(START + 1)
    stores.conversations.append(append(text))
    failed = text.failed(FailureReason.BLOCKED, START + 2)
    assert stores.messages.fail_queued(failed)
    return failed


def test_lists_show_what_became_of_the_last_text_of_ours(stores: Stores) -> None:
    failed = troubled(stores)
    assert stores.conversations.show_outcome(failed)
    (row,) = stores.conversations.inbox(conversation().store_id, "open", START + 9, 25, None).rows
    assert row.outbound_trouble is MessageStatus.FAILED
    stores.conversations.append(append(message(START + 3)))
    assert found(stores, failed.conversation_id).outbound_trouble is MessageStatus.FAILED
    again = failed.retried(START + 4, START + LIFETIME)
    assert stores.messages.retry(again, failed)
    assert not stores.conversations.show_outcome(failed), "it is not what it was"
    assert stores.conversations.show_outcome(again)
    assert found(stores, failed.conversation_id).outbound_trouble is None


def test_trouble_that_is_over_is_taken_off_lists_wherever_the_text_has_got_to_meanwhile(stores: Stores) -> None:
    failed = troubled(stores)
    stores.conversations.show_outcome(failed)
    again = failed.retried(START + 4, START + LIFETIME)
    assert stores.messages.retry(again, failed)
    claimed = again.claimed("worker-1", START + 5)
    assert stores.messages.claim(claimed, START + 5) == Claimed()
    assert stores.conversations.show_outcome(again), "no trouble, and none now"
    assert found(stores, failed.conversation_id).outbound_trouble is None


def test_lists_do_not_show_what_became_of_an_older_text(stores: Stores) -> None:
    failed = troubled(stores)
    stores.conversations.show_outcome(failed)
    newer = outbound(START + 3)
    stores.conversations.append(append(newer))
    assert found(stores, failed.conversation_id).outbound_trouble is None
    assert not stores.conversations.show_outcome(failed)
    assert found(stores, failed.conversation_id).outbound_trouble is None


def test_lists_know_who_wrote_last_and_whether_it_went_out_by_itself(stores: Stores) -> None:
    opened(stores)
    text, answer = (
        message(START + 1),
        outbound(START + 2, author_id=None, author_name=None, kind=MessageKind.HELP_ANSWER),
    )
    for last in (outbound(START), text, answer):
        stores.conversations.append(append(last))
        (row,) = stores.conversations.inbox(conversation().store_id, "open", START + 9, 25, None).rows
        assert (row.last_kind, row.last_author_id, row.last_author_name) == (
            last.kind,
            last.author_id,
            last.author_name,
        )


# --- the window of WhatsApp ---------------------------------------------------------------------------------------


def at_whatsapp(at: int, free_until: int | None) -> Message:
    return message(at, channel="whatsapp", free_until=free_until)


def test_what_a_customer_writes_opens_the_window_and_shortens_it_never(stores: Stores) -> None:
    made = opened(stores, conversation(channel="whatsapp"))
    assert stores.conversations.append(append(at_whatsapp(START + 5, 100))) == Appended()
    late = append(at_whatsapp(START + 6, 99), once=Once("meta", "late"))
    assert stores.conversations.append(late) == Conflict(found(stores, made.id))
    same = append(at_whatsapp(START + 7, 100), once=Once("meta", "same"))
    assert stores.conversations.append(same) == Appended()
    assert found(stores, made.id).free_until == 100


def test_what_opens_nothing_leaves_the_window(stores: Stores) -> None:
    made = opened(stores, conversation(channel="whatsapp", free_until=100))
    texts = (at_whatsapp(START + 5, None), outbound(START + 6, channel="whatsapp", free_until=7))
    assert stores.conversations.append(append(*texts)) == Appended()
    assert found(stores, made.id).free_until == 100


def test_a_message_is_found_with_its_template_and_what_it_quotes(stores: Stores) -> None:
    made = opened(stores, conversation(channel="whatsapp"))
    use = TemplateUse(name="ready", language="en_US", values=("Ann", "#1"), content_id="HX1")
    texts = (
        message(START + 5, channel="whatsapp", free_until=9, quoted_id="wamid.1"),
        outbound(START + 6, channel="whatsapp", template=use),
    )
    assert stores.conversations.append(append(*texts)) == Appended()
    assert [stores.conversations.find_message(made.id, text.id) for text in texts] == list(texts)


def test_routes_and_conversations_are_found_several_at_once(stores: Stores) -> None:
    stores.conversations.open(opening())
    key = route(conversation()).key
    nothing = replace(key, proxy="+15550999999")
    assert stores.conversations.find_routes([nothing, key]) == {key: route(conversation())}
    assert stores.conversations.find_routes([]) == {}
    assert stores.conversations.find_several([conversation().id, "nothing"]) == {conversation().id: conversation()}
    many = [replace(key, proxy=f"+1555{number:07d}") for number in range(150)]
    assert stores.conversations.find_routes([*many, key]) == {key: route(conversation())}


def test_what_was_decided_on_another_associates_conversation_is_not_stored(stores: Stores) -> None:
    made = conversation(associate_id="ada")
    stores.conversations.open(opening(made))
    of_mia = replace(made, associate_id="mia")
    assert not stores.conversations.end(of_mia, of_mia.closed(START + 9))
    assert stores.conversations.end(made, made.closed(START + 9))
