"""An associate reads a bar code with the camera (N18)."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Page, Playwright, expect

from local.browser import installed
from tests.browser import camera
from tests.browser.accessibility import faultless
from tests.browser.app import App
from tests.browser.conftest import FLAGS, SIZES
from tests.browser.test_screens import SCREENS
from tests.e2e.api import Person
from tests.e2e.customers import Customer, started
from tests.e2e.stack import Stack
from tests.e2e.test_texts_that_do_not_arrive import due

pytestmark = pytest.mark.browser
FAKE = "--use-fake-device-for-media-stream"
ALLOWED = "--use-fake-ui-for-media-stream"
Opens = Callable[..., AbstractContextManager[Page]]


@pytest.fixture
def with_camera(playwright: Playwright, stack: Stack, ben: Person) -> Opens:
    """Opens the products for a conversation, in a browser with these flags; the shop's catalogue is read."""
    while not ben.do("GET", "/stores/boston/products")["rows"]:
        due(stack, 0)
    customer = Customer(stack)

    @contextmanager
    def opened(*flags: str, size: str = "desktop", theme: str = "light") -> Iterator[Page]:
        started(ben, customer)
        browser = playwright.chromium.launch(executable_path=installed(), args=[*FLAGS, *flags])
        try:
            page = browser.new_context(
                viewport=SIZES[size],
                color_scheme=theme,
                reduced_motion="reduce",
                locale="en-US",  # type: ignore[arg-type]  # plain values of the right shape
            ).new_page()
            app = App(page, stack.origin)
            page.goto(stack.origin)
            app.sign_in("ben")
            app.open(customer.name)
            page.get_by_role("button", name="Products").click()
            yield page
        finally:
            browser.close()

    return opened


@pytest.mark.parametrize(("size", "theme"), [("desktop", "light"), ("phone", "dark")])
def test_what_the_camera_sees_is_found_and_added(
    stack: Stack, with_camera: Opens, tmp_path: Path, size: str, theme: str
) -> None:
    known = stack.driver.simulator("GET", "/state")["products"]
    scarf = next(each for each in known if each["title"] == "Wool scarf, rust")
    film = camera.seeing(scarf["barcode"], tmp_path / "code.y4m")
    flags = (FAKE, ALLOWED, f"--use-file-for-fake-video-capture={film}")
    with with_camera(*flags, size=size, theme=theme) as page:
        page.get_by_role("button", name="Scan with the camera").click()
        expect(page.get_by_test_id("chosen-product")).to_contain_text("Wool scarf, rust")


def test_an_unknown_code_is_said_and_the_camera_is_closed(with_camera: Opens, tmp_path: Path) -> None:
    film = camera.seeing("4006381333931", tmp_path / "code.y4m")
    with with_camera(FAKE, ALLOWED, f"--use-file-for-fake-video-capture={film}") as page:
        page.get_by_role("button", name="Scan with the camera").click()
        expect(page.get_by_text("Nothing found for “4006381333931”.")).to_be_visible()
        expect(page.get_by_role("button", name="Scan with the camera")).to_be_visible()
        expect(page.locator("video")).to_have_count(0)


@pytest.mark.parametrize(("size", "theme"), [("desktop", "dark"), ("phone", "light")])
def test_while_there_is_no_code_it_goes_on_looking_until_it_is_closed(
    with_camera: Opens, size: str, theme: str
) -> None:
    with with_camera(FAKE, ALLOWED, size=size, theme=theme) as page:
        page.get_by_role("button", name="Scan with the camera").click()
        expect(page.get_by_text("Hold a bar code into the picture.")).to_be_visible()
        expect(page.locator("video")).to_have_js_property("paused", value=False)
        page.screenshot(path=SCREENS / f"{size}-{theme}" / "scanning.png")
        faultless(page, "[role=dialog]")
        page.get_by_role("button", name="Close the camera").click()
        expect(page.locator("video")).to_have_count(0)


def test_without_leave_it_says_what_to_do(with_camera: Opens) -> None:
    with with_camera(FAKE) as page:
        page.get_by_role("button", name="Scan with the camera").click()
        expect(page.get_by_role("alert")).to_contain_text("The browser may not use the camera here.")
        faultless(page, "[role=dialog]")
