"""`make screenshot`: the picture in the README, docs/screenshot.png, from a stack of its own with the demo data."""

import shutil
import sys
from pathlib import Path

from playwright.sync_api import expect, sync_playwright

from local.browser import installed
from local.clients import forget_own_aws
from local.customers import BUYERS
from local.workspace import ROOT
from tests.browser.app import App
from tests.e2e.api import Person
from tests.e2e.stack import STATE, Stack

PICTURE = ROOT / "docs" / "screenshot.png"
SIZE = {"width": 1280, "height": 800}
ANA, JAMES = BUYERS[0], BUYERS[1]


def main() -> int:
    forget_own_aws()
    state = STATE / "portrait"
    shutil.rmtree(state, ignore_errors=True)
    stack = Stack(state)
    try:
        _talk(stack)
        _take(stack.origin, PICTURE)
    finally:
        stack.stop()
    sys.stdout.write(f"{PICTURE.relative_to(ROOT)}: {PICTURE.stat().st_size // 1000} kB\n")
    return 0


def _talk(stack: Stack) -> None:
    """On top of the demo's conversations."""
    boston = stack.number("boston")
    stack.driver.text(ANA.phone, boston, "See you tomorrow then, I will bring the old one along.")
    with Person(stack, "maya") as maya:
        row = maya.row("James Carter")
        assert row
        answer = maya.send(row["id"], "We do! I have put a pair aside under your name, until Thursday evening.")
        maya.wait_for_status(row["id"], answer["id"], "delivered")
        stack.driver.text(JAMES.phone, boston, "You are the best. I will come by after work.")
        last = maya.send(row["id"], "Perfect. Ask for Maya at the counter.")
        maya.wait_for_status(row["id"], last["id"], "delivered")


def _take(origin: str, picture: Path) -> None:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=installed(), args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_context(viewport=SIZE, color_scheme="light").new_page()  # type: ignore[arg-type]  # a dict literal, typed wider than the option
        page.goto(origin)
        app = App(page, origin)
        app.sign_in("maya")
        page.get_by_role("region", name="Unread messages").get_by_role("button", name="Dismiss").click()
        app.open("James Carter")
        app.composer.fill("And bring the boots you have, we can compare.")
        expect(app.bubble("Ask for Maya").get_by_text("Delivered")).to_be_visible()
        expect(app.row("James Carter").get_by_test_id("unread-count")).to_have_count(0)
        expect(app.unread_total).to_contain_text("2")
        page.mouse.move(0, 0)
        page.screenshot(path=picture, animations="disabled")
        browser.close()


if __name__ == "__main__":
    sys.exit(main())
