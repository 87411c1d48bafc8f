"""Vonage's webhooks at our addresses: what its adapter cannot check alone, because Vonage signs no addresses."""

from typing import Any

import pytest

from chalicelib.domain.consent import ConsentState
from chalicelib.domain.messages import Message, MessageStatus
from tests.api.client import call
from tests.api.webhook_senders import ORIGIN, VONAGE_SECRET, from_vonage, vonage_status, vonage_text
from tests.fakes.outside import START
from tests.support.vonage import token
from tests.support.world import (
    CARLA,
    DAY,
    FOREIGN_NUMBER,
    OTHER_VONAGE,
    SHOP,
    TWILIO,
    VONAGE,
    VONAGE_NUMBER,
    World,
)

OTHER_SECRET = "vonage-secret-2-which-signs-webhooks"


def untouched(world: World) -> bool:
    """No request to the table, nothing on a queue."""
    return world.table.requests == 0 and not world.inbound.events and not world.outbound.messages


@pytest.fixture
def sent(world: World) -> Message:
    """An answer of Ada's to a text that came in through Vonage."""
    assert from_vonage(vonage_text("Hello there")).status == 200
    message = world.send(world.conversation_of(number=VONAGE_NUMBER).id, "Good morning")
    world.deliver()
    return message


def callback(world: World) -> str:
    """The path the provider was told for the last text."""
    return world.channel.sent[-1].callback_url.removeprefix(ORIGIN)


def test_a_text_is_stored_and_acknowledged(world: World) -> None:
    answer = from_vonage(vonage_text("Hello there"))
    assert (answer.status, answer.text, answer.headers["Content-Type"]) == (200, "{}", "application/json")
    conversation = world.conversation_of(number=VONAGE_NUMBER)
    assert world.bodies(conversation.id) == ["Hello there"]
    assert conversation.connection_id == VONAGE


def test_an_answer_leaves_from_the_number_that_was_texted(world: World, sent: Message) -> None:
    [text] = world.channel.sent
    assert (text.sender, text.recipient, text.body) == (VONAGE_NUMBER, CARLA, "Good morning")
    assert text.callback_url.startswith(f"{ORIGIN}/webhooks/vonage/{VONAGE}/status/")


def test_the_same_text_again_is_200_without_effect(world: World) -> None:
    assert from_vonage(vonage_text("STOP")).status == 200
    before = len(world.table.changes)
    assert from_vonage(vonage_text("STOP")).status == 200
    assert len(world.table.changes) == before
    assert len(world.table.ledger) == 1


def test_a_text_of_last_week_does_not_come_in_again(world: World) -> None:
    """A captured webhook, played back when its text is no longer recognised as a repeat."""
    world.clock.advance(8 * DAY)
    answer = from_vonage(vonage_text())
    assert (answer.status, answer.code) == (401, "bad_signature")
    assert untouched(world)


@pytest.mark.parametrize(
    ("state", "stored"),
    [
        ("submitted", MessageStatus.SENT),
        ("delivered", MessageStatus.DELIVERED),
        ("something-new", MessageStatus.SENT),
    ],
)
def test_a_report_raises_the_status_of_its_text(world: World, sent: Message, state: str, stored: MessageStatus) -> None:
    path = callback(world)
    assert from_vonage(vonage_status(state, path), path=path).status == 200
    assert world.message(sent).status is stored


def test_a_refusal_is_a_failure_with_a_reason_for_people(world: World, sent: Message) -> None:
    path = callback(world)
    error = {"type": "https://developer.vonage.com/api-errors/messages#1250", "title": 1250}
    assert from_vonage(vonage_status("rejected", path, error=error), path=path).status == 200
    bubble = call("GET", f"/conversations/{sent.conversation_id}", sub="ada").json["messages"][-1]
    assert (bubble["status"], bubble["failure"]["code"], bubble["can_retry"]) == ("failed", "landline", True)


def test_vonages_own_list_of_who_opted_out_writes_the_ledger(world: World, sent: Message) -> None:
    path = callback(world)
    from_vonage(vonage_status("rejected", path, error={"title": 1240}), path=path)
    assert world.message(sent).status is MessageStatus.FAILED
    assert [row.state for row in world.table.ledger] == [ConsentState.OPTED_OUT]


def test_a_report_counts_for_no_other_text(world: World, sent: Message) -> None:
    """Both texts are ours, the report is genuine: it stands at the other text's address."""
    first = callback(world)
    other = world.send(sent.conversation_id, "And another one")
    world.deliver()
    second = callback(world)
    before = world.table.requests
    answer = from_vonage(vonage_status("delivered", first), path=second)
    assert (answer.status, answer.code) == (401, "bad_signature")
    assert world.table.requests == before
    assert world.message(other).status is MessageStatus.SENT


def test_a_report_without_our_reference_is_401(world: World, sent: Message) -> None:
    path = callback(world)
    for changed in ({"client_ref": ""}, {"client_ref": "x" * 100}, {"client_ref": path.rpartition("/")[2]}):
        assert from_vonage(vonage_status("delivered", path, **changed), path=path).status == 401
    assert world.message(sent).status is MessageStatus.SENT


def test_another_merchants_connection_cannot_report_about_our_text(world: World, sent: Message) -> None:
    path = callback(world)
    theirs = path.replace(f"/{VONAGE}/", f"/{OTHER_VONAGE}/")
    report = vonage_status("rejected", path, error={"title": 1240})
    assert from_vonage(report, path=theirs, secret=OTHER_SECRET, account="a1b2c3d2").status == 401
    assert from_vonage(report, path=path, secret=OTHER_SECRET, account="a1b2c3d2").status == 401
    assert from_vonage(report, path=path, secret=OTHER_SECRET).status == 401
    assert from_vonage(report, path=path, account="a1b2c3d2").status == 401
    assert world.message(sent).status is MessageStatus.SENT
    assert not world.table.ledger


@pytest.mark.parametrize(
    ("path", "status"),
    [
        (f"/webhooks/vonage/{OTHER_VONAGE}", 401),
        (f"/webhooks/vonage/{TWILIO}", 404),
        (f"/webhooks/twilio/{VONAGE}", 404),
        (f"/webhooks/shopify/{SHOP}", 401),
        ("/webhooks/vonage/con-gone", 404),
    ],
)
def test_a_token_opens_one_connection_only(world: World, path: str, status: int) -> None:
    assert from_vonage(vonage_text(), path=path).status == status
    assert untouched(world)


def test_a_text_to_another_merchants_number_is_rejected(world: World) -> None:
    assert from_vonage(vonage_text(to=FOREIGN_NUMBER.removeprefix("+"))).status == 200
    assert not world.table.messages
    assert [line.fields.get("reason") for line in world.log.lines] == ["unknown_number"]


@pytest.mark.parametrize(
    "changed",
    [
        {"message_uuid": None},
        {"message_uuid": "x"},
        {"from": None},
        {"from": "nobody at all!"},
        {"text": None},
        {"channel": None},
        {"to": ""},
        {"text": 7},
    ],
    ids=str,
)
def test_a_signed_but_malformed_text_is_400_and_logged_without_content(world: World, changed: dict[str, Any]) -> None:
    answer = from_vonage(vonage_text(**changed))
    assert (answer.status, answer.code) == (400, "invalid_input")
    assert untouched(world)
    assert world.log.lines[0].fields == {"provider": "vonage", "connection_id": VONAGE}


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b"null", b"\xff", b'"x"', b"[" * 100_000], ids=repr)
def test_a_signed_body_that_is_no_object_is_400(world: World, content: bytes) -> None:
    assert from_vonage(content).status == 400
    assert untouched(world)


@pytest.mark.parametrize(
    "content",
    [vonage_text(channel="whatsapp"), vonage_text(channel="rcs"), {"status": "delivered", "message_uuid": "x"}],
    ids=["whatsapp", "rcs", "status"],
)
def test_what_is_not_ours_to_read_is_200_without_effect(world: World, content: dict[str, Any]) -> None:
    assert from_vonage(content).status == 200
    assert untouched(world)


@pytest.mark.parametrize(
    "secrets", [{}, {"signature_secret": ""}, {"signature_secret": "  "}, {"api_secret": "x" * 40}]
)
def test_a_missing_or_blank_secret_fails_closed(world: World, secrets: dict[str, str]) -> None:
    world.table.secrets["connections/con-vonage"] = secrets
    for secret in ("", " ", "x" * 40, VONAGE_SECRET):
        assert from_vonage(vonage_text(), secret=secret).status in {401, 503}
    assert untouched(world)


def test_a_token_over_another_body_is_401(world: World) -> None:
    given = token(VONAGE_SECRET, "a1b2c3d1", b'{"text":"Other"}', START // 1000)
    assert from_vonage(vonage_text(), headers={"Authorization": given}).status == 401
    assert untouched(world)


def test_a_picture_is_kept_track_of(world: World) -> None:
    content = vonage_text(channel="mms", message_type="image", text=None, image={"url": "https://m.example/1.jpg"})
    assert from_vonage(content).status == 200
    [message] = world.thread(world.conversation_of(number=VONAGE_NUMBER).id)
    assert (message.body, [media.source for media in message.media]) == ("", ["https://m.example/1.jpg"])
