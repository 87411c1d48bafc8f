"""A customer sends pictures from the chat page, and both sides see them; what cannot be sent says why (X23)."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, expect

from tests.browser.accessibility import faultless
from tests.browser.app import App
from tests.browser.chat_page import ChatPage, start_chat
from tests.browser.complaints import Complaints
from tests.browser.test_attachments import SHOWN
from tests.browser.test_sending_pictures import DROP, PASTE, attach, attached, send
from tests.e2e.api import Person
from tests.e2e.customers import Customer
from tests.e2e.stack import Stack
from tests.media import hostile

pytestmark = pytest.mark.browser


@pytest.fixture
def customer(stack: Stack) -> Customer:
    return Customer(stack)


def shown(page: Page, picture: Locator) -> None:
    page.wait_for_function(SHOWN, arg=picture.element_handle())


@pytest.mark.parametrize(("size", "theme"), [("phone", "light"), ("desktop", "dark")])
def test_both_sides_see_what_the_customer_sends(
    app: App,
    ben: Person,
    customer: Customer,
    new_context: Callable[..., BrowserContext],
    tmp_path: Path,
    size: str,
    theme: str,
) -> None:
    conversation, link = start_chat(ben, customer)
    chat = ChatPage(new_context(size, theme).new_page(), link)
    chat.shows("Hello there")
    with chat.page.expect_file_chooser() as chooser:
        chat.page.get_by_role("button", name="Add pictures").press("Enter")
    assert chooser.value.is_multiple()
    attach(chat.page, tmp_path, one_jpg=hostile.with_exif(), two_png=hostile.picture("PNG", (900, 300)))
    expect(attached(chat.page, "ready")).to_have_count(2)
    faultless(chat.page)
    assert chat.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    chat.page.get_by_role("button", name="Remove picture 2 of 2").click()
    chat.write("Is this the right one?")
    expect(attached(chat.page)).to_have_count(0)
    mine = chat.bubble("Is this the right one?")
    expect(mine.get_by_role("img")).to_have_js_property("naturalWidth", 200)
    app.go(f"/stores/boston/messaging/{conversation}")
    shown(app.page, app.bubble("Is this the right one?").get_by_test_id("picture").get_by_role("img"))
    chat.page.reload()
    shown(chat.page, chat.bubble("Is this the right one?").get_by_role("img"))


def test_what_was_sent_is_in_sight_below_its_pictures(
    ben: Person, customer: Customer, new_context: Callable[..., BrowserContext], tmp_path: Path
) -> None:
    chat = ChatPage(new_context().new_page(), start_chat(ben, customer)[1])
    tall = hostile.picture("PNG", (300, 900))
    attach(chat.page, tmp_path, one_png=tall, two_png=hostile.picture("PNG", (300, 900)))
    expect(attached(chat.page, "ready")).to_have_count(2)
    chat.write("As tall as this")
    images = chat.bubble("As tall as this").get_by_role("img")
    expect(images).to_have_count(2)
    for place in range(2):
        shown(chat.page, images.nth(place))
    expect(chat.bubble("As tall as this").get_by_text("As tall as this")).to_be_in_viewport(ratio=1)


def test_pasted_or_dropped_they_need_no_words(
    app: App, ben: Person, customer: Customer, new_context: Callable[..., BrowserContext]
) -> None:
    conversation, link = start_chat(ben, customer)
    chat, content = ChatPage(new_context().new_page(), link), list(hostile.picture("PNG", (64, 48)))
    chat.box.evaluate(PASTE, content)
    expect(attached(chat.page, "ready")).to_have_count(1)
    chat.box.evaluate(DROP, content)
    expect(attached(chat.page, "ready")).to_have_count(2)
    chat.box.focus()
    chat.page.keyboard.press("Enter")
    expect(chat.page.get_by_role("log").get_by_role("img")).to_have_count(2)
    app.go(f"/stores/boston/messaging/{conversation}")
    expect(app.page.get_by_test_id("picture")).to_have_count(2)


def test_what_is_no_picture_says_so_and_a_sixth_is_too_many(
    ben: Person, customer: Customer, new_context: Callable[..., BrowserContext], tmp_path: Path
) -> None:
    _, link = start_chat(ben, customer)
    page = ChatPage(new_context("phone").new_page(), link).page
    attach(page, tmp_path, page_jpg=hostile.SCRIPT, bill_pdf=b"%PDF-1.7")
    expect(attached(page, "refused")).to_have_count(2)
    expect(page.get_by_text("This kind of file is not taken.")).to_be_visible()
    expect(page.get_by_text("This is no picture.")).to_be_visible()
    expect(send(page)).to_be_disabled()
    for _ in range(2):
        page.get_by_role("button", name="Remove picture").first.click()
    expect(attached(page)).to_have_count(0)
    attach(page, tmp_path, **{f"p{number}_png": hostile.picture("PNG", (40, 30 + number)) for number in range(6)})
    expect(page.get_by_text("At most 5 pictures in a message.")).to_be_visible()
    expect(attached(page, "ready")).to_have_count(6)
    expect(send(page)).to_be_disabled()
    page.get_by_role("button", name="Remove picture 6 of 6").click()
    expect(send(page)).to_be_enabled()


def test_an_upload_that_broke_off_is_tried_again(
    ben: Person,
    customer: Customer,
    complaints: Complaints,
    new_context: Callable[..., BrowserContext],
    tmp_path: Path,
) -> None:
    _, link = start_chat(ben, customer)
    context = new_context("phone")
    page = ChatPage(context.new_page(), link).page
    expect(page.get_by_text("Hello there")).to_be_visible()
    complaints.expect("ERR_INTERNET_DISCONNECTED")
    context.set_offline(True)
    attach(page, tmp_path, one_jpg=hostile.picture("JPEG"))
    expect(attached(page, "refused")).to_contain_text("No connection.")
    context.set_offline(False)
    page.get_by_role("button", name="Try picture again").click()
    expect(attached(page, "ready")).to_have_count(1)
    send(page).click()
    expect(page.get_by_role("log").get_by_role("img")).to_have_count(1)


def test_after_the_end_there_is_nothing_to_add_pictures_to(
    ben: Person, customer: Customer, new_context: Callable[..., BrowserContext], tmp_path: Path
) -> None:
    conversation, link = start_chat(ben, customer)
    page = ChatPage(new_context("phone").new_page(), link).page
    attach(page, tmp_path, one_jpg=hostile.picture("JPEG"))
    expect(attached(page, "ready")).to_have_count(1)
    ben.do("POST", f"/conversations/{conversation}/close")
    expect(page.get_by_text("has ended this conversation. Please call")).to_be_visible()
    expect(page.get_by_role("button", name="Add pictures")).to_have_count(0)
    expect(attached(page)).to_have_count(0)
