"""Chromium for the browser tests. Standard library only."""

from __future__ import annotations

import os
import shutil

from local import tools, venv

NAMES = ("chromium", "chromium-browser", "google-chrome")
FAILED = "No browser could be installed for the tests; please install Chromium."


def ensure() -> None:
    """Makes sure there is one: the computer's own, the distribution's (as root), or Playwright's."""
    if installed():
        return
    print("Installing Chromium for the browser tests ...", flush=True)
    if os.geteuid() == 0 and shutil.which("apt-get"):
        tools.run(["apt-get", "update", "-q"], FAILED)
        quiet = {"DEBIAN_FRONTEND": "noninteractive"}
        tools.run(["apt-get", "install", "-y", "-q", "--no-install-recommends", "chromium"], FAILED, env=quiet)
    else:
        tools.run([venv.PYTHON, "-m", "playwright", "install", "chromium"], FAILED)


def installed() -> str | None:
    """The path of the computer's own Chromium."""
    return next((path for name in NAMES if (path := shutil.which(name))), None)
