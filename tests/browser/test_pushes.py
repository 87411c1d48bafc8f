"""The switch beside the reminders, and what its worker shows when the browser is woken (H20).

Chromium has no push service here: its address is made up, at the simulated one.
"""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

from local.driver import wait_until
from tests.browser.accessibility import faultless
from tests.browser.app import App
from tests.browser.test_screens import SCREENS, Album
from tests.e2e.stack import Stack
from tests.e2e.test_pushes import service

pytestmark = pytest.mark.browser
SUBSCRIBES = """
const made = { endpoint: "%s", unsubscribe: async () => true, options: {} };
PushManager.prototype.subscribe = async () => made;
PushManager.prototype.getSubscription = async () => made;
"""


@pytest.mark.parametrize(("size", "theme"), [("desktop", "light"), ("phone", "dark")])
def test_a_device_is_switched_on_woken_without_a_name_and_switched_off(
    new_app: Callable[..., App], stack: Stack, size: str, theme: str
) -> None:
    app = new_app("maya", size=size, theme=theme)
    page, album = app.page, Album(app.page, SCREENS / f"{size}-{theme}")
    page.context.grant_permissions(["notifications"], origin=stack.origin)
    page.add_init_script(SUBSCRIBES % f"{service(stack)}/browser-{size}")
    page.reload()
    app.go("/stores/boston/contacts")
    switch = page.get_by_role("switch", name="Notify me on this device")
    expect(switch).not_to_be_checked()
    switch.click()
    expect(switch).to_be_checked()
    faultless(page)
    album.take("push-switch")
    wake = _waker(page, stack.origin)
    wait_until(lambda: wake() or _shown(page) == [["Counterline", "A reminder is due"]], "a notice of the system")
    switch.click()
    expect(switch).not_to_be_checked()
    assert not album.violations, "\n".join(album.violations)


def _waker(page: Any, origin: str) -> Callable[[], None]:
    """Wakes the browser, as often as it is called: however often that is, there is one notice."""
    session = page.context.new_cdp_session(page)
    found: list[str] = []
    session.on("ServiceWorker.workerRegistrationUpdated", lambda told: found.extend(_ids(told)))
    session.send("ServiceWorker.enable")
    wait_until(lambda: page.wait_for_timeout(50) or found, "a worker")

    def wake() -> None:
        session.send("ServiceWorker.deliverPushMessage", {"origin": origin, "registrationId": found[0], "data": ""})
        page.wait_for_timeout(1_000)

    return wake


def _ids(told: dict[str, Any]) -> list[str]:
    return [each["registrationId"] for each in told["registrations"]]


def _shown(page: Any) -> Any:
    return page.evaluate(
        """async () => (await (await navigator.serviceWorker.ready).getNotifications())
            .map((each) => [each.title, each.body])"""
    )
