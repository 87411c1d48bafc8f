"""Who looks after a conversation: seen, taken, handed over, given back; by keyboard and on a phone (N28, N29)."""

import re
import time
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Locator, Route, expect

from tests.browser.accessibility import faultless
from tests.browser.app import App
from tests.browser.test_screens import SCREENS
from tests.e2e.api import Person
from tests.e2e.customers import Customer, started
from tests.e2e.stack import Stack

pytestmark = pytest.mark.browser


def dialog(app: App) -> Locator:
    app.page.get_by_role("button", name="Who looks after this conversation").press("Enter")
    shown = app.page.get_by_role("dialog", name="Who looks after this conversation?")
    expect(shown.get_by_role("list", name="Colleagues of this store")).to_be_visible()
    return shown


def test_a_conversation_is_handed_to_a_colleague_who_gives_it_back_to_the_store(
    stack: Stack, ben: Person, new_app: Callable[..., App]
) -> None:
    customer = Customer(stack)
    started(ben, customer)
    mine, colleague = new_app("ben"), new_app("maya", size="phone", theme="dark")
    mine.open(customer.name)
    expect(mine.page.get_by_test_id("assignee")).to_contain_text("with you")
    expect(mine.row(customer.name)).to_contain_text("You")
    shown = dialog(mine)
    faultless(mine.page, "[role=dialog]")
    shown.get_by_role("button", name="Maya").press("Enter")
    expect(mine.page.get_by_test_id("assignee")).to_contain_text("with Maya")
    expect(mine.page.get_by_test_id("handover")).to_contain_text("You gave this conversation to Maya")
    mine.page.get_by_role("button", name="Mine").click()
    expect(mine.row(customer.name)).to_have_count(0)

    colleague.page.get_by_role("button", name="Mine").click()
    colleague.open(customer.name)
    expect(colleague.page.get_by_test_id("handover")).to_contain_text("gave this conversation to you")
    dialog(colleague).get_by_role("button", name="The store").press("Enter")
    expect(mine.page.get_by_test_id("assignee")).to_contain_text("with nobody yet")
    expect(mine.page.get_by_test_id("handover").last).to_contain_text("gave this conversation back to the store")
    assert len(customer.received()) == 1, "history is never sent"


def test_whoever_answers_first_looks_after_what_a_customer_began(stack: Stack, new_app: Callable[..., App]) -> None:
    customer = Customer(stack)
    customer.texts("Is anybody there?")
    app = new_app("ben")
    app.page.get_by_test_id("conversation-row").filter(has_text="Is anybody there?").first.click()
    expect(app.page.get_by_test_id("assignee")).to_contain_text("with nobody yet")
    app.write("Yes!")
    expect(app.page.get_by_test_id("assignee")).to_contain_text("with you")


def test_its_associate_is_told_when_it_went_back_to_the_store(
    stack: Stack, ben: Person, new_app: Callable[..., App]
) -> None:
    """That the clock gives it back is put into the server's answers: no test can wait for the minutes."""
    customer = Customer(stack)
    conversation = started(ben, customer)
    customer.texts("Is anybody there?")
    app = new_app("ben")
    app.open(customer.name)
    expect(app.page.get_by_test_id("assignee")).to_contain_text("with you")
    since = time.time_ns() // 1_000_000 - 1_800_000

    def waiting(row: dict[str, Any]) -> None:
        if row["id"] == conversation:
            row.update(assignee_id=None, waiting_since=since)

    def listed(route: Route) -> None:
        page: dict[str, Any] = route.fetch().json()
        for row in page["rows"]:
            waiting(row)
        route.fulfill(json=page)

    def shown(route: Route) -> None:
        thread: dict[str, Any] = route.fetch().json()
        waiting(thread["conversation"])
        line = {"id": "01", "kind": "unanswered", "at": since + 1, "from_id": "somebody", "from_name": "Ben Adeyemi"}
        thread["handovers"] = [{"by_id": None, "by_name": None, "to_id": None, "to_name": None, **line}]
        route.fulfill(json=thread)

    app.page.route(re.compile(r"/api/stores/boston/conversations(\?.*)?$"), listed)
    app.page.route(re.compile(rf"/api/conversations/{conversation}(\?.*)?$"), shown)
    customer.texts("Hello?")
    expect(app.page.get_by_text(f"Your conversation with {customer.name} went back to the store")).to_be_visible()
    expect(app.row(customer.name).get_by_role("img", name=re.compile("^Waiting since Today"))).to_be_visible()
    expect(app.page.get_by_test_id("waiting-since")).to_contain_text("Waiting since Today")
    expect(app.page.get_by_test_id("assignee")).to_contain_text("with nobody yet")
    expect(app.page.get_by_test_id("handover")).to_contain_text("went from Ben Adeyemi back to the store")
    faultless(app.page)
    app.page.screenshot(path=SCREENS / "waiting-since.png")
