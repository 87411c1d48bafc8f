"""An order's page says what its customer was told by itself, and why not (L11, X10)."""

import re
from collections.abc import Callable, Iterator

import pytest
from msgspec.structs import replace
from playwright.sync_api import expect

from chalicelib.store.setup import DynamoSetup
from local import directory, merchant
from tests.browser.app import App
from tests.browser.complaints import Complaints
from tests.browser.test_screens import SCREENS, Album
from tests.e2e import functions
from tests.e2e.customers import Customer, order_of
from tests.e2e.stack import Stack
from tests.e2e.test_texts_that_do_not_arrive import due

pytestmark = pytest.mark.browser


@pytest.fixture
def _telling(stack: Stack) -> Iterator[None]:
    """Orders text Seattle's customers while the test runs."""
    setup = DynamoSetup(directory.table(stack.outputs, stack.emulator_endpoint), stack.client("ssm"))
    setup.put_store(replace(merchant.SEATTLE, automatic_texts=True))
    functions.forget_set_up(stack)
    yield
    setup.put_store(merchant.SEATTLE)
    functions.forget_set_up(stack)


@pytest.mark.usefixtures("_telling")
@pytest.mark.parametrize(("size", "theme"), [("desktop", "light"), ("phone", "dark")])
def test_an_order_says_what_its_customer_was_told_and_why_not(
    stack: Stack, new_app: Callable[..., App], size: str, theme: str
) -> None:
    customer = Customer(stack, store="seattle")
    order = customer.orders()
    app = new_app("maya", size=size, theme=theme)
    album = Album(app.page, SCREENS / f"{size}-{theme}")
    app.go("/stores/seattle/orders")
    app.order_row(order["number"]).click()
    section = app.page.get_by_test_id("automatic-texts")
    row = section.get_by_role("listitem")
    expect(row).to_contain_text("Order placed")
    while not due(stack, 1)["finished"]:
        pass
    customer.waits_for(f"Thank you for your order {order['number']}")
    app.page.reload()
    expect(row).to_contain_text(re.compile("Sent|Delivered"))
    customer.texts("STOP")
    customer.order_becomes(order["id"], "fulfil")
    sent = row.filter(has_text="Order sent")
    expect(sent).to_be_visible()
    while not due(stack, 1)["finished"]:
        pass
    app.page.reload()
    expect(sent).to_contain_text("The customer does not want texts (STOP).")
    album.take("order-texts")
    section.get_by_role("link", name="Open the conversation: Order placed").click()
    expect(app.bubble(f"Thank you for your order {order['number']}")).to_be_visible()
    assert not album.violations, "\n".join(album.violations)


def test_an_order_of_which_nobody_was_told_says_so_and_what_fails_can_be_tried_again(
    stack: Stack, new_app: Callable[..., App], complaints: Complaints
) -> None:
    complaints.expect(r"status of 400 .*/automatic-texts")
    order = Customer(stack).orders()
    app = new_app("ben", size="phone")
    app.page.route("**/automatic-texts", lambda route: route.fulfill(status=400, json={"error": {"code": "x"}}))
    app.go(f"/stores/boston/orders/{order_of(order)}")
    section = app.page.get_by_test_id("automatic-texts")
    expect(section.get_by_role("alert")).to_be_visible()
    app.page.unroute("**/automatic-texts")
    section.get_by_role("button", name="Try again").click()
    expect(section).to_contain_text("Texts about orders are switched off for this store.")
    expect(section.get_by_role("link")).to_have_count(0)
