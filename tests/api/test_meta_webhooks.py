"""WhatsApp's webhooks at our address: the challenge, batches, and reports that all come to one place."""

from typing import Any

import pytest

from chalicelib.domain.addresses import Address
from chalicelib.domain.consent import ConsentState
from chalicelib.domain.customers import CustomerKind
from chalicelib.domain.errors import Unavailable
from chalicelib.domain.messages import Message, MessageStatus
from tests.api.client import JSON, call, through_url, url_event_of
from tests.api.webhook_senders import from_meta, meta_batch, meta_message, meta_status
from tests.support.world import CARLA, FOREIGN_NUMBER, META, OTHER_META, TWILIO, WHATSAPP_NUMBER, World

PATH = f"/webhooks/meta/{META}"
USER = "US.13491208655302741918"


def untouched(world: World) -> bool:
    """No request to the table, nothing on a queue."""
    return world.table.requests == 0 and not world.inbound.events and not world.outbound.messages


@pytest.fixture
def sent(world: World) -> Message:
    """An answer of Ada's to a message that came in through WhatsApp."""
    assert from_meta(meta_batch(meta_message("Hello there"))).status == 200
    message = world.send(world.conversation_of(number=WHATSAPP_NUMBER).id, "Good morning")
    world.deliver()
    return message


def reference(world: World) -> str:
    """What was given along with the last message."""
    return world.channel.sent[-1].callback_url.rpartition("/")[2]


def report(world: World, state: str, **fields: Any) -> int:
    return from_meta(meta_batch(statuses=(meta_status(state, reference(world), **fields),))).status


# --- the challenge ------------------------------------------------------------------------------------------------


def challenge(path: str = PATH, token: str = "meta-verify-token-1", **changed: str) -> Any:
    given = {"hub.mode": "subscribe", "hub.challenge": "1158201444", "hub.verify_token": token, **changed}
    return through_url(url_event_of("GET", path + "?" + "&".join(f"{k}={v}" for k, v in given.items())))


def test_registering_the_address_is_answered(world: World) -> None:
    answer = challenge()
    assert (answer.status, answer.text, answer.headers["Content-Type"]) == (200, "1158201444", "text/plain")
    assert untouched(world)


@pytest.mark.parametrize("token", ["", "x", "meta-verify-token-2", "meta-secret-1", "%00", "%C3%BC", "%ED%A0%80"])
def test_a_wrong_token_is_401(world: World, token: str) -> None:
    answer = challenge(token=token)
    assert (answer.status, answer.code) == (401, "bad_signature")
    assert untouched(world)


def test_what_is_no_challenge_is_400(world: World) -> None:
    assert challenge(**{"hub.challenge": "%3Cb%3E"}).code == "invalid_input"
    assert challenge(**{"hub.mode": "other"}).code == "invalid_input"
    assert through_url(url_event_of("GET", PATH)).code == "bad_signature"
    assert through_url(url_event_of("GET", PATH + "?" + "a=1&" * 500)).status in {400, 401}


@pytest.mark.parametrize(
    ("path", "status"),
    [(f"/webhooks/meta/{OTHER_META}", 401), ("/webhooks/meta/con-gone", 404), (f"/webhooks/meta/{TWILIO}", 404),
     (f"/webhooks/twilio/{TWILIO}", 405), (f"{PATH}/status/x", 405), ("/webhooks/pigeon/x", 405)],
)  # fmt: skip
def test_only_a_connection_of_a_provider_that_asks_answers(world: World, path: str, status: int) -> None:
    assert challenge(path).status == status
    assert untouched(world)


def test_a_token_that_cannot_be_read_is_503(world: World) -> None:
    world.directory.unreadable = True
    assert challenge().status == 503


# --- messages -----------------------------------------------------------------------------------------------------


def test_a_message_is_stored_and_acknowledged(world: World) -> None:
    answer = from_meta(meta_batch(meta_message("Hello there")))
    assert (answer.status, answer.text, answer.headers["Content-Type"]) == (200, "{}", "application/json")
    conversation = world.conversation_of(number=WHATSAPP_NUMBER)
    assert world.bodies(conversation.id) == ["Hello there"]
    assert (conversation.channel, conversation.connection_id) == ("whatsapp", META)
    assert conversation.customer_name == "Carla at WhatsApp"


def test_whoever_has_an_order_is_known_by_the_number(world: World) -> None:
    order = world.order()
    from_meta(meta_batch(meta_message()))
    assert world.conversation_of(number=WHATSAPP_NUMBER).customer_id == order.customer_id


def test_somebody_without_a_number_is_a_visitor_who_can_be_answered(world: World) -> None:
    message = meta_message("Hello", from_user_id=USER)
    del message["from"]
    assert from_meta(meta_batch(message)).status == 200
    conversation = world.conversation_of(Address(f"id:{USER}"), WHATSAPP_NUMBER)
    customer = world.table.customers[conversation.customer_id]
    assert (customer.kind, customer.phones) == (CustomerKind.VISITOR, ())
    world.send(conversation.id, "Good morning")
    world.deliver()
    assert world.channel.sent[-1].recipient == f"id:{USER}"


def test_a_batch_is_taken_whole_and_what_makes_no_sense_loses_nothing(world: World) -> None:
    batch = meta_batch(meta_message("One", id="wamid.1"), {"id": 7}, meta_message("Two", id="wamid.2"), 7, None)
    assert from_meta(batch).status == 200
    assert world.bodies(world.conversation_of(number=WHATSAPP_NUMBER).id) == ["One", "Two"]
    assert [line.fields for line in world.log.lines] == [{"kind": "malformed_message"}] * 3


def test_repeats_within_and_across_batches_have_no_effect(world: World) -> None:
    batch = meta_batch(meta_message("STOP"), meta_message("STOP"))
    for _ in range(3):
        assert from_meta(batch).status == 200
    assert len(world.table.ledger) == 1


def test_what_the_table_refuses_of_a_batch_waits(world: World) -> None:
    from_meta(meta_batch(meta_message("Before", id="wamid.0")))
    world.table.refuse(1)
    assert from_meta(meta_batch(meta_message("One", id="wamid.1"), meta_message("Two", id="wamid.2"))).status == 200
    assert [event.body for event in world.inbound.events if hasattr(event, "body")] == ["One"]
    assert world.bodies(world.conversation_of(number=WHATSAPP_NUMBER).id) == ["Before", "Two"]


def test_when_the_queue_refuses_too_meta_is_told_and_comes_again(world: World) -> None:
    world.table.refuse(1)
    world.inbound.failure = Unavailable()
    batch = meta_batch(meta_message("One", id="wamid.1"), meta_message("Two", id="wamid.2"))
    assert from_meta(batch).status == 503
    world.table.refuse(0)
    assert from_meta(batch).status == 200
    assert world.bodies(world.conversation_of(number=WHATSAPP_NUMBER).id) == ["One", "Two"]


def test_a_message_to_another_merchants_number_is_rejected(world: World) -> None:
    """Under the signature of our own app: its accounts share the secret."""
    batch = meta_batch(meta_message())
    batch["entry"][0]["changes"][0]["value"]["metadata"] = {
        "display_phone_number": FOREIGN_NUMBER.removeprefix("+"),
        "phone_number_id": "9",
    }
    assert from_meta(batch).status == 200
    assert not world.table.messages
    assert [line.fields.get("reason") for line in world.log.lines] == ["unknown_number"]


@pytest.mark.parametrize(
    ("changed", "status"),
    [
        ({"path": f"/webhooks/meta/{OTHER_META}"}, 401),
        ({"path": f"/webhooks/meta/{OTHER_META}", "secret": "meta-secret-2"}, 401),
        ({"secret": "meta-secret-2"}, 401),
        ({"secret": "meta-verify-token-1"}, 401),
        ({"path": f"/webhooks/meta/{TWILIO}"}, 404),
        ({"path": "/webhooks/meta/con-gone"}, 404),
    ],
)
def test_a_signature_opens_one_connection_only(world: World, changed: dict[str, str], status: int) -> None:
    assert from_meta(meta_batch(meta_message()), **changed).status == status
    assert untouched(world)


def test_the_account_of_another_is_refused_under_our_secret(world: World) -> None:
    assert from_meta(meta_batch(meta_message(), account="1002")).status == 401
    assert untouched(world)


@pytest.mark.parametrize("secrets", [{}, {"app_secret": ""}, {"app_secret": "  "}, {"verify_token": "meta-secret-1"}])
def test_a_missing_or_blank_secret_fails_closed(world: World, secrets: dict[str, str]) -> None:
    world.table.secrets["connections/con-meta"] = secrets
    for secret in ("", " ", "meta-secret-1"):
        assert from_meta(meta_batch(meta_message()), secret=secret).status in {401, 503}
    assert untouched(world)


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b"null", b"\xff", b'"x"', b"[" * 100_000, b"{}"], ids=repr)
def test_a_signed_body_that_is_no_batch_is_refused(world: World, content: bytes) -> None:
    """It names no account, so nobody can say whose it is."""
    assert from_meta(content).status == 401
    assert untouched(world)


def test_an_unsigned_body_is_not_even_read(world: World) -> None:
    assert call("POST", PATH, body=b"[" * 100_000, headers=JSON).status == 401
    assert untouched(world)


# --- reports ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("state", "stored"),
    [
        ("sent", MessageStatus.SENT),
        ("delivered", MessageStatus.DELIVERED),
        ("read", MessageStatus.READ),
        ("warning", MessageStatus.SENT),
    ],
)
def test_a_report_raises_the_status_of_its_message(
    world: World, sent: Message, state: str, stored: MessageStatus
) -> None:
    assert report(world, state) == 200
    assert world.message(sent).status is stored


def test_reports_out_of_order_only_climb(world: World, sent: Message) -> None:
    for state in ("read", "sent", "delivered", "failed", "read"):
        assert report(world, state) == 200
    assert world.message(sent).status is MessageStatus.READ


def test_a_report_settles_what_nobody_knew(world: World, sent: Message) -> None:
    """The provider took it and its answer was lost: the report is the evidence."""
    from chalicelib.usecases.ports import SendUnclear

    world.channel.answers.append(SendUnclear("no answer"))
    doubtful = world.send(sent.conversation_id, "Are you there?")
    world.deliver()
    assert world.message(doubtful).status is MessageStatus.UNKNOWN
    given = world.references.sign(f"delivery.{META}", [doubtful.conversation_id, doubtful.id, 1], now=world.clock.now())
    assert from_meta(meta_batch(statuses=(meta_status("delivered", given),))).status == 200
    assert world.message(doubtful).status is MessageStatus.DELIVERED


def test_a_refusal_is_a_failure_with_a_reason_for_people(world: World, sent: Message) -> None:
    assert report(world, "failed", errors=[{"code": 131026, "title": "Message undeliverable"}]) == 200
    bubble = call("GET", f"/conversations/{sent.conversation_id}", sub="ada").json["messages"][-1]
    assert (bubble["status"], bubble["failure"]["code"], bubble["can_retry"]) == ("failed", "not_on_channel", True)
    assert "WhatsApp" in bubble["failure"]["text"]


def test_a_report_about_another_programs_message_is_ignored(world: World, sent: Message) -> None:
    ticket = world.references.sign("socket", [sent.conversation_id, sent.id, 1], now=world.clock.now())
    theirs = world.references.sign(f"delivery.{OTHER_META}", [sent.conversation_id, sent.id, 1], now=0)
    for forged in ("x", reference(world)[:-3] + "abc", ticket, theirs, "\x00", "ü", "a.b"):
        assert from_meta(meta_batch(statuses=(meta_status("failed", forged),))).status == 200
    assert world.message(sent).status is MessageStatus.SENT
    assert {line.fields["kind"] for line in world.log.lines if line.event == "event_ignored"} == {"foreign_reference"}


@pytest.mark.parametrize("value", [None, [], ["c", "m"], ["c", "m", "1"], [1, 2, 3], ["c", "m", 1, 1]])
def test_a_reference_of_another_shape_is_ignored(world: World, value: object) -> None:
    given = world.references.sign(f"delivery.{META}", value, now=world.clock.now())
    before = world.table.requests
    assert from_meta(meta_batch(statuses=(meta_status("read", given),))).status == 200
    assert world.table.requests == before


def test_a_report_does_not_count_at_another_connection(world: World, sent: Message) -> None:
    batch = meta_batch(statuses=(meta_status("failed", reference(world)),), account="1002")
    answer = from_meta(batch, path=f"/webhooks/meta/{OTHER_META}", secret="meta-secret-2")
    assert answer.status == 200
    assert world.message(sent).status is MessageStatus.SENT
    assert not world.table.ledger


def test_a_report_that_the_table_refuses_waits(world: World, sent: Message) -> None:
    world.table.refuse(1)
    assert report(world, "read") == 200
    assert len(world.inbound.events) == 1


def test_stop_and_start_come_in_any_order_and_consent_follows(world: World) -> None:
    from_meta(meta_batch(meta_message("STOP", id="wamid.1")))
    assert [line.state for line in world.table.ledger] == [ConsentState.OPTED_OUT]
    assert world.table.ledger[0].key.address == CARLA
    assert world.table.ledger[0].key.channel == "whatsapp"
