"""Templates in the settings, and picked while one writes (L10, L15, L23, N15, X20)."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Route, expect

from tests.browser.app import App
from tests.browser.test_screens import SCREENS, Album
from tests.e2e.api import Person
from tests.e2e.customers import Customer, started
from tests.e2e.stack import Stack

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("size", ["desktop", "phone"])
def test_a_manager_makes_a_quick_reply_and_switches_a_template_off(
    stack: Stack, maya: Person, new_app: Callable[..., App], size: str
) -> None:
    customer = Customer(stack)
    started(maya, customer)
    app = new_app("maya", size=size)
    page, album, name = app.page, Album(app.page, SCREENS / f"{size}-light"), f"Ready on {size}"
    app.go("/stores/boston/settings/templates")
    sent = page.get_by_test_id("template").filter(has_text="An order is sent")
    expect(sent).to_contain_text("is on its way")
    sent.get_by_role("button", name=re.compile("Switch off")).click()
    expect(sent).to_have_attribute("data-active", "false")
    sent.get_by_role("button", name=re.compile("Switch on")).click()
    expect(sent).to_have_attribute("data-active", "true")
    album.take("templates")
    page.get_by_role("button", name="New quick reply").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("textbox", name="Name").fill(name)
    text = dialog.get_by_role("textbox", name="Text in English")
    text.fill("Hello [[fristname]]")
    expect(dialog.get_by_role("alert")).to_contain_text("Did you mean [[firstname]]?")
    text.fill(f"Hello from {size}, [[firstname|there]]")
    expect(dialog.get_by_test_id("preview")).to_contain_text(f"Hello from {size}, ")
    album.take("template-dialog")
    dialog.get_by_role("button", name="Save").click()
    expect(page.get_by_test_id("template").filter(has_text=name)).to_be_visible()
    app.go("/stores/boston/messaging")
    app.open(customer.name)
    box = page.get_by_role("textbox", name="Message")
    box.press_sequentially("/")
    picker = page.get_by_role("dialog", name="Choose a text")
    picker.get_by_role("button", name=re.compile(name)).click()
    expect(picker).to_have_count(0)
    expect(box).to_have_value(f"Hello from {size}, {customer.first_name}")
    assert not album.violations, "\n".join(album.violations)


@pytest.mark.parametrize(("size", "theme"), [("desktop", "dark"), ("phone", "light")])
def test_a_follow_up_is_switched_on_with_a_delay_of_its_own(new_app: Callable[..., App], size: str, theme: str) -> None:
    app = new_app("maya", size=size, theme=theme)
    page, album = app.page, Album(app.page, SCREENS / f"{size}-{theme}")
    app.go("/stores/seattle/settings/templates")
    row = page.get_by_test_id("template").filter(has_text="Days after an order was sent")
    expect(row).to_have_attribute("data-active", "false")
    row.get_by_role("button", name=re.compile("Edit")).click()
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_role("checkbox", name="Also at night")).to_have_count(0)
    dialog.get_by_role("combobox", name="Goes out after").select_option("3 days")
    album.take("follow-up-dialog", dialog=True)
    late = list[str]()

    def hold(route: Route) -> None:
        """The list is not read again before the next change."""
        late.append(route.request.url)

    page.route("**/api/stores/seattle/templates", hold)
    dialog.get_by_role("button", name="Save").click()
    expect(dialog).to_have_count(0)
    row.get_by_role("button", name=re.compile("Switch on")).click()
    expect(row).to_have_attribute("data-active", "true")
    assert late
    page.unroute("**/api/stores/seattle/templates")
    page.reload()
    row.get_by_role("button", name=re.compile("Edit")).click()
    expect(dialog.get_by_role("combobox", name="Goes out after")).to_have_value("3")
    dialog.get_by_role("button", name="Back to the original words").click()
    expect(row).to_have_attribute("data-active", "false")
    assert not album.violations, "\n".join(album.violations)
