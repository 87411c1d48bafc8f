"""One text to the customers of many orders, with what became of each (L13)."""

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Route, expect

from tests.browser.app import App
from tests.browser.test_screens import SCREENS, Album
from tests.e2e.api import Person
from tests.e2e.customers import Customer, started
from tests.e2e.stack import Stack
from tests.e2e.test_texts_that_do_not_arrive import due

pytestmark = pytest.mark.browser


def tick(app: App, number: str) -> None:
    app.page.get_by_role("checkbox", name=f"Select {number} of").check()


@pytest.mark.parametrize(("size", "theme"), [("desktop", "light"), ("phone", "dark")])
def test_the_customers_of_ticked_orders_get_one_text_and_each_result_is_shown(
    stack: Stack, new_app: Callable[..., App], size: str, theme: str
) -> None:
    nora, otto = Customer(stack), Customer(stack, first_name="=Otto")
    orders = [nora.orders(), nora.orders(title="Scarf"), otto.orders()]
    otto.texts("STOP")
    app = new_app("ben", size=size, theme=theme)
    page, album = app.page, Album(app.page, SCREENS / f"{size}-{theme}")
    app.go("/stores/boston/orders")
    page.get_by_role("button", name="Select").click()
    for order in orders:
        tick(app, order["number"])
    expect(page.get_by_role("status").filter(has_text="3 orders chosen")).to_be_visible()
    album.take("bulk-choosing")
    page.get_by_role("button", name="Send text message").click()
    page.get_by_role("textbox", name="Text").fill("We close at noon, [[firstname]].")
    expect(page.get_by_test_id("preview")).to_contain_text("We close at noon")
    album.take("bulk-writing", dialog=True)
    page.get_by_role("button", name="Send to 3 orders").click()
    expect(page.get_by_role("heading", name="Bulk texts")).to_be_visible()
    while not due(stack, 1)["finished"]:
        pass
    expect(page.get_by_test_id("counts")).to_have_text("3 of 3 orders done · 1 text sent · 2 not sent")
    result = page.get_by_test_id("bulk-result")
    expect(result.filter(has_text=orders[1]["number"])).to_contain_text("The same number got it already")
    expect(result.filter(has_text=otto.name)).to_contain_text("Opted out")
    album.take("bulk-done")
    nora.waits_for("We close at noon, Nora.")
    with page.expect_download() as saved:
        page.get_by_role("button", name="Download as CSV").click()
    rows = list(csv.reader(io.StringIO(Path(saved.value.path()).read_text())))
    assert rows[0] == ["Order", "Customer", "Result", "Why"]
    assert ["'" + otto.name] == [name for number, name, *_ in rows if number == orders[2]["number"]]
    page.get_by_role("checkbox", name="Only who did not get it").check()
    expect(result).to_have_count(2)
    page.get_by_role("link", name="All bulk texts").click()
    row = page.get_by_test_id("bulk-row").filter(has_text="We close at noon").first
    expect(row).to_contain_text("Done")
    album.take("bulk-all")
    assert not album.violations, "\n".join(album.violations)


@pytest.mark.parametrize(("size", "theme"), [("desktop", "dark"), ("phone", "light")])
def test_ticked_contacts_get_one_text_in_their_conversations(
    stack: Stack, ben: Person, new_app: Callable[..., App], size: str, theme: str
) -> None:
    nora, otto = Customer(stack), Customer(stack, first_name="=Otto")
    for customer in (nora, otto):
        started(ben, customer)
    otto.texts("STOP")
    app = new_app("ben", size=size, theme=theme)
    page, album = app.page, Album(app.page, SCREENS / f"{size}-{theme}")
    app.go("/stores/boston/contacts")
    page.get_by_role("button", name="Select").click()
    for customer in (nora, otto):
        page.get_by_role("checkbox", name=f"Select {customer.name}").check()
    expect(page.get_by_role("status").filter(has_text="2 contacts chosen")).to_be_visible()
    album.take("bulk-choosing-contacts")
    page.get_by_role("button", name="Send text message").click()
    page.get_by_role("textbox", name="Text").fill("We close at noon, [[firstname]].")
    album.take("bulk-writing-contacts", dialog=True)
    page.get_by_role("button", name="Send to 2 contacts").click()
    expect(page.get_by_role("heading", name="Bulk texts")).to_be_visible()
    while not due(stack, 1)["finished"]:
        pass
    expect(page.get_by_test_id("counts")).to_have_text("2 of 2 contacts done · 1 text sent · 1 not sent")
    result = page.get_by_test_id("bulk-result")
    expect(result.filter(has_text=otto.name)).to_contain_text("Opted out")
    album.take("bulk-done-contacts")
    nora.waits_for("We close at noon, Nora.")
    with page.expect_download() as saved:
        page.get_by_role("button", name="Download as CSV").click()
    rows = list(csv.reader(io.StringIO(Path(saved.value.path()).read_text())))
    assert rows[0] == ["Customer", "Result", "Why"]
    assert ["'" + otto.name, "Not sent", "Opted out"] in rows
    result.get_by_role("link", name=nora.name).click()
    expect(page.get_by_role("log").get_by_text("We close at noon, Nora.")).to_be_visible()
    assert not album.violations, "\n".join(album.violations)


def view(**fields: Any) -> dict[str, Any]:
    now = 1_790_000_000_000
    return {
        "id": "b1", "text": "We close at noon.", "state": "running", "paused_by": None, "sender_name": "Ben Adeyemi",
        "to": "orders", "total": 60, "sent": 20, "unsent": 5, "parts": 3, "made_at": now, "due_at": now, **fields,
    }  # fmt: skip


def test_it_is_paused_resumed_and_cancelled_by_hand(new_app: Callable[..., App]) -> None:
    """Against a server that is slower than the real one: that would be done before anybody could pause it."""
    now = view()
    states = {"pause": {"state": "paused", "paused_by": "hand"}, "resume": {"state": "running"}}

    def answer(route: Route) -> None:
        what = route.request.url.rpartition("/")[2]
        if route.request.method == "POST":
            now.update({"paused_by": None, **states.get(what, {"state": "cancelled"})})
        rows = {"rows": []}
        route.fulfill(status=200, content_type="application/json", body=json.dumps(rows if "results" in what else now))

    app = new_app("ben", size="phone")
    page = app.page
    page.route("**/bulk/b1**", answer)
    app.go("/stores/boston/bulk/b1")
    progress = page.get_by_role("progressbar", name="Orders that are done")
    expect(progress).to_have_js_property("value", 25)
    page.get_by_role("button", name="Pause").click()
    expect(page.get_by_text("Somebody paused it.")).to_be_visible()
    page.get_by_role("button", name="Resume").click()
    expect(page.get_by_role("button", name="Pause")).to_be_visible()
    now.update(state="paused", paused_by="too_few_credits")
    expect(page.get_by_text("There are too few credits. Buy more, then resume it.")).to_be_visible()
    page.get_by_role("button", name="Cancel the rest").click()
    page.get_by_role("alertdialog").get_by_role("button", name="Cancel the rest").click()
    expect(page.get_by_test_id("counts")).to_contain_text("35 orders left out")
    expect(page.get_by_role("button", name="Resume")).to_have_count(0)


def test_without_any_it_says_where_to_start_one(new_app: Callable[..., App]) -> None:
    app = new_app("maya", size="phone")
    app.page.route("**/seattle/bulk", lambda route: route.fulfill(status=200, json={"rows": []}))
    app.go("/stores/seattle/bulk")
    expect(app.page.get_by_text("No bulk texts yet")).to_be_visible()
    app.page.get_by_role("link", name="Back to orders").click()
    expect(app.page.get_by_role("heading", name="Orders")).to_be_visible()
