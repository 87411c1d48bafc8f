"""Credits are bought on the provider's page, and shown before sending (L2-L4, X12)."""

import re
from collections.abc import Callable, Iterator

import pytest
from msgspec.structs import replace
from playwright.sync_api import Page, Route, expect

from chalicelib.store.setup import DynamoSetup
from local import directory, merchant
from tests.browser.accessibility import faultless
from tests.browser.app import App
from tests.e2e import functions
from tests.e2e.api import Person
from tests.e2e.customers import Customer, started
from tests.e2e.stack import Stack

pytestmark = pytest.mark.browser


@pytest.fixture
def _paying(stack: Stack) -> Iterator[None]:
    """Seattle needs credits while the test runs."""
    setup = DynamoSetup(directory.table(stack.outputs, stack.emulator_endpoint), stack.client("ssm"))
    setup.put_store(replace(merchant.SEATTLE, credits=True))
    functions.forget_set_up(stack)
    yield
    setup.put_store(merchant.SEATTLE)
    functions.forget_set_up(stack)


@pytest.mark.usefixtures("_paying")
def test_credits_are_bought_and_shown_before_sending(stack: Stack, maya: Person, new_app: Callable[..., App]) -> None:
    app = new_app("maya", size="phone", theme="dark")
    page = app.page
    section = page.get_by_test_id("balance")
    app.go("/stores/seattle/settings/credits")
    expect(section).to_contain_text("0 credits")
    faultless(page)
    page.get_by_role("button", name="Buy credits").click()
    page.get_by_role("button", name=re.compile("1,000 credits")).click()
    _list_before_settling(page)
    page.get_by_role("button", name="Pay").click()
    expect(section).to_contain_text("1,000 credits")
    expect(page.get_by_test_id("credit-row").first).to_contain_text("Bought Maya")
    customer = Customer(stack, store="seattle")
    started(maya, customer)
    app.go("/stores/seattle/messaging")
    app.open(customer.name)
    app.composer.fill("x" * 161)
    expect(page.get_by_test_id("credits")).to_have_text("24 credits of 988")
    faultless(page)


def _list_before_settling(page: Page) -> None:
    """The lines shown first are read before the payment is settled, and arrive after it. Who asks then is told of none
    that was settled now: a page that was left had asked just before."""
    lines: list[Route] = []
    settling: list[Route] = []

    def answer_in_that_order() -> None:
        if len(lines) == len(settling) == 1:
            read = lines[0].fetch()
            assert settling[0].fetch().json()["rows"]
            settling[0].fulfill(json={"rows": []})
            lines[0].fulfill(response=read)

    def held(routes: list[Route]) -> Callable[[Route], None]:
        def hold(route: Route) -> None:
            routes.append(route)
            answer_in_that_order()

        return hold

    page.route("**/credits/settle", held(settling), times=1)
    page.route("**/credits/lines*", held(lines), times=1)
