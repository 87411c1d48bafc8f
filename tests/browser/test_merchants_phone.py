"""Managers set the merchant's own phone above its templates, and are told where it has opted out (L7, L17, L22)."""

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.browser.accessibility import faultless
from tests.browser.app import App
from tests.browser.complaints import Complaints
from tests.browser.test_screens import SCREENS, Album
from tests.e2e import functions
from tests.e2e.api import Person
from tests.e2e.customers import Customer
from tests.e2e.stack import Stack

pytestmark = pytest.mark.browser
PATH = "/stores/seattle/merchant-phone"


@pytest.fixture
def _none_after(stack: Stack, maya: Person) -> Iterator[None]:
    """No function remembers the number. Ends them once the pages are closed."""
    yield
    maya.do("PUT", PATH, {"phone": None, "phone_was": maya.do("GET", PATH)["phone"]})
    functions.forget_set_up(stack)


@pytest.fixture
def phone(stack: Stack, maya: Person, _none_after: None) -> Customer:
    """Of Seattle's merchant, and set up: every function knows."""
    owner = Customer(stack, store="seattle")
    maya.do("PUT", PATH, {"phone": owner.number, "phone_was": None})
    functions.forget_set_up(stack)
    return owner


@pytest.mark.usefixtures("_none_after")
@pytest.mark.parametrize(("size", "theme"), [("desktop", "light"), ("phone", "dark")])
def test_a_manager_sets_the_number_and_takes_it_back(
    stack: Stack, new_app: Callable[..., App], complaints: Complaints, size: str, theme: str
) -> None:
    complaints.expect(r"status of 400 .*/merchant-phone")
    number = Customer(stack, store="seattle").number
    app = new_app("maya", size=size, theme=theme)
    page, album = app.page, Album(app.page, SCREENS / f"{size}-{theme}")
    app.go("/stores/seattle/settings/templates")
    group = page.get_by_role("region", name="For the merchant")
    expect(group.get_by_test_id("template")).to_have_count(3)
    expect(group).to_contain_text("Without one, none is sent.")
    box, save = group.get_by_role("textbox", name="Your own phone number"), group.get_by_role("button", name="Save")
    expect(save).to_be_disabled()
    box.fill("12")
    box.press("Enter")
    expect(group.get_by_role("alert")).to_contain_text("This is no phone number that takes texts.")
    faultless(page)
    box.fill(number)
    box.press("Enter")
    expect(group).to_contain_text("This phone gets the texts below")
    page.get_by_role("button", name="Undo").click()
    expect(group).to_contain_text("Without one, none is sent.")
    box.fill(number)
    save.click()
    expect(group).to_contain_text("This phone gets the texts below")
    album.take("merchants-phone")
    paid = group.get_by_test_id("template").filter(has_text="an order is paid")
    paid.get_by_role("button", name=re.compile("^Edit")).click()
    expect(page.get_by_role("dialog").get_by_test_id("preview")).to_be_visible()
    expect(page.get_by_role("checkbox", name="Also at night")).to_have_count(0)
    _tokens_are(page, "order.number", without="associate.name")
    page.get_by_role("button", name="Close").click()
    ticket = group.get_by_test_id("template").filter(has_text="a customer begins to write")
    ticket.get_by_role("button", name=re.compile("^Edit")).click()
    _tokens_are(page, "firstname", without="order.number")
    page.wait_for_load_state("networkidle")
    assert not album.violations, "\n".join(album.violations)


@pytest.mark.parametrize(("size", "theme"), [("desktop", "dark"), ("phone", "light")])
def test_the_settings_say_that_the_phone_has_opted_out(
    phone: Customer, new_app: Callable[..., App], size: str, theme: str
) -> None:
    phone.texts("STOP")
    phone.waits_for("START")
    app = new_app("maya", size=size, theme=theme)
    page, album = app.page, Album(app.page, SCREENS / f"{size}-{theme}")
    app.go("/stores/seattle/settings/templates")
    group = page.get_by_role("region", name="For the merchant")
    expect(group.get_by_role("status")).to_contain_text("This phone has sent STOP")
    album.take("merchants-phone-opted-out")
    faultless(page)
    page.wait_for_load_state("networkidle")
    assert not album.violations, "\n".join(album.violations)


def _tokens_are(page: Page, one: str, *, without: str) -> None:
    """Those that stand for something there are offered."""
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_role("button", name=one, exact=True)).to_be_visible()
    expect(dialog.get_by_role("button", name=without, exact=True)).to_have_count(0)
