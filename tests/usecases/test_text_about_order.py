"""Who gets an event's text, where, and why not (L19, L20; I6, N7, I5)."""

from typing import Any

import pytest
from msgspec.structs import replace

from chalicelib.domain.addresses import Channel
from chalicelib.domain.automatic_texts import AutomaticText, NotSent
from chalicelib.domain.consent import ConsentState
from chalicelib.domain.conversations import ConversationKind, ConversationState
from chalicelib.domain.events import ShopCustomer
from chalicelib.domain.merchants import OptInSetting, ProxyState
from chalicelib.domain.messages import FailureReason, Message, MessageKind, MessageStatus
from chalicelib.domain.orders import Fulfilment, OrderEvent
from chalicelib.domain.standard_texts import standard
from chalicelib.usecases.change_proxy import ChangeCommand, change_proxy
from chalicelib.usecases.close_conversation import close_conversation
from chalicelib.usecases.ports import SendError
from chalicelib.usecases.send_automatic_texts import send_automatic_texts
from tests.support.samples import consent_change
from tests.support.world import ADA, CARLA, MERCHANT, MIA, SEATTLE, SEATTLE_NUMBER, World


@pytest.fixture
def world() -> World:
    made = World()
    made.change_store(automatic_texts=True)
    return made


def tell(world: World, **fields: Any) -> AutomaticText:
    """An order's report, and what became of its text."""
    order = world.order(**fields)
    now = world.clock.now()
    send_automatic_texts(now, now + 60_000, world)
    return max((each for each in world.table.automatic.values() if each.order_id == order.id), key=lambda e: e.made_at)


def sent(world: World, text: AutomaticText) -> Message:
    assert text.not_sent is None
    assert text.conversation_id is not None
    assert text.message_id is not None
    return world.table.messages[text.conversation_id, text.message_id]


def test_without_a_conversation_one_is_opened_about_the_order(world: World) -> None:
    message = sent(world, tell(world))
    conversation = world.conversation_of()
    assert (conversation.kind, conversation.order_number) == (ConversationKind.ORDER, "#1001")
    assert (conversation.assignee_id, conversation.unread) == (None, 0)
    assert next(iter(world.table.orders.values())).conversation_id == conversation.id
    assert (message.kind, message.event, message.author_id) == (MessageKind.AUTOMATIC, "order_placed", None)


def test_it_leaves_as_every_other_text_does(world: World) -> None:
    message = sent(world, tell(world))
    world.deliver()
    assert world.channel.to(CARLA) == [message.body]
    assert world.message(message).status is MessageStatus.SENT


def test_in_an_open_conversation_it_goes_on_and_changes_nobodys_turn(world: World) -> None:
    talk = world.talk()
    world.text("When does it come?")
    before = world.conversation(talk)
    world.clock.advance(1000)
    message = sent(world, tell(world, fulfilment=Fulfilment.FULFILLED))
    after = world.conversation(talk)
    assert message.conversation_id == talk
    assert (after.unread, after.assignee_id, after.waiting_since) == (before.unread, before.assignee_id, None)
    assert "STOP" not in message.body


def test_an_ended_conversation_is_taken_up_again(world: World) -> None:
    talk = sent(world, tell(world)).conversation_id
    close_conversation(talk, ADA, world)
    world.clock.advance(1000)
    message = sent(world, tell(world, external_id="1002", number="#1002"))
    again = world.conversation(talk)
    assert (message.conversation_id, again.state) == (talk, ConversationState.OPEN)
    assert (again.order_number, again.assignee_id) == ("#1002", None)


def test_who_opted_out_gets_nothing(world: World) -> None:
    world.talk()
    world.text("STOP")
    assert tell(world, fulfilment=Fulfilment.FULFILLED).not_sent is NotSent.OPTED_OUT


def test_an_opt_out_that_comes_before_it_leaves_counts(world: World) -> None:
    message = sent(world, tell(world))
    world.text("STOP")
    world.deliver()
    assert world.message(message).failure is FailureReason.OPTED_OUT
    assert message.body not in world.channel.to(CARLA)


def test_where_customers_must_agree_who_has_not_gets_nothing(world: World) -> None:
    world.change_store(opt_in=OptInSetting.REQUIRED)
    assert tell(world).not_sent is NotSent.NOT_OPTED_IN
    yes = consent_change(ConsentState.OPTED_IN)
    key = replace(yes.key, merchant_id=MERCHANT, address=CARLA, scope=SEATTLE)
    world.consents.record(replace(yes, key=key))
    assert sent(world, tell(world, external_id="1002"))


def test_without_a_phone_that_takes_texts_nothing_is_sent(world: World) -> None:
    text = tell(world, customer=ShopCustomer(external_id="c-2", first_name="Dana"))
    assert text.not_sent is NotSent.NO_PHONE


def test_a_store_without_a_number_of_its_own_sends_nothing(world: World) -> None:
    world.change_store(proxy=None, connection_id=None)
    assert tell(world).not_sent is NotSent.NO_SENDER


def test_where_the_stores_number_is_lost_its_other_one_is_taken(world: World) -> None:
    change_proxy(
        ChangeCommand(
            store_id=SEATTLE, associate_id=MIA, channel=Channel.SMS, address=SEATTLE_NUMBER, state=ProxyState.LOST
        ),
        world,
    )
    assert sent(world, tell(world)).proxy != SEATTLE_NUMBER


def test_a_phone_that_another_customer_talks_over_is_left_alone(world: World) -> None:
    world.talk()
    other = ShopCustomer(external_id="c-2", first_name="Dana", phone=CARLA)
    assert tell(world, external_id="1002", customer=other).not_sent is NotSent.NUMBER_TAKEN


def test_while_messaging_is_off_nothing_is_sent(world: World) -> None:
    world.change_store(messaging=False)
    assert tell(world).not_sent is NotSent.SWITCHED_OFF


def test_a_cancelled_order_is_told_without_being_linked(world: World) -> None:
    world.change_store(automatic_texts=False)
    world.order()
    world.change_store(automatic_texts=True)
    world.clock.advance(1000)
    text = tell(world, cancelled_at=world.clock.now())
    assert "has been cancelled" in sent(world, text).body
    assert next(iter(world.table.orders.values())).conversation_id is None


def test_what_fails_is_seen_as_with_every_text(world: World) -> None:
    world.channel.answers = [SendError(FailureReason.LANDLINE)]
    message = sent(world, tell(world))
    world.deliver()
    assert world.conversation(message.conversation_id).outbound_trouble is MessageStatus.FAILED


@pytest.mark.parametrize("talking", [True, False])
def test_words_that_become_too_long_with_their_values_are_not_sent(world: World, talking: bool) -> None:
    if talking:
        world.talk()
    long = replace(
        standard(OrderEvent.SENT, MERCHANT, SEATTLE), texts={"en": "[[order.number]]" + "x" * 1590}, revision=1
    )
    world.table.templates[SEATTLE, OrderEvent.SENT] = long
    assert tell(world, number="#" + "1" * 30, fulfilment=Fulfilment.FULFILLED).not_sent is NotSent.TOO_LONG
