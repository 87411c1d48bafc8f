"""Managers choose how customers learn of conversations that their store starts, and see examples (D15, D16)."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import expect

from tests.browser.accessibility import faultless
from tests.browser.app import App
from tests.browser.test_screens import SCREENS, Album
from tests.e2e import functions
from tests.e2e.api import Person
from tests.e2e.stack import Stack

pytestmark = pytest.mark.browser
PATH = "/stores/boston/settings"


@pytest.fixture
def _forgotten(stack: Stack) -> Iterator[None]:
    """No function remembers for a minute what was set for a moment. Ends them once the pages are closed."""
    yield
    functions.forget_set_up(stack)


@pytest.mark.usefixtures("_forgotten")
@pytest.mark.parametrize(
    ("size", "theme"), [("desktop", "light"), ("desktop", "dark"), ("phone", "light"), ("phone", "dark")]
)
def test_a_manager_chooses_by_keyboard_and_takes_it_back(
    new_app: Callable[..., App], maya: Person, size: str, theme: str
) -> None:
    app = new_app("maya", size=size, theme=theme)
    page, album = app.page, Album(app.page, SCREENS / f"{size}-{theme}")
    app.go("/stores/boston/settings/starting")
    words, link = (
        page.get_by_role("radio", name="The words themselves"),
        page.get_by_role("radio", name="A link in the text"),
    )
    expect(words).to_be_checked()
    expect(page.get_by_test_id("way").filter(has=words)).to_contain_text("Juniper & Pine Boston: Your boots are here.")
    album.take("starting")
    faultless(page)
    save = page.get_by_role("button", name="Save")
    expect(save).to_be_disabled()
    words.focus()
    page.keyboard.press("ArrowDown")
    expect(link).to_be_checked()
    save.press("Enter")
    expect(page.get_by_text("Saved. It counts within a minute.")).to_be_visible()
    assert maya.do("GET", PATH)["chat_link"] == "in_text"
    assert maya.do("GET", "/stores/boston/audit")["rows"][0]["act"] == "chat_link_changed"
    maya.do("PUT", PATH, {"chat_link": "off", "chat_link_was": "in_text"})
    assert not album.violations, "\n".join(album.violations)
