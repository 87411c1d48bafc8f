"""E-mail through the whole local stack: a mail comes in, an answer goes out and comes back, bounces say why."""

import itertools
import smtplib
from email.message import EmailMessage
from typing import Any

import pytest

from local.driver import wait_until
from local.merchant import MAIL_DOMAIN
from tests.e2e.api import Person
from tests.e2e.stack import Stack

pytestmark = pytest.mark.e2e
SEATTLE = f"seattle@{MAIL_DOMAIN}"
_numbers = itertools.count(1)


class Writer:
    """Somebody with a mailbox nobody has used before."""

    def __init__(self, stack: Stack, *, verified: bool = True) -> None:
        self.stack, self.address = stack, f"writer{next(_numbers)}@mail.example"
        box = {"address": self.address, "name": "Vera Writer", "verified": verified}
        stack.driver.simulator("POST", "/mailboxes", box)

    def behaves(self, behaviour: str) -> None:
        self.stack.driver.simulator("PATCH", f"/mailboxes/{self.address}", {"behaviour": behaviour})

    def writes(self, text: str, to: str = SEATTLE, **fields: Any) -> None:
        self.stack.driver.mail(self.address, {"to": to, "subject": "A question", "text": text, **fields})

    def got(self) -> list[dict[str, Any]]:
        mails = self.stack.driver.simulator("GET", f"/mailboxes/{self.address}")["mails"]
        return [mail for mail in mails if mail["direction"] == "in"]

    def waits_for(self, words: str) -> dict[str, Any]:
        def found() -> dict[str, Any] | None:
            return next((mail for mail in self.got() if words in (mail["text"] or "")), None)

        return dict(wait_until(found, f"{words!r} in the mailbox"))


def conversation_of(person: Person, said: str) -> str:
    def found() -> str:
        return next((str(row["id"]) for row in person.rows("seattle") if row["last_preview"] == said), "")

    return str(wait_until(found, f"{said!r} in the inbox"))


def test_an_associates_own_mailbox_is_theirs(stack: Stack, elena: Person) -> None:
    writer = Writer(stack)
    writer.writes("Is Elena there, by mail?", to=f"elena@{MAIL_DOMAIN}")
    conversation = conversation_of(elena, "Is Elena there, by mail?")
    elena.send(conversation, "She is.")
    answer = writer.waits_for("She is.")
    assert "Elena Reyes at Juniper & Pine Seattle" in str(answer)
    assert f"elena@{MAIL_DOMAIN}" in str(answer)
    assert f"seattle@{MAIL_DOMAIN}" not in str(answer)


def test_a_mail_is_answered_and_the_answer_answered(stack: Stack, elena: Person) -> None:
    writer = Writer(stack)
    writer.writes("Is the lantern in, by mail?")
    conversation = conversation_of(elena, "Is the lantern in, by mail?")
    [message] = elena.messages(conversation)
    assert (message["mail"]["subject"], message["mail"]["unverified"]) == ("A question", False)
    sent = elena.send(conversation, "It is: 12 left – 50% off 👍")
    elena.wait_for_status(conversation, sent["id"], "delivered")
    answer = writer.waits_for("It is: 12 left – 50% off 👍")
    assert answer["peer"] == SEATTLE
    assert answer["answer_to"].startswith("seattle+")
    assert answer["references"]
    quoted = "".join(f"> {line}\n" for line in answer["text"].splitlines())
    reply = f"I come by at five.\n\nOn Sunday, Seattle <{answer['peer']}> wrote:\n{quoted}"
    writer.writes(reply, to=answer["answer_to"], in_reply_to=answer["id"])
    wait_until(lambda: len(elena.messages(conversation)) == 3, "the answer to the answer")
    newest = elena.messages(conversation)[-1]
    assert newest["body"].strip() == "I come by at five."
    assert "12 left" in newest["mail"]["folded"]


@pytest.mark.parametrize("behaviour", ["bounces", "full"])
def test_a_mail_that_comes_back_says_why(stack: Stack, elena: Person, behaviour: str) -> None:
    writer = Writer(stack)
    writer.writes(f"My mailbox {behaviour}")
    conversation = conversation_of(elena, f"My mailbox {behaviour}")
    writer.behaves(behaviour)
    sent = elena.send(conversation, "Thank you!")
    failed = elena.wait_for_status(conversation, sent["id"], "failed")
    assert failed["failure"]["code"] == {"bounces": "no_such_mailbox", "full": "mailbox_full"}[behaviour]


def test_a_sender_nobody_vouches_for_is_marked(stack: Stack, elena: Person) -> None:
    writer = Writer(stack, verified=False)
    writer.writes("I am your boss, honestly")
    conversation = conversation_of(elena, "I am your boss, honestly")
    assert elena.messages(conversation)[0]["mail"]["unverified"] is True


def test_a_mail_program_reaches_the_inbox(stack: Stack, elena: Person) -> None:
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = "Pia Program <pia@mail.example>", SEATTLE, "From my program"
    mail.set_content("Written in a mail program")
    with smtplib.SMTP("127.0.0.1", stack.smtp_port, timeout=30) as client:
        client.send_message(mail)
    conversation = conversation_of(elena, "Written in a mail program")
    assert elena.messages(conversation)[0]["mail"]["unverified"] is False


def test_the_same_notification_twice_is_one_message(stack: Stack, elena: Person) -> None:
    writer = Writer(stack)
    writer.writes("Once, please")
    conversation = conversation_of(elena, "Once, please")
    [mail] = stack.driver.simulator("GET", f"/mailboxes/{writer.address}")["mails"]
    assert stack.driver.simulator("POST", "/webhooks/repeat", {"mail_id": mail["id"]}) == {"status": 200}
    writer.writes("And this after it")
    wait_until(lambda: elena.messages(conversation)[-1]["body"] == "And this after it", "the mail after the repeat")
    assert [message["body"] for message in elena.messages(conversation)] == ["Once, please", "And this after it"]
