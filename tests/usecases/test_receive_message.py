"""What a customer's text leads to (docs/requirements.md, Routes)."""

import pytest

from chalicelib.domain.addresses import Address
from chalicelib.domain.consent import ConsentState
from chalicelib.domain.conversations import COOL_DOWN, LIFETIME, ConversationKind, ConversationState
from chalicelib.domain.customers import CustomerKind
from chalicelib.domain.errors import Unavailable
from chalicelib.domain.media import MediaReference
from chalicelib.domain.messages import MessageKind
from chalicelib.usecases.close_conversation import close_conversation, delete_conversation
from chalicelib.usecases.fan_out import to_send
from chalicelib.usecases.ports import Change
from chalicelib.usecases.receive_message import receive_message
from tests.support.world import (
    ADA,
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
