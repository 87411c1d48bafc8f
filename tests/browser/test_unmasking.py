"""Real addresses: on request, for those with the permission, and written down (X7, X24)."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.browser.accessibility import faultless
from tests.browser.app import App
from tests.e2e.api import Person
from tests.e2e.customers import Customer, started
from tests.e2e.stack import Stack

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("size", ["desktop", "phone"])
def test_a_manager_looks_at_the_real_number_and_it_is_in_the_audit_log(
    stack: Stack, ben: Person, maya: Person, new_app: Callable[..., App], size: str
) -> None:
    customer = Customer(stack)
    conversation = started(ben, customer)
    app = new_app("maya", size=size)
    app.go(f"/stores/boston/messaging/{conversation}/customer")
    pane = app.page.get_by_role("region", name="Customer", exact=True)
    expect(pane.get_by_text("Has not opted out")).to_be_visible()
    expect(pane).not_to_contain_text(customer.number)
    pane.get_by_role("button", name="Show the real addresses").press("Enter")
    expect(pane).to_contain_text(customer.number)
    expect(pane).to_contain_text("That you looked is written down.")
    faultless(app.page, "[aria-label=Customer]")
    pane.get_by_role("button", name="Hide the real addresses").press("Enter")
    expect(pane).not_to_contain_text(customer.number)
    looked = maya.do("GET", "/stores/boston/audit?act=unmasked")["rows"]
    assert (looked[0]["conversation_id"], looked[0]["act"]) == (conversation, "unmasked")
    assert customer.number not in str(looked)


def test_who_may_not_is_not_offered_it(stack: Stack, ben: Person, app: App) -> None:
    customer = Customer(stack)
    conversation = started(ben, customer)
    app.go(f"/stores/boston/messaging/{conversation}/customer")
    pane = app.page.get_by_role("region", name="Customer", exact=True)
    expect(pane.get_by_text("Has not opted out")).to_be_visible()
    expect(pane.get_by_role("button", name="Show the real addresses")).to_have_count(0)
    assert ben.refused("POST", f"/conversations/{conversation}/unmask") == (403, "permission_denied")
    assert ben.refused("GET", "/stores/boston/audit") == (403, "permission_denied")
