"""A customer who is signed in at the shop writes from there, and comes back to the same chat (S2, S18)."""

from collections.abc import Callable

import httpx
import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.accessibility import faultless
from tests.browser.app import App
from tests.browser.chat_page import ChatPage
from tests.browser.complaints import Complaints
from tests.browser.simulator_page import SimulatorPage
from tests.browser.test_screens import SCREENS, Album
from tests.e2e.customers import Customer
from tests.e2e.stack import Stack

pytestmark = pytest.mark.browser
STORE = "Juniper & Pine Boston"


@pytest.fixture
def customer(stack: Stack) -> Customer:
    return Customer(stack)


def account_of(stack: Stack, customer: Customer) -> str:
    """The shop's page of somebody who has ordered."""
    state = stack.driver.simulator("GET", "/state")
    order = next(each for each in state["orders"] if each["customer"]["phone"] == customer.number)
    return f"{stack.origin}/simulator/api/shop/orders/{order['id']}/account"


def through_the_widget(page: Page) -> Page:
    """The window that its button opens."""
    with page.context.expect_page() as opened:
        page.get_by_role("button", name="Message us").click()
    return opened.value


@pytest.mark.parametrize(("size", "theme"), [("desktop", "light"), ("phone", "dark")])
def test_a_signed_in_customer_writes_and_comes_back_to_the_answer(
    stack: Stack, app: App, customer: Customer, new_context: Callable[..., BrowserContext],
    size: str, theme: str,
) -> None:  # fmt: skip
    customer.orders()
    shop = new_context(size, theme).new_page()
    album = Album(shop, SCREENS / f"{size}-{theme}")
    shop.goto(account_of(stack, customer))
    faultless(shop)
    door = through_the_widget(shop)
    expect(door.get_by_role("heading", name=f"Write to {STORE}")).to_be_visible()
    faultless(door)
    Album(door, album.folder).take("member-first")
    door.get_by_role("textbox", name="Your message").fill(f"Blue ones for {customer.name}?")
    door.get_by_role("button", name="Send").click()
    chat = ChatPage(door)
    chat.shows(f"Blue ones for {customer.name}?")
    app.found(customer.name).click()
    expect(app.conversation(customer.name)).to_contain_text("Blue ones")
    app.write("We have them in blue.")
    chat.shows("We have them in blue.")
    again = ChatPage(through_the_widget(shop))
    again.shows("We have them in blue.")
    assert album.violations == []


def test_an_order_in_the_simulator_leads_to_its_customers_account(
    stack: Stack, customer: Customer, simulator: SimulatorPage
) -> None:
    order = customer.orders()
    simulator.page.goto(f"{stack.origin}/simulator")
    with simulator.page.context.expect_page() as opened:
        simulator.order(order["number"]).get_by_role("link", name="Customer's account").click()
    expect(opened.value.get_by_text(f"as {customer.name}")).to_be_visible()
    expect(opened.value.get_by_role("button", name="Message us")).to_be_visible()


def test_who_is_not_signed_in_is_sent_back_to_the_shop(
    stack: Stack, new_context: Callable[..., BrowserContext], complaints: Complaints
) -> None:
    complaints.expect("status of 404 .*/members/")
    page = new_context("phone").new_page()
    page.goto(f"{stack.origin}/members/shopify-main")
    expect(page.get_by_role("heading", name="Please come from your shop's page")).to_be_visible()
    faultless(page)
    url, form = f"{stack.origin}/members/shopify-main", {"identity": "e30.00"}
    assert httpx.post(url, data=form, timeout=30).status_code == 403
