"""The same spine through AWS End User Messaging SMS: a text comes in, an answer goes out, and its fate is told."""

import pytest

from local.driver import wait_until
from local.merchant import AWS_NUMBER
from tests.e2e.api import Person
from tests.e2e.customers import Customer
from tests.e2e.stack import Stack

pytestmark = pytest.mark.e2e


@pytest.fixture
def visitor(stack: Stack) -> Customer:
    return Customer(stack)


def conversation_of(person: Person, visitor: Customer, said: str) -> str:
    """Once the text is in the inbox."""
    visitor.stack.driver.text(visitor.number, AWS_NUMBER, said)

    def found() -> str:
        return next((str(row["id"]) for row in person.rows("boston") if row["last_preview"] == said), "")

    return str(wait_until(found, f"{said!r} in the inbox"))


def test_a_phone_and_a_store_talk(ben: Person, visitor: Customer) -> None:
    conversation = conversation_of(ben, visitor, f"Hello through AWS from {visitor.name}")
    sent = ben.send(conversation, "It is in – 50% off 👍")
    assert ben.wait_for_status(conversation, sent["id"], "delivered")["failure"] is None
    [text] = [text for text in visitor.phone["texts"] if text["direction"] == "in"]
    assert (text["body"], text["peer"]) == ("It is in – 50% off 👍", AWS_NUMBER)


@pytest.mark.parametrize(
    ("behaviour", "code"), [("off", "unreachable"), ("not_mobile", "invalid_number"), ("opted_out", "opted_out")]
)
def test_a_text_that_does_not_arrive_says_why(ben: Person, visitor: Customer, behaviour: str, code: str) -> None:
    conversation = conversation_of(ben, visitor, f"{visitor.name} is {behaviour}")
    visitor.behave(behaviour)
    sent = ben.send(conversation, "Your coat is here")
    assert ben.wait_for_status(conversation, sent["id"], "failed")["failure"]["code"] == code
