"""What the merchant's own phone writes to the store's number: STOP and START count, and nothing is in an inbox (L7)."""

import pytest
from msgspec.structs import replace

from chalicelib.domain.addresses import Address
from chalicelib.domain.consent import ConsentKey, ConsentState
from chalicelib.domain.merchant_texts import is_apart
from chalicelib.usecases.receive_message import receive_message
from tests.support.world import MERCHANT, SEATTLE, SEATTLE_NUMBER, TACOMA, World

PHONE = Address("+15550009999")
CONSENT = ConsentKey(MERCHANT, "sms", PHONE, SEATTLE)


@pytest.fixture
def world() -> World:
    made = World()
    made.change_store(merchant_phone=PHONE)
    return made


def said(world: World) -> list[str]:
    world.deliver()
    return world.channel.to(PHONE)


def state(world: World) -> ConsentState | None:
    consent = world.table.consents.get(CONSENT)
    return None if consent is None else consent.state


def test_stop_is_recorded_and_confirmed_once(world: World) -> None:
    event = world.text("STOP", sender=PHONE)
    receive_message(event, world)
    assert state(world) is ConsentState.OPTED_OUT
    (line,) = world.table.ledger
    assert (line.conversation_id, line.source) == ("", "keyword")
    assert len(said(world)) == 1
    world.text("stop", sender=PHONE)
    assert len(said(world)) == 1


def test_start_lets_it_be_told_again(world: World) -> None:
    world.text("STOP", sender=PHONE)
    world.clock.advance(1000)
    world.text("START", sender=PHONE)
    assert state(world) is ConsentState.OPTED_IN
    assert len(said(world)) == 2


def test_the_words_that_prove_it_stay_and_no_inbox_shows_them(world: World) -> None:
    world.text("STOP", sender=PHONE)
    (line,) = world.table.ledger
    (kept,) = [each for each in world.table.messages.values() if each.id == line.evidence]
    assert kept.body == "STOP"
    assert is_apart(kept.conversation_id)
    assert (world.table.conversations, world.table.customers) == ({}, {})


@pytest.mark.parametrize("words", ["Thanks!", "YES"])
def test_other_words_go_nowhere(world: World, words: str) -> None:
    world.text(words, sender=PHONE)
    assert [reason for reason, _ in world.table.rejections.values()] == ["merchants_phone"]
    assert world.table.messages == {}


def test_help_is_answered_but_not_for_ever(world: World) -> None:
    for _ in range(6):
        world.clock.advance(1000)
        world.text("HELP", sender=PHONE)
    assert len(said(world)) == 4
    world.clock.advance(3_600_000)
    world.text("HELP", sender=PHONE)
    assert len(said(world)) == 5


def test_a_stop_counts_though_it_is_not_answered_any_more(world: World) -> None:
    for _ in range(4):
        world.clock.advance(1000)
        world.text("HELP", sender=PHONE)
    world.text("STOP", sender=PHONE)
    assert state(world) is ConsentState.OPTED_OUT
    assert len(said(world)) == 4


def test_who_is_a_customer_as_well_is_heard_in_their_conversation(world: World) -> None:
    world.change_store(merchant_phone=None)
    world.text("Do you have boots?", sender=PHONE)
    world.change_store(merchant_phone=PHONE)
    world.text("STOP", sender=PHONE)
    assert state(world) is ConsentState.OPTED_OUT
    assert len(world.table.conversations) == 1


def test_another_phone_is_a_customers(world: World) -> None:
    world.text("Do you have boots?")
    assert len(world.table.conversations) == 1


def test_on_a_number_that_stores_share_it_is_the_one_whose_merchants_it_is(world: World) -> None:
    world.change_store(merchant_phone=None)
    world.change_store(TACOMA, merchant_phone=PHONE)
    shared = replace(world.table.proxies["sms", SEATTLE_NUMBER], shared_with=(TACOMA,))
    world.setup.put_proxy(shared)
    world.text("STOP", sender=PHONE)
    assert world.table.consents[replace(CONSENT, scope=TACOMA)].state is ConsentState.OPTED_OUT
    assert world.table.conversations == {}
