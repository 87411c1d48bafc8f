"""WhatsApp in the app: its badge, the time left, what is quoted, and templates when the time is over (X9)."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from local import merchant
from tests.browser.accessibility import faultless
from tests.browser.app import App
from tests.browser.simulator_page import SimulatorPage
from tests.e2e import past
from tests.e2e.customers import Customer
from tests.e2e.stack import Stack

pytestmark = pytest.mark.browser
SEATTLE = merchant.WHATSAPP_NUMBERS["seattle"]


@pytest.fixture
def visitor(stack: Stack) -> Customer:
    return Customer(stack, store="seattle")


@pytest.fixture
def elenas(new_app: Callable[..., App]) -> Callable[..., App]:
    """The Seattle store's app."""

    def make(**how: str) -> App:
        app = new_app(**how)
        app.sign_in("elena")
        app.go("/stores/seattle/messaging")
        return app

    return make


def test_a_message_at_whatsapp_shows_its_badge_and_the_time_left(
    stack: Stack, elenas: Callable[..., App], visitor: Customer
) -> None:
    app = elenas()
    stack.driver.text(visitor.number, SEATTLE, f"Hello from {visitor.name}")
    expect(app.row(visitor.name)).to_contain_text("WhatsApp")
    pane = app.open(visitor.name)
    expect(pane.get_by_role("heading", name=visitor.name)).to_contain_text("WhatsApp")
    expect(pane.get_by_test_id("window-left")).to_have_text("You can answer freely for another 24 h.")
    app.composer.fill("Gorgeous 👋")
    expect(pane.get_by_test_id("segments")).to_have_text("10 characters")
    expect(app.write("Good morning")).to_have_attribute("data-status", "read")


def test_a_phone_answers_the_text_that_is_chosen_on_it(
    stack: Stack, elenas: Callable[..., App], visitor: Customer, simulator: SimulatorPage
) -> None:
    app = elenas()
    stack.driver.text(visitor.number, SEATTLE, f"Hello from {visitor.name}")
    app.open(visitor.name)
    app.write("The red or the blue one?")
    asked = simulator.received(visitor.name, "The red or the blue one?").locator("..")
    asked.get_by_role("button", name="Answer this one").click()
    phone = simulator.phone(visitor.name)
    expect(phone.get_by_text("Answers: The red or the blue one?")).to_be_visible()
    simulator.text(visitor.name, "The red one")
    expect(phone.get_by_text("Answers: The red or the blue one?")).to_have_count(0)
    told = {text["body"]: text for text in visitor.phone["texts"]}
    assert told["The red one"]["quoted_sid"] == told["The red or the blue one?"]["sid"]


def test_what_the_customer_answers_stands_above_the_answer(
    stack: Stack, elenas: Callable[..., App], visitor: Customer
) -> None:
    app = elenas()
    stack.driver.text(visitor.number, SEATTLE, f"Hello from {visitor.name}")
    app.open(visitor.name)
    expect(app.write("The red or the blue one?")).to_have_attribute("data-status", "read")
    sid = next(text["sid"] for text in visitor.phone["texts"] if text["direction"] == "in")
    answer = {"to": SEATTLE, "body": "The first", "quoting": sid}
    stack.driver.simulator("POST", f"/phones/{visitor.number}/texts", answer)
    quoted = app.bubble("The first").get_by_test_id("quoted")
    expect(quoted).to_contain_text("The red or the blue one?")


@pytest.mark.parametrize(("size", "theme"), [("desktop", "light"), ("phone", "dark")])
def test_when_the_time_is_over_a_template_is_filled_in_and_sent(
    stack: Stack, elenas: Callable[..., App], visitor: Customer, size: str, theme: str
) -> None:
    past.wrote_at_whatsapp(stack, visitor.number, f"Long ago, {visitor.name}", days_ago=1.5, store="seattle")
    app = elenas(size=size, theme=theme)
    app.found(f"Long ago, {visitor.name}").click()
    picker = app.page.get_by_role("region", name="Send a template")
    expect(picker).to_contain_text("More than 24 hours have passed")
    expect(app.composer).to_have_count(0)
    faultless(app.page)
    send = picker.get_by_role("button", name="Send template")
    expect(send).to_be_disabled()
    picker.get_by_role("textbox", name="Words 1").fill("Nora")
    picker.get_by_role("textbox", name="Words 2").fill("a   b     c")
    expect(picker.get_by_role("alert")).to_contain_text("One line")
    expect(send).to_be_disabled()
    picker.get_by_role("textbox", name="Words 2").fill("#1001")
    expect(picker.get_by_test_id("template-preview")).to_contain_text("Hi Nora, your order #1001 is ready")
    send.click()
    bubble = app.bubble("Hi Nora, your order #1001 is ready")
    expect(bubble).to_have_attribute("data-status", "read")
    expect(bubble).to_contain_text("Template")
    expect(picker).to_be_visible()
    stack.driver.text(visitor.number, SEATTLE, "On my way")
    expect(app.bubble("On my way")).to_be_visible()
    expect(app.write("See you")).to_have_attribute("data-status", "read")


def test_another_template_has_other_placeholders(stack: Stack, elenas: Callable[..., App], visitor: Customer) -> None:
    past.wrote_at_whatsapp(stack, visitor.number, f"Long ago, {visitor.name}", days_ago=1.5, store="seattle")
    app = elenas()
    app.found(f"Long ago, {visitor.name}").click()
    picker = app.page.get_by_role("region", name="Send a template")
    picker.get_by_role("combobox", name="Template").select_option("thanks en_US")
    expect(picker.get_by_role("textbox")).to_have_count(0)
    picker.get_by_role("button", name="Send template").click()
    expect(app.bubble("Thank you for your visit!")).to_have_attribute("data-status", "read")
