"""Two customers who are one person: found, compared, merged, and two again (X11)."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.browser.accessibility import faultless
from tests.browser.app import App
from tests.e2e.api import Person
from tests.e2e.customers import Customer, started
from tests.e2e.stack import Stack

pytestmark = pytest.mark.browser


@pytest.mark.parametrize(("size", "theme"), [("desktop", "light"), ("phone", "dark")])
def test_two_become_one_and_two_again(
    stack: Stack, ben: Person, new_app: Callable[..., App], size: str, theme: str
) -> None:
    nora, other = Customer(stack), Customer(stack, "Lena")
    conversation, hers = started(ben, nora), started(ben, other)
    app = new_app("ben", size=size, theme=theme)
    app.go(f"/stores/boston/messaging/{conversation}/customer")
    pane = app.page.get_by_role("region", name="Customer", exact=True)
    pane.get_by_role("button", name="The same person as…").press("Enter")
    dialog = app.page.get_by_role("dialog")
    search = dialog.get_by_role("searchbox", name="Search customers")
    expect(search).to_be_focused()
    search.fill(other.last_name)
    faultless(app.page, "[role=dialog]")
    found = dialog.get_by_role("list", name="Conversations").get_by_role("button", name=other.name)
    found.press("Enter")
    cards = dialog.get_by_test_id("merge-card")
    expect(cards).to_have_count(2)
    expect(cards.first).to_have_attribute("data-kept", "true")
    for number in (nora.number, other.number):
        expect(dialog).not_to_contain_text(number)
    faultless(app.page, "[role=dialog]")
    dialog.get_by_role("radio", name=f"Keep {other.name}").check()
    dialog.get_by_role("button", name="Merge").press("Enter")
    expect(dialog).to_have_count(0)
    expect(pane.get_by_role("heading", name=other.name)).to_be_visible()
    expect(pane.get_by_test_id("merge")).to_contain_text(nora.name)
    expect(pane.get_by_role("list", name="Orders").get_by_role("listitem")).to_have_count(2)
    assert {
        ben.do("GET", f"/conversations/{each}")["conversation"]["customer_name"] for each in (conversation, hers)
    } == {other.name}
    faultless(app.page, "[aria-label=Customer]")
    app.page.get_by_role("button", name="Undo", exact=True).first.click()
    expect(pane.get_by_role("heading", name=nora.name)).to_be_visible()
    expect(pane.get_by_test_id("merge")).to_have_count(0)
    expect(pane.get_by_role("list", name="Orders").get_by_role("listitem")).to_have_count(1)


def test_a_merge_is_undone_later_and_by_a_colleague(
    stack: Stack, ben: Person, maya: Person, new_app: Callable[..., App]
) -> None:
    nora, other = Customer(stack), Customer(stack, "Lena")
    conversation = started(ben, nora)
    other.orders()
    app = new_app("ben")
    app.go(f"/stores/boston/messaging/{conversation}/customer")
    pane = app.page.get_by_role("region", name="Customer", exact=True)
    pane.get_by_role("button", name="The same person as…").click()
    dialog = app.page.get_by_role("dialog")
    dialog.get_by_role("searchbox", name="Search customers").fill(other.last_name)
    dialog.get_by_role("list", name="Active orders").get_by_role("button", name=other.name).click()
    dialog.get_by_role("button", name="Merge").click()
    expect(pane.get_by_test_id("merge")).to_contain_text(other.name)
    acts = [row["act"] for row in maya.do("GET", "/stores/boston/audit")["rows"]]
    assert acts[0] == "customers_merged"
    mayas = new_app("maya", size="phone")
    mayas.go(f"/stores/boston/messaging/{conversation}/customer")
    merged = mayas.page.get_by_test_id("merge")
    expect(merged).to_contain_text("by Ben")
    merged.get_by_role("button", name=f"Undo the merge with {other.name}").click()
    expect(merged).to_have_count(0)
    assert maya.do("GET", "/stores/boston/audit")["rows"][0]["act"] == "merge_undone"
