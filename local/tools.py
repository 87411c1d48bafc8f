"""Runs the tools that set the folder up: their output goes to a log, its end to the screen if they fail."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path

from local.problems import Problem

ROOT = Path(__file__).resolve().parent.parent
LOG = ROOT / "build" / "setup.log"


def run(
    command: Sequence[str | Path], sentence: str, *, folder: Path = ROOT, env: Mapping[str, str] | None = None
) -> None:
    """Raises Problem with `sentence` when the tool fails or is not there."""
    LOG.parent.mkdir(parents=True, exist_ok=True)
    words = [str(word) for word in command]
    with LOG.open("ab") as log:
        log.write(f"\n$ {' '.join(words)}\n".encode())
        log.flush()
        start = log.tell()
        try:
            code = subprocess.run(
                words,
                cwd=folder,
                env={**os.environ, **(env or {})},
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                check=False,
            ).returncode
        except OSError as error:
            raise Problem(sentence, str(error)) from error
    if code:
        raise Problem(f"{sentence} The whole output is in {LOG.relative_to(ROOT)}.", _lines_since(start))


def _lines_since(start: int) -> str:
    with LOG.open("rb") as log:
        log.seek(start)
        return "\n".join(log.read().decode(errors="replace").splitlines()[-15:])
