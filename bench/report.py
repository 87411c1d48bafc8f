"""One row per measure: a key for programs, words for people, a budget and a verdict."""

import json
from collections.abc import Iterable, Sequence
from pathlib import Path

import msgspec
from msgspec import Struct

FILE = Path(__file__).resolve().parent.parent / "build" / "bench.json"
PAGE = FILE.parent.parent / "docs" / "performance.md"
BEGIN, END = "<!-- figures -->", "<!-- end of figures -->"
Value = float | bool | str | None


class Measure(Struct, frozen=True):
    """`value` None: could not be measured here, `note` says why. `budget` None: told, not judged."""

    key: str
    what: str
    value: Value
    budget: float | bool | None = None
    at_least: bool = False
    """The budget is a lower limit."""
    note: str = ""

    @property
    def verdict(self) -> str:
        if self.value is None:
            return "not measured"
        if self.budget is None or isinstance(self.value, str):
            return ""
        good = self.value >= self.budget if self.at_least else self.value <= self.budget
        if isinstance(self.budget, bool):
            good = self.value is self.budget
        return "holds" if good else "MISSED"


def write(part: str, measures: Sequence[Measure], file: Path = FILE) -> None:
    """Flat keys. Parts that did not run this time keep their figures of before; this one keeps none of them."""
    rows = file.parent / f"bench-{part}.json"
    before = {measure.key for measure in _rows(rows)} if rows.exists() else set[str]()
    known = json.loads(file.read_text()) if file.exists() else {}
    file.parent.mkdir(parents=True, exist_ok=True)
    known = {key: value for key, value in known.items() if key not in before}
    known |= {measure.key: measure.value for measure in measures}
    file.write_text(json.dumps(known, indent=1, sort_keys=True) + "\n")
    rows.write_bytes(msgspec.json.encode(measures))


def _rows(file: Path) -> list[Measure]:
    return msgspec.json.decode(file.read_bytes(), type=list[Measure])


def document(parts: Iterable[str], page: Path = PAGE) -> None:
    """Puts the last figures of these parts into docs/performance.md, between its marks."""
    files = [FILE.parent / f"bench-{part}.json" for part in parts]
    found = [_rows(file) for file in files if file.exists()]
    before, _, rest = page.read_text().partition(BEGIN)
    after = rest.partition(END)[2]
    rows = markdown(measure for measures in found for measure in measures)
    page.write_text(f"{before}{BEGIN}\n{rows}\n{END}{after}")


def table(measures: Iterable[Measure]) -> str:
    """For a terminal."""
    rows = [("measure", "value", "budget", "verdict", "key")]
    rows += [
        (m.what, _shown(m.value), _limit(m), m.verdict, m.key + (f"  {m.note}" if m.note else "")) for m in measures
    ]
    widths = [max(len(row[place]) for row in rows) for place in range(4)]
    lines = [
        "  ".join([*(cell.ljust(width) for cell, width in zip(row, widths, strict=False)), row[4]]) for row in rows
    ]
    return "\n".join([lines[0], "-" * len(lines[0]), *lines[1:]])


def markdown(measures: Iterable[Measure]) -> str:
    """For docs/performance.md."""
    rows = [f"| {m.what.strip()} | {_shown(m.value)} | {_limit(m)} | {m.verdict or '-'} |" for m in measures]
    return "\n".join(["| measure | value | budget | verdict |", "|---|---|---|---|", *rows])


def _limit(measure: Measure) -> str:
    if measure.budget is None:
        return "-"
    return (
        _shown(measure.budget)
        if isinstance(measure.budget, bool)
        else f"{'>=' if measure.at_least else '<='} {measure.budget:g}"
    )


def _shown(value: Value) -> str:
    if value is None:
        return "-"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, str):
        return value
    return f"{value:,.0f}" if abs(value) >= 1000 else f"{value:.3g}"
