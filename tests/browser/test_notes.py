"""Colleagues write notes beside a conversation and remarks on an order; nobody else reads them (S13, S24)."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.accessibility import faultless
from tests.browser.app import App
from tests.browser.test_screens import SCREENS, Album
from tests.e2e.customers import Customer, order_of
from tests.e2e.stack import Stack

pytestmark = pytest.mark.browser


@pytest.fixture
def customer(stack: Stack) -> Customer:
    return Customer(stack)


def write(app: App, kind: str, words: str) -> Locator:
    section = app.page.get_by_role("region", name=f"{kind}s")
    section.get_by_role("textbox", name=f"New {kind.lower()}").fill(words)
    section.get_by_role("button", name=f"Add {kind.lower()}").click()
    note = section.get_by_test_id("note").filter(has_text=words)
    expect(note).to_be_visible()
    expect(section.get_by_role("textbox")).to_have_value("")
    return note


@pytest.mark.parametrize(("size", "theme"), [("desktop", "light"), ("phone", "dark")])
def test_a_note_is_written_read_by_a_colleague_and_taken_away(
    new_app: Callable[..., App], customer: Customer, size: str, theme: str
) -> None:
    customer.orders()
    customer.texts("Do you have my size?")
    app = new_app("ben", size=size, theme=theme)
    app.open(customer.name)
    if size == "phone":
        app.page.get_by_role("button", name="Customer details").click()
    note = write(app, "Note", "Likes <b>blue</b> boots\nsize 38")
    expect(note).to_contain_text("Ben")
    faultless(app.page)
    Album(app.page, SCREENS / f"{size}-{theme}").take("notes")
    note.get_by_role("button", name="Remove what").click()
    expect(note).to_have_count(0)
    app.page.get_by_role("button", name="Undo").click()
    expect(app.page.get_by_test_id("note")).to_contain_text("blue")
    assert not any("blue" in body for body in customer.received())


def test_a_remark_stands_on_its_order_for_colleagues_who_cannot_remove_it(
    new_app: Callable[..., App], customer: Customer
) -> None:
    order_id = order_of(customer.orders())
    ben = new_app("ben")
    ben.go(f"/stores/boston/orders/{order_id}")
    write(ben, "Remark", "Gift wrap, no price tag")
    maya = new_app("maya")
    maya.go(f"/stores/boston/orders/{order_id}")
    remark = maya.page.get_by_test_id("note").filter(has_text="Gift wrap")
    expect(remark).to_contain_text("Ben")
    expect(remark.get_by_role("button")).to_have_count(0)
    faultless(maya.page)


@pytest.mark.parametrize(("size", "theme"), [("phone", "light"), ("desktop", "dark")])
def test_a_customer_is_tagged_and_a_tag_that_was_removed_comes_back(
    new_app: Callable[..., App], customer: Customer, size: str, theme: str
) -> None:
    customer.orders()
    customer.texts("Do you have my size?")
    app = new_app("ben", size=size, theme=theme)
    app.open(customer.name)
    if size == "phone":
        app.page.get_by_role("button", name="Customer details").click()
    box, tag = app.page.get_by_role("textbox", name="New tag"), app.page.get_by_test_id("tag")
    for word in ("VIP", "A rather long one of forty characters…"):
        box.fill(word)
        box.press("Enter")
        expect(tag.filter(has_text=word)).to_be_visible()
        expect(box).to_have_value("")
    faultless(app.page)
    Album(app.page, SCREENS / f"{size}-{theme}").take("tags")
    app.page.get_by_role("button", name="Remove the tag VIP").click()
    expect(tag).to_have_count(1)
    app.page.get_by_role("button", name="Undo").click()
    expect(tag.filter(has_text="VIP")).to_be_visible()
    app.page.reload()
    expect(tag).to_have_count(2)
    app.go("/stores/boston/orders")
    app.page.get_by_role("searchbox").fill("tag:vip")
    expect(app.page.get_by_role("main").get_by_text(customer.name)).to_be_visible()
    app.page.get_by_role("searchbox").fill("tag:vi")
    expect(app.page.get_by_text(re.compile("No order matches .tag:vi."))).to_be_visible()
