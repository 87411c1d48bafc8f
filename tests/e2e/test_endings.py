"""Closed, deleted, expired: what ends, what comes back, and the one automatic answer (D18-D20, N27)."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from local.driver import wait_until
from local.sweep import sweep
from tests.e2e import past
from tests.e2e.api import Person
from tests.e2e.customers import Customer, started
from tests.e2e.stack import Stack

pytestmark = pytest.mark.e2e
Talking = Callable[..., tuple[Customer, str]]

ENDED = "Juniper & Pine Boston has ended this conversation. Please call +16175550100."


def test_who_writes_into_a_closed_conversation_gets_one_answer(ben: Person, talking: Talking) -> None:
    customer, conversation = talking()
    assert ben.do("POST", f"/conversations/{conversation}/close")["state"] == "closed"
    customer.texts("Hello? Anybody there?")
    customer.waits_for(ENDED)
    customer.texts("I really need an answer")
    _comes_to_rest(customer)
    assert customer.received().count(ENDED) == 1
    refused = ben.refused("POST", f"/conversations/{conversation}/messages", {"body": "Too late"})
    assert refused == (409, "conversation_ended")
    assert ben.row(customer.name) is None
    bodies = [message["body"] for message in ben.messages(conversation)]
    assert bodies[1:4] == ["Hello? Anybody there?", ENDED, "I really need an answer"]


def test_closing_can_be_undone(ben: Person, talking: Talking) -> None:
    customer, conversation = talking()
    ben.do("POST", f"/conversations/{conversation}/close")
    assert ben.do("POST", f"/conversations/{conversation}/reopen")["state"] == "open"
    customer.texts("Still here")
    sent = ben.send(conversation, "So are we")
    ben.wait_for_status(conversation, sent["id"], "delivered")
    assert ENDED not in customer.received()


def test_a_deleted_conversation_is_gone_and_only_answers_once(ben: Person, talking: Talking) -> None:
    customer, conversation = talking()
    customer.texts("Something private")
    assert ben.ask("DELETE", f"/conversations/{conversation}").status_code == 204
    for method, path in (("GET", ""), ("GET", "/customer"), ("POST", "/close"), ("POST", "/reopen"), ("DELETE", "")):
        assert ben.refused(method, f"/conversations/{conversation}{path}") == (404, "not_found")
    customer.texts("Hello again")
    customer.waits_for(ENDED)
    customer.texts("And again")
    _comes_to_rest(customer)
    assert customer.received().count(ENDED) == 1
    for state in ("open", "closed"):
        assert ben.row(customer.name, state=state) is None


def test_what_was_said_in_a_deleted_conversation_is_erased(stack: Stack, ben: Person, talking: Talking) -> None:
    customer, conversation = talking()
    customer.texts("My secret is 7319-unforgettable")
    assert _in_table(stack, "7319-unforgettable")
    ben.ask("DELETE", f"/conversations/{conversation}")
    wait_until(lambda: not _in_table(stack, "7319-unforgettable"), "the messages to be erased")


def test_expiry_is_exact_without_any_sweep(stack: Stack, ben: Person) -> None:
    lively, over = Customer(stack), Customer(stack)
    past.texted(stack, lively.number, "Almost forgotten, not quite", days_ago=119.99)
    past.texted(stack, over.number, "Long forgotten", days_ago=120.01)
    previews = [row["last_preview"] for row in ben.rows("boston")]
    assert "Almost forgotten, not quite" in previews
    assert "Long forgotten" not in previews
    over.texts("Do you remember me?")
    over.waits_for(ENDED)


def test_the_sweep_puts_away_what_expires_by_its_clock_and_keeps_the_number_reserved(stack: Stack, ben: Person) -> None:
    customer, other = Customer(stack), Customer(stack)
    past.texted(stack, customer.number, "Nearly four months ago", days_ago=119.95)
    other.texts("I am new here")
    row = next(row for row in ben.rows("boston") if row["last_preview"] == "Nearly four months ago")
    swept = sweep(stack.local.session, datetime.now(UTC) + timedelta(hours=2))
    assert swept["finished"]
    assert swept["expired"] >= 1
    assert ben.do("GET", f"/conversations/{row['id']}")["conversation"]["state"] == "expired"
    assert sweep(stack.local.session, datetime.now(UTC) + timedelta(hours=2)) == {"expired": 0, "finished": True}
    refused = ben.refused("POST", f"/conversations/{row['id']}/messages", {"body": "Too late"})
    assert refused == (409, "conversation_ended")
    customer.texts("Are you still there?")
    customer.waits_for(ENDED)
    assert [message["body"] for message in ben.messages(row["id"])] == ["Nearly four months ago", ENDED]
    assert any(row["last_preview"] == "I am new here" for row in _open(ben))


def test_a_new_order_takes_an_ended_conversation_up_again(ben: Person, talking: Talking) -> None:
    customer, conversation = talking()
    ben.do("POST", f"/conversations/{conversation}/close")
    assert started(ben, customer, "About your new order") == conversation
    customer.texts("Great")
    assert ENDED not in customer.received()


def _open(person: Person) -> list[dict[str, object]]:
    return person.rows("boston")


def _comes_to_rest(customer: Customer) -> None:
    """HELP is always answered, and after everything that was asked before."""
    customer.texts("HELP")
    customer.waits_for("for help call")


def _in_table(stack: Stack, text: str) -> bool:
    pages = stack.client("dynamodb").get_paginator("scan").paginate(TableName=stack.outputs["TableName"])
    return any(text in str(page["Items"]) for page in pages)
