"""The merchant's own phone gets one text for an order or a new ticket, whatever the webhooks do, and none after STOP
(L7, L17, L18, L22)."""

import secrets
from collections.abc import Iterator

import pytest

from local.driver import wait_until
from tests.e2e import functions
from tests.e2e.api import Person
from tests.e2e.customers import Customer
from tests.e2e.providers import Shopify
from tests.e2e.stack import Stack
from tests.e2e.test_texts_that_do_not_arrive import due

pytestmark = pytest.mark.e2e
PATH = "/stores/seattle/merchant-phone"


@pytest.fixture
def phone(stack: Stack, maya: Person) -> Iterator[Customer]:
    """The phone of Seattle's merchant while the test runs."""
    owner = Customer(stack, first_name="Olga", store="seattle")
    maya.do("PUT", PATH, {"phone": owner.number, "phone_was": None})
    functions.forget_set_up(stack)
    yield owner
    maya.do("PUT", PATH, {"phone": None, "phone_was": owner.number})
    functions.forget_set_up(stack)


def _tell(stack: Stack) -> None:
    while not due(stack, 1)["finished"]:
        pass


def test_an_order_whose_webhooks_come_twice_is_one_text_and_its_payment_another(
    stack: Stack, maya: Person, shopify: Shopify, phone: Customer
) -> None:
    buyer = Customer(stack, store="seattle")
    order = shopify.order(f"#M{secrets.randbelow(10**9)}", buyer.number, buyer.name, store="seattle")
    event = secrets.token_hex(16)
    for _ in range(2):
        assert shopify.post("orders/create", order, event_id=event).status_code == 200
        _tell(stack)
    assert shopify.post("orders/updated", order).status_code == 200
    _tell(stack)
    placed = f"New order {order['name']}, 49.90 USD. Juniper & Pine Seattle"
    phone.gets(placed)
    assert shopify.post("orders/paid", {**order, "financial_status": "paid"}).status_code == 200
    _tell(stack)
    phone.gets(placed, f"Order {order['name']} has been paid, 49.90 USD. Juniper & Pine Seattle")
    assert buyer.received() == []
    shown = maya.ask("GET", "/stores/seattle/conversations?state=open").text
    assert order["name"] not in shown
    assert phone.number[-4:] not in shown


def test_stop_from_that_phone_is_confirmed_and_honoured_and_the_settings_say_so(
    stack: Stack, maya: Person, shopify: Shopify, phone: Customer
) -> None:
    phone.texts("STOP")
    wait_until(lambda: len(phone.received()) == 1, "the confirmation")
    assert maya.do("GET", PATH) == {"phone": phone.number, "opted_out": True}
    order = shopify.order(f"#S{secrets.randbelow(10**9)}", Customer(stack).number, "Nora Quiet", store="seattle")
    assert shopify.post("orders/create", order).status_code == 200
    _tell(stack)
    [row] = maya.do("GET", f"/stores/seattle/orders?q={order['name'][1:]}")["rows"]
    [told] = maya.do("GET", f"/orders/{row['id']}/automatic-texts")["rows"]
    assert (told["state"], told["not_sent"]) == ("not_sent", "opted_out")
    assert len(phone.received()) == 1
    assert maya.row(phone.name, store="seattle") is None


def test_a_customer_who_begins_to_write_is_one_text_that_says_nothing_of_them(
    stack: Stack, maya: Person, phone: Customer
) -> None:
    buyer = Customer(stack, first_name="Wilma", store="seattle")
    ticket = "New message from a customer. Answer in Counterline. Juniper & Pine Seattle"
    for body in ("Do you have canary boots?", "In blue?"):
        buyer.texts(body)
        _tell(stack)
    phone.gets(ticket)
    assert buyer.received() == []
    shown = maya.ask("GET", "/stores/seattle/conversations?state=open").text
    assert phone.number[-4:] not in shown
