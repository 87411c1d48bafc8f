"""What the tests measured, for the closing notes: build/e2e/figures.json. Nothing is judged by it."""

import json

from tests.e2e.stack import STATE

FILE = STATE / "figures.json"


def record(name: str, value: float | dict[str, float]) -> None:
    known = json.loads(FILE.read_text()) if FILE.exists() else {}
    FILE.parent.mkdir(parents=True, exist_ok=True)
    FILE.write_text(json.dumps({**known, name: value}, indent=2, sort_keys=True) + "\n")
