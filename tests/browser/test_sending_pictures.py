"""An associate attaches pictures, sees them as they will go out, and sends them (N20)."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, expect

from tests.browser.accessibility import faultless
from tests.browser.app import App
from tests.browser.chat_page import ChatPage, start_chat
from tests.browser.complaints import Complaints
from tests.e2e.api import Person
from tests.e2e.customers import Customer, started
from tests.e2e.stack import Stack
from tests.media import hostile

pytestmark = pytest.mark.browser

PASTE = """(box, bytes) => {
  const data = new DataTransfer();
  data.items.add(new File([new Uint8Array(bytes)], "clip.png", { type: "image/png" }));
  box.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
}"""
DROP = """(box, bytes) => {
  const data = new DataTransfer();
  data.items.add(new File([new Uint8Array(bytes)], "drop.png", { type: "image/png" }));
  box.dispatchEvent(new DragEvent("drop", { dataTransfer: data, bubbles: true, cancelable: true }));
}"""


@pytest.fixture
def talking(stack: Stack, ben: Person, app: App) -> Customer:
    """Whose conversation is open."""
    customer = Customer(stack)
    started(ben, customer)
    app.page.get_by_role("link", name="Messaging").click()
    app.open(customer.name)
    return customer


def attach(page: Page, folder: Path, **files: bytes) -> None:
    paths = []
    for name, content in files.items():
        path = folder / name.replace("_", ".")
        path.write_bytes(content)
        paths.append(path)
    page.get_by_test_id("attach-input").set_input_files(paths)


def attached(page: Page, state: str = "") -> Locator:
    found = page.get_by_test_id("attached")
    return found.and_(page.locator(f"[data-state={state}]")) if state else found


def send(page: Page) -> Locator:
    return page.get_by_role("button", name="Send", exact=True)


def test_send_waits_until_every_picture_is_loaded_and_shown(app: App, talking: Customer, tmp_path: Path) -> None:
    page = app.page
    page.route("**/check", lambda route: (page.wait_for_timeout(700), route.continue_()))
    app.composer.fill("Like these?")
    expect(send(page)).to_be_enabled()
    attach(page, tmp_path, one_jpg=hostile.with_exif(), two_png=hostile.picture("PNG", (900, 300)))
    expect(send(page)).to_be_disabled()
    expect(attached(page, "ready")).to_have_count(2)
    expect(send(page)).to_be_enabled()
    faultless(page)
    page.get_by_role("button", name="Remove picture 2 of 2").click()
    expect(attached(page)).to_have_count(1)
    send(page).click()
    expect(attached(page)).to_have_count(0)
    bubble = app.bubble("Like these?")
    expect(bubble.get_by_test_id("picture")).to_have_count(1)
    expect(bubble.get_by_role("img")).to_have_js_property("naturalWidth", 200)


def test_a_picture_needs_no_words_and_can_be_pasted_or_dropped(app: App, talking: Customer) -> None:
    page, content = app.page, list(hostile.picture("PNG", (64, 48)))
    app.composer.evaluate(PASTE, content)
    expect(attached(page, "ready")).to_have_count(1)
    app.composer.evaluate(DROP, content)
    expect(attached(page, "ready")).to_have_count(2)
    expect(send(page)).to_be_enabled()
    app.composer.focus()
    page.keyboard.press("Enter")
    expect(attached(page)).to_have_count(0)
    expect(page.get_by_test_id("picture")).to_have_count(2)


def test_each_picture_says_why_it_cannot_be_sent(app: App, talking: Customer, tmp_path: Path) -> None:
    page = app.page
    app.composer.fill("Look")
    attach(page, tmp_path, note_txt=b"words", broken_png=hostile.picture("PNG")[:200], empty_png=b"")
    expect(attached(page, "refused")).to_have_count(3)
    for words in ("This is no picture.", "damaged or unsafe", "empty"):
        expect(attached(page, "refused").filter(has_text=words)).to_have_count(1)
    expect(send(page)).to_be_disabled()
    while attached(page).count():
        page.get_by_role("button", name="Remove picture").first.click()
    expect(send(page)).to_be_enabled()


def test_what_the_network_broke_is_tried_again(
    app: App, talking: Customer, complaints: Complaints, tmp_path: Path
) -> None:
    page = app.page
    complaints.expect("ERR_FAILED")
    page.route("**/files/uploads/**", lambda route: route.abort())
    attach(page, tmp_path, one_png=hostile.picture("PNG"))
    expect(attached(page, "refused")).to_have_count(1)
    page.unroute("**/files/uploads/**")
    page.get_by_role("button", name="Try picture again").click()
    expect(attached(page, "ready")).to_have_count(1)


def test_attached_pictures_stay_while_one_looks_elsewhere(app: App, talking: Customer, tmp_path: Path) -> None:
    page = app.page
    attach(page, tmp_path, one_png=hostile.picture("PNG"))
    expect(attached(page, "ready")).to_have_count(1)
    page.get_by_role("link", name="Orders").first.click()
    page.get_by_role("link", name="Messaging").click()
    app.open(talking.name)
    expect(attached(page, "ready")).to_have_count(1)


def test_six_are_one_too_many(app: App, talking: Customer, tmp_path: Path) -> None:
    page = app.page
    attach(page, tmp_path, **{f"p{number}_png": hostile.picture("PNG", (32, 32)) for number in range(6)})
    expect(page.get_by_text("At most 5 pictures in a message.")).to_be_visible()
    expect(attached(page, "ready")).to_have_count(6)
    expect(send(page)).to_be_disabled()
    page.get_by_role("button", name="Remove picture 6 of 6").click()
    expect(send(page)).to_be_enabled()


def test_a_customer_sees_pictures_on_the_chat_page(
    app: App,
    ben: Person,
    stack: Stack,
    complaints: Complaints,
    new_context: Callable[..., BrowserContext],
    tmp_path: Path,
) -> None:
    complaints.expect("favicon.ico")  # of the page that is nothing but the picture
    customer = Customer(stack)
    conversation, link = start_chat(ben, customer)
    chat = ChatPage(new_context("phone").new_page(), link)
    chat.shows("Hello there")
    app.go(f"/stores/boston/messaging/{conversation}")
    attach(app.page, tmp_path, one_jpg=hostile.with_exif())
    expect(attached(app.page, "ready")).to_have_count(1)
    app.write("Like this?")
    chat.shows("Like this?")
    image = chat.bubble("Like this?").get_by_role("img", name="Picture")
    expect(image).to_have_js_property("naturalWidth", 200)
    with chat.page.expect_popup() as large:
        image.click()
    assert "/picture?" in large.value.url
