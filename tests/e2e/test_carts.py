"""A remote cart from end to end: priced by the shop, shared, paid on the provider's page, ordered (N21-N26)."""

import json
import re
from collections.abc import Callable
from typing import Any

import httpx
import pytest

from local import merchant
from local.driver import wait_until
from tests.e2e.api import Person
from tests.e2e.customers import Customer, started
from tests.e2e.stack import Stack
from tests.e2e.test_texts_that_do_not_arrive import due

pytestmark = pytest.mark.e2e


@pytest.fixture
def conversation(stack: Stack, elena: Person) -> tuple[str, Customer]:
    """In Seattle, where Stripe takes the money; the catalogue is read."""
    while not elena.do("GET", "/stores/seattle/products")["rows"]:
        due(stack, 0)
    customer = Customer(stack, store="seattle")
    return started(elena, customer), customer


def cart_when(person: Person, conversation_id: str, state: str) -> dict[str, Any]:
    def there() -> dict[str, Any] | None:
        rows = person.do("GET", f"/conversations/{conversation_id}/carts")["rows"]
        return next((row for row in rows if row["state"] == state), None)

    return wait_until(there, f"a cart that is {state}")


def shared(person: Person, conversation_id: str) -> dict[str, Any]:
    (belt,) = person.do("GET", "/stores/seattle/products?q=belt%20105")["rows"]
    contents = {"lines": [{"product_id": belt["id"], "quantity": 2}], "discount_code": "TEN"}
    person.do("POST", f"/conversations/{conversation_id}/carts", contents)
    priced = cart_when(person, conversation_id, "priced")
    totals = priced["totals"]
    assert (totals["subtotal"], totals["discounts"], totals["taxes"], totals["total"]) == (7900, 790, 568, 7678)
    share = {"revision": priced["revision"], "words": "Here is your cart:"}
    person.do("POST", f"/conversations/{conversation_id}/carts/{priced['id']}/share", share)
    return wait_until(
        lambda: (found := cart_when(person, conversation_id, "shared"))["message_id"] and found, "the link on its way"
    )


def act(cart: dict[str, Any], what: str) -> str:
    answer = httpx.post(cart["url"], content=f"do={what}", timeout=30)
    assert answer.is_success
    return answer.text


def test_a_cart_paid_twice_is_one_order_one_receipt_and_one_thing_to_put_right(
    stack: Stack, elena: Person, conversation: tuple[str, Customer]
) -> None:
    conversation_id, customer = conversation
    cart = shared(elena, conversation_id)
    customer.waits_for("Here is your cart:")
    act(cart, "twice")
    ordered = cart_when(elena, conversation_id, "ordered")
    assert [trouble["kind"] for trouble in ordered["troubles"]] == ["paid_twice"]
    assert ordered["troubles"][0]["reference"] != ordered["paid_reference"]
    customer.waits_for("Receipt from Juniper & Pine Seattle")
    received = [text for text in customer.received() if text.startswith("Receipt")]
    assert len(received) == 1
    assert re.search(r"Paid: \$76\.78", received[0])
    orders = [each for each in stack.driver.simulator("GET", "/state")["orders"] if each["total"] == 7678]
    assert ordered["order_number"] in [each["number"] for each in orders]


def test_a_cancelled_cart_takes_no_money(elena: Person, conversation: tuple[str, Customer]) -> None:
    conversation_id, _ = conversation
    cart = shared(elena, conversation_id)
    path = f"/conversations/{conversation_id}/carts/{cart['id']}/cancel"
    cancelled = elena.do("POST", path, {"revision": cart["revision"]})
    assert (cancelled["state"], cancelled["url"]) == ("cancelled", "")
    wait_until(lambda: "no money any more" in httpx.get(cart["url"], timeout=30).text, "the link to be closed")
    assert "no money any more" in act(cart, "pay")


@pytest.mark.parametrize("provider", [("adyen", merchant.ADYEN_ID), ("stripe", merchant.STRIPE_ID)])
def test_forged_payments_are_refused(stack: Stack, provider: tuple[str, str]) -> None:
    item = {"pspReference": "X", "eventCode": "AUTHORISATION", "success": "true", "amount": {"value": 1}}
    bodies: list[Callable[[], bytes]] = [
        lambda: b"{}",
        lambda: json.dumps({"notificationItems": [{"NotificationRequestItem": item}]}).encode(),
        lambda: json.dumps({"type": "checkout.session.completed"}).encode(),
    ]
    name, connection = provider
    for body in bodies:
        headers = {"content-type": "application/json", "stripe-signature": f"t=1,v1={'0' * 64}"}
        answer = httpx.post(f"{stack.origin}/webhooks/{name}/{connection}", content=body(), headers=headers)
        assert answer.status_code == 401
