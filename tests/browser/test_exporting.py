"""Everything that is kept of a customer is gathered and saved as one file, by who may see addresses (X13)."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Route, expect

from tests.browser.accessibility import faultless
from tests.browser.app import App
from tests.browser.complaints import Complaints
from tests.e2e.api import Person
from tests.e2e.customers import Customer, started
from tests.e2e.stack import Stack

pytestmark = pytest.mark.browser
ACTION = "Everything we know…"


@pytest.mark.parametrize(("size", "theme"), [("desktop", "light"), ("phone", "dark")])
def test_it_is_saved_as_one_file(stack: Stack, ben: Person, new_app: Callable[..., App], size: str, theme: str) -> None:
    customer, other = Customer(stack), Customer(stack)
    conversation = started(ben, customer)
    started(ben, other)
    customer.texts("Is it there?")
    app = new_app("maya", size=size, theme=theme)
    app.go(f"/stores/boston/messaging/{conversation}/customer")
    app.page.get_by_role("button", name=ACTION).press("Enter")
    dialog = app.page.get_by_role("dialog")
    expect(dialog).to_contain_text("That you ask for it is recorded.")
    faultless(app.page, "[role=dialog]")
    with app.page.expect_download() as saved:
        dialog.get_by_role("button", name="Make the file").press("Enter")
    expect(dialog.get_by_test_id("export")).to_contain_text("Saved as customer-")
    faultless(app.page, "[role=dialog]")
    file = json.loads(Path(saved.value.path()).read_text("utf-8"))
    assert (file["format"], file["version"]) == ("counterline.customer", 1)
    assert file["customers"][0]["phones"] == [customer.number]
    assert [len(file["conversations"]), len(file["orders"])] == [1, 1]
    assert other.number not in json.dumps(file)
    app.go("/stores/boston/settings/audit")
    expect(app.page.get_by_test_id("audit-row").first).to_contain_text("took along everything about a customer")


def test_a_page_that_fails_is_asked_for_again_and_it_can_be_stopped(
    stack: Stack, ben: Person, new_app: Callable[..., App], complaints: Complaints
) -> None:
    complaints.expect(r"Failed to load resource")
    conversation = started(ben, Customer(stack))
    app = new_app("maya")
    app.go(f"/stores/boston/messaging/{conversation}/customer")
    waiting: list[Route] = []
    app.page.route("**/customer/export", lambda route: waiting.append(route))  # noqa: PLW0108 - it marks its handlers
    app.page.get_by_role("button", name=ACTION).click()
    dialog = app.page.get_by_role("dialog")
    make = dialog.get_by_role("button", name="Make the file")
    make.click()
    expect(dialog.get_by_role("progressbar", name="Gathering")).to_be_visible()
    faultless(app.page, "[role=dialog]")
    dialog.get_by_role("button", name="Stop").click()
    expect(make).to_be_visible()
    app.page.unroute("**/customer/export")
    app.page.route("**/customer/export", lambda route: route.abort())
    make.click()
    expect(dialog.get_by_role("alert")).to_contain_text("Nothing was saved.")
    app.page.unroute("**/customer/export")
    with app.page.expect_download():
        make.click()


def test_who_may_not_see_addresses_is_not_offered_it(stack: Stack, ben: Person, new_app: Callable[..., App]) -> None:
    conversation = started(ben, Customer(stack))
    app = new_app("ben")
    app.go(f"/stores/boston/messaging/{conversation}/customer")
    expect(app.page.get_by_role("button", name="The same person as…")).to_be_visible()
    expect(app.page.get_by_role("button", name=ACTION)).to_have_count(0)
