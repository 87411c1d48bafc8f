"""Mail from SES's notification to the conversation: whose it is, what is shown, what is never answered or shown."""

import time

import pytest

from chalicelib.domain.addresses import Address
from chalicelib.domain.consent import ConsentKey, ConsentState
from chalicelib.domain.conversations import Conversation
from chalicelib.domain.customers import Customer, CustomerKind
from chalicelib.domain.mail import BODY_KEPT, CUT, NO_TEXT, UNREADABLE
from chalicelib.domain.messages import Message, MessageKind
from chalicelib.domain.reply_tokens import joined
from tests.support.mail import (
    CARLAS_MAIL,
    DEANS_MAIL,
    FAIL,
    FOREIGN_MAILBOX,
    GRAY,
    SEATTLE_MAILBOX,
    TACOMA_MAILBOX,
    mail_world,
    receive,
    written,
)
from tests.support.world import DAY, FOREIGN, MERCHANT, SEATTLE, World


@pytest.fixture
def world() -> World:
    return mail_world()


def talk(world: World, address: str = CARLAS_MAIL, mailbox: str = SEATTLE_MAILBOX) -> Conversation:
    return world.conversation_of(Address(address), Address(mailbox))


def last(world: World, address: str = CARLAS_MAIL) -> Message:
    return world.thread(talk(world, address).id)[-1]


def token_of(world: World, conversation: Conversation) -> Address:
    """The mailbox that our mails of a conversation name for answers."""
    return joined(conversation.proxy, world.reply_tokens.issue(conversation.proxy, conversation.id, world.clock.now()))


def consent(world: World, address: str = CARLAS_MAIL) -> ConsentState:
    found = world.table.consents.get(ConsentKey(MERCHANT, "email", Address(address), SEATTLE))
    return ConsentState.NONE if found is None else found.state


def answers(world: World, address: str = CARLAS_MAIL) -> list[str]:
    return [m.body for m in world.thread(talk(world, address).id) if m.kind is not MessageKind.TEXT]


QUOTED = """Yes please, size 8.

--
Carla Diaz, +1 206 555 0177

On Mon, 21 Sep 2026 at 10:00, Ada, Pine Street Shoes <seattle@mail.pine-street.test> wrote:
> Shall I put them aside?
> From: Carla Diaz [mailto:carla.diaz@customer.test]
> To: ada.private@gmail.test; Bob <bob@gmail.test>
"""


def test_a_mail_becomes_a_conversation_with_its_newest_text_and_the_rest_folded(world: World) -> None:
    receive(world, written(QUOTED))
    conversation, message = talk(world), last(world)
    assert (conversation.store_id, conversation.customer_name, conversation.unread) == (SEATTLE, "Carla Diaz", 1)
    assert message.body == "Yes please, size 8."
    assert message.mail is not None
    assert (message.mail.subject, message.mail.message_id) == ("Boots", "abc-1@customer.test")
    assert message.mail.original == "inbound/received0"
    assert (message.mail.unverified, message.mail.unreadable, message.mail.automatic) == (False, False, False)
    assert "Shall I put them aside?" in message.mail.folded


def test_no_private_address_is_left_in_what_associates_see(world: World) -> None:
    receive(world, written(f"My mail is {CARLAS_MAIL.upper()}.\n{QUOTED}", subject=f"Fwd: {CARLAS_MAIL}"))
    message = last(world)
    assert message.mail is not None
    shown = f"{message.body} {message.mail.subject} {message.mail.folded} {talk(world).last_preview}".lower()
    for private in (CARLAS_MAIL, "ada.private@gmail.test", "bob@gmail.test", "206 555 0177"):
        assert private not in shown
    assert "•••@•••" in message.body


def test_the_same_notification_again_changes_nothing(world: World) -> None:
    for _ in range(3):
        receive(world, written(), message_id="one")
    assert talk(world).unread == 1


def test_a_mail_to_several_mailboxes_is_one_in_each_and_others_named_in_it_are_not_joined(world: World) -> None:
    raw = written(to=f"{SEATTLE_MAILBOX}, friend@elsewhere.test", Cc=f"{TACOMA_MAILBOX}, boss@elsewhere.test")
    receive(world, raw, SEATTLE_MAILBOX, TACOMA_MAILBOX, FOREIGN_MAILBOX, "nobody@mail.pine-street.test")
    for mailbox in (SEATTLE_MAILBOX, TACOMA_MAILBOX, FOREIGN_MAILBOX):
        assert world.bodies(talk(world, mailbox=mailbox).id) == ["Are the boots still there?"]
    assert len(world.table.conversations) == 3
    assert talk(world, mailbox=FOREIGN_MAILBOX).store_id == FOREIGN


def test_mail_to_a_mailbox_nobody_has_is_recorded(world: World) -> None:
    receive(world, written(), "nobody@mail.pine-street.test")
    assert world.reasons() == ["unknown_number"]
    assert world.table.conversations == {}


# --- who it is from -----------------------------------------------------------------------------------------------


def member(world: World) -> Customer:
    known = Customer(
        id="cus-1",
        merchant_id=MERCHANT,
        kind=CustomerKind.MEMBER,
        first_name="Carla",
        last_name="Diaz",
        emails=(CARLAS_MAIL,),
        created_at=0,
        updated_at=0,
    )
    world.setup.put_customer(known)
    return known


def test_a_verified_sender_is_the_customer_of_that_address(world: World) -> None:
    known = member(world)
    receive(world, written())
    assert talk(world).customer_id == known.id


@pytest.mark.parametrize(
    "verdicts", [{"dmarc": FAIL}, {"dmarc": GRAY, "dkim": GRAY}, {"dmarc": GRAY}, {"spam": FAIL}, {"virus": FAIL}]
)
def test_an_unverified_sender_is_shown_as_such_and_is_nobody_known(world: World, verdicts: dict[str, str]) -> None:
    known = member(world)
    receive(world, written(), **verdicts)
    message = last(world)
    assert message.mail is not None
    assert message.mail.unverified
    assert talk(world).customer_id != known.id
    assert world.table.lookups[MERCHANT, "email", CARLAS_MAIL] == known.id


@pytest.mark.parametrize(
    ("said", "verified"),
    [
        ("amazonses.com; spf=pass; dkim=pass header.i=@customer.test; dmarc=none", True),
        ("amazonses.com; dkim=pass header.i=news@customer.test;", True),
        ("amazonses.com; dkim=pass header.d=customer.test", True),
        ("amazonses.com; dkim=pass header.i=@shop.customer.test", False),
        ("amazonses.com; dkim=pass header.i=@attacker.test", False),
        ("amazonses.com; dkim=fail header.i=@customer.test; dkim=pass header.i=@attacker.test", False),
        ("amazonses.com; dkim=pass header.i=@test", False),
        ("attacker.test; dkim=pass header.i=@customer.test", False),
        ("amazonses.com.attacker.test; dkim=pass header.i=@customer.test", False),
    ],
)
def test_without_dmarc_an_aligned_signature_that_ses_names_counts(world: World, said: str, verified: bool) -> None:
    raw = b"Authentication-Results: " + said.encode() + b"\r\n" + written()
    receive(world, raw, dmarc=GRAY)
    message = last(world)
    assert message.mail is not None
    assert message.mail.unverified is not verified


def test_a_header_that_the_sender_wrote_below_counts_for_nothing(world: World) -> None:
    forged = "Authentication-Results: amazonses.com; dkim=pass header.i=@customer.test\r\n"
    ours = "Authentication-Results: amazonses.com; dkim=none; dmarc=none\r\n"
    receive(world, (ours + forged).encode() + written(), dmarc=GRAY)
    message = last(world)
    assert message.mail is not None
    assert message.mail.unverified


@pytest.mark.parametrize("second", ["From: attacker@attacker.test\r\n", "from: <boss@customer.test>\r\n"])
def test_two_senders_are_never_verified(world: World, second: str) -> None:
    receive(world, second.encode() + written())
    assert all(message.mail and message.mail.unverified for message in world.table.messages.values())


def test_mail_that_claims_to_be_an_associate_is_a_mail_from_outside(world: World) -> None:
    receive(world, written())
    conversation = talk(world)
    claims = written("Please transfer $100 to", sender="Ada <ada@example.test>")
    receive(world, claims, dmarc=FAIL)
    receive(world, claims, token_of(world, conversation), dmarc=FAIL)
    world.deliver()
    assert world.channel.sent == [], "nothing is sent on"
    theirs = world.thread(conversation.id)[-1]
    assert theirs.mail is not None
    assert (theirs.author_id, theirs.mail.unverified, theirs.mail.other_sender) == (None, True, "ada@example.test")


def test_mail_under_the_name_of_our_own_mailbox_is_never_answered(world: World) -> None:
    receive(world, written("HELP", sender=f"Tacoma <{TACOMA_MAILBOX}>"))
    assert answers(world, TACOMA_MAILBOX) == []


# --- keywords -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("body", "subject"),
    [
        ("STOP", "Re: Boots"),
        ("Stop.\n\n-- \nCarla", "x"),
        ("", "unsubscribe"),
        ("STOP" + QUOTED.partition("8.")[2], "x"),
    ],
)
def test_stop_as_the_whole_newest_text_opts_out_with_words_for_mail(world: World, body: str, subject: str) -> None:
    receive(world, written(body, subject=subject))
    assert consent(world) is ConsentState.OPTED_OUT
    assert answers(world) == [
        "You have opted out and will get no more mail from Pine Street Shoes. Answer START to opt in again."
    ]
    (change,) = world.consents.history(ConsentKey(MERCHANT, "email", CARLAS_MAIL, SEATTLE))
    assert change.wording == "email-stop-1"


def test_a_word_in_the_subject_of_a_mail_with_text_is_ordinary_talk(world: World) -> None:
    receive(world, written("Please do not.", subject="STOP"))
    assert consent(world) is ConsentState.NONE


def test_stop_counts_from_anybody_start_only_from_the_customer(world: World) -> None:
    receive(world, written("Hello"))
    named = token_of(world, talk(world))
    receive(world, written("STOP", sender=DEANS_MAIL), named)
    assert consent(world) is ConsentState.OPTED_OUT
    receive(world, written("START", sender=DEANS_MAIL), named)
    receive(world, written("START"), dmarc=FAIL)
    assert consent(world) is ConsentState.OPTED_OUT
    assert answers(world) == []
    receive(world, written("START"))
    assert consent(world) is ConsentState.OPTED_IN


# --- machines -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "headers",
    [
        {"Auto_Submitted": "auto-replied"},
        {"Precedence": "bulk"},
        {"List_Id": "<news.customer.test>"},
        {"Return_Path": "<>"},
        {"X_Autoreply": "yes"},
        {"X_Auto_Response_Suppress": "All"},
        {"sender": "no-reply@customer.test"},
    ],
)
def test_machines_are_stored_and_never_answered(world: World, headers: dict[str, str]) -> None:
    receive(world, written("HELP", **headers))
    (message,) = world.table.messages.values()
    assert message.mail is not None
    assert message.mail.automatic
    world.clock.advance(1)
    assert [m.kind for m in world.table.messages.values()] == [MessageKind.TEXT]


REPORT = (
    b"Return-Path: <>\r\nFrom: MAILER-DAEMON@customer.test\r\nTo: seattle@mail.pine-street.test\r\nSubject: Failed\r\n"
    b'Content-Type: multipart/report; report-type=delivery-status; boundary="b"\r\n\r\n'
    b"--b\r\nContent-Type: text/plain\r\n\r\nNot delivered.\r\n"
    b"--b\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx.customer.test\r\n\r\n"
    b"Final-Recipient: rfc822; carla.diaz@customer.test\r\nAction: failed\r\nStatus: 5.1.1\r\n"
    b"--b\r\nContent-Type: message/rfc822\r\n\r\nMessage-ID: <0102@eu-west-1.amazonses.com>\r\n\r\nHi\r\n--b--\r\n"
)


def test_a_bounce_to_a_mailbox_makes_no_conversation_and_is_recorded_once(world: World) -> None:
    for _ in range(2):
        receive(world, REPORT, message_id="bounce")
    assert world.reasons() == ["delivery_report"]
    assert world.table.conversations == {}


def test_a_bounce_that_knows_the_conversation_is_shown_in_it_and_never_answered(world: World) -> None:
    receive(world, written())
    conversation = talk(world)
    receive(world, REPORT, token_of(world, conversation))
    message = world.thread(conversation.id)[-1]
    assert message.mail is not None
    assert message.body.startswith("Not delivered.")
    assert message.mail.automatic


# --- whatever comes in --------------------------------------------------------------------------------------------


def test_what_cannot_be_read_is_kept_whole_and_shown_as_such(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    from chalicelib.channels.email import reading

    def broken(raw: bytes) -> object:
        raise RuntimeError

    monkeypatch.setattr(reading, "_read", broken)
    receive(world, written())
    message = last(world, "bounces@customer.test")
    assert message.mail is not None
    assert (message.body, message.mail.unreadable, message.mail.unverified) == (UNREADABLE, True, True)
    assert world.mails.kept[message.mail.original] == written()


@pytest.mark.parametrize("raw", [b"", b"\x00" * 1000, b"\xff\xfe" * 500, b"From: \r\n\r\n", b"\r\n\r\n\r\n"])
def test_mail_without_a_readable_sender_is_taken_from_the_envelope(world: World, raw: bytes) -> None:
    receive(world, raw)
    message = last(world, "bounces@customer.test")
    assert message.mail is not None
    assert message.mail.unverified
    assert message.body


def test_mail_without_any_sender_is_recorded(world: World) -> None:
    import json

    from chalicelib.usecases.take_provider_event import take_provider_event
    from tests.support.mail import notice

    world.mails.kept["inbound/x"] = b"Subject: nobody\r\n\r\nHello"
    said = notice("inbound/x", SEATTLE_MAILBOX, message_id="x")
    said["mail"]["source"] = ""
    take_provider_event(json.dumps(said), world)
    assert world.reasons() == ["mail_without_sender"]


def test_mail_without_text_says_so(world: World) -> None:
    receive(world, written("", subject=""))
    assert last(world).body == NO_TEXT


def test_a_long_mail_is_cut_and_no_address_at_the_edge_is_half_shown(world: World) -> None:
    edge = "x" * (BODY_KEPT - 12) + f" {CARLAS_MAIL} " + "y" * 30_000
    receive(world, written(edge))
    body = last(world).body
    assert len(body) <= BODY_KEPT + len(CUT)
    assert body.endswith(CUT)
    assert "carla" not in body


def test_a_mail_of_forty_megabytes_in_ten_thousand_parts_is_taken_in_time(world: World) -> None:
    part = b"--b\r\nContent-Type: application/octet-stream\r\nContent-Disposition: attachment; filename=a.bin\r\n\r\n"
    body = b"--b\r\nContent-Type: text/plain\r\n\r\nHere they are.\r\n" + b"".join(
        part + b"%05d" % number + b"x" * 3_895 + b"\r\n" for number in range(10_000)
    )
    raw = written("", Content_Type='multipart/mixed; boundary="b"') + body + b"--b--\r\n"
    assert len(raw) > 39_000_000
    began = time.monotonic()
    receive(world, raw)
    assert time.monotonic() - began < 10
    assert last(world).body.startswith("Here they are.")
    assert "attachments, which cannot be shown here" in last(world).body


def test_scripts_and_hidden_html_do_not_come_through(world: World) -> None:
    page = (
        "<html><body><p>Hello</p><script>alert(1)</script><img src=x onerror=alert(2)><style>p{}</style></body></html>"
    )
    receive(world, written(page, Content_Type="text/html"))
    assert last(world).body == "Hello"


def test_a_display_name_that_is_an_address_is_no_name(world: World) -> None:
    receive(world, written(sender=f'"{CARLAS_MAIL}" <{CARLAS_MAIL}>'))
    assert talk(world).customer_name == ""


def test_a_customer_who_closed_is_told_once_by_mail(world: World) -> None:
    receive(world, written())
    conversation = talk(world)
    now = world.clock.advance(1)
    world.conversations.end(conversation, conversation.closed(now))
    for number in range(2):
        receive(world, written(f"Still there? {number}"))
    assert [body for body in answers(world) if "has ended this conversation" in body] == [
        "Pine Street Shoes has ended this conversation. Please call +12065550199."
    ]


def test_an_unverified_mail_after_the_end_gets_no_answer(world: World) -> None:
    receive(world, written())
    conversation = talk(world)
    world.conversations.end(conversation, conversation.closed(world.clock.advance(1)))
    receive(world, written("Hello?"), dmarc=FAIL)
    assert answers(world) == []


@pytest.mark.parametrize("field", ["timestamp"])
@pytest.mark.parametrize("value", ["", "yesterday", "9999-99-99T00:00:00Z", None, 7])
def test_a_strange_time_is_now(world: World, field: str, value: object) -> None:
    import json

    from chalicelib.usecases.take_provider_event import take_provider_event
    from tests.support.mail import notice

    world.mails.kept["inbound/x"] = written()
    said = notice("inbound/x", SEATTLE_MAILBOX, message_id="x")
    said["mail"][field] = value
    take_provider_event(json.dumps(said), world)
    assert last(world).created_at == world.clock.now()


def test_a_mail_kept_in_the_queue_counts_from_when_ses_had_it(world: World) -> None:
    receive(world, written(), late=2 * DAY)
    assert last(world).created_at == world.clock.now() - 2 * DAY
