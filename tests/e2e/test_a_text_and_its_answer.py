"""The spine: a text comes in, an answer goes out."""

import json
import statistics
import time
from collections.abc import Callable

import pytest
from websockets.sync.client import ClientConnection

from local.driver import wait_until
from tests.e2e.api import Person
from tests.e2e.customers import Customer, started
from tests.e2e.figures import record
from tests.e2e.providers import Twilio
from tests.e2e.stack import Stack

pytestmark = pytest.mark.e2e


def test_a_signed_text_is_stored_listed_unread_and_pushed(stack: Stack, elena: Person, twilio: Twilio) -> None:
    """In Seattle: Boston has more conversations by now than an unread total looks at."""
    customer = Customer(stack)
    before = elena.do("GET", "/me/unread")["total"]
    with elena.open_socket() as socket:
        assert twilio.text(customer.number, stack.number("seattle"), "Do you have it in green? 🌲").status_code == 200
        pushed = json.loads(socket.recv(timeout=10))["activities"]
    rows = elena.do("GET", "/stores/seattle/conversations?state=open")["rows"]
    row = rows[0]
    assert row["last_preview"] == "Do you have it in green? 🌲"
    assert (row["unread"], row["last_direction"]) == (1, "inbound")
    assert row["customer_address"].endswith(customer.number[-2:])
    assert customer.number not in json.dumps(rows)
    assert {(each["type"], each["id"]) for each in pushed} == {("conversation", row["id"])}
    assert elena.do("GET", "/me/unread")["total"] == before + 1
    [message] = elena.messages(row["id"])
    assert (message["body"], message["direction"], message["status"]) == (row["last_preview"], "inbound", "received")
    assert elena.ask("POST", f"/conversations/{row['id']}/read", {"up_to": message["id"]}).status_code == 204
    assert elena.do("GET", "/me/unread")["total"] == before


def test_an_answer_reaches_the_phone_and_climbs_from_queued_to_delivered(
    ben: Person, talking: Callable[..., tuple[Customer, str]]
) -> None:
    customer, conversation = talking()
    customer.texts("Can I pick it up at six?")
    customer.behave("slow")
    sent = ben.send(conversation, "Yes, we are here until eight.")
    assert sent["status"] == "queued"
    assert ben.wait_for_status(conversation, sent["id"], "sent")["failure"] is None
    assert "Yes, we are here until eight." not in customer.received()
    ben.wait_for_status(conversation, sent["id"], "delivered")
    assert customer.received()[-1] == "Yes, we are here until eight."


def test_the_first_text_names_the_store_and_the_way_out(ben: Person, customer: Customer) -> None:
    started(ben, customer, "Your shirt is ready.")
    [first] = customer.received()
    assert first == "Juniper & Pine Boston: Your shirt is ready.\nReply STOP to opt out."


def test_the_same_request_twice_sends_one_text(ben: Person, talking: Callable[..., tuple[Customer, str]]) -> None:
    customer, conversation = talking()
    first = ben.send(conversation, "Only once, please", key="a-key-of-the-browser")
    assert ben.send(conversation, "Only once, please", key="a-key-of-the-browser")["id"] == first["id"]
    again = {"body": "Something else"}
    refused = ben.refused("POST", f"/conversations/{conversation}/messages", again, key="a-key-of-the-browser")
    assert refused == (409, "idempotency_conflict")
    last = ben.send(conversation, "And that is all")
    ben.wait_for_status(conversation, last["id"], "delivered")
    customer.gets("Only once, please", "And that is all", after=1)


def test_answers_arrive_in_the_order_they_were_written(
    ben: Person, talking: Callable[..., tuple[Customer, str]]
) -> None:
    customer, conversation = talking()
    bodies = [f"Part {number} of five" for number in range(1, 6)]
    for body in bodies:
        last = ben.send(conversation, body)
    ben.wait_for_status(conversation, last["id"], "delivered")
    customer.gets(*bodies, after=1)


@pytest.mark.parametrize(
    "body",
    ["a\x00b", "x" * 1600, "👩‍👩‍👧‍👦 Grüße", "مرحبا، هل الطلب جاهز؟", "   ", "<script>alert(1)</script>"],
    ids=["nul", "longest", "emoji", "right-to-left", "spaces", "markup"],
)
def test_whatever_a_customer_writes_is_stored_as_text(stack: Stack, ben: Person, twilio: Twilio, body: str) -> None:
    customer = Customer(stack)
    assert twilio.text(customer.number, stack.number("boston"), body).status_code == 200
    row = ben.do("GET", "/stores/boston/conversations?state=open")["rows"][0]
    [message] = ben.messages(row["id"])
    assert message["body"].replace("\ufffd", "\x00") == body


def test_mark_as_unread_brings_the_circle_back(ben: Person, talking: Callable[..., tuple[Customer, str]]) -> None:
    customer, conversation = talking()
    ben.do("POST", f"/conversations/{conversation}/unread")
    row = ben.row(customer.name)
    assert row
    assert row["unread"] == 1


def test_how_fast_a_text_is_on_the_screen(stack: Stack, ben: Person, twilio: Twilio) -> None:
    """From the webhook's first byte to the pushed notice, and to the text fetched because of it."""
    customer = Customer(stack)
    twilio.text(customer.number, stack.number("boston"), "Warming up")
    conversation = ben.do("GET", "/stores/boston/conversations?state=open")["rows"][0]["id"]
    pushed: list[float] = []
    shown: list[float] = []
    with ben.open_socket() as socket:
        for number in range(10):
            body = f"Tick {number}"
            began = time.perf_counter()
            twilio.text(customer.number, stack.number("boston"), body)
            _wait_for_push(socket, conversation)
            pushed.append((time.perf_counter() - began) * 1000)
            wait_until(lambda body=body: ben.messages(conversation)[-1]["body"] == body, "the text in the thread")
            shown.append((time.perf_counter() - began) * 1000)
            while _more(socket):
                pass
    record("webhook_to_push_ms", {"median": round(statistics.median(pushed)), "max": round(max(pushed))})
    record("webhook_to_fetched_ms", {"median": round(statistics.median(shown)), "max": round(max(shown))})


def _wait_for_push(socket: ClientConnection, conversation: str) -> None:
    while True:
        activities = json.loads(socket.recv(timeout=10))["activities"]
        if any(activity["id"] == conversation for activity in activities):
            return


def _more(socket: ClientConnection) -> bool:
    try:
        socket.recv(timeout=0.2)
    except TimeoutError:
        return False
    return True
