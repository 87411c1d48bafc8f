"""One click in a mail program ends a store's mails (RFC 8058)."""

from typing import Any, cast

import pytest
from msgspec.structs import replace

from chalicelib.domain.addresses import Address, Channel
from chalicelib.domain.consent import ConsentKey, ConsentSource, ConsentState
from chalicelib.domain.conversations import LIFETIME
from chalicelib.domain.errors import NotFound, OptedOut
from chalicelib.domain.events import ShopCustomer
from chalicelib.domain.merchants import ChatLinkSetting, ConsentScopeSetting
from chalicelib.domain.messages import FailureReason, MessageKind, MessageStatus
from chalicelib.signing import SignedReferences
from chalicelib.usecases.close_conversation import delete_conversation
from chalicelib.usecases.ports import OutgoingMail, OutgoingText
from chalicelib.usecases.unsubscribe import stoppable_mail, unsubscribe
from tests.support.invites import accept, consent, invite, state
from tests.support.mail import CARLAS_MAIL, SEATTLE_MAILBOX, mail_world, receive, written
from tests.support.world import ADA, CARLA, MERCHANT, SEATTLE, TACOMA, World
from tests.usecases.test_receive_mail import talk

PLACE = "https://api.example.test/unsubscribe/"


@pytest.fixture
def world() -> World:
    return equipped()


def equipped() -> World:
    """With links that are really signed."""
    made = mail_world()
    cast(Any, made).references = SignedReferences(lambda: "k" * 43)
    return made


def asked(world: World) -> str:
    """The token of the mail that asks an address for its yes."""
    accept(world, invite(world), CARLAS_MAIL, Channel.EMAIL)
    world.deliver()
    return token_of(world.channel.sent[-1])


def chat(world: World) -> str:
    """A conversation on the chat page, of which a text and a mail tell."""
    shopper = ShopCustomer(external_id="c-1", first_name="Carla", phone=CARLA, email=CARLAS_MAIL)
    return world.start(world.order(customer=shopper), chat_link=ChatLinkSetting.BOTH)


def token_of(text: OutgoingText) -> str:
    assert text.mail is not None
    assert text.mail.unsubscribe_url.startswith(PLACE)
    return text.mail.unsubscribe_url.removeprefix(PLACE)


def click(world: World, token: str) -> None:
    unsubscribe(stoppable_mail(token, world), world)


def mailed(world: World) -> ConsentState:
    return consent(world, "email", CARLAS_MAIL)


# --- which mails carry it -----------------------------------------------------------------------------------------


def test_a_request_for_a_yes_and_the_link_to_a_chat_can_be_stopped(world: World) -> None:
    token = asked(world)
    assert stoppable_mail(token, world).key == ConsentKey(MERCHANT, "email", CARLAS_MAIL, SEATTLE)
    chat(world)
    world.deliver()
    invitations = [each for each in world.channel.sent if each.mail and "chat#" in each.body]
    assert [stoppable_mail(token_of(each), world).key.address for each in invitations] == [CARLAS_MAIL]


def test_answers_do_not_carry_it_neither_a_persons_nor_ours(world: World) -> None:
    receive(world, written())
    world.send(talk(world).id, "Yes, come by.")
    receive(world, written("HELP", message_id="abc-2@customer.test"))
    world.deliver()
    assert [cast(OutgoingMail, each.mail).unsubscribe_url for each in world.channel.sent] == ["", ""]


def test_another_try_to_send_it_carries_it_too(world: World) -> None:
    asked(world)
    (request,) = [each for each in world.thread(talk(world).id) if each.kind is MessageKind.OPT_IN_REQUEST]
    assert request.unprompted
    assert request.failed(FailureReason.BLOCKED, 1).retried(2, 3).unprompted


def test_the_link_does_not_give_the_address_away(world: World) -> None:
    token = asked(world)
    value = world.references.read("unsubscribe", token, now=0)
    assert "customer" not in str(value)
    assert len(token) < 400


@pytest.mark.parametrize("length", [1, 31, 32, 33, 64, 254])
def test_addresses_of_any_length_come_back(world: World, length: int) -> None:
    from chalicelib.domain.unsubscribing import sealed, unsealed

    address = Address("ü" * (length // 2) + "a" * (length % 2))

    def block(number: int) -> bytes:
        return world.references.secret("test", str(number))

    assert unsealed(sealed(address, block), block) == address


# --- what a click does --------------------------------------------------------------------------------------------


def test_a_click_opts_out_at_once_with_its_mail_as_the_proof_and_nothing_is_sent(world: World) -> None:
    token = asked(world)
    sent = len(world.channel.sent)
    world.clock.advance(5000)
    click(world, token)
    world.deliver()
    line = world.table.ledger[-1]
    (request,) = world.thread(talk(world).id)
    assert (line.state, line.source, line.evidence) == (ConsentState.OPTED_OUT, ConsentSource.UNSUBSCRIBE, request.id)
    assert (line.at, line.recorded_at, line.store_id) == (world.clock.now(), world.clock.now(), SEATTLE)
    assert mailed(world) is ConsentState.OPTED_OUT
    assert world.conversation(talk(world).id).opted_out
    assert len(world.channel.sent) == sent, "no confirmation: they know what they clicked"


def test_a_hundred_clicks_are_one(world: World) -> None:
    token = asked(world)
    click(world, token)
    lines, written_down = len(world.table.ledger), world.conversation(talk(world).id)
    for _ in range(100):
        world.clock.advance(1000)
        click(world, token)
    assert len(world.table.ledger) == lines
    assert world.conversation(talk(world).id) == written_down


def test_what_waits_to_be_sent_does_not_go_out(world: World) -> None:
    receive(world, written())
    mail = stoppable_mail(asked(world), world)
    world.clock.advance(1)
    receive(world, written("And?", message_id="abc-2@customer.test"))
    queued = world.send(talk(world).id, "One more")
    unsubscribe(mail, world)
    world.deliver()
    assert (world.message(queued).status, world.message(queued).failure) == (
        MessageStatus.FAILED,
        FailureReason.OPTED_OUT,
    )
    with pytest.raises(OptedOut):
        world.send(talk(world).id, "And another")


def test_it_holds_in_the_scope_of_the_mail(world: World) -> None:
    click(world, asked(world))
    elsewhere = ConsentKey(MERCHANT, "email", CARLAS_MAIL, TACOMA)
    assert world.consents.state(elsewhere) is None
    whole = equipped()
    whole.change_store(consent_scope=ConsentScopeSetting.MERCHANT)
    click(whole, asked(whole))
    assert whole.table.ledger[-1].key.scope == MERCHANT


def test_texts_still_come(world: World) -> None:
    click(world, asked(world))
    assert world.consent() is ConsentState.NONE


def test_start_brings_them_back_and_the_old_link_stops_them_again(world: World) -> None:
    token = asked(world)
    click(world, token)
    world.clock.advance(60_000)
    receive(world, written("START"))
    assert mailed(world) is ConsentState.OPTED_IN
    world.clock.advance(60_000)
    click(world, token)
    assert mailed(world) is ConsentState.OPTED_OUT
    assert world.conversation(talk(world).id).opted_out


def test_an_old_mail_can_be_stopped_though_its_conversation_was_deleted(world: World) -> None:
    token = asked(world)
    delete_conversation(talk(world).id, ADA, world)
    world.fan_out()
    world.clock.advance(10 * LIFETIME)
    click(world, token)
    assert mailed(world) is ConsentState.OPTED_OUT


def test_the_chat_that_a_mail_leads_to_goes_on(world: World) -> None:
    """Only its mails end: the conversation is on another channel."""
    conversation_id = chat(world)
    world.deliver()
    (mail,) = [each for each in world.channel.sent if each.mail]
    click(world, token_of(mail))
    assert mailed(world) is ConsentState.OPTED_OUT
    assert not world.conversation(conversation_id).opted_out


def test_an_invitation_whose_mail_was_stopped_waits_for_nobody(world: World) -> None:
    made = invite(world)
    accept(world, made, CARLAS_MAIL, Channel.EMAIL)
    world.deliver()
    click(world, token_of(world.channel.sent[-1]))
    with pytest.raises(OptedOut):
        accept(world, invite(world), CARLAS_MAIL, Channel.EMAIL)
    assert state(world, made) != "done"


# --- what is none of our links ------------------------------------------------------------------------------------


def test_what_was_signed_for_something_else_or_by_somebody_else_is_refused(world: World) -> None:
    now, good = world.clock.now(), asked(world)
    value = world.references.read("unsubscribe", good, now=now)
    assert isinstance(value, list)
    for token in (
        "", "x", good[:-1], good[1:], good + "A", good.swapcase(),
        world.references.sign("delivery.con-ses", value, now=now),
        world.references.sign("unsubscribe", value[:-1], now=now),
        world.references.sign("unsubscribe", [*value, "x"], now=now),
        world.references.sign("unsubscribe", ["no-store", *value[1:]], now=now),
        world.references.sign("unsubscribe", "text", now=now),
    ):  # fmt: skip
        with pytest.raises(NotFound):
            stoppable_mail(token, world)
    assert mailed(world) is ConsentState.REQUESTED


def test_a_store_of_another_merchant_has_its_own_consent(world: World) -> None:
    """The merchant is the store's own, whatever a link says."""
    token = asked(world)
    mail = stoppable_mail(token, world)
    world.setup.put_store(replace(mail.store, merchant_id="m-other"))
    assert stoppable_mail(token, world).key.merchant_id == "m-other"
    assert SEATTLE_MAILBOX not in token
