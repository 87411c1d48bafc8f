"""A product's code is shown in the shop, its link leads to the page, and the order that comes by it counts (H22)."""

import secrets
from collections.abc import Callable

import httpx
import pytest
from playwright.sync_api import expect

from local.driver import wait_until
from tests.browser.accessibility import faultless
from tests.browser.app import App
from tests.browser.complaints import Complaints
from tests.browser.test_screens import SCREENS, Album
from tests.e2e.api import Person
from tests.e2e.customers import Customer, started
from tests.e2e.providers import Shopify
from tests.e2e.stack import Stack
from tests.e2e.test_texts_that_do_not_arrive import due

pytestmark = pytest.mark.browser
SCARF = "Wool scarf, rust"
PAGE = "https://juniper-and-pine.myshopify.com/products/wool-scarf-rust"


@pytest.fixture
def _sold(stack: Stack, ben: Person) -> None:
    """The shop's catalogue is read."""
    while not ben.do("GET", "/stores/boston/products")["rows"]:
        due(stack, 0)


@pytest.mark.usefixtures("_sold")
@pytest.mark.parametrize(("size", "theme"), [("desktop", "light"), ("phone", "dark")])
def test_a_code_is_shown_in_the_shop_and_the_order_that_comes_by_it_is_reported(
    stack: Stack, maya: Person, shopify: Shopify, new_app: Callable[..., App], size: str, theme: str
) -> None:
    app = new_app("maya", size=size, theme=theme)
    page, album = app.page, Album(app.page, SCREENS / f"{size}-{theme}")
    app.go("/stores/boston/messaging")
    page.get_by_role("button", name="Invite a customer").click()
    page.get_by_role("button", name="Code of a product").click()
    dialog = page.get_by_role("dialog", name="Code of a product")
    dialog.get_by_role("searchbox").fill("scarf rust")
    dialog.get_by_role("button", name=f"{SCARF} $").first.click()
    expect(dialog.get_by_test_id("product-qr")).to_be_visible()
    faultless(page, "[role=dialog]")
    album.take("product-code", dialog=True)
    url = dialog.get_by_role("textbox", name="Link to the product").input_value()
    assert url.startswith(f"{PAGE}?cl=")
    dialog.get_by_role("button", name="Back to the products").click()
    expect(dialog.get_by_role("searchbox")).to_have_value("scarf rust")
    name = Customer(stack)
    order = shopify.order(
        f"#L{secrets.randbelow(10**9)}", name.number, name.name, landing_site=url.removeprefix("https://juniper")
    )
    assert shopify.post("orders/create", order).status_code == 200
    wait_until(lambda: order["name"] in maya.ask("GET", "/stores/boston/sales").text, "whose doing it is")
    app.go("/stores/boston/sales")
    sale = page.get_by_test_id("sale").filter(has_text=order["name"])
    expect(sale).to_contain_text("By link")
    expect(sale).to_contain_text("Maya Holm")
    expect(page.get_by_test_id("product-link").filter(has_text=SCARF).first).to_contain_text("Maya Holm, as a QR code")
    album.take("sales-by-link")
    assert not album.violations, "\n".join(album.violations)


@pytest.mark.usefixtures("_sold")
def test_a_code_is_a_click_away_while_one_chats_and_the_link_leads_to_the_page(
    stack: Stack, ben: Person, app: App
) -> None:
    customer = Customer(stack)
    started(ben, customer)
    page = app.page
    page.get_by_role("link", name="Messaging").click()
    app.open(customer.name)
    page.get_by_role("button", name="Products").click()
    page.get_by_role("dialog", name="Products").get_by_role("searchbox").fill("scarf rust")
    page.get_by_role("button", name=f"QR code: {SCARF}").first.click()
    expect(page.get_by_test_id("product-qr")).to_be_visible()
    url = page.get_by_role("textbox", name="Link to the product").input_value()
    code = url.rpartition("=")[2]
    for times in (1, 2):
        answer = httpx.get(f"{stack.origin}/l/{code}")
        assert (answer.status_code, answer.headers["location"]) == (302, url), times
    assert httpx.get(f"{stack.origin}/l/AbCdEfGhIj").status_code == 404


@pytest.mark.usefixtures("_sold")
def test_a_code_that_cannot_be_made_says_so(app: App, complaints: Complaints) -> None:
    complaints.expect(r"status of 409 .*/links")
    page = app.page
    refusal = {"error": {"code": "product_gone", "message": "Gone."}}
    page.route("**/links", lambda route: route.fulfill(status=409, json=refusal))
    page.get_by_role("button", name="Invite a customer").click()
    page.get_by_role("button", name="Code of a product").click()
    dialog = page.get_by_role("dialog", name="Code of a product")
    dialog.get_by_role("searchbox").fill("scarf rust")
    dialog.get_by_role("button", name=f"{SCARF} $").first.click()
    expect(dialog).to_contain_text("no longer in the shop")
