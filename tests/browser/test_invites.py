"""Inviting customers: the dialog with code and link, and the page that the customer opens (H3-H6, H11)."""

import re
from collections.abc import Callable
from urllib.parse import quote

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, expect

from local import merchant
from tests.browser.accessibility import faultless
from tests.browser.app import App
from tests.browser.complaints import Complaints
from tests.e2e.api import Person
from tests.e2e.customers import Customer, fresh_number, started
from tests.e2e.stack import Stack

pytestmark = pytest.mark.browser
STORE = "Juniper & Pine Boston"


@pytest.fixture
def customers_page(new_context: Callable[..., BrowserContext]) -> Callable[..., Page]:
    """The phone of a customer who opens a link."""

    def make(link: str, theme: str = "light") -> Page:
        page = new_context("phone", theme).new_page()
        page.goto(link)
        return page

    return make


def invited(person: Person) -> dict[str, str]:
    """An invitation in the shop, as the API makes it."""
    made: dict[str, str] = person.do("POST", "/stores/boston/invites", {"conversation_id": None})
    return made


def fill(page: Page, address: str, way: str = "Text message") -> None:
    page.get_by_role("radio", name=way).check()
    page.get_by_label("Your e-mail address" if way == "E-mail" else "Your phone number").fill(address)
    page.get_by_role("checkbox").check()
    page.get_by_role("button", name="Continue").click()


def title(page: Page, text: str) -> Locator:
    heading = page.get_by_role("heading", name=text)
    expect(heading).to_be_visible()
    return heading


def test_a_customer_is_invited_in_the_shop_and_says_yes(
    stack: Stack, app: App, customers_page: Callable[..., Page]
) -> None:
    customer = Customer(stack)
    app.page.get_by_role("button", name="Invite a customer").click()
    dialog = app.page.get_by_role("dialog", name="Invite a customer")
    expect(dialog.get_by_test_id("invite-qr")).to_be_visible()
    faultless(app.page, "[role=dialog]")
    page = customers_page(dialog.get_by_role("textbox", name="Link of the invitation").input_value())
    title(page, f"Stay in touch with {STORE}")
    faultless(page)
    page.get_by_label("Your name").fill("Nora Scan")
    fill(page, customer.number)
    title(page, "Look at your phone")
    expect(dialog).to_contain_text("Waiting for their yes")
    customer.waits_for("Ben would like to keep in touch with you here.")
    customer.texts("Yes")
    title(page, "You are in touch")
    expect(page.get_by_role("status")).to_contain_text("Ben writes to you there")
    expect(dialog).to_contain_text("Accepted")
    faultless(page)
    app.page.keyboard.press("Escape")
    app.open("Nora Scan")
    expect(app.page.get_by_test_id("assignee")).to_contain_text("with you")
    expect(app.write("Welcome, Nora")).to_have_attribute("data-status", "delivered")
    customer.waits_for("Welcome, Nora")


def test_a_customer_is_invited_from_a_conversation_to_mail(
    stack: Stack, ben: Person, app: App, customers_page: Callable[..., Page], complaints: Complaints
) -> None:
    complaints.expect("status of 400 .*/accept")
    customer = Customer(stack)
    started(ben, customer)
    app.open(customer.name)
    app.page.get_by_role("button", name="Invite this customer to stay in touch").click()
    dialog = app.page.get_by_role("dialog", name=f"Invite {customer.name}")
    field = dialog.get_by_role("textbox", name="Link of the invitation")
    link = field.input_value()
    app.page.keyboard.press("Escape")
    app.page.get_by_role("button", name="Invite this customer to stay in touch").click()
    expect(field).to_have_value(link)
    page = customers_page(link, "dark")
    fill(page, "no mailbox", "E-mail")
    expect(page.get_by_role("alert")).to_have_text("This is no e-mail address.")
    expect(page.get_by_label("Your e-mail address")).to_be_focused()
    faultless(page)
    fill(page, f"{customer.last_name.lower()}@mail.example", "E-mail")
    title(page, "Look at your mail")
    faultless(page)


def test_the_page_says_what_is_wrong(
    stack: Stack, ben: Person, customers_page: Callable[..., Page], complaints: Complaints
) -> None:
    complaints.expect("status of (400|409) .*/accept")
    page = customers_page(invited(ben)["link"])
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_role("alert")).to_have_text("Please agree to this first.")
    fill(page, "555")
    expect(page.get_by_role("alert")).to_contain_text("This is no phone number.")
    fill(page, "+49 30 901820")
    expect(page.get_by_role("alert")).to_contain_text("cannot write to this address")
    out = Customer(stack)
    started(ben, out)
    out.texts("STOP")
    fill(page, out.number)
    expect(page.get_by_role("alert")).to_contain_text("has opted out")
    landline = Customer(stack, behaviour="landline")
    fill(page, landline.number)
    title(page, "That did not arrive")
    faultless(page)
    page.get_by_role("button", name="Use another address").click()
    fill(page, fresh_number())
    title(page, "Look at your phone")


def test_at_whatsapp_the_customer_writes_first(stack: Stack, ben: Person, customers_page: Callable[..., Page]) -> None:
    page = customers_page(invited(ben)["link"])
    customer = Customer(stack)
    fill(page, customer.number, "WhatsApp")
    title(page, "One more step")
    word = page.locator(".word").inner_text()
    assert re.fullmatch(r"YES [0-9]{6}", word)
    expect(page.get_by_role("link", name="Open WhatsApp")).to_have_attribute(
        "href", f"https://wa.me/12065550144?text={quote(word)}"
    )
    faultless(page)
    for said in ("YES", word):
        stack.driver.simulator(
            "POST", f"/phones/{customer.number}/texts", {"to": merchant.WHATSAPP_NUMBERS["seattle"], "body": said}
        )
    title(page, "You are in touch")


def test_a_link_that_is_over_says_so(
    stack: Stack, ben: Person, app: App, customers_page: Callable[..., Page], complaints: Complaints
) -> None:
    complaints.expect("status of 404 .*/chat-invites")
    made = invited(ben)
    customer = Customer(stack)
    first = customers_page(made["link"])
    fill(first, customer.number)
    customer.waits_for("Reply YES")
    customer.texts("YES")
    title(first, "You are in touch")
    title(customers_page(made["link"]), "This invitation was taken up")
    title(customers_page(made["link"].partition("#")[0] + "#" + "0" * 22), "This link opens no invitation")
    revoked = invited(ben)
    app.page.get_by_role("button", name="Invite a customer").click()
    dialog = app.page.get_by_role("dialog", name="Invite a customer")
    expect(dialog.get_by_test_id("invite-qr")).to_be_visible()
    rows = dialog.get_by_test_id("invite-row").filter(has_text="Not taken up yet")
    expect(rows.first).to_be_visible()
    rows.first.get_by_role("button", name="Revoke").click()
    expect(app.page.get_by_text("Invitation revoked.")).to_be_visible()
    page = customers_page(revoked["link"], "dark")
    title(page, "This invitation was taken back")
    faultless(page)
