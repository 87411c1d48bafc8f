"""Builds the web app when its sources changed. Standard library only."""

from __future__ import annotations

import time
from pathlib import Path

from local import stamps, tools
from local.node import Node
from local.steps import seconds

ROOT = Path(__file__).resolve().parent.parent
WEB = ROOT / "web"
STAMPS = ROOT / "build" / "stamps"
NOT_SOURCES = ("node_modules", "dist", "coverage", "test-results", ".vite")


def build(node: Node) -> str:
    """Leaves a current `web/dist`; says what was done. Raises Problem."""
    started = time.monotonic()
    installed = _install(node)
    sources = stamps.fingerprint(
        path for path in stamps.files_below(WEB, *NOT_SOURCES) if not path.name.endswith(".tsbuildinfo")
    )
    stamp = STAMPS / "web-build"
    if not installed and stamps.is_fresh(stamp, sources) and (WEB / "dist" / "index.html").exists():
        return "unchanged"
    tools.run(["npm", "run", "build"], "The web app could not be built.", folder=WEB, env=node.env)
    stamps.write(stamp, sources)
    return seconds(time.monotonic() - started)


def _install(node: Node) -> bool:
    """Installs the packages of the lock file; False when they are there."""
    wanted = stamps.fingerprint([WEB / "package-lock.json"], node.version)
    stamp = WEB / "node_modules" / ".installed"
    if stamps.is_fresh(stamp, wanted):
        return False
    sentence = "The web app's packages could not be installed; is this computer online?"
    tools.run(["npm", "ci"], sentence, folder=WEB, env=node.env)
    stamps.write(stamp, wanted)
    return True
