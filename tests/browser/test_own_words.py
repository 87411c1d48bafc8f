"""A sentence that was taken for an opt-out: what the conversation says of it, and how it is set right (X6)."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.accessibility import faultless
from tests.browser.app import App
from tests.e2e.api import Person
from tests.e2e.customers import Customer, started
from tests.e2e.stack import Stack

pytestmark = pytest.mark.browser
SAID = "Please stop texting me"


@pytest.mark.parametrize(("size", "theme"), [("desktop", "light"), ("phone", "dark")])
def test_what_was_not_meant_is_set_right_and_the_customer_gets_texts_again(
    stack: Stack, ben: Person, maya: Person, new_app: Callable[..., App], size: str, theme: str
) -> None:
    customer = Customer(stack)
    conversation = started(ben, customer)
    customer.texts(SAID)
    customer.waits_for("You have opted out")
    app = new_app("ben", size=size, theme=theme)
    app.go(f"/stores/boston/messaging/{conversation}")
    note = app.page.get_by_test_id("composer-note")
    expect(note).to_contain_text("Asked not to be written to; sending is blocked.")
    expect(app.composer).to_have_count(0)
    _look(app, f"own-words-{size}-{theme}")
    note.get_by_role("button", name="They did not mean it").press("Enter")
    question = app.page.get_by_role("alertdialog", name="Did they mean something else?")
    expect(question).to_contain_text(SAID)
    expect(question.get_by_role("button", name="Leave it")).to_be_focused()
    faultless(app.page, "[role=alertdialog]")
    _look(app, f"own-words-question-{size}-{theme}")
    question.get_by_role("button", name="Allow writing again").press("Enter")
    expect(app.composer).to_be_visible()
    app.write("Sorry, I meant the other order.")
    customer.waits_for("Sorry, I meant the other order.")
    entry = maya.do("GET", "/stores/boston/audit?act=opt_out_set_right")["rows"][0]
    assert (entry["conversation_id"], entry["associate_name"]) == (conversation, "Ben Adeyemi")


def test_after_stop_there_is_nothing_to_set_right(stack: Stack, ben: Person, app: App) -> None:
    customer = Customer(stack)
    conversation = started(ben, customer)
    for said in (SAID, "STOP"):
        customer.texts(said)
    app.go(f"/stores/boston/messaging/{conversation}")
    note = app.page.get_by_test_id("composer-note")
    expect(note).to_contain_text("You can write again once they text START.")
    expect(note.get_by_role("button")).to_have_count(0)
    assert ben.refused("POST", f"/conversations/{conversation}/opt-out/set-right") == (409, "opt_out_stands")


def _look(app: App, name: str) -> None:
    """A picture for people, where they asked for pictures."""
    if folder := os.environ.get("PICTURES"):
        app.page.screenshot(path=Path(folder) / f"{name}.png")
