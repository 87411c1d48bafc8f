"""An order whose webhook was lost is found by reading the shop."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.browser.app import App
from tests.browser.test_screens import SCREENS, Album
from tests.e2e.customers import Customer
from tests.e2e.stack import Stack
from tests.e2e.test_texts_that_do_not_arrive import due

pytestmark = pytest.mark.browser


@pytest.mark.parametrize(("size", "theme"), [("desktop", "light"), ("phone", "dark")])
def test_a_lost_order_is_found_when_a_manager_looks_for_it(
    new_app: Callable[..., App], stack: Stack, size: str, theme: str
) -> None:
    customer = Customer(stack)
    app = new_app("maya", size=size, theme=theme)
    album = Album(app.page, SCREENS / f"{size}-{theme}")
    stack.driver.simulator("PATCH", "/shop", {"lose_next_webhook": True})
    order = {
        "customer": {"first_name": customer.first_name, "last_name": customer.last_name, "phone": customer.number},
        "store_id": "boston",
        "lines": [{"title": "Linen shirt", "price": 4990}],
    }
    number = stack.driver.simulator("POST", "/shop/orders", order)["number"]
    while not due(stack, 0)["finished"]:
        pass
    app.go("/stores/boston/settings/shop")
    read = app.page.get_by_test_id("orders-read")
    app.page.get_by_role("button", name="Look for missed orders").click()
    expect(read).to_contain_text("Looking for missed orders")
    while not due(stack, 0)["finished"]:
        pass
    app.page.reload()
    expect(read).to_have_attribute("data-phase", "done")
    album.take("missed-orders")
    app.go("/stores/boston/orders")
    expect(app.order_row(number)).to_be_visible()
    assert not album.violations, "\n".join(album.violations)
