"""Boston and Seattle share a number at WhatsApp: each talks with the customer, and reads its own texts only (H19)."""

from typing import Any

import httpx
import pytest

from chalicelib.domain.invites import INVITE_WORDING
from local import merchant
from local.driver import wait_until
from tests.e2e.api import Person
from tests.e2e.customers import Customer
from tests.e2e.stack import Stack

pytestmark = pytest.mark.e2e
NUMBER = merchant.WHATSAPP_NUMBERS["seattle"]


def write(customer: Customer, body: str, **more: Any) -> None:
    customer.stack.driver.simulator("POST", f"/phones/{customer.number}/texts", {"to": NUMBER, "body": body, **more})


def heard(person: Person, store: str, body: str) -> str:
    """The id of the store's conversation, one of the latest three, in which the customer said this last.

    An automatic answer may stand below it.
    """

    def found() -> str:
        rows = person.do("GET", f"/stores/{store}/conversations?state=open")["rows"][:3]
        for conversation_id in (str(row["id"]) for row in rows):
            said = [each["body"] for each in person.messages(conversation_id) if each["direction"] == "inbound"]
            if said[-1:] == [body]:
                return conversation_id
        return ""

    return str(wait_until(found, f"{body!r} in {store}"))


def invited(outside: httpx.Client, by: Person, customer: Customer) -> str:
    """The word that the page then tells."""
    made = by.do("POST", "/stores/boston/invites", {"conversation_id": None})
    given = {
        "token": made["link"].partition("#")[2],
        "channel": "whatsapp",
        "address": customer.number,
        "name": customer.name,
        "wording": INVITE_WORDING,
    }
    page = outside.post(f"{customer.stack.origin}/api/chat-invites/accept", json=given)
    assert (page.status_code, page.json()["write_to"]) == (200, NUMBER)
    return str(page.json()["word"])


def test_each_store_reads_what_is_meant_for_it(stack: Stack, outside: httpx.Client, elena: Person, ben: Person) -> None:
    customer = Customer(stack, store="seattle")
    write(customer, f"Is my order there? {customer.name}")
    seattle = heard(elena, "seattle", f"Is my order there? {customer.name}")
    word = invited(outside, ben, customer)
    for said in (f"And the bag? {customer.name}", "YES"):
        write(customer, said)
        assert heard(elena, "seattle", said) == seattle
    write(customer, word)
    wait_until(lambda: "You have opted in" in " ".join(customer.received()), "the confirmation")
    ben_said = f"Ben here, {customer.name}"
    boston = next(
        str(row["id"])
        for row in ben.do("GET", "/stores/boston/conversations?state=open")["rows"]
        if row["channel"] == "whatsapp" and row["customer_name"] == customer.name
    )
    ben.send(boston, ben_said)
    wait_until(lambda: ben_said in customer.received(), "Ben's text")
    elena.send(seattle, f"It is, {customer.name}")
    wait_until(lambda: f"It is, {customer.name}" in customer.received(), "Elena's text")
    write(customer, f"Thanks, {customer.name}")
    assert heard(elena, "seattle", f"Thanks, {customer.name}") == seattle
    quoted = next(text["sid"] for text in customer.phone["texts"] if text["body"] == ben_said)
    write(customer, f"Hello Ben, {customer.name}", quoting=quoted)
    assert heard(ben, "boston", f"Hello Ben, {customer.name}") == boston
    assert all(customer.name not in message["body"] or "Ben" in message["body"] for message in ben.messages(boston))
    assert not any("Ben" in message["body"] for message in elena.messages(seattle))
