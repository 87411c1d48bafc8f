"""docs/privacy.md has a line for each kind of row, and no other (X13)."""

import re
from importlib import import_module

from chalicelib.store.rows import Row
from tests.architecture.sources import ROOT

LINE = re.compile(r"^\| `(\w+)` \|(?! row \|)[^|]+\|([^|]+)\|([^|]*)\|$", re.MULTILINE)


def lines() -> dict[str, tuple[str, str]]:
    """By kind: what it holds of a customer, and what an erasure does to it."""
    text = (ROOT / "docs" / "privacy.md").read_text("utf-8")
    return {kind: (holds.strip(), erasing.strip()) for kind, holds, erasing in LINE.findall(text)}


def kinds() -> set[str]:
    for path in (ROOT / "chalicelib" / "store").glob("*rows.py"):
        import_module(f"chalicelib.store.{path.stem}")
    return {kind for each in Row.__subclasses__() if (kind := each.type.get_discriminator(each))}


def test_each_kind_of_row_has_a_line() -> None:
    assert set(lines()) == kinds()


def test_what_holds_something_of_a_customer_is_erased_or_it_says_when_it_goes() -> None:
    vague = {
        kind
        for kind, (holds, erasing) in lines().items()
        if not holds.startswith("nothing")
        and not re.search(r"removed|reduced|after \d+ days|after a day|until they", erasing)
    }
    assert vague == set()
