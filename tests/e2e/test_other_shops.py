"""Orders of WooCommerce and of a shop of our own contract, from the shop to the app (docs/shops.md)."""

import json
import time
from typing import Any

import httpx
import pytest

from tests.api.shop_senders import generic_event, generic_headers, generic_order, woo_headers, woo_order
from tests.e2e.api import Person
from tests.e2e.customers import Customer, order_of
from tests.e2e.stack import Stack

pytestmark = pytest.mark.e2e
PLATFORMS = ("woocommerce", "generic")


@pytest.mark.parametrize("platform", PLATFORMS)
def test_an_order_is_seen_is_paid_and_ships(ben: Person, customer: Customer, platform: str) -> None:
    placed = customer.orders(title="Canvas weekender", platform=platform)
    order = order_of(placed)
    seen = ben.do("GET", f"/orders/{order}")
    assert (seen["number"], seen["total"], seen["lines"][0]["title"]) == (placed["number"], 4990, "Canvas weekender")
    assert (seen["payment"], seen["active"], seen["startable"]) == ("pending", True, True)
    customer.order_becomes(placed["id"], "pay")
    assert ben.do("GET", f"/orders/{order}")["payment"] == "paid"
    customer.order_becomes(placed["id"], "fulfil")
    assert ben.do("GET", f"/orders/{order}")["fulfilment"] == "fulfilled"


@pytest.mark.parametrize("platform", PLATFORMS)
def test_a_cancelled_order_is_no_longer_active(ben: Person, customer: Customer, platform: str) -> None:
    placed = customer.orders(platform=platform)
    customer.order_becomes(placed["id"], "cancel")
    order = ben.do("GET", f"/orders/{order_of(placed)}")
    assert order["cancelled_at"] is not None
    assert (order["active"], order["startable"]) == (False, False)


@pytest.mark.parametrize("platform", PLATFORMS)
def test_an_order_that_is_signed_with_another_secret_is_refused(
    stack: Stack, outside: httpx.Client, platform: str
) -> None:
    connection = stack.connection(platform)
    for secret, status in (("another-secret", 401), (connection["signing_secret"], 200)):
        answer = post(outside, connection, platform, secret)
        assert answer.status_code == status, answer.text


def post(outside: httpx.Client, connection: dict[str, Any], platform: str, secret: str) -> httpx.Response:
    """An order of nobody known."""
    event = generic_event(generic_order(customer={}), shop=connection["account"])
    body = json.dumps(woo_order(billing={}) if platform == "woocommerce" else event).encode()
    if platform == "woocommerce":
        headers = woo_headers(body, secret, site=connection["account"])
    else:
        headers = generic_headers(body, secret, int(time.time()))
    return outside.post(connection["webhook_url"], content=body, headers=headers)
