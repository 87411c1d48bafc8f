"""Managers see whose doing a store's sales are (H24, X21)."""

import csv
import io
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Route, expect

from local.driver import wait_until
from tests.browser.app import App
from tests.browser.complaints import Complaints
from tests.browser.test_screens import SCREENS, Album
from tests.e2e.api import Person
from tests.e2e.customers import Customer
from tests.e2e.stack import Stack

pytestmark = pytest.mark.browser


def talk(customer: Customer, *people: Person) -> None:
    """They ask, all of these answer; it is the next second when it ends, for shops round to seconds."""
    customer.texts("Do you have it in blue?")
    row = people[0].row(customer.name, customer.store)
    assert row is not None
    for person in people:
        person.send(row["id"], "Yes, we have.")
    said = int(time.time())
    wait_until(lambda: int(time.time()) > said, "the next second")


@pytest.mark.parametrize(("size", "theme"), [("desktop", "light"), ("phone", "dark")])
def test_a_manager_sees_whose_doing_sales_are_and_takes_them_along(
    stack: Stack, ben: Person, maya: Person, new_app: Callable[..., App], size: str, theme: str
) -> None:
    customer, silent = Customer(stack), Customer(stack)
    customer.orders(title="Scarf")
    talk(customer, ben, maya)
    order, other = customer.orders(title="Boots"), silent.orders()
    wait_until(lambda: order["number"] in maya.ask("GET", "/stores/boston/sales").text, "whose doing it is")
    app = new_app("maya", size=size, theme=theme)
    page, album = app.page, Album(app.page, SCREENS / f"{size}-{theme}")
    app.go("/stores/boston/orders")
    page.get_by_role("link", name="Sales").click()
    sale = page.get_by_test_id("sale").filter(has_text=order["number"])
    expect(sale).to_contain_text("Ben Adeyemi")
    expect(sale).to_contain_text("Maya Holm")
    expect(page.get_by_test_id("sale").filter(has_text=other["number"])).to_have_count(0)
    expect(page.get_by_test_id("sales-person").filter(has_text="Ben Adeyemi")).to_have_count(1)
    album.take("sales")
    with page.expect_download() as saved:
        page.get_by_role("button", name="Download as CSV").click()
    rows = list(csv.reader(io.StringIO(Path(saved.value.path()).read_text())))
    assert rows[0] == ["Order", "Placed", "Total", "Currency", "Counts", "By link", "Associate", "Part"]
    parts = [row for row in rows if row[0] == order["number"]]
    assert [row[6] for row in parts] == ["Ben Adeyemi", "Maya Holm"]
    assert sum(round(float(row[7]) * 100) for row in parts) == round(float(parts[0][2]) * 100)
    page.get_by_role("combobox", name="Month").select_option(index=12)
    expect(page.get_by_text("No sales in this month")).to_be_visible()
    album.take("no-sales")
    page.get_by_role("link", name="Back to orders").click()
    expect(app.order_row(order["number"])).to_be_visible()
    assert not album.violations, "\n".join(album.violations)


def test_whoever_does_not_manage_is_not_led_there(new_app: Callable[..., App]) -> None:
    app = new_app("ben")
    app.go("/stores/boston/orders")
    expect(app.page.get_by_role("heading", name="Orders")).to_be_visible()
    expect(app.page.get_by_role("link", name="Sales")).to_have_count(0)


def test_many_are_read_page_by_page_and_failing_is_said(new_app: Callable[..., App], complaints: Complaints) -> None:
    complaints.expect(r"status of 503 .*/api/stores/seattle/sales")
    app = new_app("maya")
    page, asked = app.page, list[str]()
    row = {
        "order_number": "#1", "placed_at": 1_790_000_000_000, "total": 100, "currency": "USD", "counts": False,
        "by_link": False,
        "credited": [{"associate_id": "ben", "associate_name": "Ben", "amount": 100}],
    }  # fmt: skip

    def answer(route: Route) -> None:
        asked.append(route.request.url)
        if len(asked) <= 3:  # asked for again by itself, and in vain
            route.fulfill(status=503, json={"error": {"code": "unavailable", "message": "Later."}})
            return
        start = len(asked) * 100
        rows = [{**row, "order_id": f"o{number}"} for number in range(start, start + 100)]
        route.fulfill(json={"rows": rows, "next": "more" if len(asked) < 6 else None})

    page.route("**/api/stores/seattle/sales?*", answer)
    app.go("/stores/seattle/sales")
    page.get_by_role("button", name="Try again").click()
    expect(page.get_by_test_id("sale")).to_have_count(50)
    page.get_by_role("button", name="Show more").click()
    expect(page.get_by_test_id("sale")).to_have_count(100)
    expect(page.get_by_test_id("sale").first).to_contain_text("Cancelled or refunded")
    assert ["cursor=more" in url for url in asked[3:]] == [False, True, True]
