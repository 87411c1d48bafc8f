"""The settings: who gets there, and what stands under numbers and mailboxes."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from local import merchant
from tests.browser.app import App
from tests.browser.test_screens import SCREENS, Album
from tests.e2e.stack import Stack

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("size", ["desktop", "phone"])
def test_a_manager_finds_the_numbers_of_a_store(new_app: Callable[..., App], size: str, theme: str) -> None:
    app = new_app("maya", size=size, theme=theme)
    album = Album(app.page, SCREENS / f"{size}-{theme}")
    app.page.get_by_role("navigation", name="Main").get_by_role("link", name="Settings").click()
    expect(app.page.get_by_role("heading", name="Settings")).to_be_visible()
    album.take("settings")
    app.page.get_by_role("link", name="Numbers and mailboxes").click()
    expect(app.page.get_by_role("heading", name="Numbers and mailboxes")).to_be_visible()
    row = app.page.get_by_test_id("proxy-row").filter(has_text="+16175550142")
    expect(row).to_contain_text("over twilio-main")
    expect(row).to_contain_text("Store")
    album.take("numbers")
    assert not album.violations, "\n".join(album.violations)


def test_settings_show_the_store_that_is_chosen(new_app: Callable[..., App]) -> None:
    app = new_app("maya")
    app.go("/settings/proxies")
    expect(app.page.get_by_test_id("proxy-row").first).to_be_visible()
    app.page.get_by_role("combobox", name="Store").select_option("seattle")
    expect(app.page.get_by_test_id("proxy-row").filter(has_text="+12065550142")).to_be_visible()
    expect(app.page.get_by_test_id("proxy-row").filter(has_text="+16175550142")).to_have_count(0)


def test_a_number_that_stores_share_says_with_whom_and_one_of_them_changes_it(new_app: Callable[..., App]) -> None:
    app = new_app("maya")
    row = app.page.get_by_test_id("proxy-row").filter(has_text=merchant.WHATSAPP_NUMBERS["seattle"])
    app.go("/stores/boston/settings/proxies")
    expect(row).to_contain_text("Shared with Juniper & Pine Seattle")
    expect(row).to_contain_text("Works")
    expect(row.get_by_role("combobox")).to_have_count(0)
    app.go("/stores/seattle/settings/proxies")
    expect(row).to_contain_text("Shared with Juniper & Pine Boston")
    expect(row.get_by_role("combobox")).to_have_count(1)


def test_who_may_not_manage_sees_no_settings_and_is_sent_away(stack: Stack, app: App) -> None:
    expect(app.page.get_by_role("link", name="Orders")).to_be_visible()
    expect(app.page.get_by_role("link", name="Settings")).to_have_count(0)
    for path in ("/settings", "/settings/proxies", "/stores/boston/settings/proxies"):
        app.go(path)
        expect(app.page).to_have_url(f"{stack.origin}/#/stores/boston/messaging")


def test_the_sections_can_be_reached_with_keys(new_app: Callable[..., App]) -> None:
    app = new_app("maya")
    app.go("/stores/boston/settings/nothing")
    expect(app.page.get_by_text("There is no such section")).to_be_visible()
    app.page.get_by_role("link", name="Numbers and mailboxes").focus()
    app.page.keyboard.press("Enter")
    expect(app.page.get_by_test_id("proxy-row").first).to_be_visible()
