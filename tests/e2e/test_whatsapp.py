"""WhatsApp over Meta: the address is registered, phones write and are answered, the 24 hours count, templates go."""

from typing import Any

import httpx
import pytest

from local import merchant
from local.driver import wait_until
from tests.e2e import past
from tests.e2e.api import Person, refusal
from tests.e2e.customers import Customer
from tests.e2e.providers import Meta
from tests.e2e.stack import Stack

pytestmark = pytest.mark.e2e
SEATTLE = merchant.WHATSAPP_NUMBERS["seattle"]


@pytest.fixture
def visitor(stack: Stack) -> Customer:
    return Customer(stack, store="seattle")


def conversation_of(person: Person, said: str) -> str:
    """The id of the conversation that was last heard of with these words."""

    def found() -> str:
        return next((str(row["id"]) for row in person.rows("seattle") if row["last_preview"] == said), "")

    return str(wait_until(found, f"{said!r} in the inbox"))


def write(visitor: Customer, body: str, **more: Any) -> dict[str, Any]:
    """The phone writes at WhatsApp; returns when the webhook was answered."""
    driver = visitor.stack.driver
    text = driver.simulator("POST", f"/phones/{visitor.number}/texts", {"to": SEATTLE, "body": body, **more})

    def answered() -> bool:
        texts = driver.simulator("GET", f"/phones/{visitor.number}")["texts"]
        return any(each["sid"] == text["sid"] and each["status"] == "delivered" for each in texts)

    wait_until(answered, "the webhook")
    return dict(text)


def test_meta_can_register_the_address_and_nobody_else(stack: Stack, outside: httpx.Client, meta: Meta) -> None:
    asked = {"hub.mode": "subscribe", "hub.challenge": "1158201444"}
    known = meta.connection["verify_token"]
    answer = outside.get(meta.url, params={**asked, "hub.verify_token": known})
    assert (answer.status_code, answer.text) == (200, "1158201444")
    assert answer.headers["Content-Type"].startswith("text/plain")
    assert refusal(outside.get(meta.url, params={**asked, "hub.verify_token": known + "x"})) == (401, "bad_signature")
    assert outside.get(stack.connection("twilio")["webhook_url"], params=asked).status_code == 405


def test_a_phone_and_a_store_talk_and_what_is_read_shows(elena: Person, visitor: Customer) -> None:
    write(visitor, f"Hello from {visitor.name}")
    conversation = conversation_of(elena, f"Hello from {visitor.name}")
    view = elena.do("GET", f"/conversations/{conversation}")["conversation"]
    assert (view["channel"], view["customer_name"]) == ("whatsapp", visitor.name)
    assert view["free_until"] > 0
    sent = elena.send(conversation, "Good morning 👋 ünïcödé")
    elena.wait_for_status(conversation, sent["id"], "read")
    [text] = [text for text in visitor.phone["texts"] if text["direction"] == "in"]
    assert (text["body"], text["peer"]) == ("Good morning 👋 ünïcödé", SEATTLE)
    write(visitor, f"This one, says {visitor.name}", quoting=text["sid"])
    conversation_of(elena, f"This one, says {visitor.name}")
    assert elena.messages(conversation)[-1]["quotes"] == sent["id"]


def test_a_batch_from_an_outside_program_is_taken_once_and_whole(elena: Person, visitor: Customer, meta: Meta) -> None:
    messages = [meta.message(visitor.number, f"{word}, {visitor.name}") for word in ("One", "Two")]
    place = meta.message(visitor.number, "", type="location", location={"latitude": 47.6, "longitude": -122.3})
    batch = meta.batch(SEATTLE, *messages, {"id": 7}, place, name=visitor.name)
    for _ in range(2):
        answer = meta.post(batch)
        assert (answer.status_code, answer.json()) == (200, {})
    conversation = conversation_of(elena, "[Location] https://maps.google.com/?q=47.600000,-122.300000")
    bodies = [message["body"] for message in elena.messages(conversation)]
    assert bodies[:2] == [f"One, {visitor.name}", f"Two, {visitor.name}"]
    assert len(bodies) == 3


def test_after_24_hours_templates_alone_go_until_the_customer_writes(
    stack: Stack, elena: Person, visitor: Customer
) -> None:
    said = f"Long ago, {visitor.name}"
    past.wrote_at_whatsapp(stack, visitor.number, said, days_ago=1.01, store="seattle")
    conversation = conversation_of(elena, said)
    assert elena.refused("POST", f"/conversations/{conversation}/messages", {"body": "Hello?"}) == (
        409,
        "window_closed",
    )
    names = [row["name"] for row in elena.do("GET", f"/conversations/{conversation}/templates")["rows"]]
    assert names == [each.name for each in merchant.TEMPLATES]
    chosen = {"name": "order_ready", "language": "en_US", "values": [visitor.first_name, "#1001"]}
    sent = elena.do("POST", f"/conversations/{conversation}/templates", chosen)
    words = f"Hi {visitor.first_name}, your order #1001 is ready to be picked up."
    assert sent["body"].startswith(words)
    elena.wait_for_status(conversation, sent["id"], "read")
    assert [text["body"] for text in visitor.phone["texts"]] == [sent["body"]]
    write(visitor, f"On my way, {visitor.name}")
    conversation_of(elena, f"On my way, {visitor.name}")
    answer = elena.send(conversation, "See you")
    elena.wait_for_status(conversation, answer["id"], "read")


@pytest.mark.parametrize(("behaviour", "code"), [("landline", "not_on_channel"), ("not_mobile", "not_on_channel")])
def test_a_message_that_does_not_arrive_says_why(elena: Person, visitor: Customer, behaviour: str, code: str) -> None:
    write(visitor, f"Hi, {visitor.name} here")
    conversation = conversation_of(elena, f"Hi, {visitor.name} here")
    visitor.behave(behaviour)
    sent = elena.send(conversation, "Your coat is here")
    failed = elena.wait_for_status(conversation, sent["id"], "failed")
    assert (failed["failure"]["code"], failed["can_retry"]) == (code, True)
    visitor.behave("normal")
    elena.do("POST", f"/conversations/{conversation}/messages/{sent['id']}/retry")
    elena.wait_for_status(conversation, sent["id"], "read")


def test_what_nobody_answered_for_is_settled_by_its_report_and_arrives_once(elena: Person, visitor: Customer) -> None:
    write(visitor, f"Now lost, says {visitor.name}")
    conversation = conversation_of(elena, f"Now lost, says {visitor.name}")
    visitor.behave("lost_reply")
    sent = elena.send(conversation, "Taken, and never answered")
    elena.wait_for_status(conversation, sent["id"], "delivered", "read")
    assert [text["body"] for text in visitor.phone["texts"] if text["direction"] == "in"] == [
        "Taken, and never answered"
    ]


def test_a_rate_limited_message_waits_in_its_place(elena: Person, visitor: Customer) -> None:
    write(visitor, f"Limits, {visitor.name}")
    conversation = conversation_of(elena, f"Limits, {visitor.name}")
    visitor.behave("rate_limited")
    first, second = elena.send(conversation, "First"), elena.send(conversation, "Second")
    assert elena.wait_for_status(conversation, first["id"], "queued", "sending")
    visitor.behave("normal")
    elena.wait_for_status(conversation, second["id"], "delivered", "read")
    assert [text["body"] for text in visitor.phone["texts"] if text["direction"] == "in"] == ["First", "Second"]


def test_stop_at_whatsapp_blocks_there(elena: Person, visitor: Customer) -> None:
    write(visitor, f"It is me, {visitor.name}")
    conversation = conversation_of(elena, f"It is me, {visitor.name}")
    write(visitor, "STOP")
    thread = f"/conversations/{conversation}"
    wait_until(lambda: elena.do("GET", thread)["conversation"]["opted_out"], "the broken heart")
    assert elena.refused("POST", f"{thread}/messages", {"body": "Still there?"}) == (409, "opted_out")
    chosen = {"name": "thanks", "language": "en_US", "values": []}
    assert elena.refused("POST", f"{thread}/templates", chosen) == (409, "opted_out")


def test_a_webhook_that_meta_did_not_sign_is_refused(elena: Person, visitor: Customer, meta: Meta) -> None:
    content = meta.batch(SEATTLE, meta.message(visitor.number, f"Forged in the name of {visitor.name}"))
    for given in ("", "sha256=", "sha256=" + "0" * 64, "sha1=" + "0" * 40):
        assert refusal(meta.post(content, signature=given)) == (401, "bad_signature")
    rows = elena.do("GET", "/stores/seattle/conversations?state=open")["rows"]
    assert all(visitor.name not in row["last_preview"] for row in rows)
