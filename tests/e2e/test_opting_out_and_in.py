"""STOP, HELP and START on the real stack (docs/requirements.md, Keywords; N9-N14)."""

from collections.abc import Callable

import pytest

from local.driver import wait_until
from tests.e2e.api import Person
from tests.e2e.customers import Customer, order_of
from tests.e2e.stack import Stack

pytestmark = pytest.mark.e2e
Talking = Callable[..., tuple[Customer, str]]

OUT = "You have opted out"
IN = "You have opted in"


def test_stop_is_confirmed_once_and_blocks_everything(ben: Person, talking: Talking) -> None:
    customer, conversation = talking()
    customer.texts(" Stop! ")
    customer.waits_for(OUT)
    customer.texts("STOP")
    row = ben.row(customer.name)
    assert row
    assert row["opted_out"]
    assert row["last_preview"] == "STOP"
    refused = ben.refused("POST", f"/conversations/{conversation}/messages", {"body": "One more thing"})
    assert refused == (409, "opted_out")
    start = {"order_id": order_of(customer.orders()), "body": "A new order!"}
    assert ben.refused("POST", "/stores/boston/conversations", start) == (409, "opted_out")
    assert ben.do("GET", f"/conversations/{conversation}/customer")["consent"] == "opted_out"
    assert _count(customer, OUT) == 1


def test_help_is_answered_also_for_those_who_opted_out(talking: Talking) -> None:
    customer, _ = talking()
    customer.texts("STOP")
    customer.waits_for(OUT)
    customer.texts("help")
    customer.waits_for("for help call +16175550100")


def test_start_brings_the_customer_back_with_one_confirmation(ben: Person, talking: Talking) -> None:
    customer, conversation = talking()
    customer.texts("STOP")
    customer.waits_for(OUT)
    customer.texts("START")
    customer.waits_for(IN)
    row = ben.row(customer.name)
    assert row
    assert not row["opted_out"]
    sent = ben.send(conversation, "Welcome back")
    ben.wait_for_status(conversation, sent["id"], "delivered")
    assert _count(customer, IN) == 1
    assert customer.received()[-1] == "Welcome back"


def test_a_message_already_queued_is_not_sent_after_the_opt_out(ben: Person, talking: Talking) -> None:
    customer, conversation = talking()
    customer.behave("rate_limited")
    queued = [ben.send(conversation, f"Queued before the opt-out {number}")["id"] for number in (1, 2)]
    customer.texts("STOP")
    customer.behave("normal")
    customer.waits_for(OUT)
    for message in queued:
        failed = ben.wait_for_status(conversation, message, "failed")
        assert failed["failure"]["code"] == "opted_out"
    assert not [body for body in customer.received() if "Queued before" in body]


def test_cancel_within_a_sentence_is_ordinary_talk(ben: Person, talking: Talking) -> None:
    customer, conversation = talking()
    customer.texts("Please cancel my order")
    sent = ben.send(conversation, "Done!")
    ben.wait_for_status(conversation, sent["id"], "delivered")


def test_the_providers_block_list_opts_out_in_our_ledger_too(ben: Person, talking: Talking) -> None:
    customer, conversation = talking()
    customer.behave("opted_out")
    sent = ben.send(conversation, "Are you there?")
    assert ben.wait_for_status(conversation, sent["id"], "failed")["failure"]["code"] == "opted_out"
    wait_until(lambda: (ben.row(customer.name) or {}).get("opted_out"), "the broken heart")
    refused = ben.refused("POST", f"/conversations/{conversation}/messages", {"body": "Again?"})
    assert refused == (409, "opted_out")


def test_an_opt_out_of_one_store_leaves_the_other_alone(stack: Stack, elena: Person, talking: Talking) -> None:
    customer, _ = talking()
    customer.texts("STOP")
    customer.waits_for(OUT)
    customer.texts("Hello Seattle", store="seattle")
    conversation = elena.do("GET", "/stores/seattle/conversations?state=open")["rows"][0]["id"]
    sent = elena.send(conversation, "Hello from Seattle")
    elena.wait_for_status(conversation, sent["id"], "delivered")


def _count(customer: Customer, beginning: str) -> int:
    return sum(body.startswith(beginning) for body in customer.received())
