"""An order comes in, a conversation starts, texts go both ways, and it ends."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Locator, Page, expect

from local.sweep import sweep
from tests.browser.accessibility import faultless
from tests.browser.app import App
from tests.browser.complaints import Complaints
from tests.browser.simulator_page import SimulatorPage
from tests.e2e import past
from tests.e2e.api import Person
from tests.e2e.customers import Customer, order_of, started
from tests.e2e.stack import Stack

pytestmark = pytest.mark.browser

WATCH_STATUSES = """body => {
  window.seen = [];
  const note = () => {
    for (const message of document.querySelectorAll('[data-testid="message"]')) {
      const status = message.dataset.status;
      if (message.textContent.includes(body) && window.seen.at(-1) !== status) window.seen.push(status);
    }
  };
  new MutationObserver(note).observe(document.body, {subtree: true, childList: true, attributes: true});
}"""


def test_from_an_order_in_the_shop_to_a_delivered_answer_without_a_reload(
    stack: Stack, app: App, simulator: SimulatorPage
) -> None:
    """The whole spine, with both pages side by side."""
    customer = Customer(stack)
    app.page.get_by_role("link", name="Orders").click()
    number = simulator.place_order(customer.number)
    expect(app.order_row(number)).to_contain_text(customer.name)
    simulator.order(number).get_by_role("button", name="Pay").click()
    expect(app.order_row(number)).to_contain_text("Paid")

    app.page.get_by_role("link", name="Messaging").click()
    app.page.get_by_role("button", name="New conversation").click()
    dialog = app.page.get_by_role("dialog", name="Start new conversation")
    expect(dialog.get_by_test_id("start-row").first).to_contain_text(customer.name)
    dialog.get_by_role("searchbox", name="Search orders").fill(customer.last_name)
    expect(dialog.get_by_test_id("start-row")).to_have_count(1)
    dialog.get_by_role("button", name="New message").click()
    compose = app.page.get_by_role("dialog", name=f"New message to {customer.name}")
    compose.get_by_role("textbox", name="Message").fill("Your shirt is ready.")
    compose.get_by_role("button", name="Send").click()
    expect(app.conversation(customer.name)).to_be_visible()
    expect(app.bubble("Your shirt is ready.")).to_have_attribute("data-status", "delivered")
    expect(simulator.received(customer.name, "Your shirt is ready.")).to_be_visible()

    simulator.text(customer.name, "Lovely, when do you close?")
    expect(app.bubble("Lovely, when do you close?")).to_have_attribute("data-direction", "inbound")
    app.page.evaluate(WATCH_STATUSES, "At eight.")
    expect(app.write("At eight.")).to_have_attribute("data-status", "delivered")
    expect(simulator.received(customer.name, "At eight.")).to_be_visible()
    _only_climbed(app.page)


def test_an_order_of_more_than_72_hours_is_not_offered(stack: Stack, app: App) -> None:
    old, fresh = Customer(stack), Customer(stack)
    old.orders(hours_ago=73)
    fresh.orders(hours_ago=71)
    app.page.get_by_role("button", name="New conversation").click()
    dialog = app.page.get_by_role("dialog", name="Start new conversation")
    search = dialog.get_by_role("searchbox", name="Search orders")
    search.fill(fresh.last_name)
    expect(app.start_row(fresh.name)).to_be_visible()
    search.fill(old.last_name)
    expect(dialog.get_by_text("No order matches")).to_be_visible()


def test_a_conversation_can_be_started_from_the_page_of_an_order(stack: Stack, app: App) -> None:
    customer = Customer(stack)
    order = order_of(customer.orders())
    app.go(f"/stores/boston/orders/{order}")
    app.page.get_by_role("button", name="New message").click()
    dialog = app.page.get_by_role("dialog", name=f"New message to {customer.name}")
    dialog.get_by_role("textbox", name="Message").fill("About your order")
    dialog.get_by_role("button", name="Send").click()
    expect(app.bubble("About your order")).to_have_attribute("data-status", "delivered")
    customer.waits_for("About your order")


def test_an_unread_text_shows_a_blue_circle_in_the_list_and_a_red_number_elsewhere(
    stack: Stack, ben: Person, new_app: Callable[..., App]
) -> None:
    customer = Customer(stack)
    started(ben, customer)
    app = new_app("ben")
    app.page.get_by_role("link", name="Orders").click()
    before = ben.do("GET", "/me/unread")["total"]
    customer.texts("Are you there?")
    expect(app.unread_total).to_contain_text(str(before + 1))
    expect(app.page).to_have_title(f"({before + 1}) Orders · Counterline")
    app.page.get_by_role("link", name="Messaging").click()
    circle = app.row(customer.name).get_by_test_id("unread-count")
    expect(circle).to_contain_text("1")
    app.open(customer.name)
    expect(circle).to_have_count(0)
    app.page.get_by_role("button", name="Mark as unread").click()
    expect(circle).to_contain_text("1")


def test_several_conversations_are_kept_apart_with_a_draft_each(
    stack: Stack, ben: Person, new_app: Callable[..., App]
) -> None:
    first, second = Customer(stack), Customer(stack)
    for customer in (first, second):
        started(ben, customer, f"Hello {customer.name}")
    app = new_app("ben")
    app.open(first.name)
    app.composer.fill("A draft for the first")
    app.open(second.name)
    expect(app.composer).to_have_value("")
    expect(app.write("For the second only")).to_have_attribute("data-status", "delivered")
    app.open(first.name)
    expect(app.composer).to_have_value("A draft for the first")
    expect(app.bubble("For the second only")).to_have_count(0)
    assert "For the second only" not in first.received()


def test_stop_breaks_the_heart_and_start_mends_it(
    stack: Stack, ben: Person, app: App, simulator: SimulatorPage
) -> None:
    customer = Customer(stack)
    started(ben, customer)
    app.open(customer.name)
    phone = simulator.phone(customer.name)
    phone.get_by_role("button", name="STOP").click()
    expect(app.page.get_by_test_id("composer-note")).to_contain_text("has opted out of texts")
    expect(app.composer).to_have_count(0)
    expect(app.row(customer.name).get_by_role("img", name="Opted out")).to_be_visible()
    expect(simulator.received(customer.name, "You have opted out")).to_have_count(1)
    expect(app.row(customer.name)).to_contain_text("Automatic: You have opted out")
    phone.get_by_role("button", name="HELP").click()
    expect(simulator.received(customer.name, "for help call")).to_be_visible()
    phone.get_by_role("button", name="START").click()
    expect(app.composer).to_be_visible()
    expect(app.row(customer.name).get_by_role("img", name="Opted out")).to_have_count(0)
    expect(app.write("Welcome back")).to_have_attribute("data-status", "delivered")


def test_a_landline_fails_with_a_reason_and_retry_sends_again_once_it_is_a_phone(
    stack: Stack, ben: Person, app: App, simulator: SimulatorPage
) -> None:
    customer = Customer(stack)
    started(ben, customer)
    app.open(customer.name)
    simulator.phone(customer.name).get_by_role("combobox", name="Behaviour").select_option("landline")
    bubble = app.write("Can you read this?")
    expect(bubble).to_contain_text("Failed to send")
    expect(bubble).to_contain_text("This is a landline or cannot receive texts at the moment.")
    mark = app.row(customer.name).get_by_role("img", name="The last text failed to send")
    expect(mark).to_be_visible()
    simulator.phone(customer.name).get_by_role("combobox", name="Behaviour").select_option("normal")
    bubble.get_by_role("button", name="Retry").click()
    expect(bubble).to_have_attribute("data-status", "delivered")
    expect(mark).to_have_count(0)
    assert customer.received().count("Can you read this?") == 1


def test_a_lost_provider_answer_asks_whether_to_send_again(stack: Stack, ben: Person, app: App) -> None:
    customer = Customer(stack)
    started(ben, customer)
    app.open(customer.name)
    customer.behave("server_error")
    bubble = app.write("Did you get this?")
    expect(bubble).to_contain_text("Not confirmed – checking with the provider")
    assert bubble.locator("time").evaluate("time => time.offsetHeight") < 20, "the time breaks over two lines"
    customer.behave("normal")
    again = bubble.get_by_role("button", name="Send again")
    question = _asked_before_sending_again(app, again)
    app.page.keyboard.press("Escape")
    expect(question).to_have_count(0)
    expect(again).to_be_focused()
    assert customer.received().count("Did you get this?") == 0
    _asked_before_sending_again(app, again).get_by_role("button", name="Send again").press("Enter")
    expect(bubble).to_have_attribute("data-status", "delivered")
    assert customer.received().count("Did you get this?") == 1


def _asked_before_sending_again(app: App, button: Locator) -> Locator:
    """Opens the question by key; it stands on the harmless answer, and nobody is kept out of it."""
    button.press("Enter")
    question = app.page.get_by_role("alertdialog", name="Send this text again?")
    expect(question).to_contain_text("The customer may already have this text.")
    expect(question.get_by_role("button", name="Not now")).to_be_focused()
    faultless(app.page, "[role=alertdialog]")
    return question


def test_closing_can_be_undone_and_a_closed_conversation_answers_once(stack: Stack, ben: Person, app: App) -> None:
    customer = Customer(stack)
    started(ben, customer)
    pane = app.open(customer.name)
    pane.get_by_role("button", name="Close conversation").click()
    expect(app.row(customer.name)).to_have_count(0)
    app.page.get_by_role("region", name="Notifications").get_by_role("button", name="Undo").click()
    expect(app.row(customer.name)).to_have_count(1)
    app.open(customer.name).get_by_role("button", name="Close conversation").click()
    expect(app.row(customer.name)).to_have_count(0)
    customer.texts("Hello?")
    customer.waits_for("has ended this conversation")
    app.page.get_by_role("tab", name="Closed").click()
    app.open(customer.name)
    expect(app.page.get_by_test_id("composer-note")).to_contain_text("This conversation is closed.")
    expect(app.bubble("has ended this conversation")).to_contain_text("Automatic")


def test_a_deleted_conversation_is_gone_for_everybody(
    stack: Stack, ben: Person, new_app: Callable[..., App], complaints: Complaints
) -> None:
    complaints.expect(r"status of 404 .*/api/conversations/.*/(notes|carts)")  # what was still being loaded of it
    customer = Customer(stack)
    started(ben, customer)
    mine, colleague = new_app("ben"), new_app("maya")
    expect(colleague.row(customer.name)).to_be_visible()
    mine.open(customer.name).get_by_role("button", name="Delete conversation").click()
    question = mine.page.get_by_role("alertdialog", name="Delete this conversation?")
    question.get_by_role("button", name="Cancel").click()
    expect(mine.row(customer.name)).to_be_visible()
    mine.page.get_by_role("button", name="Delete conversation").click()
    question.get_by_role("button", name="Delete").click()
    expect(mine.row(customer.name)).to_have_count(0)
    expect(colleague.row(customer.name)).to_have_count(0)


def test_an_expired_conversation_leaves_the_inbox_and_says_so(stack: Stack, app: App) -> None:
    customer = Customer(stack)
    said = f"Four months ago, {customer.last_name}"
    past.texted(stack, customer.number, said, days_ago=119.97)
    app.page.reload()
    app.page.get_by_role("searchbox", name="Search conversations").fill(customer.last_name)
    app.row(said).click()
    expect(app.composer).to_be_visible()
    sweep(stack.local.session, datetime.now(UTC) + timedelta(hours=1))
    expect(app.page.get_by_test_id("composer-note")).to_contain_text("expired after 120 days")
    expect(app.row(said)).to_have_count(0)


def test_a_conversation_of_another_store_does_not_exist(
    stack: Stack, elena: Person, app: App, complaints: Complaints
) -> None:
    complaints.expect(r"status of 404 .*/api/")
    customer = Customer(stack, store="seattle")
    conversation = started(elena, customer, "Only for Seattle")
    app.go(f"/stores/boston/messaging/{conversation}")
    expect(app.page.get_by_text("It does not exist, or belongs to another store.").first).to_be_visible()
    app.go(f"/stores/seattle/messaging/{conversation}")
    expect(app.page.get_by_text("No conversation selected")).to_be_visible()
    expect(app.page.get_by_text("Only for Seattle")).to_have_count(0)


def _only_climbed(page: Page) -> None:
    """The statuses a bubble went through, in order, none twice."""
    ladder = ["queued", "sending", "sent", "delivered"]
    seen = page.evaluate("window.seen")
    assert seen[0] == "queued", seen
    assert seen[-1] == "delivered", seen
    assert [ladder.index(status) for status in seen] == sorted({ladder.index(status) for status in seen}), seen
