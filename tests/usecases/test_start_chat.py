"""The store's `chat_link` says how a customer learns of the conversation; no text has any content (D15, D16)."""

import pytest

from chalicelib.domain.addresses import Address, Channel
from chalicelib.domain.consent import ConsentChange, ConsentKey, ConsentSource, ConsentState
from chalicelib.domain.conversations import COOL_DOWN
from chalicelib.domain.errors import CustomerUnreachable, IdempotencyConflict, OptedOut
from chalicelib.domain.events import ShopCustomer
from chalicelib.domain.merchants import ChatLinkSetting, Proxy
from chalicelib.domain.messages import FailureReason, MessageKind, MessageStatus
from chalicelib.domain.orders import Order
from chalicelib.usecases.close_conversation import close_conversation
from chalicelib.usecases.ports import SendError
from tests.support.world import ADA, CARLA, MERCHANT, SEATTLE, SEATTLE_NUMBER, TWILIO, World, token_in

WORDS = "Your boots are here."
MAIL = "carla@mail.example"
MAILBOX = "pine@talk.example"


def with_mailbox(world: World, setting: ChatLinkSetting) -> Order:
    """An order of somebody with phone and e-mail, in a store with a mailbox."""
    world.change_store(chat_link=setting)
    proxy = Proxy(
        channel=Channel.EMAIL, address=Address(MAILBOX), merchant_id=MERCHANT, store_id=SEATTLE, connection_id=TWILIO
    )
    world.setup.put_proxy(proxy)
    return world.order(customer=ShopCustomer(external_id="c-1", first_name="Carla", phone=CARLA, email=MAIL))


def test_a_text_without_content_has_the_link(world: World) -> None:
    world.start_chat(body=WORDS)
    (text,) = world.channel.to(CARLA)
    assert text.startswith("Pine Street Shoes: a message is waiting for you. Read it and answer here: https://talk.")
    assert text.endswith("\nReply STOP to opt out.")
    assert WORDS not in text


def test_the_words_are_in_the_chat_before_the_text_goes_out(world: World) -> None:
    world.start_chat(body=WORDS)
    conversation = next(iter(world.table.conversations.values()))
    assert (conversation.channel, conversation.last_preview) == ("chat", WORDS)
    first, invitation = world.thread(conversation.id)
    assert (first.channel, first.body, first.status) == ("chat", WORDS, MessageStatus.SENT)
    assert (invitation.channel, invitation.proxy, invitation.customer_address) == ("sms", SEATTLE_NUMBER, CARLA)
    assert [sent.recipient for sent in world.channel.sent] == [conversation.customer_address, CARLA]


def test_nothing_that_is_stored_opens_the_conversation(world: World) -> None:
    token = world.start_chat()
    stored = [*world.table.messages.values(), *world.table.conversations.values(), *world.table.links.values()]
    assert token not in repr(stored)
    assert token not in repr(world.table.onces)
    assert token not in repr(world.log.lines)


def test_by_mail_the_text_only_says_to_look_there(world: World) -> None:
    order = with_mailbox(world, ChatLinkSetting.IN_MAIL)
    world.start(order, WORDS)
    world.deliver()
    (text,) = world.channel.to(CARLA)
    assert text == "Pine Street Shoes: a message is waiting for you. Please check your e-mail.\nReply STOP to opt out."
    mail = next(sent for sent in world.channel.sent if sent.recipient == MAIL)
    assert mail.sender == MAILBOX
    assert world.open_chat(token_in(mail.body))
    assert WORDS not in mail.body


def test_both_have_the_same_link(world: World) -> None:
    world.start(with_mailbox(world, ChatLinkSetting.BOTH), WORDS)
    world.deliver()
    found = [token_in(sent.body) for sent in world.channel.sent if sent.recipient in (CARLA, MAIL)]
    assert len(found) == 2
    assert len(set(found)) == 1


@pytest.mark.parametrize("setting", [ChatLinkSetting.IN_MAIL, ChatLinkSetting.BOTH])
def test_without_a_mailbox_or_an_address_the_text_has_the_link(world: World, setting: ChatLinkSetting) -> None:
    world.change_store(chat_link=setting)
    world.start(world.order(), WORDS)
    world.deliver()
    assert token_in(world.channel.to(CARLA)[0])


def test_somebody_without_a_phone_gets_the_mail_alone(world: World) -> None:
    with_mailbox(world, ChatLinkSetting.IN_MAIL)
    nobody = ShopCustomer(external_id="c-2", first_name="Nora Test", email="nora@mail.example")
    world.start(world.order(external_id="1002", customer=nobody), WORDS)
    world.deliver()
    assert [sent.recipient for sent in world.channel.sent][1:] == ["nora@mail.example"]


def test_whoever_has_neither_cannot_be_reached(world: World) -> None:
    world.change_store(chat_link=ChatLinkSetting.IN_TEXT)
    nobody = ShopCustomer(external_id="c-2", first_name="Nora Test", email="nora@mail.example")
    with pytest.raises(CustomerUnreachable):
        world.start(world.order(external_id="1002", customer=nobody), WORDS)


@pytest.mark.parametrize("channel", ["sms", "email", "chat"])
def test_who_opted_out_on_any_of_the_ways_is_left_alone(world: World, channel: str) -> None:
    order = with_mailbox(world, ChatLinkSetting.BOTH)
    address = {"sms": CARLA, "email": MAIL, "chat": order.customer_id}[channel]
    key = ConsentKey(MERCHANT, channel, Address(address), SEATTLE)
    change = ConsentChange(
        id="x", key=key, state=ConsentState.OPTED_OUT, at=1, source=ConsentSource.KEYWORD, evidence="", wording=""
    )
    world.consents.record(change)
    with pytest.raises(OptedOut):
        world.start(order, WORDS)
    assert world.table.conversations == {}


def test_the_same_customer_is_taken_up_again(world: World) -> None:
    first = world.open_chat(world.start_chat())
    close_conversation(first.conversation_id, ADA, world)
    second = world.open_chat(world.start_chat(world.order(external_id="1002", number="#1002")))
    assert second.conversation_id == first.conversation_id
    assert world.conversation(first.conversation_id).order_number == "#1002"
    close_conversation(first.conversation_id, ADA, world)
    world.clock.advance(COOL_DOWN)
    third = world.open_chat(world.start_chat(world.order(external_id="1003", placed_at=world.clock.now())))
    assert third.conversation_id != first.conversation_id


def test_the_same_request_starts_one_conversation_and_another_conflicts(world: World) -> None:
    world.change_store(chat_link=ChatLinkSetting.IN_TEXT)
    order = world.order()
    one = world.start(order, WORDS, idempotency_key="key-12345678")
    assert world.start(order, WORDS, idempotency_key="key-12345678") == one
    with pytest.raises(IdempotencyConflict):
        world.start(order, "Other", idempotency_key="key-12345678")
    world.deliver()
    assert len(world.channel.to(CARLA)) == 1


def test_an_invitation_to_a_landline_fails_with_the_reason(world: World) -> None:
    """D17: the message waits in the chat all the same."""
    world.change_store(chat_link=ChatLinkSetting.IN_TEXT)
    conversation_id = world.start(world.order(), WORDS)
    world.channel.answers = [lambda: None, SendError(FailureReason.LANDLINE)]
    world.deliver()
    first, invitation = world.thread(conversation_id)
    assert (first.status, invitation.kind) == (MessageStatus.SENT, MessageKind.INVITATION)
    assert (invitation.status, invitation.failure) == (MessageStatus.FAILED, FailureReason.LANDLINE)


def test_an_associate_may_choose_another_way_than_the_store_has(world: World) -> None:
    order = world.order()
    chosen = world.start(order, WORDS, chat_link=ChatLinkSetting.IN_TEXT)
    assert world.conversation(chosen).channel == "chat"
    world.change_store(chat_link=ChatLinkSetting.IN_TEXT)
    by_text = world.start(order, WORDS, chat_link=ChatLinkSetting.OFF)
    assert world.conversation(by_text).channel == "sms"


def test_the_same_key_with_another_way_conflicts(world: World) -> None:
    order = world.order()
    world.start(order, WORDS, idempotency_key="key-12345678")
    with pytest.raises(IdempotencyConflict):
        world.start(order, WORDS, idempotency_key="key-12345678", chat_link=ChatLinkSetting.IN_TEXT)
