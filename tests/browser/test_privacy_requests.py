"""What Shopify asks for is listed with its date and the customer's file, is done, and not done after all (X13)."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import expect

from local.driver import wait_until
from tests.browser.accessibility import faultless
from tests.browser.app import App
from tests.e2e.api import Person
from tests.e2e.customers import Customer
from tests.e2e.stack import Stack

pytestmark = pytest.mark.browser


def asked(stack: Stack, maya: Person, customer: Customer) -> str:
    """The shop asks for the customer's data, once it has told of their order: the name that is listed."""
    placed = customer.orders()
    customer.shop_has_told(placed["id"])
    stack.driver.simulator("POST", f"/shop/orders/{placed['id']}/request-data")
    name = f"{customer.first_name} {customer.last_name}"

    def listed() -> bool:
        rows = maya.do("GET", f"/stores/{customer.store}/privacy-requests")["rows"]
        return any(row["customer_name"] == name for row in rows)

    wait_until(listed, "the shop's request")
    return name


@pytest.mark.parametrize(("size", "theme"), [("desktop", "light"), ("phone", "dark")])
def test_what_a_shop_asks_for_is_handed_over_and_done(
    stack: Stack, maya: Person, new_app: Callable[..., App], size: str, theme: str
) -> None:
    customer = Customer(stack)
    name = asked(stack, maya, customer)
    app = new_app("maya", size=size, theme=theme)
    app.go(f"/stores/{customer.store}/settings/privacy")
    row = app.page.get_by_test_id("privacy-request").filter(has_text=name)
    expect(row).to_contain_text("By ")
    faultless(app.page)
    row.get_by_role("button", name="Everything we know…").press("Enter")
    dialog = app.page.get_by_role("dialog")
    with app.page.expect_download() as saved:
        dialog.get_by_role("button", name="Make the file").press("Enter")
    file = json.loads(Path(saved.value.path()).read_text("utf-8"))
    assert file["customers"][0]["phones"] == [customer.number]
    app.page.keyboard.press("Escape")
    row.get_by_role("button", name="Done").press("Enter")
    done = app.page.get_by_test_id("privacy-request").filter(has_text="Done on").first
    expect(done.get_by_role("button", name="Not done after all")).to_be_visible()
    expect(row).to_have_count(0)
    faultless(app.page)
    done.get_by_role("button", name="Not done after all").press("Enter")
    expect(row).to_be_visible()
