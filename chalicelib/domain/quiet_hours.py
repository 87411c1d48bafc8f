"""Quiet hours where the recipient is (X4): where that may be, whether it is night there, and when it no longer is.

Pure and exact: hours are wall-clock hours of the recipient's zones, whatever their clocks are changed to. Where a
number may be in several zones or states, all of them must allow it.
"""

from datetime import UTC, date, datetime, timedelta
from functools import cache
from typing import TYPE_CHECKING

from msgspec import Struct

from .addresses import Address, Channel
from .quiet_rules import COUNTRIES, FEDERAL, RULES

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

ANSWER_WITHIN = 15 * 60_000
"""Milliseconds after a customer's message in which an answer to it goes out at any hour: they are awake."""
QUIET_CHANNELS = frozenset({Channel.SMS, Channel.WHATSAPP})
"""What rings on a phone at night. A mail waits in its mailbox, and a chat is open only while somebody looks at it."""
_FURTHEST_DAYS = 8
_NOON, _EVENING = 12 * 60, 18 * 60
_NANP = "1"


class Hours(Struct, frozen=True):
    """Of one day, in minutes since midnight: open from `start`, closed from `end` on. Equal: closed all day."""

    start: int
    end: int

    def within(self, other: "Hours") -> "Hours":
        start, end = max(self.start, other.start), min(self.end, other.end)
        return Hours(start, end) if start < end else Hours(0, 0)


class OwnHours(Struct, frozen=True, forbid_unknown_fields=True):
    """A store's own setting: it narrows what the law allows. Minutes since the recipient's midnight.

    Always open from noon to six in the evening, so that no text can wait for ever.
    """

    active: bool = True
    earliest: int = 8 * 60
    latest: int = 21 * 60

    def __post_init__(self) -> None:
        if not (0 <= self.earliest <= _NOON and _EVENING <= self.latest <= 24 * 60):
            raise ValueError("a store's hours begin by noon and last until six in the evening at least")


class Place(Struct, frozen=True):
    """A zone in which the recipient may be, and the rule that holds there (a key of RULES, or empty)."""

    zone: str
    rule: str = ""


def places_of(channel: str, address: Address, store_zone: str) -> tuple[Place, ...]:
    """Where somebody may be whom this address reaches; empty: quiet hours have nothing to say.

    A number that nothing is known about is taken to be where the store is.
    """
    if channel not in QUIET_CHANNELS:
        return ()
    zones, regions = _tables()
    prefix = _known_prefix(address, zones)
    rules = regions.get(prefix) or (COUNTRIES.get(prefix, ""),)
    return tuple(Place(zone, rule) for zone in zones.get(prefix, (store_zone,)) for rule in rules)


class Night(Struct, frozen=True):
    """A time in which no text goes out, in epoch milliseconds: from `begins` on, before `ends`."""

    begins: int
    ends: int


def next_night(at: int, places: tuple[Place, ...], own: OwnHours) -> Night | None:
    """The one that it is at `at`, then it begins at `at`; else the next one. None: there is none."""
    if not own.active or not places:
        return None
    begins = at
    for _day in range(_FURTHEST_DAYS):
        ends = next_allowed(begins, places, own)
        if ends > begins:
            return Night(begins, ends)
        begins = min(_closes(begins, place, own) for place in _deciding(begins, places, own))
    return None


def regions_of(address: Address) -> tuple[str, ...] | None:
    """Of a number of the North American plan: `CA`, or `US-` and the state, where it may be; empty: in none of these.

    None: nothing is known about it.
    """
    zones, regions = _tables()
    prefix = _known_prefix(address, zones)
    return regions.get(prefix, ()) if prefix else None


def next_allowed(at: int, places: tuple[Place, ...], own: OwnHours) -> int:
    """The first instant from `at` on (epoch milliseconds) that all places allow; `at` itself where they do now.

    Where they never agree within eight days, as zones around the whole globe might, the first place decides.
    """
    if not own.active or not places:
        return at
    return _agreed(at, _deciding(at, places, own), own) or at


def zones_of_rule(rule: str) -> tuple[str, ...]:
    """Every zone in which a number may be that this rule (a key of RULES) holds for."""
    zones, regions = _tables()
    codes = [prefix for prefix, named in regions.items() if rule in named]
    codes += [prefix for prefix, country in COUNTRIES.items() if country == rule]
    return tuple(sorted({zone for code in codes for zone in zones.get(code, ())}))


def local_time(at: int, places: tuple[Place, ...]) -> tuple[str, str]:
    """`HH:MM` where it is night first, and the zone it is read in: the one furthest from noon."""
    clocks = [(_local(at, place.zone), place.zone) for place in places]
    moment, zone = max(clocks, key=lambda clock: abs(clock[0].hour * 60 + clock[0].minute - _NOON))
    return f"{moment:%H:%M}", zone


def _deciding(at: int, places: tuple[Place, ...], own: OwnHours) -> tuple[Place, ...]:
    return places[:1] if _agreed(at, places, own) is None else places


def _agreed(at: int, places: tuple[Place, ...], own: OwnHours) -> int | None:
    instant, last = at, at + _FURTHEST_DAYS * 86_400_000
    while instant <= last:
        later = max(_opens(instant, place, own) for place in places)
        if later == instant:
            return instant
        instant = later
    return None


def _opens(at: int, place: Place, own: OwnHours) -> int:
    """The first instant from `at` on that this place allows."""
    here = _local(at, place.zone)
    hours = _hours(place.rule, here.date(), own)
    if hours.start <= here.hour * 60 + here.minute < hours.end:
        return at
    for days in range(_FURTHEST_DAYS + 1):
        day = here.date() + timedelta(days=days)
        hours = _hours(place.rule, day, own)
        if hours.start < hours.end and (begin := _instant(day, hours.start, place.zone)) > at:
            return begin
    raise ValueError("a place that never allows anything")


def _closes(at: int, place: Place, own: OwnHours) -> int:
    """Until when this place allows it on the day of `at`."""
    day = _local(at, place.zone).date()
    return _instant(day, _hours(place.rule, day, own).end, place.zone)


def _hours(rule: str, day: date, own: OwnHours) -> Hours:
    """Those of the law, and the store's within them."""
    weekday = day.weekday()
    text = RULES.get(rule, FEDERAL)[max(weekday - 4, 0)]
    if not text:
        return Hours(0, 0)
    start, end = (int(clock[:2]) * 60 + int(clock[3:]) for clock in text.split("-"))
    return Hours(start, end).within(Hours(own.earliest, own.latest))


def _local(at: int, zone: str) -> datetime:
    return datetime.fromtimestamp(at / 1000, _zone(zone))


def _instant(day: date, minutes: int, zone: str) -> int:
    """When the clocks there show so many minutes since midnight, for the first time that day."""
    day += timedelta(days=minutes // (24 * 60))  # the end of a day is the next one's beginning
    moment = datetime(day.year, day.month, day.day, minutes // 60 % 24, minutes % 60, tzinfo=_zone(zone))
    return int(moment.astimezone(UTC).timestamp() * 1000)


@cache
def _zone(name: str) -> "ZoneInfo":
    from zoneinfo import ZoneInfo  # only where a text is about to go out

    return ZoneInfo(name)


@cache
def _tables() -> tuple[dict[str, tuple[str, ...]], dict[str, tuple[str, ...]]]:
    """Zones and regions by prefix."""
    from .number_places import REGIONS, ZONES

    zones = {prefix: tuple(names.split()) for names, prefixes in ZONES.items() for prefix in prefixes.split()}
    regions: dict[str, tuple[str, ...]] = {}
    for region, prefixes in REGIONS.items():
        for prefix in prefixes.split():
            regions[prefix] = (*regions.get(prefix, ()), region)
    return zones, regions


def _known_prefix(address: Address, known: dict[str, tuple[str, ...]]) -> str:
    """The area code of a number of the North American plan, else its country's calling code; empty: neither."""
    if not address.startswith("+"):
        return ""
    digits = address[1:]
    lengths = (4,) if digits.startswith(_NANP) else (3, 2, 1)
    return next((digits[:length] for length in lengths if digits[:length] in known), "")
