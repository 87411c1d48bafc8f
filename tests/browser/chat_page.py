"""The customers' chat page as people see it."""

from typing import Any

from playwright.sync_api import Locator, Page, expect

from tests.e2e.api import Person
from tests.e2e.customers import Customer, order_of


class ChatPage:
    def __init__(self, page: Page, link: str = "") -> None:
        self.page = page
        if link:
            page.goto(link)

    @property
    def box(self) -> Locator:
        return self.page.get_by_role("textbox", name="Your message")

    def write(self, body: str) -> Locator:
        """Sends a message; its bubble."""
        self.box.fill(body)
        self.page.get_by_role("button", name="Send", exact=True).click()
        return self.bubble(body)

    def bubble(self, body: str) -> Locator:
        return self.page.get_by_test_id("chat-message").filter(has_text=body)

    def shows(self, body: str) -> None:
        expect(self.bubble(body)).to_be_visible()

    def is_shut(self) -> None:
        expect(self.page.get_by_role("heading", name="This link does not open a conversation")).to_be_visible()


def start_chat(person: Person, customer: Customer, body: str = "Hello there") -> tuple[str, str]:
    """A conversation on the chat page: its id, and the link that the customer's phone got."""
    start: Any = {"order_id": order_of(customer.orders()), "body": body, "chat_link": "in_text"}
    thread = person.do("POST", f"/stores/{customer.store}/conversations", start)
    customer.waits_for("/chat#")
    link = next(word for text in reversed(customer.received()) for word in text.split() if "/chat#" in word)
    return str(thread["conversation"]["id"]), link
