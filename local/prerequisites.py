"""What must be true of the computer before anything else, each with one clear sentence. Standard library only."""

from __future__ import annotations

import os
import platform
import shutil
import sys
from pathlib import Path

from local.instance import already_running, is_running
from local.ports import listen
from local.problems import Problem
from local.venv import PYTHON, have_pip_source

ROOT = Path(__file__).resolve().parent.parent
LOCK = ROOT / ".local" / "run.pid"
OLDEST_PYTHON = (3, 11)
DISK_NEEDED = 3 * 1024**3
"""Bytes for packages, browser modules and build on a fresh folder."""
DISK_NEEDED_AGAIN = 200 * 1024**2
"""Bytes once everything is installed."""


def check(purpose: str) -> str:
    """A line about this computer. Raises Problem."""
    _check_python()
    free = _check_disk()
    have_pip_source()
    if purpose == "run":
        _check_port(os.environ.get("PORT", "8000"))
        _check_port(os.environ.get("SMTP_PORT", ""), "SMTP_PORT", optional=True)
    return f"Python {platform.python_version()}, {free / 1024**3:.0f} GB free"


def _check_python() -> None:
    if sys.version_info < OLDEST_PYTHON:
        raise Problem(
            f"Counterline needs Python 3.11 or newer, and this is {platform.python_version()}; "
            "name a newer one with: make run PYTHON=python3.12"
        )


def _check_disk() -> int:
    free = shutil.disk_usage(ROOT).free
    needed = DISK_NEEDED_AGAIN if PYTHON.exists() else DISK_NEEDED
    if free < needed:
        raise Problem(
            f"Counterline needs {needed / 1024**3:.1f} GB of disk space here; {free / 1024**3:.1f} GB are free."
        )
    return free


def _check_port(text: str, setting: str = "PORT", *, optional: bool = False) -> None:
    """Early, before minutes of downloads; who takes the port checks again."""
    if optional and not text:
        return
    if not text.isdigit() or not 0 < int(text) < 65536:
        raise Problem(f"{setting} must be a number from 1 to 65535, not {text!r}.")
    if is_running(LOCK):
        raise already_running(LOCK)
    listen(int(text), setting).close()
