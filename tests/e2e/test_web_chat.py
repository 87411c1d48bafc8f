"""The chat page's API over the running stack: the cookie, live updates, and nobody's address anywhere (X7)."""

import json
import secrets
from collections.abc import Callable
from typing import Any

import httpx
import pytest
from websockets.sync.client import connect

from local.driver import wait_until
from tests.e2e.api import Person, refusal
from tests.e2e.customers import Customer, order_of
from tests.e2e.stack import Stack
from tests.e2e.test_texts_that_do_not_arrive import due

pytestmark = pytest.mark.e2e


class Guest:
    """A customer's browser: keeps the cookie for the path that it is meant for."""

    def __init__(self, stack: Stack, http: httpx.Client, token: str) -> None:
        self._origin, self._http, self._cookie = stack.origin, http, ""
        self.opened = self.ask("POST", "", {"token": token})
        if self.opened.is_success:
            self.chat = f"/{self.opened.json()['chat_id']}"
            self._cookie = self.opened.headers["set-cookie"].partition(";")[0]

    def ask(self, method: str, path: str, body: Any = None) -> httpx.Response:
        headers = {"Cookie": self._cookie, "Idempotency-Key": secrets.token_urlsafe(16)}
        return self._http.request(method, f"{self._origin}/api/chat{path}", json=body, headers=headers)

    def bodies(self) -> list[str]:
        return [message["body"] for message in self.ask("GET", self.chat).json()["messages"]]


@pytest.fixture
def open_link(stack: Stack, outside: httpx.Client) -> Callable[[str], Guest]:
    def make(token: str) -> Guest:
        outside.cookies.clear()
        return Guest(stack, outside, token)

    return make


def started_on_page(person: Person, customer: Customer, body: str = "Hello there") -> tuple[str, str]:
    """The conversation's id, and the token in the text."""
    start = {"order_id": order_of(customer.orders()), "body": body, "chat_link": "in_text"}
    thread = person.do("POST", f"/stores/{customer.store}/conversations", start)
    customer.waits_for("/chat#")
    token = customer.received()[-1].partition("/chat#")[2][:22]
    return str(thread["conversation"]["id"]), token


def test_a_link_from_a_text_opens_a_conversation_without_signing_in(
    stack: Stack, ben: Person, customer: Customer, open_link: Callable[[str], Guest]
) -> None:
    conversation, token = started_on_page(ben, customer)
    assert stack.origin in customer.received()[-1]
    guest = open_link(token)
    assert "HttpOnly" in guest.opened.headers["set-cookie"]
    assert guest.bodies() == ["Hello there"]
    assert guest.ask("POST", f"{guest.chat}/messages", {"body": "Thank you"}).status_code == 201
    ben.send(conversation, "You are welcome")
    wait_until(lambda: guest.bodies()[-1] == "You are welcome", "the answer on the page")
    assert len(customer.received()) == 1, "no text besides the invitation"


def test_the_page_is_told_when_there_is_something(
    ben: Person, customer: Customer, open_link: Callable[[str], Guest]
) -> None:
    conversation, token = started_on_page(ben, customer)
    guest = open_link(token)
    with connect(guest.ask("POST", f"{guest.chat}/ticket").json()["url"], proxy=None) as socket:
        socket.send('{"action":"ping"}')
        assert json.loads(socket.recv(timeout=10)) == {"pong": True}
        ben.send(conversation, "Something new")
        assert json.loads(socket.recv(timeout=20)) == {"changed": True}


def test_neither_side_gets_the_others_address(
    stack: Stack, ben: Person, customer: Customer, open_link: Callable[[str], Guest]
) -> None:
    conversation, token = started_on_page(ben, customer)
    guest = open_link(token)
    guest.ask("POST", f"{guest.chat}/messages", {"body": "Thank you"})
    mine = guest.ask("GET", guest.chat).text
    own = json.loads(mine)["phone"]
    for private in (customer.number[1:], stack.number("boston")[1:], "juniper.example", conversation):
        assert private not in mine.replace(own, "")
    theirs = json.dumps([ben.do("GET", f"/conversations/{conversation}"), ben.rows("boston")])
    for private in (customer.number[1:], f"{customer.last_name.lower()}@", token):
        assert private not in theirs


def test_an_answer_that_nobody_reads_comes_by_mail_once_and_its_link_leads_back(
    stack: Stack, ben: Person, customer: Customer, open_link: Callable[[str], Guest]
) -> None:
    address = f"{customer.last_name.lower()}@mail.example"
    stack.driver.simulator("POST", "/mailboxes", {"address": address})
    conversation, token = started_on_page(ben, customer)
    guest = open_link(token)
    number = guest.ask("GET", guest.chat).json()["order"]
    guest.ask("POST", f"{guest.chat}/messages", {"body": "When does it come?"})
    ben.wait_for_status(conversation, ben.send(conversation, "Tomorrow morning")["id"], "sent")
    assert due(stack, 0)["replies_mailed"] == 0, "they may be reading"
    due(stack, 4)
    due(stack, 5)
    wait_until(lambda: mails_to(stack, address), "the answer in the mailbox")
    [mail] = mails_to(stack, address)
    assert mail["subject"] == f"Juniper & Pine Boston has answered you about your order {number}"
    assert "Tomorrow morning" in mail["text"]
    assert customer.number not in str(mail)
    again = open_link(mail["text"].partition("/chat#")[2][:22])
    assert again.bodies() == ["Hello there", "When does it come?", "Tomorrow morning"]
    assert again.ask("POST", f"{again.chat}/messages", {"body": "Thank you"}).status_code == 201
    assert len(customer.received()) == 1, "the invitation, and no further text"


def mails_to(stack: Stack, address: str) -> list[dict[str, Any]]:
    mails = stack.driver.simulator("GET", f"/mailboxes/{address}")["mails"]
    return [mail for mail in mails if mail["direction"] == "in"]


def test_what_opens_nothing_gets_one_answer(ben: Person, customer: Customer, open_link: Callable[[str], Guest]) -> None:
    conversation, token = started_on_page(ben, customer)
    guest, other = open_link(token), open_link(started_on_page(ben, Customer(customer.stack))[1])
    said = {open_link("0" * 22).opened.text, other.ask("GET", guest.chat).text}
    ben.do("DELETE", f"/conversations/{conversation}")
    said |= {guest.ask("GET", guest.chat).text, open_link(token).opened.text}
    assert len(said) == 1
    assert refusal(guest.ask("GET", guest.chat)) == (404, "chat_unavailable")
