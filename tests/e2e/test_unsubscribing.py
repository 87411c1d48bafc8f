"""One click stops a store's mails, through the whole local stack: a mail provider's request, scanners, people."""

from typing import Any

import httpx
import pytest

from chalicelib.domain.invites import INVITE_WORDING
from local.driver import wait_until
from tests.e2e.api import Person
from tests.e2e.stack import Stack
from tests.e2e.test_mail import Writer

pytestmark = pytest.mark.e2e
FORM = {"Content-Type": "application/x-www-form-urlencoded"}


def asked(stack: Stack, person: Person) -> tuple[Writer, dict[str, Any]]:
    """A customer, and the mail that asks for their yes."""
    writer = Writer(stack)
    made = person.do("POST", "/stores/seattle/invites", {"conversation_id": None})
    given = {
        "token": made["link"].partition("#")[2], "channel": "email", "address": writer.address, "name": None,
        "wording": INVITE_WORDING,
    }  # fmt: skip
    httpx.post(f"{stack.origin}/api/chat-invites/accept", json=given, timeout=30).raise_for_status()
    return writer, writer.waits_for("to be sent to this address")


def row_of(person: Person, writer: Writer) -> dict[str, Any]:
    """Their conversation: the latest one of the store's that asks by mail."""
    rows = [row for row in person.rows("seattle") if row["channel"] == "email" and row["requested_at"]]
    return max(rows, key=lambda row: int(row["last_activity_at"]))


def test_the_button_of_a_mail_program_stops_them_at_once(stack: Stack, elena: Person) -> None:
    writer, mail = asked(stack, elena)
    assert (mail["can_unsubscribe"], mail["unsubscribed"]) == (True, False)
    conversation = row_of(elena, writer)["id"]
    for _ in range(3):
        assert stack.driver.simulator("POST", f"/mails/{mail['id']}/unsubscribe", {}) == {"status": 200}
    wait_until(lambda: row_of(elena, writer)["opted_out"], "the opt-out in the list")
    lines = elena.do("GET", f"/conversations/{conversation}/consent")["rows"]
    assert [(line["state"], line["source"]) for line in lines if line["source"] == "unsubscribe"] == [
        ("opted_out", "unsubscribe")
    ]
    assert len(writer.got()) == 1, "nobody is mailed that they get no more mails"
    assert writer.got()[0]["unsubscribed"]


def test_looking_at_the_address_stops_nothing_and_a_forged_one_leads_nowhere(stack: Stack, elena: Person) -> None:
    writer, mail = asked(stack, elena)
    url = address(stack, mail)
    for method in ("GET", "HEAD", "GET"):
        assert httpx.request(method, url, timeout=30).status_code == 200
    assert httpx.post(url, content=b"x=y", headers=FORM, timeout=30).status_code == 400
    assert not row_of(elena, writer)["opted_out"]
    forged = httpx.post(f"{url}x", content=b"List-Unsubscribe=One-Click", headers=FORM, timeout=30)
    assert (forged.status_code, "leads nowhere" in forged.text) == (404, True)
    assert httpx.post(url, files={"List-Unsubscribe": (None, "One-Click")}, timeout=30).status_code == 200
    assert row_of(elena, writer)["opted_out"]


def test_answers_have_no_such_button(stack: Stack, elena: Person) -> None:
    writer = Writer(stack)
    writer.writes("Do you have a button?")
    row = wait_until(
        lambda: next((r for r in elena.rows("seattle") if r["last_preview"] == "Do you have a button?"), None), "a row"
    )
    elena.send(dict(row)["id"], "None on answers.")
    assert not writer.waits_for("None on answers.")["can_unsubscribe"]


def address(stack: Stack, mail: dict[str, Any]) -> str:
    """Of the button, as the mail's header has it."""
    url = str(mail["unsubscribe_url"])
    assert url.startswith(f"{stack.origin}/unsubscribe/")
    return url
