"""The associate app as people see it: found by role and name, never by class."""

import re

from playwright.sync_api import Locator, Page, expect

from local import merchant


class App:
    def __init__(self, page: Page, origin: str) -> None:
        self.page = page
        self.origin = origin

    def sign_in(self, name: str, password: str = merchant.PASSWORD, email: str = "") -> None:
        self.fill_sign_in(email or f"{name}@juniper.example", password)
        expect(self.page.get_by_role("navigation", name="Main")).to_be_visible()

    def fill_sign_in(self, email: str, password: str) -> None:
        self.page.get_by_role("textbox", name="E-mail").fill(email)
        self.page.get_by_label("Password", exact=True).fill(password)
        self.page.get_by_role("button", name="Sign in").click()

    def go(self, path: str) -> None:
        """`path` behind the `#`, such as `/stores/boston/orders`."""
        self.page.goto(f"{self.origin}/#{path}")

    @property
    def unread_total(self) -> Locator:
        return self.page.get_by_test_id("unread-total")

    def row(self, customer: str) -> Locator:
        return self.page.get_by_test_id("conversation-row").filter(has_text=customer)

    def found(self, words: str) -> Locator:
        """As `row`, wherever in the list it is."""
        self.page.get_by_role("searchbox", name="Search conversations").fill(words)
        return self.row(words)

    def open(self, customer: str) -> Locator:
        """Opens a conversation of the list; its pane."""
        self.row(customer).click()
        pane = self.conversation(customer)
        expect(pane.get_by_role("log", name="Messages")).to_be_visible()
        return pane

    def conversation(self, customer: str) -> Locator:
        return self.page.get_by_role("region", name=f"Conversation with {customer}")

    @property
    def composer(self) -> Locator:
        return self.page.get_by_role("textbox", name="Message", exact=True)

    def write(self, body: str) -> Locator:
        """Sends a text in the open conversation; its bubble, once the one that waited for the server gave way to it."""
        self.composer.fill(body)
        self.page.get_by_role("button", name="Send", exact=True).click()
        bubble = self.bubble(body)
        expect(bubble).to_have_count(1)
        return bubble

    def bubble(self, body: str) -> Locator:
        return self.page.get_by_test_id("message").filter(has_text=body)

    def start_row(self, customer: str) -> Locator:
        return self.page.get_by_test_id("start-row").filter(has_text=customer)

    def order_row(self, number: str) -> Locator:
        return self.page.get_by_test_id("order-row").filter(has_text=re.compile(re.escape(number) + r"\b"))
