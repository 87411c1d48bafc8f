"""What axe finds, once nothing moves any more: half faded in, every text lacks contrast."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

_AT_REST = """() => document.getAnimations().every(
  (each) => each.playState !== "running" || each.effect?.getTiming().iterations === Infinity)"""


def faults(page: Page, context: str | None = None) -> list[str]:
    """The rules that are broken, and where. `context`: the part of the page that is looked at."""
    page.wait_for_function(_AT_REST)
    found = Axe().run(page, context=context).response["violations"]
    return [f"{each['id']}: {each['help']}: {'; '.join(n['html'][:160] for n in each['nodes'][:3])}" for each in found]


def faultless(page: Page, context: str | None = None) -> None:
    assert faults(page, context) == []
