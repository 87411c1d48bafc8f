"""A time of day somewhere, and the instant that it is. Pure; rules of zones are the tz database's as it is installed.

Both are kept: clocks are changed twice a year, and parliaments change when. What a clock then says is told, not
guessed at again: the instant stays.
"""

import re
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from functools import cache
from typing import TYPE_CHECKING

from msgspec import Struct

from .errors import InvalidInput

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

MINUTE = 60_000
LONGEST_ZONE = 64
_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_+-]*(/[A-Za-z0-9_+-]+){0,3}", re.ASCII)
_WALL = re.compile(r"20[0-9]{2}-[01][0-9]-[0-3][0-9]T[0-2][0-9]:[0-5][0-9]", re.ASCII)
_NO_ZONES = ("posix", "right", "posixrules", "localtime", "Factory")
"""What systems keep beside the zones: other counts of seconds, and copies of their own setting."""


class ClockReading(StrEnum):
    """How a time of day and its instant belong together, by today's rules."""

    ONCE = "once"
    SKIPPED = "skipped"
    """The clock is put forward over it: it rings as much later as the clock is put."""
    TWICE = "twice"
    """The clock is put back over it, and this is the first of the two."""
    TWICE_LATER = "twice_later"
    """This is the second."""
    MOVED = "moved"
    """The zone's rules have changed since it was chosen: its clock shows another time then."""


class Moment(Struct, frozen=True):
    """`at`: epoch milliseconds. `wall`: `YYYY-MM-DDTHH:MM` on the clock of `zone`, as it was chosen."""

    at: int
    wall: str
    zone: str


def moment_of(wall: str, zone: str, *, later: bool = False) -> Moment:
    """When that is. `later`: of a time that comes twice, the second. Raises InvalidInput for no time, or no zone.

    A time that does not exist is read with the clock as it was before it is put forward (RFC 5545, 3.3.5).
    """
    local, place = _read(wall), zone_of(zone)
    aware = local.replace(tzinfo=place, fold=0)
    if later and _shown(_instant(aware), place) == local:
        aware = aware.replace(fold=1)
    return Moment(_instant(aware), wall, zone)


def moment_at(at: int, zone: str) -> Moment:
    """The full minute from `at` on, as its clock shows it. Raises InvalidInput for no zone."""
    full = -(-at // MINUTE) * MINUTE
    return Moment(full, f"{_shown(full, zone_of(zone)):%Y-%m-%dT%H:%M}", zone)


def morning_after(at: int, zone: str, hour: int) -> Moment:
    """At that hour of the day after the one that it is there at `at`. Raises InvalidInput for no zone."""
    tomorrow: date = _shown(at, zone_of(zone)).date() + timedelta(days=1)
    return moment_of(f"{datetime.combine(tomorrow, time(hour)):%Y-%m-%dT%H:%M}", zone)


def reading_of(moment: Moment) -> ClockReading:
    """By the rules of today."""
    local, place = _read(moment.wall), zone_of(moment.zone)
    first, second = (_instant(local.replace(tzinfo=place, fold=fold)) for fold in (0, 1))
    if moment.at not in (first, second):
        return ClockReading.MOVED
    if first == second:
        return ClockReading.ONCE
    if _shown(first, place) != local:
        return ClockReading.SKIPPED
    return ClockReading.TWICE if moment.at == first else ClockReading.TWICE_LATER


def shown_at(moment: Moment) -> str:
    """What its zone's clock shows then, by the rules of today: as `wall`, unless it was skipped or moved."""
    return f"{_shown(moment.at, zone_of(moment.zone)):%Y-%m-%dT%H:%M}"


@cache
def zone_of(name: str) -> "ZoneInfo":
    """Raises InvalidInput for a name that is none of the tz database."""
    from zoneinfo import ZoneInfo  # only where somebody names a time

    known = len(name) <= LONGEST_ZONE and _NAME.fullmatch(name) and name.partition("/")[0] not in _NO_ZONES
    try:
        if known:
            return ZoneInfo(name)
    except (LookupError, ValueError, OSError):  # a folder, a file of another kind, nothing
        pass
    raise InvalidInput("There is no such time zone.")


def _read(wall: str) -> datetime:
    try:
        if _WALL.fullmatch(wall):
            return datetime.fromisoformat(wall)
    except ValueError:  # the thirtieth of February
        pass
    raise InvalidInput("That is no date and time.")


def _instant(aware: datetime) -> int:
    return int(aware.timestamp()) * 1000


def _shown(at: int, zone: "ZoneInfo") -> datetime:
    return datetime.fromtimestamp(at // 1000, UTC).astimezone(zone).replace(tzinfo=None, fold=0)
