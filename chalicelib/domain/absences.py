"""Associates who are away, and what customers are answered in the meantime (H1, H2)."""

from msgspec import Struct
from msgspec.structs import replace

from .errors import InvalidInput
from .keywords import classify

ANSWERED_FOR = 12 * 3_600_000
"""Milliseconds in which one conversation gets no second answer of this kind (H2)."""
LONGEST_ANSWER = 480
"""Characters: three segments."""
FARTHEST = 366 * 86_400_000
"""Milliseconds ahead that an absence may end."""


class Absence(Struct, frozen=True, kw_only=True):
    """One associate's, in all of their stores."""

    associate_id: str
    merchant_id: str
    store_ids: tuple[str, ...]
    answer: str
    """What whoever writes to them is answered."""
    since: int
    until: int | None = None
    """The instant at which they are back; None: when they say so."""

    def lasts(self, now: int) -> bool:
        return self.until is None or now < self.until

    def ended(self, now: int) -> "Absence":
        return replace(self, until=now)


def check(answer: str, until: int | None, now: int) -> None:
    """Raises InvalidInput for an end that is no end, and for an answer that would command the customer's own machine:
    a keyword opts somebody out or in, or is answered in its turn (X14)."""
    if until is not None and not now < until <= now + FARTHEST:
        raise InvalidInput("An absence ends in the future, and within a year.")
    if classify(answer) is not None:
        raise InvalidInput("The answer must not be a keyword such as STOP, START or HELP.")
