"""A customer is erased by who may: what goes is said, and confirmed, and it is seen to the end (X13)."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.browser.accessibility import faultless
from tests.browser.app import App
from tests.browser.complaints import Complaints
from tests.e2e.api import Person
from tests.e2e.customers import Customer, started
from tests.e2e.stack import Stack
from tests.e2e.test_texts_that_do_not_arrive import due

pytestmark = pytest.mark.browser


@pytest.mark.parametrize(("size", "theme"), [("desktop", "light"), ("phone", "dark")])
def test_all_of_a_customer_goes(
    stack: Stack, ben: Person, new_app: Callable[..., App], complaints: Complaints, size: str, theme: str
) -> None:
    complaints.expect(r"status of 404 .*/api/")
    conversation = started(ben, Customer(stack))
    app = new_app("maya", size=size, theme=theme)
    app.go(f"/stores/boston/messaging/{conversation}/customer")
    app.page.get_by_role("button", name="Erase…").press("Enter")
    dialog = app.page.get_by_role("dialog")
    erase = dialog.get_by_role("button", name="Erase for good")
    expect(erase).to_be_disabled()
    faultless(app.page, "[role=dialog]")
    dialog.get_by_role("checkbox", name="I understand that this cannot be undone").check()
    erase.press("Enter")
    progress = dialog.get_by_test_id("erasure")
    expect(progress).to_contain_text("Being erased")
    faultless(app.page, "[role=dialog]")
    due(stack, 0)
    expect(progress).to_contain_text("1 conversation and 1 order gone so far.")
    due(stack, 16)
    expect(progress).to_contain_text("Nothing is left since")
    assert ben.ask("GET", f"/conversations/{conversation}").status_code == 404


def test_who_may_not_is_not_offered_it(stack: Stack, ben: Person, new_app: Callable[..., App]) -> None:
    conversation = started(ben, Customer(stack))
    app = new_app("ben")
    app.go(f"/stores/boston/messaging/{conversation}/customer")
    expect(app.page.get_by_role("button", name="The same person as…")).to_be_visible()
    expect(app.page.get_by_role("button", name="Erase…")).to_have_count(0)
