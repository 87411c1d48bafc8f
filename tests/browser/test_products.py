"""An associate finds a product by its bar code and sends it (N18)."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.app import App
from tests.browser.test_sending_pictures import send
from tests.e2e.api import Person
from tests.e2e.customers import Customer, started
from tests.e2e.stack import Stack
from tests.e2e.test_texts_that_do_not_arrive import due

pytestmark = pytest.mark.browser


@pytest.fixture
def customer(stack: Stack, ben: Person) -> Customer:
    """Of a shop whose catalogue is read."""
    while not ben.do("GET", "/stores/boston/products")["rows"]:
        due(stack, 0)
    return Customer(stack)


def pick(page: Page) -> None:
    page.get_by_role("button", name="Products").click()
    expect(page.get_by_role("searchbox", name="Search, or scan a barcode")).to_be_focused()


def test_a_bar_code_and_enter_add_a_product_and_a_text_says_it_all(
    app: App, ben: Person, customer: Customer, stack: Stack
) -> None:
    page, known = app.page, stack.driver.simulator("GET", "/state")["products"]
    scarf = next(each for each in known if each["title"] == "Wool scarf, rust")
    started(ben, customer)
    page.get_by_role("link", name="Messaging").click()
    app.open(customer.name)
    pick(page)
    page.keyboard.type(scarf["barcode"])
    page.keyboard.press("Enter")
    chosen = page.get_by_test_id("chosen-product")
    expect(chosen).to_contain_text("Wool scarf, rust")
    expect(chosen).to_have_attribute("data-picture", "ready")
    expect(page.get_by_test_id("segments")).to_contain_text("segment")
    page.get_by_role("button", name="Remove Wool scarf, rust").click()
    expect(chosen).to_have_count(0)
    expect(send(page)).to_be_disabled()
    pick(page)
    page.keyboard.type(scarf["barcode"])
    page.keyboard.press("Enter")
    expect(chosen).to_have_attribute("data-picture", "ready")
    send(page).click()
    customer.waits_for("Wool scarf, rust\n$45.00\nhttps://juniper-and-pine.myshopify.com/products/wool-scarf-rust?cl=")
