"""The merchant's own phone is told that a customer has begun to write (L18): once each, without a word of it."""

import pytest
from msgspec.structs import replace

from chalicelib.domain.addresses import Address, Channel
from chalicelib.domain.automatic_texts import AutomaticText, NotSent
from chalicelib.domain.conversations import COOL_DOWN, LIFETIME
from chalicelib.domain.credits import CreditAccount
from chalicelib.domain.erasures import LAST_LOOK, erasure_of
from chalicelib.domain.merchant_texts import is_apart
from chalicelib.domain.messages import Message, MessageKind
from chalicelib.domain.orders import OrderEvent
from chalicelib.domain.standard_texts import standard
from chalicelib.domain.templates import AutomaticSwitches
from chalicelib.usecases.carry_out_erasures import carry_out_erasures
from chalicelib.usecases.close_conversation import close_conversation, delete_conversation
from chalicelib.usecases.follow_invite_word import word_of
from chalicelib.usecases.let_member_in import let_member_in, write_as_member
from chalicelib.usecases.receive_message import receive_message
from chalicelib.usecases.send_automatic_texts import send_automatic_texts
from tests.support.invites import TYPED, accept, invite
from tests.support.mail import CARLAS_MAIL, FAIL, GRAY, SEATTLE_MAILBOX, mail_world, receive, written
from tests.support.members import identity
from tests.support.sharing import at_whatsapp
from tests.support.world import CARLA, DAY, DEAN, MERCHANT, MIA, SEATTLE, SHOP, World

PHONE = Address("+15550009999")
TICKET = OrderEvent.MERCHANT_TICKET
WORDS = "New message from a customer. Answer in Counterline. Harbor Seattle"


@pytest.fixture
def world() -> World:
    made = World()
    made.change_store(merchant_phone=PHONE)
    return made


def run(world: World) -> None:
    now = world.clock.now()
    send_automatic_texts(now, now + 60_000, world)


def tickets(world: World) -> list[AutomaticText]:
    return [each for each in world.table.automatic.values() if each.event is TICKET]


def settled(world: World) -> AutomaticText:
    run(world)
    (text,) = tickets(world)
    assert text.settled_at is not None
    return text


def told(world: World) -> list[str]:
    """What the phone has got."""
    run(world)
    world.deliver()
    return world.channel.to(PHONE)


def notice(world: World) -> Message:
    text = settled(world)
    return world.table.messages[text.conversation_id or "", text.message_id or ""]


def test_a_customer_who_begins_to_write_is_told_without_their_words_or_number(world: World) -> None:
    world.text("Do you have canary boots?")
    (body,) = told(world)
    assert body.startswith("New message from a customer. Answer in Counterline. ")
    assert "canary" not in body
    assert CARLA[-4:] not in body
    assert notice(world).kind is MessageKind.MERCHANT_NOTICE
    assert is_apart(notice(world).conversation_id)
    assert world.bodies(world.conversation_of().id) == ["Do you have canary boots?"]


def test_what_is_written_in_a_conversation_that_is_there_is_not_told(world: World) -> None:
    world.text("Hello")
    told(world)
    world.text("Anybody there?")
    world.send(world.conversation_of().id, "Yes!")
    world.text("Great")
    assert len(told(world)) == 1


def test_a_webhook_that_comes_again_is_told_once(world: World) -> None:
    event = world.text("Hello")
    told(world)
    receive_message(event, world)
    assert len(told(world)) == 1


def test_each_customer_who_begins_is_one(world: World) -> None:
    world.text("Hello")
    world.text("Hi", sender=DEAN)
    assert len(told(world)) == 2


@pytest.mark.parametrize("end", [close_conversation, delete_conversation])
def test_after_the_end_it_is_told_once_a_new_conversation_begins_and_not_before(world: World, end) -> None:  # type: ignore[no-untyped-def]  # both
    world.text("Hello")
    told(world)
    end(world.conversation_of().id, MIA, world)
    world.text("One thing more")
    assert len(told(world)) == 1
    world.clock.advance(COOL_DOWN)
    world.text("Hello again")
    assert len(told(world)) == 2


def test_after_expiry_and_its_cool_down_the_next_message_begins_a_ticket(world: World) -> None:
    world.text("Hello")
    told(world)
    world.clock.advance(LIFETIME + COOL_DOWN)
    world.text("Hello again")
    assert len(told(world)) == 2


def test_without_a_number_nothing_is_written(world: World) -> None:
    world.change_store(merchant_phone=None)
    world.text("Hello")
    assert world.table.automatic == {}
    assert world.conversation_of().told_at is None


@pytest.mark.parametrize("phone", [None, PHONE])
def test_it_costs_no_request_as_the_message_comes(world: World, phone: Address | None) -> None:
    world.change_store(merchant_phone=phone)
    before = world.table.requests
    world.text("Hello")
    assert world.table.requests - before == 4


@pytest.mark.parametrize("words", ["STOP", "START", "HELP", "please stop texting me"])
def test_words_that_are_answered_or_obeyed_by_themselves_are_no_ticket(world: World, words: str) -> None:
    world.text(words)
    assert tickets(world) == []


def test_what_a_machine_says_is_no_ticket(world: World) -> None:
    world.text("I am out of office", automatic=True)
    assert tickets(world) == []


def test_what_that_phone_writes_itself_is_no_ticket(world: World) -> None:
    world.text("Hello", sender=PHONE)
    assert tickets(world) == []
    at_whatsapp(world, "Hello", sender=PHONE)
    assert tickets(world) == []


def test_what_the_store_begins_is_no_ticket_and_neither_is_the_answer(world: World) -> None:
    world.start()
    world.text("Thanks")
    assert tickets(world) == []


def test_who_takes_an_invitation_up_is_no_ticket(world: World) -> None:
    word = word_of(accept(world, invite(world), TYPED, Channel.WHATSAPP).status.invite, world)
    at_whatsapp(world, word)
    assert len(world.table.conversations) == 1
    assert tickets(world) == []


def test_a_message_in_the_member_area_is_one(world: World) -> None:
    write_as_member(let_member_in(identity(world.clock.now()), SHOP, world), "Hello", "n-1", world)
    assert len(told(world)) == 1


@pytest.mark.parametrize(("verdicts", "count"), [({}, 1), ({"dmarc": FAIL, "dkim": GRAY}, 0)])
def test_a_mail_is_one_where_somebody_vouches_for_its_sender(verdicts: dict[str, str], count: int) -> None:
    world = mail_world()
    world.change_store(merchant_phone=PHONE)
    receive(world, written("Hello", sender=CARLAS_MAIL), SEATTLE_MAILBOX, **verdicts)
    assert len(world.table.conversations) == 1
    assert len(tickets(world)) == count


def test_its_eye_closes_it(world: World) -> None:
    world.table.switches[SEATTLE] = AutomaticSwitches(
        store_id=SEATTLE, merchant_id=MERCHANT, on=frozenset(), merchant_off=frozenset({TICKET})
    )
    world.text("Hello")
    assert tickets(world) == []


def test_an_eye_that_is_closed_meanwhile_counts(world: World) -> None:
    world.text("Hello")
    world.table.templates[SEATTLE, TICKET] = replace(standard(TICKET, MERCHANT, SEATTLE), active=False, revision=1)
    assert settled(world).not_sent is NotSent.SWITCHED_OFF


@pytest.mark.parametrize("end", [close_conversation, delete_conversation])
def test_what_has_ended_by_then_is_not_told(world: World, end) -> None:  # type: ignore[no-untyped-def]  # both
    world.text("Hello")
    end(world.conversation_of().id, MIA, world)
    assert settled(world).not_sent is NotSent.OVERTAKEN


def test_the_stores_own_words_may_name_who_writes(world: World) -> None:
    came = standard(TICKET, MERCHANT, SEATTLE)
    words = "[[firstname|Somebody]] writes [[order.number|about no order]]"
    world.table.templates[SEATTLE, TICKET] = replace(came, texts={"en": words}, revision=1)
    world.text("Hello", sender_name="Carla")
    assert notice(world).body == "Carla writes about no order"


def test_nothing_goes_out_after_stop_nor_without_credits(world: World) -> None:
    world.change_store(credits=True)
    world.text("Hello")
    assert settled(world).not_sent is NotSent.TOO_FEW_CREDITS
    assert world.bodies(world.conversation_of().id) == ["Hello"]
    world.text("STOP", sender=PHONE)
    world.text("Hello", sender=DEAN)
    run(world)
    assert {each.not_sent for each in tickets(world)} == {NotSent.TOO_FEW_CREDITS, NotSent.OPTED_OUT}


def test_it_is_given_up_after_two_days(world: World) -> None:
    world.text("Hello")
    world.clock.advance(2 * DAY + 1)
    assert settled(world).not_sent is NotSent.TOO_LATE


def test_it_goes_with_the_customer_who_is_erased_and_costs_nothing_then(world: World) -> None:
    world.change_store(credits=True)
    world.table.credit_accounts[SEATTLE] = CreditAccount(store_id=SEATTLE, merchant_id=MERCHANT, balance=100)
    world.text("Hello")
    assert notice(world).credits == 12
    now, conversation = world.clock.now(), world.conversation_of()
    customer = world.customers.find(conversation.customer_id)
    assert customer is not None
    world.erasures.begin(erasure_of(customer, customer.id, SEATTLE, MIA, now), None)
    for _ in range(3):
        carry_out_erasures(world.clock.now(), world.clock.now() + 60_000, world)
        world.clock.advance(LAST_LOOK)
    assert (world.table.messages, world.table.automatic) == ({}, {})
    assert world.table.credit_accounts[SEATTLE].balance == 100
    world.deliver()
    assert world.channel.to(PHONE) == []
