"""Stopping mails with one click: the mail program's button, and the page behind it for people who open the link."""

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.accessibility import faultless
from tests.browser.complaints import Complaints
from tests.browser.test_screens import SCREENS, Album
from tests.e2e.api import Person
from tests.e2e.stack import Stack
from tests.e2e.test_unsubscribing import address, asked, row_of

pytestmark = pytest.mark.browser
STORE = "Juniper & Pine Seattle"


def test_the_mailbox_has_the_button_and_the_app_says_so(
    stack: Stack, elena: Person, new_context: Callable[..., BrowserContext]
) -> None:
    writer, _ = asked(stack, elena)
    stack.driver.simulator("PATCH", f"/mailboxes/{writer.address}", {"name": "Ursula Stop"})
    page = new_context().new_page()
    page.goto(f"{stack.origin}/simulator")
    page.get_by_role("button", name="Mailboxes", exact=True).click()
    page.get_by_role("button", name="Mailbox of Ursula Stop").click()
    card = page.get_by_test_id("mail-in").first
    card.get_by_role("button", name="Unsubscribe").click()
    expect(card.get_by_role("button", name="Unsubscribed")).to_be_visible()
    expect(page.get_by_text("Unsubscribed.", exact=True)).to_be_visible()
    faultless(page)
    assert row_of(elena, writer)["opted_out"]


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("size", ["desktop", "phone"])
def test_the_page_asks_and_stops_them_by_keyboard(
    stack: Stack, elena: Person, new_context: Callable[..., BrowserContext], size: str, theme: str
) -> None:
    writer, mail = asked(stack, elena)
    page: Page = new_context(size, theme).new_page()
    album = Album(page, SCREENS / f"{size}-{theme}")
    page.goto(address(stack, mail))
    expect(page.get_by_role("heading", name=f"Stop mails from {STORE}?")).to_be_visible()
    album.take("unsubscribe")
    assert not row_of(elena, writer)["opted_out"]
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Stop")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name=f"You get no more mails from {STORE}.")).to_be_visible()
    album.take("unsubscribed")
    assert row_of(elena, writer)["opted_out"]
    assert album.violations == []


def test_a_link_that_is_none_says_what_helps(
    stack: Stack, new_context: Callable[..., BrowserContext], complaints: Complaints
) -> None:
    complaints.expect("status of 404 .*/unsubscribe/")
    page = new_context("phone").new_page()
    page.goto(f"{stack.origin}/unsubscribe/no-such-link")
    expect(page.get_by_role("heading", name="This link leads nowhere")).to_be_visible()
    faultless(page)
