"""Colleagues who have the same conversation open see each other (X16)."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.browser.accessibility import faultless
from tests.browser.app import App
from tests.e2e.api import Person
from tests.e2e.customers import Customer, started
from tests.e2e.stack import Stack

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("size", ["phone", "desktop"])
def test_who_looks_and_who_writes_shows_above_the_box(
    stack: Stack, ben: Person, new_app: Callable[..., App], size: str
) -> None:
    customer = Customer(stack)
    path = f"/stores/boston/messaging/{started(ben, customer)}"
    maya = new_app("maya", size=size)
    maya.go(path)
    line = maya.page.get_by_test_id("looking-too")
    expect(line).to_have_text("")
    before = maya.composer.bounding_box()
    bens = new_app("ben")
    bens.go(path)
    expect(line).to_have_text("Ben is looking at this")
    if size == "desktop":
        mark = maya.row(customer.name).get_by_test_id("row-presence")
        expect(mark).to_have_accessible_name("Ben is looking at this")
    expect(bens.page.get_by_test_id("looking-too")).to_have_text("Maya is looking at this")
    bens.composer.press_sequentially("At ni")
    expect(line).to_have_text("Ben is writing…")
    if size == "desktop":
        expect(mark).to_have_accessible_name("Ben is writing…")
        expect(maya.page.get_by_test_id("row-presence")).to_have_count(1)
    expect(line).to_have_attribute("role", "status")
    assert maya.composer.bounding_box() == before, "nothing moves"
    faultless(maya.page)
    bens.composer.press_sequentially("ne.")
    bens.composer.press("Enter")
    expect(line).to_have_text("Ben is looking at this")
    bens.go("/stores/boston/messaging")
    expect(line).to_have_text("")
    expect(maya.page.get_by_test_id("row-presence")).to_have_count(0)
    expect(maya.composer).to_be_visible()


def test_ones_own_other_window_is_nobody_else(stack: Stack, ben: Person, new_app: Callable[..., App]) -> None:
    customer = Customer(stack)
    path = f"/stores/boston/messaging/{started(ben, customer)}"
    one, two, maya = new_app("ben"), new_app("ben"), new_app("maya")
    for app in (one, two):
        app.go(path)
        expect(app.composer).to_be_visible()
    maya.go(path)
    for app in (one, two):
        expect(app.page.get_by_test_id("looking-too")).to_have_text("Maya is looking at this")
    expect(maya.page.get_by_test_id("looking-too")).to_have_text("Ben is looking at this")
