"""Asking for a customer's yes: what list and composer say while it is awaited, and what the answer changes (N6, N7)."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Route, expect

from tests.browser.accessibility import faultless
from tests.browser.app import App
from tests.e2e.api import Person
from tests.e2e.asking import asked
from tests.e2e.customers import Customer
from tests.e2e.stack import Stack

pytestmark = pytest.mark.browser
WAITING = "Waiting for their yes"


def test_a_conversation_waits_for_the_customers_yes(stack: Stack, ben: Person, new_app: Callable[..., App]) -> None:
    customer = Customer(stack)
    asked(ben, customer)
    customer.waits_for("Your order is here.\nReply YES to get messages from Juniper & Pine Boston")
    app, colleague = new_app("ben"), new_app("maya", size="phone", theme="dark")
    expect(app.row(customer.name)).to_contain_text(WAITING)
    pane = app.open(customer.name)
    note = pane.get_by_test_id("composer-note")
    expect(note).to_contain_text(re.compile(rf"{WAITING}: {customer.name} was asked on \w+ \d+"))
    expect(app.composer).to_have_count(0)
    expect(app.bubble("Your order is here.")).to_contain_text("Asks for their yes")
    faultless(app.page)
    colleague.go("/stores/boston/messaging")
    expect(colleague.row(customer.name)).to_contain_text(WAITING)
    faultless(colleague.page)
    customer.texts("YES")
    expect(app.composer).to_be_editable()
    expect(app.row(customer.name)).not_to_contain_text(WAITING)
    expect(colleague.row(customer.name)).not_to_contain_text(WAITING)
    customer.waits_for("You have opted in to texts from Juniper & Pine Boston.")
    expect(app.write("Wonderful")).to_have_attribute("data-status", "delivered")


def test_a_no_takes_the_place_of_the_waiting(stack: Stack, ben: Person, app: App) -> None:
    customer = Customer(stack)
    asked(ben, customer)
    customer.waits_for("Reply YES")
    app.open(customer.name)
    customer.texts("STOP")
    expect(app.page.get_by_test_id("composer-note")).to_contain_text("has opted out of texts")
    expect(app.row(customer.name)).not_to_contain_text(WAITING)


def test_the_dialog_says_that_some_are_asked_first(stack: Stack, app: App) -> None:
    def asking_first(route: Route) -> None:
        answer = route.fetch()
        me = answer.json()
        route.fulfill(response=answer, json=me | {"stores": [one | {"opt_in": "required"} for one in me["stores"]]})

    customer = Customer(stack)
    customer.orders()
    app.page.route("**/me", asking_first)
    app.page.reload()
    app.page.get_by_role("button", name="New conversation").click()
    app.start_row(customer.name).get_by_role("button", name="New message").click()
    dialog = app.page.get_by_role("dialog")
    expect(dialog).to_contain_text("This store texts only who has agreed.")
    dialog.get_by_role("textbox").fill("Hello")
    expect(dialog.get_by_test_id("segments")).to_contain_text("127 characters")
    faultless(app.page, "[role=dialog]")
