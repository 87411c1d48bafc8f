"""Texts that go out later, and the night where the customer is (X3, X4)."""

import re
import time
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Locator, Route, expect

from tests.browser.app import App
from tests.browser.test_screens import SCREENS, Album
from tests.e2e.api import Person
from tests.e2e.customers import Customer, started
from tests.e2e.stack import Stack

pytestmark = pytest.mark.browser
HOUR = 3_600_000


def waiting(app: App, body: str) -> Locator:
    return app.page.get_by_test_id("held").filter(has_text=body)


def write_for_tomorrow(app: App, body: str) -> Locator:
    """With the keyboard alone."""
    app.composer.fill(body)
    app.page.get_by_role("button", name="Send later").press("Enter")
    dialog = app.page.get_by_role("dialog", name="Send later")
    dialog.get_by_role("button", name=re.compile("^tomorrow, 9:00")).press("Enter")
    expect(dialog).to_have_count(0)
    expect(waiting(app, body)).to_contain_text("Goes out tomorrow, 9:00")
    return waiting(app, body)


@pytest.mark.parametrize(("size", "theme"), [("desktop", "light"), ("phone", "dark")])
def test_a_text_is_sent_later_changed_taken_back_and_sent_after_all(
    stack: Stack, ben: Person, new_app: Callable[..., App], size: str, theme: str
) -> None:
    customer = Customer(stack)
    conversation = started(ben, customer)
    app = new_app("ben", size=size, theme=theme)
    album = Album(app.page, SCREENS / f"{size}-{theme}")
    app.go(f"/stores/boston/messaging/{conversation}")
    app.composer.fill("See you then")
    app.page.get_by_role("button", name="Send later").click()
    dialog = app.page.get_by_role("dialog", name="Send later")
    expect(dialog.get_by_role("button", name=re.compile("^tomorrow, 9:00"))).to_be_visible()
    expect(dialog).to_contain_text(f"On {customer.name}'s clock")
    dialog.get_by_role("button", name="Send then").click()
    expect(dialog.get_by_role("alert")).to_have_text("Choose a date and a time.")
    album.take("send-later", dialog=True)
    dialog.get_by_label("Another time").fill("2020-01-01T09:00")
    dialog.get_by_role("button", name="Send then").click()
    expect(dialog.get_by_role("alert")).to_have_text("This is in the past.")
    app.page.keyboard.press("Escape")
    expect(app.composer).to_have_value("See you then")

    held = write_for_tomorrow(app, "Come by at nine")
    expect(app.composer).to_have_value("")
    held.get_by_role("button", name="Edit").click()
    change = app.page.get_by_role("dialog", name="Change the waiting text")
    change.get_by_role("textbox", name="Text").fill("Come by at ten")
    album.take("change-waiting", dialog=True)
    change.get_by_role("button", name="Save").click()
    expect(change).to_have_count(0)
    held = waiting(app, "Come by at ten")
    expect(held).to_contain_text("Sent later")
    album.take("waiting")
    held.get_by_role("button", name="Cancel").click()
    expect(held).to_have_count(0)
    app.page.get_by_role("button", name="Undo").click()
    expect(held).to_contain_text("Goes out tomorrow, 9:00")
    assert customer.received()[1:] == []
    held.get_by_role("button", name="Send now").click()
    expect(app.bubble("Come by at ten")).to_have_attribute("data-status", "delivered")
    expect(held).to_have_count(0)
    customer.gets("Come by at ten", after=1)
    assert not album.violations, "\n".join(album.violations)


def test_a_colleague_sees_it_wait_at_once_and_may_take_it_back(
    stack: Stack, ben: Person, new_app: Callable[..., App]
) -> None:
    customer = Customer(stack)
    conversation = started(ben, customer)
    mine, hers = new_app("ben"), new_app("maya")
    for app in (mine, hers):
        app.go(f"/stores/boston/messaging/{conversation}")
        expect(app.bubble("Hello there")).to_be_visible()
    write_for_tomorrow(mine, "We open at ten")
    expect(waiting(hers, "We open at ten")).to_contain_text("Ben")
    waiting(hers, "We open at ten").get_by_role("button", name="Cancel").press("Enter")
    expect(waiting(mine, "We open at ten")).to_have_count(0)
    assert ben.do("GET", f"/conversations/{conversation}")["held"] == []


def test_a_text_that_could_not_go_out_says_why(stack: Stack, ben: Person, new_app: Callable[..., App]) -> None:
    customer = Customer(stack)
    conversation = started(ben, customer)
    soon = time.time_ns() // 1_000_000 + 2_000
    body = {"body": "Too late", "send_at": soon}
    ben.do("POST", f"/conversations/{conversation}/messages", body)
    app = new_app("ben")
    app.go(f"/stores/boston/messaging/{conversation}")
    expect(waiting(app, "Too late")).to_be_visible()
    ben.do("POST", f"/conversations/{conversation}/close")
    expect(app.page.get_by_test_id("composer-note")).to_contain_text("closed")
    expect(waiting(app, "Too late").get_by_role("button", name="Send now")).to_have_count(0)
    expect(app.bubble("Too late")).to_contain_text("Failed to send", timeout=90_000)  # the clock strikes each minute
    expect(waiting(app, "Too late")).to_have_count(0)


@pytest.mark.parametrize(("size", "theme"), [("desktop", "dark"), ("phone", "light")])
def test_before_sending_it_says_that_it_is_night_for_the_customer(
    stack: Stack, ben: Person, new_app: Callable[..., App], size: str, theme: str
) -> None:
    """The night is put into the server's answers: the demo's store texts at any hour."""
    customer = Customer(stack)
    conversation = started(ben, customer)
    app = new_app("ben", size=size, theme=theme)
    album = Album(app.page, SCREENS / f"{size}-{theme}")
    now = time.time_ns() // 1_000_000
    clock = {"zone": "Asia/Tokyo", "guessed": False, "quiet_from": now - HOUR, "quiet_until": now + 9 * HOUR}

    def at_night(route: Route) -> None:
        thread: dict[str, Any] = route.fetch().json()
        thread["clock"] = {**clock, "answers_until": None}
        for held in thread["held"]:
            held["held"]["reason"] = "quiet_hours"
        route.fulfill(json=thread)

    app.page.route(re.compile(rf"/api/conversations/{conversation}(\?.*)?$"), at_night)
    app.go(f"/stores/boston/messaging/{conversation}")
    note = app.page.get_by_test_id("night-note")
    expect(note).to_contain_text(
        re.compile(rf"It is \d+:\d\d.[AP]M where {customer.name} is\. What you send now goes out")
    )
    expect(note).to_contain_text("at the store")
    ben.do("POST", f"/conversations/{conversation}/messages", {"body": "Good morning", "send_at": now + 9 * HOUR})
    held = waiting(app, "Good morning")
    expect(held).to_contain_text("Night at the customer's")
    expect(held.get_by_role("button", name="Edit")).to_be_visible()
    expect(held.get_by_role("button", name="Send now")).to_have_count(0)
    album.take("night")
    assert not album.violations, "\n".join(album.violations)


@pytest.mark.parametrize(("size", "theme"), [("desktop", "light"), ("phone", "dark")])
def test_a_manager_reads_the_rules_of_quiet_hours(new_app: Callable[..., App], size: str, theme: str) -> None:
    app = new_app("maya", size=size, theme=theme)
    album = Album(app.page, SCREENS / f"{size}-{theme}")
    app.go("/stores/boston/settings/quiet-hours")
    own = app.page.get_by_role("region", name="This store's hours")
    expect(own).to_contain_text("This store keeps no quiet hours")
    expect(own).to_contain_text("They stand in the merchant's file")
    rules = app.page.get_by_test_id("quiet-rule")
    expect(rules.first).to_contain_text("Everywhere else")
    alabama = rules.filter(has_text="Alabama")
    expect(alabama).to_contain_text("Code of Alabama 8-19A-18")
    expect(alabama).to_contain_text("not at all")
    album.take("quiet-hours")
    assert not album.violations, "\n".join(album.violations)
