"""The away switch, at a desk and on a phone (H1, H2)."""

import time
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.accessibility import faultless
from tests.browser.app import App
from tests.browser.complaints import Complaints
from tests.e2e.api import Person
from tests.e2e.customers import Customer, started
from tests.e2e.stack import Stack

pytestmark = pytest.mark.browser


def account(app: App, *, phone: bool) -> Locator:
    name = "Account" if phone else "Account of"
    app.page.get_by_role("button", name=name).first.press("Enter")
    section = app.page.get_by_role("dialog", name="Account").get_by_role("region", name="Away")
    expect(section.get_by_role("textbox", name="Your answer")).to_be_visible()
    return section


@pytest.mark.parametrize("size", ["desktop", "phone"])
def test_whoever_writes_to_somebody_away_gets_their_answer(
    stack: Stack, elena: Person, new_app: Callable[..., App], complaints: Complaints, size: str
) -> None:
    complaints.expect(r"status of 400 .*/api/me/absence")
    customer = Customer(stack, store="seattle")
    started(elena, customer)
    app = new_app("elena", size=size, theme="dark")
    section = account(app, phone=size == "phone")
    faultless(app.page, "[role=dialog]")
    section.get_by_role("textbox", name="Your answer").fill("STOP")
    section.get_by_role("button", name="Switch away on").press("Enter")
    expect(section.get_by_role("alert")).to_contain_text("must not be a keyword")
    answer = "Elena is back on Monday."
    section.get_by_role("textbox", name="Your answer").fill(answer)
    section.get_by_role("button", name="Switch away on").press("Enter")
    expect(section).to_contain_text("You are away until you say that you are back.")
    try:
        _write_until_answered(customer, answer)
        customer.texts("Hello?")
        app.page.keyboard.press("Escape")
        app.open(customer.name)
        expect(app.bubble(answer)).to_contain_text("Automatic")
        expect(app.bubble("Hello?")).to_be_visible()
        expect(app.bubble(answer)).to_have_count(1)
    finally:
        elena.do("DELETE", "/me/absence")


def _write_until_answered(customer: Customer, answer: str) -> None:
    """Every function learns of it within a minute."""
    for _ in range(16):
        customer.texts("Are you there?")
        until = time.monotonic() + 5
        while time.monotonic() < until:
            if answer in customer.received():
                return
            time.sleep(0.5)
    raise AssertionError("nobody was told of the absence within a minute")
