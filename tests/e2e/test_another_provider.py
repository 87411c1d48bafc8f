"""The same spine through Vonage: a text comes in, an answer goes out, and what becomes of it is told."""

import pytest

from local.driver import wait_until
from tests.e2e.api import Person, refusal
from tests.e2e.customers import Customer
from tests.e2e.providers import Vonage
from tests.e2e.stack import Stack

pytestmark = pytest.mark.e2e


@pytest.fixture
def visitor(stack: Stack) -> Customer:
    return Customer(stack, store="seattle")


def conversation_of(person: Person, said: str) -> str:
    """The id of the conversation that was last heard of with these words."""

    def found() -> str:
        return next((str(row["id"]) for row in person.rows("seattle") if row["last_preview"] == said), "")

    return str(wait_until(found, f"{said!r} in the inbox"))


def write(visitor: Customer, vonage: Vonage, body: str) -> None:
    """The phone texts the number at Vonage; returns when the webhook was answered."""
    visitor.stack.driver.text(visitor.number, vonage.number, body)


def test_a_text_signed_by_an_outside_program_is_answered_from_the_same_number(
    elena: Person, visitor: Customer, vonage: Vonage
) -> None:
    said = "Is the storm lantern in? 🏮 ünïcödé"
    answer = vonage.post(vonage.content(visitor.number, said))
    assert (answer.status_code, answer.json()) == (200, {})
    conversation = conversation_of(elena, said)
    [message] = elena.messages(conversation)
    assert (message["body"], message["direction"], message["status"]) == (said, "inbound", "received")
    sent = elena.send(conversation, "It is: 12 left – 50% off 👍")
    assert elena.wait_for_status(conversation, sent["id"], "delivered")["failure"] is None
    [text] = visitor.phone["texts"]
    assert (text["body"], text["peer"]) == ("It is: 12 left – 50% off 👍", vonage.number)


def test_a_phone_and_a_store_talk(elena: Person, visitor: Customer, vonage: Vonage) -> None:
    write(visitor, vonage, f"Hello from {visitor.name}")
    conversation = conversation_of(elena, f"Hello from {visitor.name}")
    for number in range(3):
        sent = elena.send(conversation, f"Answer {number}")
        write(visitor, vonage, f"Question {number} of {visitor.name}")
    elena.wait_for_status(conversation, sent["id"], "delivered")
    visitor.gets("Answer 0", "Answer 1", "Answer 2")
    said = [message["body"] for message in elena.messages(conversation) if message["direction"] == "inbound"]
    assert said[1:] == [f"Question {number} of {visitor.name}" for number in range(3)]


def test_the_numbers_of_one_store_lead_to_conversations_of_their_own(
    elena: Person, visitor: Customer, vonage: Vonage
) -> None:
    write(visitor, vonage, f"To the one number, {visitor.name}")
    visitor.texts(f"To the other, {visitor.name}")
    here = conversation_of(elena, f"To the one number, {visitor.name}")
    there = conversation_of(elena, f"To the other, {visitor.name}")
    assert here != there
    for conversation, number in ((here, vonage.number), (there, visitor.stack.number("seattle"))):
        sent = elena.send(conversation, f"From {number}")
        elena.wait_for_status(conversation, sent["id"], "delivered")
        [text] = [text for text in visitor.phone["texts"] if text["body"] == f"From {number}"]
        assert text["peer"] == number


@pytest.mark.parametrize(
    ("behaviour", "code"), [("landline", "landline"), ("off", "unreachable"), ("not_mobile", "invalid_number")]
)
def test_a_text_that_does_not_arrive_says_why_and_a_retry_really_sends_it(
    elena: Person, visitor: Customer, vonage: Vonage, behaviour: str, code: str
) -> None:
    write(visitor, vonage, f"Hi, {visitor.name} here")
    conversation = conversation_of(elena, f"Hi, {visitor.name} here")
    visitor.behave(behaviour)
    sent = elena.send(conversation, "Your coat is here")
    failed = elena.wait_for_status(conversation, sent["id"], "failed")
    assert (failed["failure"]["code"], failed["can_retry"]) == (code, True)
    visitor.behave("normal")
    elena.do("POST", f"/conversations/{conversation}/messages/{sent['id']}/retry")
    elena.wait_for_status(conversation, sent["id"], "delivered")
    visitor.gets("Your coat is here")


def test_who_opted_out_at_vonage_is_opted_out_here(elena: Person, visitor: Customer, vonage: Vonage) -> None:
    write(visitor, vonage, f"It is me, {visitor.name}")
    conversation = conversation_of(elena, f"It is me, {visitor.name}")
    visitor.behave("opted_out")
    sent = elena.send(conversation, "Good morning")
    assert elena.wait_for_status(conversation, sent["id"], "failed")["failure"]["code"] == "opted_out"
    customer = f"/conversations/{conversation}/customer"
    wait_until(lambda: elena.do("GET", customer)["consent"] == "opted_out", "the ledger")
    thread = f"/conversations/{conversation}"
    wait_until(lambda: elena.do("GET", thread)["conversation"]["opted_out"], "the broken heart")
    assert elena.refused("POST", f"{thread}/messages", {"body": "Still there?"}) == (409, "opted_out")
    assert visitor.received() == []


@pytest.mark.parametrize("behaviour", ["lost_reply", "timeout"])
def test_what_nobody_answered_for_is_settled_by_its_report_and_arrives_once(
    elena: Person, visitor: Customer, vonage: Vonage, behaviour: str
) -> None:
    write(visitor, vonage, f"Now {behaviour}, says {visitor.name}")
    conversation = conversation_of(elena, f"Now {behaviour}, says {visitor.name}")
    visitor.behave(behaviour)
    sent = elena.send(conversation, "Taken, and never answered")
    elena.wait_for_status(conversation, sent["id"], "delivered")
    visitor.gets("Taken, and never answered")


def test_a_rate_limited_text_waits_in_its_place_and_arrives_once(
    elena: Person, visitor: Customer, vonage: Vonage
) -> None:
    write(visitor, vonage, f"Limits, {visitor.name}")
    conversation = conversation_of(elena, f"Limits, {visitor.name}")
    visitor.behave("rate_limited")
    first, second = elena.send(conversation, "First"), elena.send(conversation, "Second")
    assert elena.wait_for_status(conversation, first["id"], "queued", "sending")
    visitor.behave("normal")
    elena.wait_for_status(conversation, second["id"], "delivered")
    visitor.gets("First", "Second")


def test_a_text_longer_than_vonage_takes_fails_with_a_reason(elena: Person, visitor: Customer, vonage: Vonage) -> None:
    write(visitor, vonage, f"At length, {visitor.name}")
    conversation = conversation_of(elena, f"At length, {visitor.name}")
    longest = elena.send(conversation, "x" * 1000)
    elena.wait_for_status(conversation, longest["id"], "delivered")
    longer = elena.send(conversation, "x" * 1001)
    assert elena.wait_for_status(conversation, longer["id"], "failed")["failure"]["code"] == "rejected"


def test_a_webhook_that_vonage_did_not_sign_is_refused(elena: Person, visitor: Customer, vonage: Vonage) -> None:
    content = vonage.content(visitor.number, f"Forged in the name of {visitor.name}")
    for given in ("", "Bearer", "Bearer a.b.c", "Basic eDp5"):
        assert refusal(vonage.post(content, authorization=given)) == (401, "bad_signature")
    rows = elena.rows("seattle")
    assert all(visitor.name not in row["last_preview"] for row in rows)
