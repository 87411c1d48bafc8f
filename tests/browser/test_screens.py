"""Every screen, light and dark, at a desk and on a phone: looked at by axe, kept as a picture in build/screens/."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from local.workspace import ROOT
from tests.browser.accessibility import faults
from tests.browser.app import App
from tests.browser.complaints import Complaints
from tests.e2e.api import Person
from tests.e2e.customers import Customer, order_of, started
from tests.e2e.stack import Stack

pytestmark = pytest.mark.browser
SCREENS = ROOT / "build" / "screens"
DIALOG = "[role=dialog], [role=alertdialog]"


class Album:
    """Takes pictures, and finds what keeps people out."""

    def __init__(self, page: Page, folder: Path) -> None:
        self.page = page
        self.folder = folder
        self.violations: list[str] = []
        folder.mkdir(parents=True, exist_ok=True)

    def take(self, name: str, *, dialog: bool = False) -> None:
        """`dialog`: only that is looked at, what is behind it cannot be reached."""
        self.page.screenshot(path=self.folder / f"{name}.png", animations="disabled")
        assert self.page.evaluate("document.documentElement.scrollWidth <= innerWidth"), f"{name} scrolls sideways"
        self.violations += [f"{name}: {fault}" for fault in faults(self.page, DIALOG if dialog else None)]


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("size", ["desktop", "phone"])
def test_every_screen_of_the_app_is_accessible(
    stack: Stack, ben: Person, new_app: Callable[..., App], complaints: Complaints, size: str, theme: str
) -> None:
    complaints.expect(r"status of 404 .*/api/")
    customer = _with_everything(stack, ben)
    app = new_app(size=size, theme=theme)
    album = Album(app.page, SCREENS / f"{size}-{theme}")
    expect(app.page.get_by_role("heading", name="Sign in to Counterline")).to_be_visible()
    album.take("sign-in")
    app.sign_in("maya")
    expect(app.row(customer.name)).to_be_visible()
    album.take("inbox")
    app.open(customer.name)
    expect(app.bubble("Failed to send")).to_be_visible()
    album.take("conversation")
    app.page.get_by_role("button", name="Delete conversation").click()
    expect(app.page.get_by_role("alertdialog")).to_be_visible()
    album.take("delete", dialog=True)
    app.page.get_by_role("button", name="Cancel").click()
    if size == "phone":
        app.page.get_by_role("button", name="Customer details").click()
        expect(app.page.get_by_role("region", name="Customer", exact=True)).to_be_visible()
        album.take("customer")
    _lists_and_dialogs(app, album)
    _orders(app, album, customer)
    app.go("/stores/boston/messaging/01M8000000000000000000000A")
    expect(app.page.get_by_text("There is no such conversation")).to_be_visible()
    album.take("not-found")
    if size == "phone":
        app.go("/stores/boston/orders")
        app.page.get_by_role("button", name="Account").click()
        expect(app.page.get_by_role("dialog", name="Account")).to_be_visible()
        album.take("account", dialog=True)
    assert not album.violations, "\n".join(album.violations)


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("size", ["desktop", "phone"])
def test_every_screen_of_the_simulator_is_accessible(
    stack: Stack, new_context: Callable[..., BrowserContext], size: str, theme: str
) -> None:
    page = new_context(size, theme).new_page()
    album = Album(page, SCREENS / f"{size}-{theme}")
    page.goto(f"{stack.origin}/simulator")
    expect(page.get_by_role("article").first).to_be_visible()
    album.take("simulator")
    page.get_by_role("button", name="Add phone").click()
    expect(page.get_by_role("dialog", name="Add phone")).to_be_visible()
    album.take("simulator-add-phone", dialog=True)
    page.keyboard.press("Escape")
    if size == "phone":
        page.get_by_role("button", name="Shop", exact=True).click()
        expect(page.get_by_role("button", name="Place order")).to_be_visible()
        album.take("simulator-shop")
    assert not album.violations, "\n".join(album.violations)


def _with_everything(stack: Stack, ben: Person) -> Customer:
    """A customer with orders, talk both ways, and a text that failed."""
    customer = Customer(stack, first_name="Nora")
    conversation = started(ben, customer, "Your linen shirt has arrived. Shall we put it aside?")
    customer.texts("Yes please! I can come on Saturday morning.")
    customer.behave("landline")
    failed = ben.send(conversation, "Wonderful, see you on Saturday.")
    ben.wait_for_status(conversation, failed["id"], "failed")
    return customer


def _lists_and_dialogs(app: App, album: Album) -> None:
    app.go("/stores/boston/messaging")
    app.page.get_by_role("tab", name="Closed").click()
    expect(app.page.get_by_test_id("conversation-row").first).to_be_visible()
    album.take("closed")
    app.page.get_by_role("searchbox", name="Search conversations").fill("nobody is called that")
    expect(app.page.get_by_text("Nothing found")).to_be_visible()
    album.take("nothing-found")
    app.page.get_by_role("button", name="New conversation").click()
    expect(app.page.get_by_test_id("start-row").first).to_be_in_viewport()
    album.take("start", dialog=True)
    app.page.get_by_role("button", name="New message to").first.click()
    app.page.get_by_role("dialog").get_by_role("textbox", name="Message").fill("Hello 🌲, your parcel is here.")
    album.take("start-compose", dialog=True)
    app.page.keyboard.press("Escape")
    app.page.keyboard.press("Escape")


def _orders(app: App, album: Album, customer: Customer) -> None:
    app.go("/stores/boston/orders")
    expect(app.page.get_by_test_id("order-row").first).to_be_visible()
    album.take("orders")
    app.go(f"/stores/boston/orders/{order_of(customer.orders(title='Merino scarf'))}")
    expect(app.page.get_by_text("Merino scarf")).to_be_visible()
    album.take("order")
