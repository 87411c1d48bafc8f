"""What axe finds, once nothing moves any more: half faded in, every text lacks contrast."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

_AT_REST = """() => document.getAnimations().every(
  (each) => each.playState !== "running" || each.effect?.getTiming().iterations === Infinity)"""


def faults(page: Page, context: str | None = None) -> list[str]:
    """The rules that are broken, and where. `context`: the part of the page that is looked at.

    What is found is looked at twice: what came and moved during the first look is at rest in the second.
    """
    return _look(page, context) and _look(page, context)


def _look(page: Page, context: str | None) -> list[str]:
    page.wait_for_function(_AT_REST)
    found = Axe().run(page, context=context).response["violations"]
    return [f"{each['id']}: {each['help']}: {'; '.join(n['html'][:160] for n in each['nodes'][:3])}" for each in found]


def faultless(page: Page, context: str | None = None) -> None:
    found = faults(page, context)
    assert not found, "\n".join(found)
