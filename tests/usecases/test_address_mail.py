"""Mail to a customer: what leaves, what is said of it later, and that no private address goes either way (X7)."""

import json

import msgspec
import pytest
from msgspec.structs import replace

from chalicelib.api import present
from chalicelib.channels.email.writing import write_mail
from chalicelib.domain.addresses import Address
from chalicelib.domain.conversations import Conversation
from chalicelib.domain.errors import OptedOut
from chalicelib.domain.merchants import ProxyState
from chalicelib.domain.messages import FailureReason, Message, MessageStatus
from chalicelib.domain.reply_tokens import split
from chalicelib.usecases.ports import OutgoingText
from chalicelib.usecases.show_quiet_hours import customer_clock
from tests.support.mail import CARLAS_MAIL, DEANS_MAIL, SEATTLE_MAILBOX, mail_world, receive, report, written
from tests.support.world import ADA, World
from tests.usecases.test_receive_mail import QUOTED, consent, talk, token_of


@pytest.fixture
def world() -> World:
    return mail_world()


def answer(world: World, body: str = "Yes, come by.", **about: str) -> OutgoingText:
    """What the adapter is handed after a mail and its answer."""
    receive(world, written(**about))
    return send(world, body)


def send(world: World, body: str) -> OutgoingText:
    world.clock.advance(1)
    world.send(talk(world).id, body)
    world.deliver()
    return world.channel.sent[-1]


def stored(world: World) -> Message:
    return world.thread(talk(world).id)[-1]


def test_an_answer_goes_out_from_the_mailbox_with_a_way_back_into_the_conversation(world: World) -> None:
    text = answer(world)
    assert (text.sender, text.recipient, text.body) == (SEATTLE_MAILBOX, CARLAS_MAIL, "Yes, come by.")
    assert text.mail is not None
    assert (text.mail.from_name, text.mail.subject) == ("Ada at Pine Street Shoes", "Re: Boots")
    mailbox, token = split(text.mail.reply_to)
    assert mailbox == SEATTLE_MAILBOX
    assert world.reply_tokens.read(mailbox, token, world.clock.now()) == talk(world).id
    assert not text.mail.automatic
    assert stored(world).status is MessageStatus.SENT


def test_threads_hold_although_ses_renames_our_mails(world: World) -> None:
    """X15: what SES returned is the part before the "@" of the id that the customer's program sees."""
    first = answer(world)
    assert first.mail is not None
    assert first.mail.threading.in_reply_to == "abc-1@customer.test"
    ours = stored(world).provider_id
    seen = f"<{ours}@eu-west-1.amazonses.com>"
    receive(
        world,
        written(
            "And laces?", message_id="abc-2@customer.test", In_Reply_To=seen, References=f"<abc-1@customer.test> {seen}"
        ),
    )
    second = send(world, "Laces too.")
    assert second.mail is not None
    assert second.mail.threading.in_reply_to == "abc-2@customer.test"
    assert second.mail.threading.references == (
        "abc-1@customer.test",
        f"{ours}@eu-west-1.amazonses.com",
        "abc-2@customer.test",
    )


def test_a_subject_is_taken_up_once_and_made_up_where_there_is_none(world: World) -> None:
    for given, expected in (("Re: AW: Re: Boots", "Re: Boots"), ("", "Re: Boots"), ("Laces", "Re: Laces")):
        receive(world, written(subject=given))
        text = send(world, "Yes")
        assert text.mail is not None
        assert text.mail.subject == expected
    other = mail_world()
    text = answer(other, subject="")
    assert text.mail is not None
    assert text.mail.subject == "Message from Pine Street Shoes"


def test_what_we_answer_by_ourselves_is_marked_as_such(world: World) -> None:
    receive(world, written("HELP"))
    world.deliver()
    (text,) = world.channel.sent
    assert text.mail is not None
    assert text.mail.automatic
    assert text.mail.from_name == "Pine Street Shoes"
    assert text.body == "Pine Street Shoes: for help call +12065550199. Answer STOP to opt out."


# --- what becomes of it -------------------------------------------------------------------------------------------


def test_a_delivery_is_shown(world: World) -> None:
    report(world, answer(world), "Delivery")
    assert stored(world).status is MessageStatus.DELIVERED


def test_a_bounce_fails_with_a_reason_for_people(world: World) -> None:
    text = answer(world)
    report(world, text, "Bounce", bounce={"bounceType": "Permanent", "bounceSubType": "General"})
    failed = stored(world)
    assert (failed.status, failed.failure) == (MessageStatus.FAILED, FailureReason.NO_SUCH_MAILBOX)
    shown = present.message(failed).failure
    assert shown is not None
    assert shown.text == "This mailbox does not exist."


def test_a_complaint_opts_out_and_is_no_failure(world: World) -> None:
    text = answer(world)
    report(world, text, "Delivery")
    for _ in range(2):
        report(world, text, "Complaint", complaint={"timestamp": "2026-09-21T14:13:21.000Z"})
    assert stored(world).status is MessageStatus.DELIVERED
    assert consent(world).value == "opted_out"
    assert world.conversation(talk(world).id).opted_out
    with pytest.raises(OptedOut):
        world.send(talk(world).id, "One more")


def test_who_came_back_after_complaining_is_not_blocked_by_a_repeat(world: World) -> None:
    text = answer(world)
    complaint = {"timestamp": "2026-09-21T14:13:20.500Z"}
    report(world, text, "Complaint", complaint=complaint)
    world.clock.advance(60_000)
    receive(world, written("START"))
    report(world, text, "Complaint", complaint=complaint)
    assert consent(world).value == "opted_in"


@pytest.mark.parametrize("kind", ["Delivery", "Bounce", "Complaint"])
def test_a_report_with_a_forged_reference_changes_nothing(world: World, kind: str) -> None:
    text = answer(world)
    assert text.mail is not None
    forged = replace(text, mail=replace(text.mail, reference="forged"))
    report(world, forged, kind, bounce={}, complaint={})
    assert stored(world).status is MessageStatus.SENT
    assert consent(world).value == "none"


# --- masking, both ways -------------------------------------------------------------------------------------------

CANARIES = ("carla.diaz@customer.test", "ada@example.test", "dean@elsewhere.test", "ada.private@gmail.test")
"""Carla, Ada, Dean (in copy), and what stands in an Outlook-style "To:" line."""


def incoming(world: World) -> Conversation:
    """Carla writes with everything in it that mail programs put into mails, and somebody else with her token."""
    receive(
        world,
        written(
            QUOTED + f"\nFrom: Ada <ada@example.test>\nTo: {CARLAS_MAIL}; {DEANS_MAIL}\nSubject: Boots",
            sender=f'"{CARLAS_MAIL}" <{CARLAS_MAIL}>',
            subject=f"Boots for {CARLAS_MAIL}",
            Cc=f"Dean <{DEANS_MAIL}>",
            Reply_To=CARLAS_MAIL,
        ),
    )
    receive(world, written("From another place", sender=DEANS_MAIL), token_of(world, talk(world)))
    return talk(world)


def test_associates_see_no_private_address(world: World) -> None:
    found = incoming(world)
    thread = world.conversations.thread(found.id, 50, None)
    assert thread is not None
    page = world.conversations.inbox(found.store_id, "open", world.clock.now(), 10, None)
    clock = customer_clock(found, world)
    shown_thread = present.thread(thread, [], world.clock.now(), ProxyState.WORKS, clock, None)
    parts = [shown_thread, *(present.row(each) for each in page.rows)]
    shown = msgspec.json.encode(parts).decode().lower()
    assert "from another place" in shown
    assert '"other_sender":true' in shown
    assert [canary for canary in CANARIES if canary in shown] == []


def test_customers_see_no_private_address(world: World) -> None:
    found = incoming(world)
    seen = json.dumps([present.message(each).body for each in world.thread(found.id)])
    text = send(world, f"You wrote {seen}\nRegards, ada@EXAMPLE.test, to {CARLAS_MAIL}")
    assert text.mail is not None
    raw = write_mail(text, text.mail, "eu-west-1.amazonses.com").decode().lower()
    sent = raw.replace("=\r\n", "").replace(f"to: {CARLAS_MAIL}\r\n", "", 1)
    assert [canary for canary in CANARIES if canary in sent] == []
    assert Address(ADA) not in split(text.mail.reply_to)


def test_a_store_whose_associate_calls_herself_by_her_address_does_not_give_it_away(world: World) -> None:
    receive(world, written())
    world.setup.put_associate(replace(world.table.associates[ADA], name="ada@example.test"))
    text = send(world, "Yes")
    assert text.mail is not None
    assert text.mail.from_name == "•••@••• at Pine Street Shoes"
