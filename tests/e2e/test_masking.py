"""Nobody sees anybody's address (X7): customers with addresses to look for write on every channel, and what the store's
people are shown and pushed is searched for them; so is what customers get, for the addresses of the store's people.

The lists of what is looked through come from docs/openapi.json: a new route is searched, or fails the test.
"""

import json
import smtplib
from collections.abc import Iterator
from contextlib import contextmanager
from email.message import EmailMessage
from typing import Any

import httpx
import pytest

from local import merchant
from local.driver import wait_until
from local.workspace import ROOT
from tests.e2e.api import Person
from tests.e2e.customers import Customer, fresh_number
from tests.e2e.providers import Meta
from tests.e2e.stack import Stack
from tests.e2e.test_mail import Writer
from tests.e2e.test_web_chat import Guest, started_on_page

pytestmark = pytest.mark.e2e
MAILBOX = f"boston@{merchant.MAIL_DOMAIN}"
PEOPLE = "@juniper.example"
"""The mailboxes that the store's people sign in with; proxies have a domain of their own."""
NOT_SHOWN = {
    "/conversations/{conversation_id}/messages/{message_id}/media/{media_id}",
    "/conversations/{conversation_id}/pictures/{picture_id}",
    "/stores/{store_id}/orders/{order_id}/pictures/{start_picture_id}",
    "/stores/{store_id}/bulk/{bulk_id}",
    "/stores/{store_id}/bulk/{bulk_id}/results",
}
"""Files: their links hold ids. Bulk texts, of which there are none here: words with their tokens, and ids."""
CREDITS = "/stores/{store_id}/credits"
"""The demo does without them; they name nobody."""
OUTLOOK = """{said}

Kind regards
Vera

________________________________
From: Vera Writer <{own}>
Sent: Sunday, November 22, 2026 2:31 PM
To: {friend}; Juniper & Pine Boston <{mailbox}>
Cc: "Canary, Copied" <{copied}>
Subject: RE: A question

> written from {own} to {friend}
"""
HTML = """<div>{said}</div><div id="appendonsend"></div><hr><div id="divRplyFwdMsg"><b>From:</b> Vera Writer
&lt;<a href="mailto:{own}">{own}</a>&gt;<br><b>To:</b> <a href="mailto:{friend}">{friend}</a><br><b>Cc:</b> {copied}<br>
<b>Subject:</b> A question</div><img src="https://tracker.example/{own}.png" alt="{own}">"""


class Frames:
    """What is pushed to somebody's app."""

    def __init__(self, socket: Any) -> None:
        self._socket = socket

    def until(self, words: str) -> str:
        """Everything that has come once something with these words has."""
        heard: list[str] = []
        while not heard or words not in heard[-1]:
            heard.append(str(self._socket.recv(timeout=20)))
        return "\n".join(heard)


@contextmanager
def listening(person: Person) -> Iterator[Frames]:
    with person.open_socket() as socket:
        yield Frames(socket)


def post(stack: Stack, mail: EmailMessage, sender: str = "") -> None:
    with smtplib.SMTP("127.0.0.1", stack.smtp_port, timeout=30) as client:
        client.send_message(mail, from_addr=sender or mail["From"], to_addrs=[MAILBOX])


def everything_shown(person: Person, store: str, said: str) -> str:
    """All that the API tells this person of a store, and of the conversation in which that was said."""
    row = wait_until(
        lambda: next((row for row in person.rows(store) if row["last_preview"] == said), None), f"{said!r} in the inbox"
    )
    order_id = person.do("GET", f"/conversations/{row['id']}")["conversation"]["order_id"]
    ids = {"store_id": store, "conversation_id": row["id"], **({"order_id": order_id} if order_id else {})}
    routes = json.loads((ROOT / "docs" / "openapi.json").read_text())["paths"]
    shown = []
    for path, methods in routes.items():
        open_to_all = "get" in methods and methods["get"].get("security") == []
        if "get" not in methods or open_to_all or path in NOT_SHOWN or ("{order_id}" in path and "order_id" not in ids):
            continue
        answer = person.ask("GET", path.format(**ids))
        expected = (403, 404) if path.startswith(CREDITS) else (200, 403)  # what only managers may is empty here
        assert answer.status_code in expected, f"{path}: {answer.status_code}"
        shown.append(answer.text)
    assert any(said in text for text in shown)
    return "\n".join(shown)


def told(person: Person, store: str, words: str) -> str:
    """What a search for these words answers."""
    return person.ask("GET", f"/stores/{store}/conversations?state=open&q={words}").text


def test_a_mail_shows_no_address_of_its_sender_nor_of_anybody_it_names(stack: Stack, ben: Person) -> None:
    writer = Writer(stack)
    own, friend, copied = writer.address, "canary.friend@other.example", "canary.copied@third.example"
    words = {"own": own, "friend": friend, "copied": copied, "mailbox": MAILBOX, "said": "Do you have it in green?"}
    mail = EmailMessage()
    mail["From"] = f'"{own}" <{own}>'
    mail["Sender"], mail["Reply-To"] = f"<{friend}>", f'"{friend}" <{friend}>'
    mail["To"], mail["Cc"] = f"{MAILBOX}, {friend}", f'"Canary, Copied" <{copied}>'
    mail["Subject"], mail["X-Original-To"] = f"Question of {own}", own
    mail.set_content(OUTLOOK.format(**words))
    mail.add_alternative(HTML.format(**words), subtype="html")
    with listening(ben) as frames:
        post(stack, mail, own)
        shown = everything_shown(ben, "boston", words["said"]) + frames.until("activities")
    for address in (own, friend, copied):
        assert address not in shown
        assert address.partition("@")[0] not in shown
    assert "tracker.example" not in shown


def test_an_answer_goes_to_nobody_else_and_names_nobody(stack: Stack, ben: Person) -> None:
    writer, other = Writer(stack), Writer(stack)
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Cc"], mail["Subject"] = writer.address, MAILBOX, other.address, "For two"
    mail.set_content("Please answer us both")
    post(stack, mail)
    row = wait_until(
        lambda: next((row for row in ben.rows("boston") if row["last_preview"] == "Please answer us both"), None),
        "the mail in the inbox",
    )
    sent = ben.send(row["id"], "Here you are")
    ben.wait_for_status(row["id"], sent["id"], "delivered")
    got = json.dumps(writer.waits_for("Here you are"))
    assert other.got() == []
    for address in (other.address, PEOPLE, f"{other.address.partition('@')[0]}"):
        assert address not in got


@pytest.mark.parametrize("way", ["sms", "aws", "whatsapp"])
def test_a_text_shows_nobodys_number(stack: Stack, ben: Person, elena: Person, meta: Meta, way: str) -> None:
    number, said = fresh_number(), f"Is it there yet, by {way}?"
    person, store = (elena, "seattle") if way == "whatsapp" else (ben, "boston")
    with listening(person) as frames:
        if way == "whatsapp":  # its sender calls themselves by their number, as many do
            message = meta.message(number, said)
            assert meta.post(meta.batch(merchant.WHATSAPP_NUMBERS[store], message, name=number)).status_code == 200
        else:
            stack.driver.simulator("POST", "/phones", {"number": number, "name": "Somebody"})
            stack.driver.text(number, merchant.AWS_NUMBER if way == "aws" else stack.number(store), said)
        shown = everything_shown(person, store, said) + frames.until("activities") + told(person, store, number[-4:])
    for form in (number[2:], f"{number[2:5]} {number[5:8]} {number[8:]}", f"{number[2:5]}-{number[5:8]}-{number[8:]}"):
        assert form not in shown


def test_an_order_and_its_customer_show_no_address(stack: Stack, ben: Person, outside: httpx.Client) -> None:
    """The shop knows number and mailbox; and on the chat page the customer sees none of anybody's."""
    customer = Customer(stack)
    conversation, token = started_on_page(ben, customer, "Hello from the page")
    guest = Guest(stack, outside, token)
    said = f"It fits, says {customer.first_name} of {conversation[-4:]}"
    with listening(ben) as frames:
        assert guest.ask("POST", f"{guest.chat}/messages", {"body": said}).is_success
        shown = everything_shown(ben, "boston", said) + frames.until("activities")
    mailbox = f"{customer.last_name.lower()}@mail.example"
    for address in (customer.number[2:], mailbox):
        assert address not in shown
    page = guest.ask("GET", guest.chat).text + json.dumps(customer.phone["texts"])
    for address in (PEOPLE, mailbox, stack.number("boston")[1:] + '"}'):
        assert address not in page
