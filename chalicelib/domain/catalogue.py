"""Reading a shop's whole catalogue: page by page, over as many minutes as it takes, and again each day."""

from enum import StrEnum

from msgspec import Struct
from msgspec.structs import replace

EACH = 24 * 3_600_000
"""Milliseconds between two readings that nobody asked for: what webhooks lost is found within a day."""
FIRST_PAUSE, LONGEST_PAUSE = 15_000, 900_000
"""Milliseconds until a shop is asked again that was busy; doubled each time."""


class CataloguePhase(StrEnum):
    READING = "reading"
    """Page by page, what the shop has."""
    CHECKING = "checking"
    """Which of ours the shop no longer has."""
    DONE = "done"
    REFUSED = "refused"
    """The shop does not let us."""


class CatalogueRun(Struct, frozen=True, kw_only=True):
    """The latest reading of one shop's catalogue."""

    connection_id: str
    merchant_id: str
    started_at: int
    phase: CataloguePhase = CataloguePhase.READING
    after: str = ""
    """Where the next page of the phase begins."""
    read: int = 0
    total: int = 0
    """Products that the shop says there are; 0 where it does not."""
    read_before: int = 0
    """Products that the reading before this one came to."""
    finished_at: int | None = None
    """Of the last one that came to its end."""
    not_before: int = 0
    """When the shop may be asked again that was busy."""
    busy: int = 0
    """How often in a row it was."""
    revision: int = 1

    @property
    def runs(self) -> bool:
        return self.phase in (CataloguePhase.READING, CataloguePhase.CHECKING)

    def due(self, now: int) -> bool:
        """It is to go on, or to begin anew."""
        return now >= self.not_before if self.runs else now >= self.started_at + EACH

    def again(self, now: int) -> "CatalogueRun":
        """From the beginning."""
        return CatalogueRun(
            connection_id=self.connection_id,
            merchant_id=self.merchant_id,
            started_at=now,
            finished_at=self.finished_at,
            read_before=self.read if self.phase is CataloguePhase.DONE else self.read_before,
            revision=self.revision + 1,
        )

    def with_page(self, count: int, total: int, after: str) -> "CatalogueRun":
        phase = CataloguePhase.READING if after else CataloguePhase.CHECKING
        return self._went_on(read=self.read + count, total=total or self.total, after=after, phase=phase)

    def checked(self, after: str, now: int) -> "CatalogueRun":
        if after:
            return self._went_on(after=after)
        return self._went_on(after="", phase=CataloguePhase.DONE, finished_at=now)

    def postponed(self, now: int) -> "CatalogueRun":
        pause = min(FIRST_PAUSE * 2 ** min(self.busy, 10), LONGEST_PAUSE)
        return replace(self, not_before=now + pause, busy=self.busy + 1, revision=self.revision + 1)

    def refused(self) -> "CatalogueRun":
        return self._went_on(phase=CataloguePhase.REFUSED)

    def _went_on(self, **fields: object) -> "CatalogueRun":
        return replace(self, busy=0, not_before=0, revision=self.revision + 1, **fields)
