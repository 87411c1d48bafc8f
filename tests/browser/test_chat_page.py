"""A customer opens the link from a text and chats, without signing in (D1, D15, D16, D19)."""

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, expect

from tests.browser.accessibility import faultless
from tests.browser.app import App
from tests.browser.chat_page import ChatPage, start_chat
from tests.browser.complaints import Complaints
from tests.e2e.api import Person
from tests.e2e.customers import Customer
from tests.e2e.stack import Stack

pytestmark = pytest.mark.browser


@pytest.fixture
def customer(stack: Stack) -> Customer:
    return Customer(stack)


def test_both_sides_chat_live(
    app: App, ben: Person, customer: Customer, new_context: Callable[..., BrowserContext]
) -> None:
    conversation, link = start_chat(ben, customer, "Your boots are here")
    (text,) = [text for text in customer.received() if "/chat#" in text]
    assert "boots" not in text
    chat = ChatPage(new_context("phone").new_page(), link)
    chat.shows("Your boots are here")
    number = ben.do("GET", f"/conversations/{conversation}")["conversation"]["order_number"]
    expect(chat.page.get_by_role("heading", name=f"Order {number}")).to_be_visible()
    faultless(chat.page)
    assert (chat.box.bounding_box() or {"height": 0})["height"] >= 40, "a line of text and the space around it"
    expect(chat.page.get_by_text("Ben, ")).to_be_visible()
    assert link.partition("#")[2] not in chat.page.url
    app.go(f"/stores/boston/messaging/{conversation}")
    expect(app.bubble("Your boots are here")).to_have_attribute("data-status", "read")
    chat.write("Great, I come by at five 🎉")
    expect(app.bubble("I come by at five")).to_be_visible()
    app.write("See you then")
    chat.shows("See you then")
    expect(chat.page.get_by_text("Sent")).to_be_visible()
    customer.behave("normal")
    assert len(customer.received()) == 1, "the invitation, and no text besides"


def test_two_tabs_and_a_reload_show_the_same(
    ben: Person, customer: Customer, new_context: Callable[..., BrowserContext]
) -> None:
    _, link = start_chat(ben, customer)
    context = new_context()
    one, two = ChatPage(context.new_page(), link), ChatPage(context.new_page(), link)
    one.write("From the first tab")
    two.shows("From the first tab")
    two.page.reload()
    two.shows("From the first tab")
    expect(two.bubble("From the first tab")).to_have_count(1)
    expect(two.bubble("Hello there")).to_have_count(1)


@pytest.mark.parametrize("fragment", ["", "#", "#x", "#0123456789ABCDEFabcdef", "#" + "x" * 43])
def test_a_link_that_opens_nothing_is_one_friendly_page(
    stack: Stack, complaints: Complaints, new_context: Callable[..., BrowserContext], fragment: str
) -> None:
    complaints.expect("404")
    page = new_context("phone").new_page()
    ChatPage(page, f"{stack.origin}/chat{fragment}").is_shut()


def test_closing_says_so_and_takes_the_box_away(
    ben: Person, customer: Customer, new_context: Callable[..., BrowserContext]
) -> None:
    conversation, link = start_chat(ben, customer)
    chat = ChatPage(new_context().new_page(), link)
    chat.shows("Hello there")
    ben.do("POST", f"/conversations/{conversation}/close")
    expect(chat.page.get_by_text("has ended this conversation. Please call")).to_be_visible()
    expect(chat.page.get_by_role("link", name="+1")).to_have_attribute("href", "tel:+16175550100")
    expect(chat.box).to_have_count(0)
    chat.shows("Hello there")


def test_a_deleted_conversation_and_a_replaced_link_open_nothing(
    ben: Person, customer: Customer, complaints: Complaints, new_context: Callable[..., BrowserContext]
) -> None:
    complaints.expect("404")
    conversation, link = start_chat(ben, customer)
    chat = ChatPage(new_context().new_page(), link)
    chat.shows("Hello there")
    ben.do("POST", f"/conversations/{conversation}/chat-link")
    chat.page.reload()
    chat.is_shut()
    ChatPage(new_context().new_page(), link).is_shut()


def test_what_is_written_without_a_network_goes_out_later_and_once(
    ben: Person, customer: Customer, complaints: Complaints, new_context: Callable[..., BrowserContext]
) -> None:
    complaints.expect("ERR_INTERNET_DISCONNECTED|Failed to load|WebSocket")
    conversation, link = start_chat(ben, customer)
    context = new_context("phone")
    chat = ChatPage(context.new_page(), link)
    chat.shows("Hello there")
    context.set_offline(True)
    expect(chat.page.get_by_text("You are offline")).to_be_visible()
    bubble = chat.write("Written in a tunnel")
    expect(bubble).to_contain_text("Waiting for the network")
    context.set_offline(False)
    expect(chat.page.get_by_text("You are offline")).to_have_count(0)
    expect(bubble).to_contain_text("Sent")
    assert [m["body"] for m in ben.messages(conversation)].count("Written in a tunnel") == 1


def test_foreign_words_stay_words_and_links_learn_nothing(
    ben: Person, customer: Customer, new_context: Callable[..., BrowserContext]
) -> None:
    words = "<img src=x onerror=alert(1)> javascript:alert(2) see https://shop.example/boots?a=1."
    _, link = start_chat(ben, customer, words)
    chat = ChatPage(new_context().new_page(), link)
    chat.shows("<img src=x onerror=alert(1)> javascript:alert(2)")
    shown = chat.page.get_by_role("link", name="https://shop.example/boots?a=1", exact=True)
    expect(shown).to_have_attribute("rel", "noopener noreferrer nofollow")
    expect(chat.page.locator("img")).to_have_count(0)


def test_it_can_be_used_with_the_keyboard_alone(
    ben: Person, customer: Customer, new_context: Callable[..., BrowserContext]
) -> None:
    _, link = start_chat(ben, customer)
    chat = ChatPage(new_context().new_page(), link)
    chat.shows("Hello there")
    chat.page.get_by_role("button", name="Emoji").focus()
    chat.page.keyboard.press("Enter")
    chat.page.keyboard.press("Enter")
    chat.page.keyboard.press("Escape")
    expect(chat.box).to_be_focused()
    chat.page.keyboard.type(" fine")
    chat.page.keyboard.press("Enter")
    chat.shows("😀 fine")


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("size", ["phone", "desktop"])
def test_nothing_is_wider_than_the_screen_and_the_box_is_in_sight(
    ben: Person, customer: Customer, new_context: Callable[..., BrowserContext], size: str, theme: str
) -> None:
    _, link = start_chat(ben, customer, "Long: " + "w" * 300)
    chat = ChatPage(new_context(size, theme).new_page(), link)
    chat.shows("Long: ")
    for number in range(6):
        chat.write(f"Line {number}")
    chat.shows("Line 5")
    assert chat.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    expect(chat.box).to_be_in_viewport()
    expect(chat.bubble("Line 5")).to_be_in_viewport()
