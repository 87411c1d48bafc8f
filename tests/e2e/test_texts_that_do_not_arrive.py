"""Providers that refuse, fail, hesitate or lie: what the associate sees, and what really arrives (D17, X10)."""

from collections.abc import Callable

import pytest

from tests.e2e.api import Person
from tests.e2e.customers import Customer

pytestmark = pytest.mark.e2e
Talking = Callable[..., tuple[Customer, str]]


@pytest.mark.parametrize(
    ("behaviour", "code", "words"),
    [
        ("landline", "landline", "landline"),
        ("off", "unreachable", "off or out of reach"),
        ("not_mobile", "not_mobile", "not a mobile phone"),
    ],
)
def test_a_refused_text_says_why_and_a_retry_really_sends_it(
    ben: Person, talking: Talking, behaviour: str, code: str, words: str
) -> None:
    customer, conversation = talking()
    customer.behave(behaviour)
    sent = ben.send(conversation, "Your coat is here")
    failed = ben.wait_for_status(conversation, sent["id"], "failed")
    assert failed["failure"]["code"] == code
    assert words in failed["failure"]["text"]
    assert failed["can_retry"]
    assert "Your coat is here" not in customer.received()
    customer.behave("normal")
    again = ben.do("POST", f"/conversations/{conversation}/messages/{sent['id']}/retry")
    assert (again["status"], again["attempt"]) == ("queued", 2)
    assert ben.wait_for_status(conversation, sent["id"], "delivered")["failure"] is None
    assert customer.received().count("Your coat is here") == 1
    refused = ben.refused("POST", f"/conversations/{conversation}/messages/{sent['id']}/retry")
    assert refused == (409, "not_retryable")


def test_a_rate_limited_text_waits_in_its_place_and_arrives_once(ben: Person, talking: Talking) -> None:
    customer, conversation = talking()
    customer.behave("rate_limited")
    first = ben.send(conversation, "First in line")
    second = ben.send(conversation, "Second in line")
    assert ben.wait_for_status(conversation, first["id"], "queued", "sending")
    customer.behave("normal")
    ben.wait_for_status(conversation, second["id"], "delivered")
    assert customer.received()[1:] == ["First in line", "Second in line"]


def test_a_server_error_is_unknown_until_a_person_decides(ben: Person, talking: Talking) -> None:
    """Nobody can say whether a 500 took the text, so it is never sent again by itself."""
    customer, conversation = talking()
    customer.behave("server_error")
    sent = ben.send(conversation, "Did this arrive?")
    assert ben.wait_for_status(conversation, sent["id"], "unknown")["can_retry"]
    customer.behave("normal")
    ben.do("POST", f"/conversations/{conversation}/messages/{sent['id']}/retry")
    ben.wait_for_status(conversation, sent["id"], "delivered")
    assert customer.received().count("Did this arrive?") == 1


def test_a_lost_reply_is_settled_by_the_delivery_report(ben: Person, talking: Talking) -> None:
    customer, conversation = talking()
    customer.behave("lost_reply")
    sent = ben.send(conversation, "Taken, but the answer got lost")
    ben.wait_for_status(conversation, sent["id"], "delivered")
    assert customer.received().count("Taken, but the answer got lost") == 1


def test_a_provider_that_hangs_does_not_make_a_second_text(ben: Person, talking: Talking) -> None:
    customer, conversation = talking()
    customer.behave("timeout")
    sent = ben.send(conversation, "Taken, but never answered")
    ben.wait_for_status(conversation, sent["id"], "delivered")
    customer.behave("normal")
    later = ben.send(conversation, "The next one")
    ben.wait_for_status(conversation, later["id"], "delivered")
    assert customer.received()[1:] == ["Taken, but never answered", "The next one"]


def test_other_conversations_go_on_while_one_provider_call_hangs(ben: Person, talking: Talking) -> None:
    stuck, stuck_conversation = talking()
    _, other_conversation = talking()
    stuck.behave("timeout")
    hanging = ben.send(stuck_conversation, "This one hangs")
    ben.wait_for_status(stuck_conversation, hanging["id"], "sending", "sent", "delivered")
    sent = ben.send(other_conversation, "This one does not")
    ben.wait_for_status(other_conversation, sent["id"], "delivered")
