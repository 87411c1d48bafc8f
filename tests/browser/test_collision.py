"""Two who answer at once: the second is asked first (X16)."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.browser.accessibility import faultless
from tests.browser.app import App
from tests.e2e.api import Person
from tests.e2e.customers import Customer, started
from tests.e2e.stack import Stack

pytestmark = pytest.mark.browser


def test_the_second_of_two_who_answer_at_once_is_asked_first(
    stack: Stack, ben: Person, new_app: Callable[..., App]
) -> None:
    customer = Customer(stack)
    conversation = started(ben, customer)
    customer.texts("When do you close?")
    app = new_app("maya", size="phone")
    app.go(f"/stores/boston/messaging/{conversation}")
    expect(app.bubble("When do you close?")).to_be_visible()
    app.composer.fill("At nine, I think.")
    ben.send(conversation, "At eight.")
    expect(app.bubble("At eight.")).to_be_visible()
    app.composer.press("Enter")
    question = app.page.get_by_role("alertdialog", name="has just answered")
    expect(question.get_by_role("button", name="Look first")).to_be_focused()
    faultless(app.page, "[role=alertdialog]")
    app.page.keyboard.press("Enter")
    expect(question).to_have_count(0)
    expect(app.composer).to_have_value("At nine, I think.")
    assert "At nine, I think." not in customer.received()
    app.composer.press("Enter")
    question.get_by_role("button", name="Send anyway").press("Enter")
    expect(app.bubble("At nine, I think.")).to_have_attribute("data-status", "delivered")
    app.write("Sorry, at eight.")
    expect(question).to_have_count(0)
