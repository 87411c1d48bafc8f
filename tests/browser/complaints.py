"""What the browser itself says is wrong: console errors, uncaught exceptions, policy violations, opened dialogs."""

import re

from playwright.sync_api import ConsoleMessage, Dialog, Page

HARMLESS = (r"WebSocket is closed before the connection is established",)
"""Chromium's words for a page that was left while it connected."""


class Complaints:
    """Collected from every page of a test. `expect(pattern)` names what the test provokes on purpose."""

    def __init__(self) -> None:
        self._heard: list[str] = []
        self._expected = list(HARMLESS)

    def listen(self, page: Page) -> None:
        page.on("console", self._console)
        page.on("pageerror", lambda error: self._heard.append(f"exception: {error}"))
        page.on("dialog", self._dialog)

    def expect(self, pattern: str) -> None:
        self._expected.append(pattern)

    def unexpected(self) -> list[str]:
        return [heard for heard in self._heard if not any(re.search(known, heard) for known in self._expected)]

    def _console(self, message: ConsoleMessage) -> None:
        """Violations of the content security policy arrive as console errors."""
        if message.type in ("error", "warning"):
            self._heard.append(f"{message.type}: {message.text} ({message.location.get('url', '')})")

    def _dialog(self, dialog: Dialog) -> None:
        self._heard.append(f"dialog: {dialog.message}")
        dialog.dismiss()
