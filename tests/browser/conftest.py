"""One Chromium for the session; every page in a fresh profile, and no page may complain."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Playwright, expect, sync_playwright

from local.browser import installed
from tests.browser.app import App
from tests.browser.complaints import Complaints
from tests.browser.simulator_page import SimulatorPage
from tests.e2e.people import ben, elena, maya, outside, shopify, twilio
from tests.e2e.stack import Stack

__all__ = ["ben", "elena", "maya", "outside", "shopify", "twilio"]
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
DESKTOP = {"width": 1280, "height": 800}
PHONE = {"width": 390, "height": 844}
SIZES = {"desktop": DESKTOP, "phone": PHONE}
PATIENCE = 25_000
"""Milliseconds; on a busy computer several functions may have to start first."""


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    with sync_playwright() as started:
        yield started


@pytest.fixture(scope="session")
def chromium(playwright: Playwright) -> Iterator[Browser]:
    """The computer's own, or Playwright's."""
    expect.set_options(timeout=PATIENCE)
    browser = playwright.chromium.launch(executable_path=installed(), args=FLAGS)
    yield browser
    browser.close()


@pytest.fixture
def complaints() -> Iterator[Complaints]:
    """What pages complained about; a test fails on any complaint it did not expect."""
    heard = Complaints()
    yield heard
    assert heard.unexpected() == []


@pytest.fixture
def new_context(chromium: Browser, complaints: Complaints) -> Iterator[Callable[..., BrowserContext]]:
    """Makes fresh profiles: `size` desktop or phone, `theme` light or dark."""
    opened: list[BrowserContext] = []

    def make(size: str = "desktop", theme: str = "light") -> BrowserContext:
        context = chromium.new_context(
            viewport=SIZES[size],  # type: ignore[arg-type]  # a plain dict of the right shape
            color_scheme=theme,  # type: ignore[arg-type]  # one of the two literals
            reduced_motion="reduce",
            locale="en-US",
            timezone_id="America/New_York",
            has_touch=size == "phone",
        )
        context.set_default_timeout(PATIENCE)
        context.on("page", complaints.listen)
        opened.append(context)
        return context

    yield make
    for context in opened:
        context.close()


@pytest.fixture
def new_app(stack: Stack, new_context: Callable[..., BrowserContext]) -> Callable[..., App]:
    """The app in a fresh profile; signed in when a name is given."""

    def make(name: str = "", size: str = "desktop", theme: str = "light") -> App:
        app = App(new_context(size, theme).new_page(), stack.origin)
        app.page.goto(stack.origin)
        if name:
            app.sign_in(name)
        return app

    return make


@pytest.fixture
def app(new_app: Callable[..., App]) -> App:
    """With Ben of Boston signed in, at a desk."""
    return new_app("ben")


@pytest.fixture
def simulator(stack: Stack, new_context: Callable[..., BrowserContext]) -> SimulatorPage:
    """The simulator's page in a browser of its own."""
    page = new_context().new_page()
    page.goto(f"{stack.origin}/simulator")
    return SimulatorPage(page)
