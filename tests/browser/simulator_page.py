"""The simulator's page as people see it."""

import re

from playwright.sync_api import Locator, Page, expect


class SimulatorPage:
    def __init__(self, page: Page) -> None:
        self.page = page

    def phone(self, name: str) -> Locator:
        found = self.page.get_by_role("article", name=f"Phone of {name}", exact=True)
        found.scroll_into_view_if_needed()
        return found

    def text(self, name: str, body: str) -> None:
        """The customer writes to the store chosen on the phone."""
        phone = self.phone(name)
        phone.get_by_role("textbox", name="Text message").fill(body)
        phone.get_by_role("button", name="Send", exact=True).click()
        expect(phone.get_by_test_id("text-out").filter(has_text=body)).to_be_visible()

    def received(self, name: str, body: str) -> Locator:
        return self.phone(name).get_by_test_id("text-in").filter(has_text=body)

    def place_order(self, number: str, store: str = "boston", platform: str = "Shopify") -> str:
        """An order of the phone's owner; its number, such as `#1026`."""
        form = self.page.get_by_role("form", name="Place an order")
        form.get_by_role("combobox", name="Platform").select_option(label=platform)
        form.get_by_role("combobox", name="Customer").select_option(number)
        form.get_by_role("combobox", name="Store").select_option(store)
        form.get_by_role("button", name="Place order").click()
        toast = self.page.get_by_text(re.compile(r"Order #\d+ placed\.")).last
        expect(toast).to_be_visible()
        found = re.search(r"#\d+", toast.inner_text())
        assert found
        return found.group()

    def order(self, number: str) -> Locator:
        return self.page.get_by_role("article", name=f"Order {number}", exact=True)
