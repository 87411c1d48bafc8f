"""The table of quiet hours, as managers read it (X4): each rule with its source, and what it says at this moment."""

from enum import StrEnum

from msgspec import Struct

from .quiet_hours import OwnHours, Place, local_time, next_allowed, zones_of_rule
from .quiet_rules import FEDERAL, RULES


class RuleState(StrEnum):
    """What a rule says now, to all the numbers it holds for."""

    OPEN = "open"
    QUIET = "quiet"
    DIFFERS = "differs"
    """The place has several time zones, and not all of them say the same."""


class RuleLine(Struct, frozen=True, kw_only=True):
    """One rule. The days are `HH:MM-HH:MM` where the customer is, or empty: not at all."""

    place: str
    """ISO 3166 country, or `US-` and the state; empty: the rule where no other holds."""
    weekdays: str
    saturday: str
    sunday: str
    source: str
    clocks: tuple[str, ...]
    """`HH:MM` there now, the earliest first: several where the place has several zones. None where it is no place."""
    state: RuleState | None
    """With the store's own hours taken into account. None where it is no place."""


def rule_lines(now: int, own: OwnHours) -> tuple[RuleLine, ...]:
    """The rule for everywhere else first, then by place."""
    return tuple(_line(place, now, own) for place in ("", *sorted(RULES)))


def _line(place: str, now: int, own: OwnHours) -> RuleLine:
    weekdays, saturday, sunday, source = RULES.get(place, FEDERAL)
    zones = zones_of_rule(place) if place else ()
    clocks = {local_time(now, (Place(zone),))[0] for zone in zones}
    return RuleLine(
        place=place,
        weekdays=weekdays,
        saturday=saturday,
        sunday=sunday,
        source=source,
        clocks=tuple(sorted(clocks)),
        state=_state([next_allowed(now, (Place(zone, place),), own) == now for zone in zones]),
    )


def _state(allowed: list[bool]) -> RuleState | None:
    if not allowed:
        return None
    if all(allowed):
        return RuleState.OPEN
    return RuleState.DIFFERS if any(allowed) else RuleState.QUIET
