"""Writes docs/generic-shop.schema.json, the form of what other shops post, from its decoder (`make openapi`)."""

import json
import sys
from pathlib import Path
from typing import Any

import msgspec

from chalicelib.shops.generic import GenericEvent

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "docs" / "generic-shop.schema.json"


def document() -> dict[str, Any]:
    """The JSON Schema (draft 2020-12)."""
    dialect = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Counterline: a shop's order, version 1",
    }
    return {**dialect, **msgspec.json.schema(GenericEvent)}


def text() -> str:
    return json.dumps(document(), indent=2, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    TARGET.write_text(text(), encoding="utf-8")
    sys.stdout.write(f"wrote {TARGET.relative_to(ROOT)}\n")
