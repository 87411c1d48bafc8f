"""Quiet hours where the recipient is (X4): tables, the changes of clocks, and properties."""

import re
from datetime import UTC, datetime
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chalicelib.domain.addresses import Address
from chalicelib.domain.number_places import REGIONS, ZONES
from chalicelib.domain.quiet_hours import OwnHours, Place, local_time, next_allowed, next_night, places_of
from chalicelib.domain.quiet_overview import RuleState, rule_lines
from chalicelib.domain.quiet_rules import COUNTRIES, FEDERAL, RULES

OWN = OwnHours()
MINUTE = 60_000


def at(text: str, zone: str = "UTC") -> int:
    return int(datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone)).timestamp() * 1000)


def allowed(text: str, *places: Place, own: OwnHours = OWN) -> str:
    """In the first place's clock, from an instant in it on."""
    found = next_allowed(at(text, places[0].zone), places, own)
    return f"{datetime.fromtimestamp(found / 1000, ZoneInfo(places[0].zone)):%Y-%m-%d %H:%M}"


SEATTLE, NEW_YORK, BERLIN = "America/Los_Angeles", "America/New_York", "Europe/Berlin"


@pytest.mark.parametrize(
    ("from_", "place", "until"),
    [
        ("2026-11-22 12:00", Place(SEATTLE), "2026-11-22 12:00"),
        ("2026-11-22 22:40", Place(SEATTLE), "2026-11-23 08:00"),
        ("2026-11-22 07:59", Place(SEATTLE), "2026-11-22 08:00"),
        ("2026-11-22 08:00", Place(SEATTLE), "2026-11-22 08:00"),
        ("2026-11-22 20:59", Place(SEATTLE), "2026-11-22 20:59"),
        ("2026-11-22 21:00", Place(SEATTLE), "2026-11-23 08:00"),
        ("2026-11-22 20:00", Place(NEW_YORK, "US-FL"), "2026-11-23 08:00"),
        ("2026-11-22 09:00", Place("America/Chicago", "US-TX"), "2026-11-22 12:00"),  # a Sunday
        ("2026-11-23 08:30", Place("America/Chicago", "US-TX"), "2026-11-23 09:00"),
        ("2026-11-22 12:00", Place("America/Chicago", "US-AL"), "2026-11-23 08:00"),  # not on Sundays
        ("2026-11-21 20:00", Place("America/Chicago", "US-LA"), "2026-11-23 08:00"),  # from Saturday to Monday
        ("2026-11-22 17:30", Place(NEW_YORK, "US-RI"), "2026-11-23 09:00"),
        ("2026-12-31 23:59", Place("Pacific/Kiritimati"), "2027-01-01 08:00"),
        ("2028-02-28 22:00", Place(BERLIN), "2028-02-29 08:00"),
    ],
)
def test_when_it_is_allowed(from_: str, place: Place, until: str) -> None:
    assert allowed(from_, place) == until


@pytest.mark.parametrize("zone", [SEATTLE, NEW_YORK, BERLIN, "Australia/Lord_Howe", "America/Santiago"])
@pytest.mark.parametrize(
    "day", ["2026-03-08", "2026-03-29", "2026-04-05", "2026-09-06", "2026-10-04", "2026-10-25", "2026-11-01"]
)
def test_clocks_that_change_in_the_night_are_followed(zone: str, day: str) -> None:
    assert allowed(f"{day} 00:30", Place(zone)) == f"{day} 08:00"
    assert allowed(f"{day} 04:30", Place(zone)) == f"{day} 08:00"


def test_the_night_of_the_change_is_an_hour_shorter_or_longer() -> None:
    for day, hours in (("2026-03-07", 10), ("2026-10-31", 12), ("2026-11-21", 11)):
        begin = at(f"{day} 21:00", SEATTLE)
        assert next_allowed(begin, (Place(SEATTLE),), OWN) - begin == hours * 3_600_000


def test_a_number_that_may_be_in_two_zones_waits_for_both() -> None:
    both = places_of("sms", Address("+18505550100"), "UTC")
    assert {place.zone for place in both} == {"America/Chicago", NEW_YORK}
    assert {place.rule for place in both} == {"US-FL"}
    assert allowed("2026-11-23 07:30", *both) == "2026-11-23 08:00", "nine in New York, eight in Chicago"
    assert allowed("2026-11-23 19:10", *both) == "2026-11-24 08:00", "in New York it is past eight in the evening"


@pytest.mark.parametrize(
    ("address", "zones", "rule"),
    [
        ("+12065550177", {SEATTLE}, "US-WA"),
        ("+16175550123", {NEW_YORK}, "US-MA"),
        ("+18085550123", {"Pacific/Honolulu"}, "US-HI"),
        ("+14165550123", {"America/Toronto"}, "CA"),
        ("+491701234567", {BERLIN}, ""),
        ("+33612345678", {"Europe/Paris"}, "FR"),
        ("+919812345678", {"Asia/Calcutta"}, "IN"),
        ("+18005550123", {"Asia/Tokyo"}, ""),  # nobody can tell where: the store's zone
        ("40404", {"Asia/Tokyo"}, ""),
        ("+99912345678", {"Asia/Tokyo"}, ""),
    ],
)
def test_where_a_number_is(address: str, zones: set[str], rule: str) -> None:
    found = places_of("sms", Address(address), "Asia/Tokyo")
    assert ({place.zone for place in found}, {place.rule for place in found}) == (zones, {rule})
    assert places_of("whatsapp", Address(address), "Asia/Tokyo") == found


@pytest.mark.parametrize(("channel", "address"), [("email", "carla@example.test"), ("chat", "link-1")])
def test_what_rings_nowhere_knows_no_night(channel: str, address: str) -> None:
    assert places_of(channel, Address(address), SEATTLE) == ()
    assert next_allowed(at("2026-11-22 03:00"), (), OWN) == at("2026-11-22 03:00")


def test_a_store_narrows_what_the_law_allows_and_never_widens_it() -> None:
    narrow, wide = OwnHours(earliest=9 * 60 + 30, latest=19 * 60), OwnHours(earliest=0, latest=24 * 60)
    assert allowed("2026-11-23 08:10", Place(SEATTLE), own=narrow) == "2026-11-23 09:30"
    assert allowed("2026-11-23 19:00", Place(SEATTLE), own=narrow) == "2026-11-24 09:30"
    assert allowed("2026-11-23 07:00", Place(SEATTLE), own=wide) == "2026-11-23 08:00"
    assert allowed("2026-11-23 03:00", Place(SEATTLE), own=OwnHours(active=False)) == "2026-11-23 03:00"


@pytest.mark.parametrize("hours", [(12 * 60 + 1, 20 * 60), (8 * 60, 18 * 60 - 1), (-1, 20 * 60), (0, 24 * 60 + 1)])
def test_hours_that_could_keep_a_text_for_ever_are_refused(hours: tuple[int, int]) -> None:
    with pytest.raises(ValueError, match="noon"):
        OwnHours(earliest=hours[0], latest=hours[1])


def test_zones_that_never_agree_leave_it_to_the_first() -> None:
    around = tuple(Place(f"Etc/GMT{hours:+d}") for hours in range(-14, 13))
    assert next_allowed(at("2026-11-22 03:00"), around, OWN) == next_allowed(at("2026-11-22 03:00"), around[:1], OWN)


def test_the_clock_that_is_named_is_the_one_furthest_from_noon() -> None:
    moment = at("2026-11-23 05:40")
    assert local_time(moment, (Place(SEATTLE), Place("America/Chicago"))) == ("23:40", "America/Chicago")


def test_the_tables_are_sound() -> None:
    zones, known = {zone for names in ZONES for zone in names.split()}, available_timezones()
    assert zones <= known
    prefixes = [prefix for listed in ZONES.values() for prefix in listed.split()]
    assert len(prefixes) == len(set(prefixes)) > 500
    assert all(re.fullmatch(r"1[2-9]\d\d|[2-9]\d{0,2}", prefix) for prefix in prefixes)
    assert set(RULES) - set(COUNTRIES.values()) <= set(REGIONS), "every rule holds for somebody"
    assert {f"US-{state}" for state in ("NY", "CA", "TX", "DC", "AK")} <= set(REGIONS)
    for rule in (FEDERAL, *RULES.values()):
        *days, source = rule
        assert len(days) == 3
        assert all(re.fullmatch(r"(\d\d:\d\d-\d\d:\d\d)?", hours) for hours in days)
        assert days[0], "on working days each allows something"
        assert all(hours[:5] >= "08:00" and hours[6:] <= "21:30" for hours in days if hours)
        assert len(source) > 5, "where it is written"


some_zones = st.sampled_from(sorted(zone for names in ZONES for zone in names.split()))
some_places = st.lists(
    st.builds(Place, zone=some_zones, rule=st.sampled_from(["", *RULES])), min_size=1, max_size=2
).map(tuple)
some_hours = st.builds(OwnHours, earliest=st.integers(0, 720), latest=st.integers(1080, 1440))
instants = st.integers(at("2020-01-01 00:00"), at("2035-01-01 00:00"))


def is_open(instant: int, place: Place, own: OwnHours) -> bool:
    """By the wall clock there, told in another way than the code does."""
    here = datetime.fromtimestamp(instant / 1000, UTC).astimezone(ZoneInfo(place.zone))
    rule = RULES.get(place.rule, FEDERAL)
    hours = rule[0] if here.weekday() < 5 else rule[here.weekday() - 4]
    shown = f"{here:%H:%M}"
    own_ = (f"{own.earliest // 60:02d}:{own.earliest % 60:02d}", f"{own.latest // 60:02d}:{own.latest % 60:02d}")
    return bool(hours) and max(hours[:5], own_[0]) <= shown < min(hours[6:], own_[1])


@settings(max_examples=300, deadline=None)
@given(instants, some_places, some_hours)
def test_it_is_allowed_everywhere_then_and_was_not_before(
    instant: int, places: tuple[Place, ...], own: OwnHours
) -> None:
    found = next_allowed(instant, places, own)
    assert found >= instant
    agreeing = [all(is_open(each, place, own) for place in places) for each in (found, found - 1)]
    if not agreeing[0]:
        assert not any(
            all(is_open(each, place, own) for place in places)
            for each in range(instant, instant + 8 * 86_400_000, 15 * MINUTE)
        ), "only where they never agree"
        places = places[:1]
    assert all(is_open(found, place, own) for place in places)
    assert found == instant or not all(is_open(found - 1, place, own) for place in places)
    assert not any(all(is_open(each, place, own) for place in places) for each in range(instant, found, 20 * MINUTE))


def night(text: str, *places: Place, own: OwnHours = OWN) -> tuple[str, str] | None:
    """In the first place's clock."""
    found = next_night(at(text, places[0].zone), places, own)
    if found is None:
        return None
    begins, ends = (
        datetime.fromtimestamp(each / 1000, ZoneInfo(places[0].zone)) for each in (found.begins, found.ends)
    )
    return f"{begins:%d %H:%M}", f"{ends:%d %H:%M}"


@pytest.mark.parametrize(
    ("now", "places", "begins", "ends"),
    [
        ("2026-11-23 12:00", (Place(SEATTLE),), "23 21:00", "24 08:00"),
        ("2026-11-23 20:59", (Place(SEATTLE),), "23 21:00", "24 08:00"),
        ("2026-11-23 21:00", (Place(SEATTLE),), "23 21:00", "24 08:00"),
        ("2026-11-23 22:40", (Place(SEATTLE),), "23 22:40", "24 08:00"),
        ("2026-11-23 12:00", (Place(SEATTLE, "US-WA"),), "23 20:00", "24 08:00"),
        ("2026-11-21 12:00", (Place("America/Chicago", "US-AL"),), "21 20:00", "23 08:00"),
        ("2026-11-23 12:00", (Place("America/Chicago"), Place(NEW_YORK)), "23 20:00", "24 08:00"),
    ],
)
def test_the_next_night_is_known_before_it_comes(now: str, places: tuple[Place, ...], begins: str, ends: str) -> None:
    assert night(now, *places) == (begins, ends)


def test_where_places_never_agree_the_night_is_the_first_ones() -> None:
    places, own = (Place("Asia/Qatar"), Place("Pacific/Rarotonga")), OwnHours(earliest=480, latest=1080)
    assert night("2026-11-23 12:00", *places, own=own) == ("23 18:00", "24 08:00")
    assert night("2026-11-23 18:30", *places, own=own) == ("23 18:30", "24 08:00")


def test_who_keeps_no_quiet_hours_has_no_night() -> None:
    assert night("2026-11-23 22:40", Place(SEATTLE), own=OwnHours(active=False)) is None
    assert next_night(at("2026-11-23 22:40"), (), OWN) is None


def test_a_day_that_is_open_to_its_end_goes_on_in_the_next(monkeypatch: pytest.MonkeyPatch) -> None:
    """No law of the table says so today, but a line of it may."""
    monkeypatch.setitem(RULES, "US-AL", ("00:00-24:00", "00:00-24:00", "", "nowhere 1"))
    own = OwnHours(earliest=0, latest=24 * 60)
    assert night("2026-11-27 12:00", Place("America/Chicago", "US-AL"), own=own) == ("29 00:00", "30 00:00")


@settings(max_examples=200, deadline=None)
@given(instants, some_places, some_hours)
def test_until_the_night_begins_it_is_allowed_and_in_it_it_is_not(
    instant: int, places: tuple[Place, ...], own: OwnHours
) -> None:
    found = next_night(instant, places, own)
    assert found is not None
    for before in {instant, found.begins - 1} - {found.begins, instant - 1}:
        assert next_allowed(before, places, own) == before
    assert found.begins >= instant
    assert next_allowed(found.begins, places, own) == found.ends > found.begins


def test_managers_read_every_rule_with_its_source_and_what_it_says_now() -> None:
    lines = {line.place: line for line in rule_lines(at("2026-11-22 12:30", NEW_YORK), OWN)}  # a Sunday
    assert set(lines) == {"", *RULES}
    assert next(iter(lines)) == ""
    assert lines[""].state is None
    assert lines[""].clocks == ()
    assert (lines["US-AL"].sunday, lines["US-AL"].state) == ("", RuleState.QUIET)
    assert (lines["US-TX"].state, lines["US-TX"].clocks) == (RuleState.QUIET, ("10:30", "11:30"))  # El Paso, the rest
    assert (lines["US-RI"].state, lines["US-RI"].source) == (RuleState.OPEN, "R.I. Gen. Laws 5-61-3.6")
    assert (lines["FR"].clocks, lines["FR"].state) == (("18:30",), RuleState.QUIET)
    assert lines["CA"].state is RuleState.DIFFERS, "half past nine in Vancouver"
    narrow = {line.place: line.state for line in rule_lines(at("2026-11-23 11:30", NEW_YORK), OwnHours(earliest=720))}
    assert narrow["US-RI"] is RuleState.QUIET
