"""The virtual environment `.venv` and the packages in it. Standard library only."""

from __future__ import annotations

import importlib.util
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

from local import stamps, tools
from local.problems import Problem
from local.steps import seconds

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / ".venv"
PYTHON = FOLDER / "bin" / "python"
NO_VENV = (
    "Python's venv module is incomplete on this computer; install it (on Debian and Ubuntu, as root: "
    "apt-get install python3-venv) and start again."
)


def have_pip_source() -> None:
    """Raises Problem when there is no way to get a virtual environment with pip in it."""
    if not (_usable() or _has("ensurepip") or _has("pip") or _apt_get()):
        raise Problem(NO_VENV)


def install(requirements: Path) -> str:
    """Makes `.venv` and installs a requirements file into it; says what was done."""
    started = time.monotonic()
    if not _usable():
        _create()
    wanted = stamps.fingerprint(_with_includes(requirements), sys.version)
    stamp = FOLDER / f".installed-{requirements.stem}"
    if stamps.is_fresh(stamp, wanted):
        return "unchanged"
    pip(["install", "--requirement", requirements])
    stamps.write(stamp, wanted)
    return seconds(time.monotonic() - started)


def pip(arguments: list[str | Path]) -> None:
    """Runs pip of the virtual environment."""
    quiet = ["--disable-pip-version-check", "--no-input"]
    tools.run(
        [PYTHON, "-m", "pip", *arguments, *quiet],
        "The Python packages could not be installed; is this computer online?",
    )


def _usable() -> bool:
    if not PYTHON.exists():
        return False
    probe = "import sys, pip; sys.exit(sys.version_info < (3, 11))"
    try:
        return subprocess.run([str(PYTHON), "-c", probe], capture_output=True, check=False).returncode == 0
    except OSError:
        return False


def _create() -> None:
    shutil.rmtree(FOLDER, ignore_errors=True)
    if _has("ensurepip"):
        tools.run([sys.executable, "-m", "venv", FOLDER], NO_VENV)
    elif _has("pip"):
        tools.run([sys.executable, "-m", "venv", "--without-pip", FOLDER], NO_VENV)
        tools.run([sys.executable, "-m", "pip", "--python", PYTHON, "install", "pip"], NO_VENV)
    else:
        package = f"python{sys.version_info[0]}.{sys.version_info[1]}-venv"
        tools.run(["apt-get", "update", "-q"], NO_VENV)
        tools.run(["apt-get", "install", "-y", "-q", package], NO_VENV, env={"DEBIAN_FRONTEND": "noninteractive"})
        tools.run([sys.executable, "-m", "venv", FOLDER], NO_VENV)


def _has(module: str) -> bool:
    return importlib.util.find_spec(module) is not None


def _apt_get() -> bool:
    """Whether we may install Debian packages ourselves."""
    return os.geteuid() == 0 and shutil.which("apt-get") is not None


def _with_includes(requirements: Path) -> list[Path]:
    """The file and those it includes with `-r` or `-c`."""
    files = [requirements]
    for line in requirements.read_text().splitlines():
        words = line.split()
        if len(words) == 2 and words[0] in ("-r", "-c", "--requirement", "--constraint"):
            files += _with_includes(requirements.parent / words[1])
    return files
