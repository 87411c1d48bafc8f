"""Reading the orders of a shop that changed: what webhooks lost is found, over as many minutes as it takes."""

from enum import StrEnum

from msgspec import Struct
from msgspec.structs import replace

from .catalogue import EACH, FIRST_PAUSE, LONGEST_PAUSE

FIRST_SPAN = 60 * 24 * 3_600_000
"""Milliseconds that the first reading goes back: shops show no older ones without a further permission."""
OVERLAP = 600_000
"""Milliseconds before the last reading at which the next begins: clocks differ, and shops show changes late."""


class OrderPhase(StrEnum):
    READING = "reading"
    DONE = "done"
    REFUSED = "refused"
    """The shop does not let us."""


class OrderRun(Struct, frozen=True, kw_only=True):
    """The latest reading of one shop's orders."""

    connection_id: str
    merchant_id: str
    started_at: int
    since: int
    """Orders that have changed since then are read."""
    phase: OrderPhase = OrderPhase.READING
    after: str = ""
    """Where the next page begins."""
    read: int = 0
    found: int = 0
    """Those among them of which no webhook had told us."""
    known_to: int | None = None
    """When the last reading began that came to its end."""
    not_before: int = 0
    """When the shop may be asked again that was busy."""
    busy: int = 0
    """How often in a row it was."""
    revision: int = 1

    @property
    def runs(self) -> bool:
        return self.phase is OrderPhase.READING

    def due(self, now: int) -> bool:
        """It is to go on, or to begin anew."""
        return now >= self.not_before if self.runs else now >= self.started_at + EACH

    def again(self, now: int) -> "OrderRun":
        """From where the last one that came to its end began."""
        return OrderRun(
            connection_id=self.connection_id,
            merchant_id=self.merchant_id,
            started_at=now,
            since=now - FIRST_SPAN if self.known_to is None else self.known_to - OVERLAP,
            known_to=self.known_to,
            revision=self.revision + 1,
        )

    def with_page(self, read: int, found: int, after: str) -> "OrderRun":
        went_on = self._went_on(read=self.read + read, found=self.found + found, after=after)
        return went_on if after else replace(went_on, phase=OrderPhase.DONE, known_to=self.started_at)

    def postponed(self, now: int) -> "OrderRun":
        pause = min(FIRST_PAUSE * 2 ** min(self.busy, 10), LONGEST_PAUSE)
        return replace(self, not_before=now + pause, busy=self.busy + 1, revision=self.revision + 1)

    def refused(self) -> "OrderRun":
        return self._went_on(phase=OrderPhase.REFUSED)

    def _went_on(self, **fields: object) -> "OrderRun":
        return replace(self, busy=0, not_before=0, revision=self.revision + 1, **fields)


def first_run(connection_id: str, merchant_id: str, now: int) -> OrderRun:
    return OrderRun(connection_id=connection_id, merchant_id=merchant_id, started_at=now, since=now - FIRST_SPAN)
