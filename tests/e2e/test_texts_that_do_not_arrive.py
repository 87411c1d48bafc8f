"""Providers that refuse, fail, hesitate or lie: what the associate sees, and what really arrives (D17, X10)."""

import json
from collections.abc import Callable
from time import time
from typing import Any

import pytest

from tests.e2e.api import Person
from tests.e2e.customers import Customer
from tests.e2e.stack import Stack

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
    customer.gets("First in line", "Second in line", after=1)


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


def test_an_unheard_text_is_found_by_asking_the_provider(stack: Stack, ben: Person, talking: Talking) -> None:
    """Neither an answer nor a report: only the look-up tells."""
    customer, conversation = talking()
    customer.behave("unheard")
    sent = ben.send(conversation, "Taken, and nobody told us")
    unknown = ben.wait_for_status(conversation, sent["id"], "unknown")
    assert (unknown["checking"], unknown["can_retry"]) == (True, True)
    assert due(stack, 0)["found"] == 0, "the provider is given its time"
    assert due(stack, 10)["found"] == 1
    assert ben.wait_for_status(conversation, sent["id"], "sent", "delivered")["checking"] is False
    customer.waits_for("Taken, and nobody told us")
    assert customer.received().count("Taken, and nobody told us") == 1


def test_a_text_that_the_provider_never_took_is_left_to_a_person(stack: Stack, ben: Person, talking: Talking) -> None:
    customer, conversation = talking()
    customer.behave("server_error")
    sent = ben.send(conversation, "Never taken")
    ben.wait_for_status(conversation, sent["id"], "unknown")
    assert due(stack, 10)["left_to_people"] == 1
    message = ben.wait_for_status(conversation, sent["id"], "unknown")
    assert (message["checking"], message["can_retry"]) == (False, True)
    assert customer.received().count("Never taken") == 0


def due(stack: Stack, minutes: int) -> dict[str, Any]:
    """Runs what is due, as if it were so much later."""
    event = {
        "version": "0", "id": "1", "detail-type": "Scheduled Event", "source": "test", "account": "0",
        "time": "", "region": "us-east-1", "resources": [], "detail": {}, "at": int((time() + 60 * minutes) * 1000),
    }  # fmt: skip
    client = stack.local.session.client("lambda")
    answer = client.invoke(FunctionName="counterline-local-due", Payload=json.dumps(event))
    result: dict[str, Any] = json.loads(answer["Payload"].read())
    return result


def test_a_provider_that_hangs_does_not_make_a_second_text(ben: Person, talking: Talking) -> None:
    customer, conversation = talking()
    customer.behave("timeout")
    sent = ben.send(conversation, "Taken, but never answered")
    ben.wait_for_status(conversation, sent["id"], "delivered")
    customer.behave("normal")
    later = ben.send(conversation, "The next one")
    ben.wait_for_status(conversation, later["id"], "delivered")
    customer.gets("Taken, but never answered", "The next one", after=1)


def test_other_conversations_go_on_while_one_provider_call_hangs(ben: Person, talking: Talking) -> None:
    stuck, stuck_conversation = talking()
    _, other_conversation = talking()
    stuck.behave("timeout")
    hanging = ben.send(stuck_conversation, "This one hangs")
    ben.wait_for_status(stuck_conversation, hanging["id"], "sending", "sent", "delivered")
    sent = ben.send(other_conversation, "This one does not")
    ben.wait_for_status(other_conversation, sent["id"], "delivered")
