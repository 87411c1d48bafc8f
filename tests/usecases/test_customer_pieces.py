"""What is in a customer's file, and whose is not (X13, H)."""

import pytest
from msgspec import json
from msgspec.structs import replace

from chalicelib.domain.consent import ConsentChange, ConsentKey, ConsentSource, ConsentState
from chalicelib.domain.events import ShopCustomer
from chalicelib.domain.invites import INVITE_LIFE, Invite
from chalicelib.domain.merchants import Permission
from chalicelib.usecases.close_conversation import delete_conversation
from chalicelib.usecases.end_reminder import end_reminder
from chalicelib.usecases.merge_customers import Other, merge_customers, undo_merge
from chalicelib.usecases.write_note import customer_of, order_of, write_note
from tests.support.carts import CART
from tests.support.exporting import whole
from tests.support.reminding import remind
from tests.support.world import ADA, CARLA, DEAN, HOUR, MERCHANT, MIA, SEATTLE, TACOMA, World

DEANS = ShopCustomer(external_id="c-2", first_name="Dean", last_name="Kanarie", phone=DEAN)


def text_of(records: object) -> str:
    return json.encode(records).decode()


def full(world: World) -> str:
    """Carla, with something of everything."""
    conversation_id = world.talk()
    world.text("an answer")
    world.text("STOP")
    world.text("START")
    world.hold(conversation_id, world.clock.now() + HOUR, "for later")
    world.table.carts[conversation_id, CART.id] = CART
    write_note(customer_of(conversation_id, ADA, world), "likes blue", world.key(), world)
    order_id = world.conversation(conversation_id).order_id or ""
    write_note(order_of(order_id, ADA, world), "wrapped", world.key(), world)
    remind(world, conversation_id, note="call her")
    ended = remind(world, conversation_id, note="called her")
    end_reminder(ended.id, ADA, world)
    invite(world, "i", conversation_id=conversation_id, asked_name="Carla typed")
    return conversation_id


def invite(world: World, name: str, **fields: str) -> None:
    now = world.clock.now()
    about = {"merchant_id": MERCHANT, "store_id": SEATTLE, "associate_id": ADA, "associate_name": "Ada"}
    made = Invite(id=name * 43, seed="s" * 32, created_at=now, expires_at=now + INVITE_LIFE, **about, **fields)
    world.table.invites[made.id] = made


def dean(world: World) -> str:
    """Another customer with everything, too."""
    order = world.order(external_id="2002", number="#2002", customer=DEANS)
    conversation_id = world.start(order, "Kanarie boots are here")
    world.text("Kanarie answers", sender=DEAN)
    write_note(customer_of(conversation_id, ADA, world), "Kanarie note", world.key(), world)
    write_note(order_of(order.id, ADA, world), "Kanarie remark", world.key(), world)
    remind(world, conversation_id, note="Kanarie call")
    invite(world, "k", conversation_id=conversation_id, asked_name="Kanarie")
    return conversation_id


def test_everything_of_them_is_in_it(world: World) -> None:
    found = whole(world, Other(conversation_id=full(world)))
    (customer,) = found.customers
    assert (customer.name, customer.phones) == ("Carla Diaz", (CARLA,))
    (talk,) = found.conversations
    assert (talk.conversation.customer_address, talk.consent is not None) == (CARLA, True)
    assert [each.body for each in found.messages][1:3] == ["an answer", "STOP"]
    assert [each.body for each in found.held] == ["for later"]
    assert [each.id for each in found.carts] == [CART.id]
    assert [each.order.number for each in found.orders] == ["#1001"]
    assert found.orders[0].order.lines
    assert {each.body for each in found.notes} == {"likes blue", "wrapped"}
    assert {each.note for each in found.reminders} == {"call her", "called her"}
    assert [each.asked_name for each in found.invites] == ["Carla typed"]
    assert [each.state for each in found.consents] == [ConsentState.OPTED_IN]
    assert {each.state for each in found.consent_lines} == {ConsentState.OPTED_OUT, ConsentState.OPTED_IN}
    assert found.left_out == []


def test_nothing_of_another_customer_is_in_it(world: World) -> None:
    carlas, deans = full(world), dean(world)
    file = text_of(whole(world, Other(conversation_id=carlas)))
    assert "Kanarie" not in file
    assert DEAN not in file
    assert "Carla" not in (file := text_of(whole(world, Other(conversation_id=deans))))
    assert CARLA not in file


def test_of_two_who_are_one_both_halves_are_in_it_by_either(world: World) -> None:
    carlas, deans = full(world), dean(world)
    merge_customers(carlas, Other(conversation_id=deans), ADA, world)
    by_carla, by_dean = (whole(world, Other(conversation_id=each)) for each in (carlas, deans))
    assert by_carla == by_dean
    assert {each.name for each in by_carla.customers} == {"Carla Diaz", "Dean Kanarie"}
    assert len(by_carla.conversations) == len(by_carla.orders) == 2
    assert {"likes blue", "Kanarie note", "wrapped", "Kanarie remark"} == {each.body for each in by_carla.notes}
    assert len(by_carla.reminders) == 3
    assert len(by_carla.invites) == 2
    assert len({each.id for each in by_carla.messages}) == len(by_carla.messages)


def test_of_three_who_are_one_nobody_is_missing(world: World) -> None:
    carlas, deans = full(world), dean(world)
    third = ShopCustomer(external_id="c-3", first_name="Third", last_name="Half", phone="+12065550171")
    thirds = world.start(world.order(external_id="3003", number="#3003", customer=third), "third text")
    merge_customers(deans, Other(conversation_id=thirds), ADA, world)
    merge_customers(carlas, Other(conversation_id=deans), ADA, world)
    found = whole(world, Other(conversation_id=thirds))
    assert [each.name for each in found.customers] == ["Carla Diaz", "Dean Kanarie", "Third Half"]
    assert len(found.conversations) == 3


def test_once_they_are_two_again_each_file_is_its_own(world: World) -> None:
    carlas, deans = full(world), dean(world)
    merge_customers(carlas, Other(conversation_id=deans), ADA, world)
    undo_merge(carlas, world.conversation(deans).customer_id, ADA, world)
    assert "Kanarie" not in text_of(whole(world, Other(conversation_id=carlas)))
    assert "Carla" not in text_of(whole(world, Other(conversation_id=deans)))


def test_a_phone_that_two_have_brings_nothing_of_the_other_one(world: World) -> None:
    """Carla's number is Dean's second one; what was said of consent there was in her conversation."""
    carlas, deans = full(world), dean(world)
    customer = world.table.customers[world.conversation(deans).customer_id]
    world.table.customers[customer.id] = replace(customer, phones=(DEAN, CARLA))
    found = whole(world, Other(conversation_id=deans))
    assert [each.key.address for each in found.consent_lines] == []
    assert CARLA not in {each.key.address for each in found.consents}
    assert len(whole(world, Other(conversation_id=carlas)).consent_lines) == 2


def test_what_somebody_else_said_from_the_same_phone_is_not_in_it(world: World) -> None:
    """It was theirs before: the ledger of the number has both."""
    carlas, deans = full(world), dean(world)
    line = next(each for each in world.table.ledger if each.conversation_id == carlas)
    world.table.ledger.append(replace(line, id="former", evidence="Kanarie", conversation_id=deans))
    found = whole(world, Other(conversation_id=carlas))
    assert "Kanarie" not in text_of(found)
    assert len(found.consent_lines) == 2


def test_an_invitation_that_was_passed_on_does_not_say_who_took_it_up(world: World) -> None:
    carlas, deans = world.talk(), dean(world)
    invite(world, "p", from_conversation_id=carlas, conversation_id=deans, asked_name="Kanarie")
    (found,) = whole(world, Other(conversation_id=carlas)).invites
    assert (found.conversation_id, found.asked_name) == (None, "")


def test_what_is_of_a_store_that_they_may_not_see_is_left_out_and_said_to_be(world: World) -> None:
    carlas = full(world)
    tacoma = world.order(external_id="4004", number="#4004", location="77")
    assert tacoma.store_id == TACOMA
    there = world.start(tacoma, "from Tacoma", associate_id=MIA)
    write_note(customer_of(there, MIA, world), "Tacoma note", world.key(), world)
    whose = Other(conversation_id=carlas)
    assert "from Tacoma" in text_of(whole(world, whose))
    world.permit(MIA, {SEATTLE: frozenset(Permission), TACOMA: frozenset(Permission) - {Permission.UNMASK}})
    found = whole(world, whose)
    assert sorted((each.kind, each.store_id) for each in found.left_out) == [
        ("conversation", TACOMA),
        ("order", TACOMA),
    ]
    assert "Tacoma" not in text_of(found)


def test_consent_that_holds_in_a_store_they_may_not_see_is_left_out_and_said_to_be(world: World) -> None:
    """Said without any conversation, by the button of a mail program: the merchant's own scope is everybody's."""
    whose = Other(conversation_id=world.talk())
    for scope in (SEATTLE, TACOMA, MERCHANT):
        key = ConsentKey(MERCHANT, "sms", CARLA, scope)
        world.consents.record(
            ConsentChange(
                id=f"said-{scope}", key=key, state=ConsentState.OPTED_OUT, at=5, source=ConsentSource.UNSUBSCRIBE,
                evidence="", wording="", store_id=scope,
            )
        )  # fmt: skip
    world.permit(MIA, {SEATTLE: frozenset(Permission), TACOMA: frozenset(Permission) - {Permission.UNMASK}})
    found = whole(world, whose)
    assert {each.key.scope for each in found.consents} == {SEATTLE, MERCHANT}
    assert {each.key.scope for each in found.consent_lines} == {SEATTLE, MERCHANT}
    assert [(each.kind, each.store_id) for each in found.left_out] == [("consent", TACOMA)]


def test_of_a_deleted_conversation_there_is_that_it_was(world: World) -> None:
    conversation_id = world.talk()
    order_id = world.conversation(conversation_id).order_id
    delete_conversation(conversation_id, MIA, world)
    world.fan_out()
    found = whole(world, Other(order_id=order_id))
    assert [each.conversation.id for each in found.conversations] == [conversation_id]
    assert found.messages == []


@pytest.mark.parametrize("number", [0, 1, 60])
def test_each_note_is_in_it_once(world: World, number: int) -> None:
    conversation_id = world.talk()
    for each in range(number):
        write_note(customer_of(conversation_id, ADA, world), f"note {each}", world.key(), world)
    found = whole(world, Other(conversation_id=conversation_id)).notes
    assert len({each.id for each in found}) == len(found) == number
