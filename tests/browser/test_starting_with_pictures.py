"""An associate attaches pictures to the first text, sees them as they will go out, and starts with them (D1, N20)."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Locator, expect

from tests.browser.accessibility import faultless
from tests.browser.app import App
from tests.browser.chat_page import ChatPage
from tests.browser.complaints import Complaints
from tests.browser.test_sending_pictures import DROP, PASTE, attach, attached, send
from tests.e2e.customers import Customer, order_of
from tests.e2e.stack import Stack
from tests.media import hostile

pytestmark = pytest.mark.browser


@pytest.fixture
def customer(stack: Stack) -> Customer:
    return Customer(stack)


def writing(app: App, customer: Customer) -> Locator:
    """The start dialog, opened on the page of the customer's order."""
    app.go(f"/stores/boston/orders/{order_of(customer.orders())}")
    app.page.get_by_role("button", name="New message").click()
    return app.page.get_by_role("dialog", name=f"New message to {customer.name}")


@pytest.mark.parametrize(("size", "theme"), [("phone", "dark"), ("desktop", "light")])
def test_the_first_text_goes_out_with_its_pictures(
    new_app: Callable[..., App], customer: Customer, tmp_path: Path, size: str, theme: str
) -> None:
    app = new_app("ben", size, theme)
    page, dialog = app.page, writing(app, customer)
    with page.expect_file_chooser():
        dialog.get_by_role("button", name="Attach pictures").press("Enter")
    attach(page, tmp_path, one_jpg=hostile.with_exif(), two_png=hostile.picture("PNG", (900, 300)))
    expect(attached(page, "ready")).to_have_count(2)
    expect(send(page)).to_be_enabled()
    faultless(page)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.screenshot(path=tmp_path.parent / f"start-{size}-{theme}.png")
    dialog.get_by_role("button", name="Remove picture 2 of 2").click()
    dialog.get_by_role("textbox", name="Message").fill("Your boots look like this")
    send(page).click()
    bubble = app.bubble("Your boots look like this")
    expect(bubble).to_have_attribute("data-status", "delivered")
    expect(bubble.get_by_role("img")).to_have_js_property("naturalWidth", 200)
    expect(attached(page)).to_have_count(0)
    customer.waits_for("Your boots look like this")


def test_a_first_picture_needs_no_words_and_shows_on_the_chat_page(
    app: App, customer: Customer, new_context: Callable[..., BrowserContext]
) -> None:
    dialog, content = writing(app, customer), list(hostile.picture("PNG", (64, 48)))
    dialog.get_by_label("Web chat").check()
    dialog.get_by_role("textbox", name="Message").evaluate(PASTE, content)
    dialog.get_by_role("textbox", name="Message").evaluate(DROP, content)
    expect(attached(app.page, "ready")).to_have_count(2)
    send(app.page).click()
    customer.waits_for("/chat#")
    link = next(word for text in reversed(customer.received()) for word in text.split() if "/chat#" in word)
    chat = ChatPage(new_context("phone").new_page(), link)
    pictures = chat.page.get_by_role("img", name="Picture")
    expect(pictures).to_have_count(2)
    expect(pictures.first).to_have_js_property("naturalWidth", 64)


def test_what_cannot_be_sent_says_why_and_what_the_network_broke_is_tried_again(
    app: App, customer: Customer, complaints: Complaints, tmp_path: Path
) -> None:
    page, dialog = app.page, writing(app, customer)
    dialog.get_by_role("textbox", name="Message").fill("Look")
    attach(page, tmp_path, broken_png=hostile.picture("PNG")[:200])
    expect(attached(page, "refused").filter(has_text="damaged or unsafe")).to_have_count(1)
    expect(send(page)).to_be_disabled()
    dialog.get_by_role("button", name="Remove picture").click()
    complaints.expect("ERR_FAILED")
    page.route("**/files/uploads/**", lambda route: route.abort())
    attach(page, tmp_path, one_png=hostile.picture("PNG"))
    expect(attached(page, "refused")).to_have_count(1)
    page.unroute("**/files/uploads/**")
    dialog.get_by_role("button", name="Try picture again").click()
    expect(attached(page, "ready")).to_have_count(1)
    expect(send(page)).to_be_enabled()


def test_a_request_for_a_yes_says_that_pictures_come_later(
    app: App, customer: Customer, complaints: Complaints, tmp_path: Path
) -> None:
    refusal: dict[str, Any] = {"error": {"code": "request_has_no_pictures", "message": "", "details": {}}}
    page, dialog = app.page, writing(app, customer)
    attach(page, tmp_path, one_png=hostile.picture("PNG"))
    expect(attached(page, "ready")).to_have_count(1)
    complaints.expect("409")
    page.route("**/stores/boston/conversations", lambda route: route.fulfill(status=409, json=refusal))
    send(page).click()
    expect(dialog.get_by_role("alert")).to_have_text(
        "This customer is asked for their yes first. Send the pictures once they have agreed."
    )
    expect(attached(page, "ready")).to_have_count(1)
