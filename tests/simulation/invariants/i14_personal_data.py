"""I14: no name, address or body in any log line or exception."""

import re
from collections.abc import Iterator

from tests.simulation.history import History

_PERSONAL = re.compile(r"canary|\+1[0-9]{10}|@example", re.IGNORECASE)


def check(history: History) -> Iterator[str]:
    for line in history.log:
        if _PERSONAL.search(line):
            yield f"personal data in a log: {line.split()[:2]}"
