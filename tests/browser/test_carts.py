"""An associate builds a cart, shares it, and sees it paid (N21-N25)."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.accessibility import faultless
from tests.browser.app import App
from tests.browser.test_products import customer  # noqa: F401 - a fixture
from tests.e2e.api import Person
from tests.e2e.customers import Customer, started
from tests.e2e.stack import Stack

pytestmark = pytest.mark.browser


def open_cart(app: App, ben: Person, buyer: Customer) -> Page:
    started(ben, buyer)
    app.page.get_by_role("link", name="Messaging").click()
    app.open(buyer.name)
    app.page.get_by_role("button", name="Cart", exact=True).click()
    expect(app.page.get_by_text("Nothing is in this cart yet")).to_be_visible()
    return app.page


def scan(page: Page, words: str, title: str) -> None:
    page.get_by_role("searchbox", name="Search, or scan a barcode").fill(words)
    expect(page.get_by_role("button", name=f"Add {title}")).to_be_visible()
    page.keyboard.press("Enter")


def test_built_priced_shared_paid_and_ordered(
    app: App,
    ben: Person,
    customer: Customer,  # noqa: F811 - the fixture
    stack: Stack,
) -> None:
    page, known = open_cart(app, ben, customer), stack.driver.simulator("GET", "/state")["products"]
    scarf = next(each for each in known if each["title"] == "Wool scarf, moss")
    scan(page, scarf["barcode"], "Wool scarf, moss")
    page.get_by_label("Pieces of Wool scarf, moss").fill("2")
    page.get_by_label("Discount code").fill("TEN")
    faultless(page)
    page.get_by_role("button", name="Get the price").click()
    summary = page.get_by_test_id("cart-summary")
    for figure in ("$90.00", "-$9.00", "$6.48", "$87.48"):
        expect(summary).to_contain_text(figure)
    faultless(page)
    page.get_by_label("Message above the link").fill("As we discussed:")
    page.get_by_role("button", name="Share", exact=True).click()
    card = page.get_by_test_id("cart")
    expect(card).to_contain_text("Waits for payment")
    expect(card).to_contain_text("2 pieces · $87.48")
    faultless(page)
    customer.waits_for("As we discussed:\n$87.48\nhttp")
    _pay(page, _link(customer))
    expect(card).to_contain_text("Paid and ordered")
    customer.waits_for("Receipt from Juniper & Pine Boston")


def _link(buyer: Customer) -> str:
    found = [re.search(r"http\S+/pay/\S+", text) for text in buyer.received()]
    return next(each[0] for each in found if each)


def _pay(page: Page, link: str) -> None:
    pay = page.context.new_page()
    pay.goto(link)
    pay.get_by_role("button", name="Pay", exact=True).click()
    expect(pay.get_by_role("status")).to_have_text("This is paid.")
    pay.close()


def test_a_variant_is_chosen_and_a_cart_is_cancelled(
    app: App,
    ben: Person,
    customer: Customer,  # noqa: F811 - the fixture
) -> None:
    page = open_cart(app, ben, customer)
    scan(page, "oxford", "Oxford shirt, sky")
    scan(page, "flannel", "Flannel shirt, forest")
    page.get_by_role("button", name="Get the price").click()
    variant = page.get_by_label("Variant of Flannel shirt, forest")
    variant.select_option(label="Size 2 · $74.00")
    faultless(page)
    page.get_by_role("button", name="Get the price").click()
    expect(page.get_by_test_id("cart-summary")).to_contain_text("$154.44")
    page.keyboard.press("Escape")
    card = page.get_by_test_id("cart")
    expect(card).to_contain_text("Ready to share")
    card.get_by_role("button", name="Cancel this cart").click()
    page.get_by_role("alertdialog").get_by_role("button", name="Cancel this cart").click()
    expect(card).to_have_count(0)
