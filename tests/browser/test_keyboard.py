"""The whole way without a mouse."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from local import merchant
from tests.browser.app import App
from tests.e2e.api import Person
from tests.e2e.customers import Customer, started
from tests.e2e.stack import Stack

pytestmark = pytest.mark.browser


def test_signing_in_reading_and_answering_need_only_keys(
    stack: Stack, ben: Person, new_app: Callable[..., App]
) -> None:
    customer = Customer(stack)
    started(ben, customer)
    customer.texts("Can you hear me?")
    app = new_app()
    keys = app.page.keyboard
    expect(app.page.get_by_role("textbox", name="E-mail")).to_be_visible()
    app.page.get_by_role("textbox", name="E-mail").focus()
    keys.type("ben@juniper.example")
    keys.press("Tab")
    keys.type(merchant.PASSWORD)
    keys.press("Enter")
    expect(app.row(customer.name)).to_be_visible()
    _tab_to(app, customer.name)
    keys.press("Enter")
    expect(app.conversation(customer.name)).to_be_visible()
    app.composer.focus()
    keys.type("Loud and clear")
    keys.press("Shift+Enter")
    keys.type("and in two lines")
    keys.press("Enter")
    expect(app.bubble("Loud and clear")).to_have_attribute("data-status", "delivered")
    assert customer.received()[-1] == "Loud and clear\nand in two lines"


def test_arrows_move_in_the_list_and_n_opens_the_start_dialog(stack: Stack, app: App) -> None:
    rows = app.page.get_by_test_id("conversation-row")
    rows.first.focus()
    app.page.keyboard.press("ArrowDown")
    expect(rows.nth(1)).to_be_focused()
    app.page.keyboard.press("ArrowUp")
    expect(rows.first).to_be_focused()
    app.page.keyboard.press("n")
    dialog = app.page.get_by_role("dialog", name="Start new conversation")
    expect(dialog).to_be_visible()
    app.page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    app.page.keyboard.press("/")
    expect(app.page.get_by_role("searchbox", name="Search conversations")).to_be_focused()


def _tab_to(app: App, text: str) -> None:
    """Until the focus is on something that says `text`."""
    for _ in range(60):
        if text in app.page.evaluate("document.activeElement.closest('a, button')?.textContent ?? ''"):
            return
        app.page.keyboard.press("Tab")
    raise AssertionError(f"{text} cannot be reached with the Tab key")
