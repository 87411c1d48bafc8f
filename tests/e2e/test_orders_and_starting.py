"""Orders from the shop, and who a conversation can be started with (D2, D3, D8-D11, D20)."""

import secrets
from collections.abc import Callable

import pytest

from local.driver import wait_until
from tests.e2e.api import Person
from tests.e2e.customers import Customer, fresh_number, order_of, started
from tests.e2e.providers import Shopify
from tests.e2e.stack import Stack

pytestmark = pytest.mark.e2e


def test_an_order_is_kept_current_by_its_webhooks(ben: Person, customer: Customer) -> None:
    placed = customer.orders(title="Canvas weekender")
    order = order_of(placed)
    seen = ben.do("GET", f"/orders/{order}")
    assert (seen["customer_name"], seen["payment"], seen["fulfilment"]) == (customer.name, "pending", "unfulfilled")
    assert [line["title"] for line in seen["lines"]] == ["Canvas weekender"]
    assert (seen["total"], seen["active"], seen["startable"]) == (4990, True, True)
    customer.order_becomes(placed["id"], "pay")
    assert ben.do("GET", f"/orders/{order}")["payment"] == "paid"
    customer.order_becomes(placed["id"], "fulfil")
    assert ben.do("GET", f"/orders/{order}")["fulfilment"] == "fulfilled"


def test_a_cancelled_order_is_not_active_and_cannot_be_started_about(ben: Person, customer: Customer) -> None:
    placed = customer.orders()
    customer.order_becomes(placed["id"], "cancel")
    order = ben.do("GET", f"/orders/{order_of(placed)}")
    assert order["cancelled_at"] is not None
    assert (order["active"], order["startable"]) == (False, False)
    start = {"order_id": order["id"], "body": "Hello"}
    assert ben.refused("POST", "/stores/boston/conversations", start) == (409, "order_not_startable")
    assert order["id"] not in _startable(ben)


def test_closing_an_order_closes_its_conversation(ben: Person, customer: Customer) -> None:
    conversation = started(ben, customer)
    [placed] = [o for o in customer.stack.driver.simulator("GET", "/state")["orders"] if _is_of(o, customer)]
    customer.order_becomes(placed["id"], "close")

    def closed() -> bool:
        return bool(ben.do("GET", f"/conversations/{conversation}")["conversation"]["state"] == "closed")

    wait_until(closed, "the conversation to be closed with its order")
    assert ben.row(customer.name) is None
    assert ben.row(customer.name, state="closed") is not None


def test_only_active_orders_of_the_past_72_hours_can_be_started_about(
    stack: Stack, ben: Person, shopify: Shopify
) -> None:
    inside, outside = f"#I{secrets.randbelow(10**9)}", f"#O{secrets.randbelow(10**9)}"
    for number, hours in ((inside, 71 + 59 / 60), (outside, 72 + 1 / 60)):
        order = shopify.order(number, fresh_number(), f"Clock {number[1:]}", hours_ago=hours)
        assert shopify.post("orders/create", order).status_code == 200
    numbers = [row["number"] for row in ben.pages("/stores/boston/orders?startable=true")]
    assert inside in numbers
    assert outside not in numbers
    [old] = ben.do("GET", f"/stores/boston/orders?q={outside[1:]}")["rows"]
    start = {"order_id": old["id"], "body": "Hello"}
    assert ben.refused("POST", "/stores/boston/conversations", start) == (409, "order_not_startable")


def test_the_start_dialog_lists_the_newest_order_first_and_can_be_searched(stack: Stack, ben: Person) -> None:
    customers = [Customer(stack) for _ in range(3)]
    hours = {1: 30, 0: 20, 2: 10}
    placed = {index: order_of(customers[index].orders(hours_ago=hours[index])) for index in hours}
    rows = ben.pages("/stores/boston/orders?startable=true")
    assert [row["placed_at"] for row in rows] == sorted((row["placed_at"] for row in rows), reverse=True)
    mine = [row["id"] for row in rows if row["id"] in placed.values()]
    assert mine == [placed[2], placed[0], placed[1]]
    found = ben.do("GET", f"/stores/boston/orders?startable=true&q={customers[0].last_name}")["rows"]
    assert [row["customer_name"] for row in found] == [customers[0].name]


def test_starting_twice_about_one_customer_takes_up_the_same_conversation(ben: Person, customer: Customer) -> None:
    first = started(ben, customer, "Hello")
    second = started(ben, customer, "About your other order")
    assert second == first
    assert customer.received()[-1] == "About your other order"


def test_a_customer_without_a_mobile_number_cannot_be_started_with(ben: Person, shopify: Shopify) -> None:
    number = f"#N{secrets.randbelow(10**9)}"
    order = shopify.order(number, fresh_number(), "No Phone")
    order["customer"]["phone"] = None
    assert shopify.post("orders/create", order).status_code == 200
    [row] = ben.do("GET", f"/stores/boston/orders?q={number[1:]}")["rows"]
    start = {"order_id": row["id"], "body": "Hello"}
    assert ben.refused("POST", "/stores/boston/conversations", start) == (409, "customer_unreachable")


def test_several_conversations_are_held_at_once(ben: Person, talking: Callable[..., tuple[Customer, str]]) -> None:
    talks = [talking(wait=False) for _ in range(3)]
    sent = [(talk, ben.send(talk[1], f"For {talk[0].name} only")["id"]) for talk in talks]
    for (customer, conversation), message in sent:
        ben.wait_for_status(conversation, message, "delivered")
        wait_until(lambda whom=customer: len(whom.received()) >= 2, "both texts")  # the network carries each by itself
        assert customer.received()[1:] == [f"For {customer.name} only"]


def _startable(person: Person) -> set[str]:
    return {row["id"] for row in person.pages("/stores/boston/orders?startable=true")}


def _is_of(order: dict[str, object], customer: Customer) -> bool:
    return customer.number in str(order["customer"])
