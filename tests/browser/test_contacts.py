"""Contacts and reminders: whom I look after, what I am to remember, and what is due (H14, H20)."""

from collections.abc import Callable
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Locator, Page, expect

from local.driver import wait_until
from tests.browser.accessibility import faultless
from tests.browser.app import App
from tests.browser.test_screens import SCREENS, Album
from tests.e2e.api import Person
from tests.e2e.customers import Customer, started
from tests.e2e.stack import Stack
from tests.e2e.test_texts_that_do_not_arrive import due

pytestmark = pytest.mark.browser
BOSTON = ZoneInfo("America/New_York")


def reminder(page: Page, customer: Customer) -> Locator:
    return page.get_by_test_id("reminder").filter(has_text=customer.name)


@pytest.mark.parametrize(("size", "theme"), [("desktop", "light"), ("phone", "dark")])
def test_a_contact_is_remembered_changed_and_done_with(
    new_app: Callable[..., App], stack: Stack, maya: Person, size: str, theme: str
) -> None:
    customer = Customer(stack)
    started(maya, customer)
    app = new_app("maya", size=size, theme=theme)
    page, album = app.page, Album(app.page, SCREENS / f"{size}-{theme}")
    app.go("/stores/boston/contacts")
    page.get_by_role("searchbox", name="Search contacts").fill(customer.last_name)
    expect(page.get_by_test_id("contact-row")).to_have_count(1)
    page.get_by_role("button", name=f"Remind me of {customer.name}").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("button", name="Set the reminder").click()
    expect(dialog.get_by_role("alert")).to_have_text("Choose a date and a time.")
    dialog.get_by_role("textbox", name="Note (only you see it)").fill("Ask about the size")
    dialog.get_by_label("When").fill("2027-03-14T02:30")
    expect(dialog).to_contain_text("it will ring at 3:30")
    dialog.get_by_role("button", name="tomorrow, 9:00 AM").click()
    album.take("remind-dialog", dialog=True)
    dialog.get_by_role("button", name="Set the reminder").click()
    expect(dialog).to_have_count(0)
    page.get_by_role("searchbox", name="Search contacts").fill("")
    mine = reminder(page, customer)
    expect(mine).to_contain_text("Rings tomorrow, 9:00 AM")
    mine.get_by_role("button", name=f"Change the reminder of {customer.name}").click()
    expect(dialog.get_by_label("Note (only you see it)")).to_have_value("Ask about the size")
    dialog.get_by_label("Note (only you see it)").fill("Ask about the colour")
    dialog.get_by_role("button", name="Save").click()
    expect(mine).to_contain_text("Ask about the colour")
    album.take("contacts")
    mine.get_by_role("button", name=f"Done: {customer.name}").click()
    expect(mine).to_have_count(0)
    page.get_by_role("button", name="Undo").click()
    expect(mine).to_contain_text("Ask about the colour")
    mine.get_by_role("button", name=f"Done: {customer.name}").click()
    expect(mine).to_have_count(0)
    assert not album.violations, "\n".join(album.violations)


def rings_now(person: Person, conversation: str) -> bool:
    """False: the minute was over before the request arrived."""
    now = datetime.now(BOSTON).strftime("%Y-%m-%dT%H:%M")
    body = {"note": "The repair is ready", "wall": now, "zone": None, "later": False}
    return person.ask("POST", f"/conversations/{conversation}/reminders", body).is_success


@pytest.mark.parametrize(("size", "theme"), [("desktop", "dark"), ("phone", "light")])
def test_what_is_due_is_told_wherever_one_is_and_put_off(
    new_app: Callable[..., App], stack: Stack, maya: Person, size: str, theme: str
) -> None:
    customer = Customer(stack)
    conversation = started(maya, customer)
    app = new_app("maya", size=size, theme=theme)
    page, album = app.page, Album(app.page, SCREENS / f"{size}-{theme}")
    app.go("/stores/boston/orders")
    expect(page.get_by_role("heading", name="Orders")).to_be_visible()
    wait_until(lambda: rings_now(maya, conversation), "a reminder of this minute")
    due(stack, 0)
    notice = page.get_by_test_id("due-notice").filter(has_text=customer.name)
    expect(notice).to_contain_text("The repair is ready")
    expect(page.get_by_test_id("due-count")).to_be_visible()
    faultless(page)
    album.take("due-notice")
    notice.get_by_role("combobox", name="Snooze").select_option("1 hour")
    expect(notice).to_have_count(0)
    page.get_by_role("link", name="Contacts").click()
    mine = reminder(page, customer)
    expect(mine).to_have_attribute("data-due", "false")
    mine.get_by_role("button", name=f"Done: {customer.name}").click()
    expect(mine).to_have_count(0)
    assert not album.violations, "\n".join(album.violations)
