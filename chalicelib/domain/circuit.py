"""When to leave a provider alone that does not answer, and for how long (docs/decisions/0013-circuit-breaker.md).

Pure: the clock is passed in. One circuit per connection.
"""

from enum import StrEnum

from msgspec import Struct

TOLERATED = 3
"""The troubles in a row at which a circuit trips: fewer are bad luck, and each text retries by itself."""
FIRST_REST = 10_000
LONGEST_REST = 240_000
"""Milliseconds. A text may just miss the end of one rest and wait for one more: twice this is within ten minutes."""
FIRST_BUSY_REST = 2_000
LONGEST_BUSY_REST = 180_000


class Trouble(StrEnum):
    """What a failed send says about the whole connection, not about one recipient."""

    DOWN = "down"
    """Not reached, no answer in time, or 5xx."""
    BUSY = "busy"
    """It answers, and wants fewer requests (429)."""


class Circuit(Struct, frozen=True):
    """Troubles since the last real answer. While it is open nothing is handed over; then the
    provider is asked, and one text goes."""

    down: int = 0
    """In a row, whatever was busy in between."""
    busy: int = 0
    """In a row."""
    open_until: int = 0
    """Epoch milliseconds."""

    @property
    def tripped(self) -> bool:
        """Whether it is worth telling the operator."""
        return self.down >= TOLERATED or self.busy >= TOLERATED

    @property
    def asks_first(self) -> bool:
        """Whether the provider is to be asked if it is back, before a text is risked."""
        return self.down >= TOLERATED

    @property
    def rest(self) -> int:
        """Milliseconds that it is opened for after its latest trouble: doubled each time, to a limit."""
        if self.busy:
            return _doubled(FIRST_BUSY_REST, self.busy - 1, LONGEST_BUSY_REST)
        if self.down >= TOLERATED:
            return _doubled(FIRST_REST, self.down - TOLERATED, LONGEST_REST)
        return 0

    def pause(self, now: int) -> int:
        """Milliseconds that a text has to wait; 0: it may be handed over.

        The whole rest and not what is left of it: else a text that meets several processes, each at another place of
        its rest, would use up the receives of its queue entry. A clock that leaps back does not lengthen a rest.
        """
        return self.rest if 0 < self.open_until - now <= self.rest else 0

    def troubled(self, trouble: Trouble, now: int) -> "Circuit":
        """After a failure. That it is busy again after it was down is good news: it waits as for a first 429."""
        if trouble is Trouble.BUSY:
            after = Circuit(self.down, self.busy + 1)
        else:
            after = Circuit(self.down + 1)
        return Circuit(after.down, after.busy, now + after.rest)


CLOSED = Circuit()


def _doubled(first: int, times: int, longest: int) -> int:
    return int(min(longest, first * 2 ** min(times, 16)))
