"""Remembers what was done from which files, so that it is done again only when they change."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable
from pathlib import Path


def fingerprint(files: Iterable[Path], *facts: str) -> str:
    """A hash of the files' names and contents and of further facts."""
    digest = hashlib.sha256("\0".join(facts).encode())
    for file in sorted(files):
        content = hashlib.sha256(file.read_bytes()).hexdigest()
        digest.update(f"\0{file}\0{content}".encode())
    return digest.hexdigest()


def files_below(folder: Path, *excluded: str) -> list[Path]:
    """Every file below a folder, without the folders named `excluded` and without caches."""
    skip = {*excluded, "__pycache__"}
    found: list[Path] = []
    for place, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if name not in skip]
        found += [Path(place, name) for name in names]
    return found


def is_fresh(stamp: Path, value: str) -> bool:
    return stamp.exists() and stamp.read_text() == value


def write(stamp: Path, value: str) -> None:
    stamp.parent.mkdir(parents=True, exist_ok=True)
    stamp.write_text(value)
