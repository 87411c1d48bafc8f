"""Not an invariant of the product, but of these checks: nothing fails in a way that nobody planned."""

import re
from collections.abc import Iterator

from tests.simulation.history import History

_BUG = re.compile(r"\b(?:Attribute|Type|Key|Index|Name|Import|Value|Assertion|Runtime|NotImplemented)Error\b")


def check(history: History) -> Iterator[str]:
    for line in history.log:
        if line.startswith("ERROR") and _BUG.search(line):
            yield line[:200]
