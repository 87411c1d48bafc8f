"""The simulator's form places orders at every platform, and the app shows them (docs/shops.md)."""

import pytest
from playwright.sync_api import expect

from tests.browser.app import App
from tests.browser.simulator_page import SimulatorPage
from tests.e2e.customers import Customer
from tests.e2e.stack import Stack

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("platform", ["WooCommerce", "Own shop"])
def test_an_order_placed_at_another_platform_is_in_the_app(
    stack: Stack, app: App, simulator: SimulatorPage, platform: str
) -> None:
    customer = Customer(stack)
    number = simulator.place_order(customer.number, platform=platform)
    card = simulator.order(number)
    expect(card).to_contain_text(f"{platform} ·")
    card.get_by_role("button", name="Pay").click()
    expect(card).to_contain_text("2 webhooks 200")
    app.page.get_by_role("link", name="Orders").click()
    expect(app.order_row(number)).to_contain_text(customer.name)
    expect(app.order_row(number)).to_contain_text("Paid")
