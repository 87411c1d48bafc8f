"""Times of day and their instants: the changes of clocks, zones that do not exist, and properties (H20)."""

from datetime import UTC, datetime, timedelta
from zoneinfo import available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain.errors import InvalidInput
from chalicelib.domain.wall_clock import (
    MINUTE,
    ClockReading,
    Moment,
    moment_at,
    moment_of,
    morning_after,
    reading_of,
    shown_at,
    zone_of,
)

SEATTLE, BERLIN, LORD_HOWE = "America/Los_Angeles", "Europe/Berlin", "Australia/Lord_Howe"


def utc(text: str) -> int:
    return int(datetime.fromisoformat(text).replace(tzinfo=UTC).timestamp() * 1000)


@pytest.mark.parametrize(
    ("wall", "zone", "later", "instant", "reading"),
    [
        ("2026-11-23T09:00", SEATTLE, False, "2026-11-23 17:00", ClockReading.ONCE),
        ("2026-11-23T09:00", SEATTLE, True, "2026-11-23 17:00", ClockReading.ONCE),
        ("2026-03-08T02:30", SEATTLE, False, "2026-03-08 10:30", ClockReading.SKIPPED),
        ("2026-03-08T02:30", SEATTLE, True, "2026-03-08 10:30", ClockReading.SKIPPED),
        ("2026-11-01T01:30", SEATTLE, False, "2026-11-01 08:30", ClockReading.TWICE),
        ("2026-11-01T01:30", SEATTLE, True, "2026-11-01 09:30", ClockReading.TWICE_LATER),
        ("2026-10-25T02:59", BERLIN, False, "2026-10-25 00:59", ClockReading.TWICE),
        ("2026-10-25T03:00", BERLIN, False, "2026-10-25 02:00", ClockReading.ONCE),
        ("2026-10-04T02:15", LORD_HOWE, False, "2026-10-03 15:45", ClockReading.SKIPPED),
        ("2026-04-05T01:45", LORD_HOWE, True, "2026-04-04 15:15", ClockReading.TWICE_LATER),
        ("2028-02-29T12:00", "Asia/Kathmandu", False, "2028-02-29 06:15", ClockReading.ONCE),
    ],
)  # fmt: skip
def test_a_time_of_day_is_an_instant(wall: str, zone: str, later: bool, instant: str, reading: ClockReading) -> None:
    found = moment_of(wall, zone, later=later)
    assert found == Moment(utc(instant), wall, zone)
    assert reading_of(found) is reading


def test_a_time_that_does_not_exist_comes_as_much_later_as_the_clock_is_put() -> None:
    assert shown_at(moment_of("2026-03-08T02:30", SEATTLE)) == "2026-03-08T03:30"
    assert shown_at(moment_of("2026-10-04T02:15", LORD_HOWE)) == "2026-10-04T02:45"


def test_a_change_of_the_rules_is_told_and_the_instant_stays() -> None:
    """Chosen when summer time was still to end: by today's rules the clock shows an hour more."""
    before = Moment(utc("2026-11-23 16:00"), "2026-11-23T09:00", SEATTLE)
    assert reading_of(before) is ClockReading.MOVED
    assert shown_at(before) == "2026-11-23T08:00"


@pytest.mark.parametrize(
    "zone",
    [
        "", "Nowhere", "America/Nowhere", "America", "../UTC", "/etc/passwd", "America/../UTC", "right/UTC", "UTC\n",
        "posix/UTC", "localtime", "Factory", "UTC\0", "tzdata.zi", "zone.tab", "A" * 300, "Europe/Berlin ", "ÜTC",
        "-03:00",
    ],
)  # fmt: skip
def test_what_is_no_zone_is_refused(zone: str) -> None:
    with pytest.raises(InvalidInput):
        zone_of(zone)
    with pytest.raises(InvalidInput):
        moment_of("2026-11-23T09:00", zone)


@pytest.mark.parametrize(
    "wall",
    [
        "", "tomorrow", "2026-02-30T09:00", "2026-13-01T09:00", "2026-11-23T24:00", "2026-11-23T09:60", "2026-11-23",
        "2026-11-23T09:00:30", "2026-11-23T09:00Z", "2026-11-23 09:00", "0001-01-01T00:00", "9999-12-31T23:59",
        "１０26-11-23T09:00", "2026-11-23T09:00\n",
    ],
)  # fmt: skip
def test_what_is_no_time_is_refused(wall: str) -> None:
    with pytest.raises(InvalidInput):
        moment_of(wall, SEATTLE)


def test_tomorrow_morning_is_of_the_day_after_there() -> None:
    late = utc("2026-11-24 03:00")  # seven in the evening of the twenty-third in Seattle, four in the morning in Berlin
    assert morning_after(late, SEATTLE, 9).wall == "2026-11-24T09:00"
    assert morning_after(late, BERLIN, 9).wall == "2026-11-25T09:00"


ZONES = sorted(each for each in available_timezones() if "/" in each and not each.startswith(("posix", "right")))
INSTANTS = st.integers(utc("2001-01-01 00:00") // MINUTE, utc("2098-12-31 00:00") // MINUTE).map(lambda at: at * MINUTE)


@given(at=INSTANTS, zone=st.sampled_from(ZONES))
def test_every_instant_is_read_and_found_again(at: int, zone: str) -> None:
    shown = moment_at(at, zone)
    assert shown.at == at
    again = [moment_of(shown.wall, zone, later=later).at for later in (False, True)]
    assert at in again
    assert reading_of(shown) in (ClockReading.ONCE, ClockReading.TWICE, ClockReading.TWICE_LATER)
    assert shown_at(shown) == shown.wall


@given(at=INSTANTS, zone=st.sampled_from(ZONES), later=st.booleans())
def test_every_time_of_day_is_some_instant_and_never_an_earlier_clock(at: int, zone: str, later: bool) -> None:
    """Whatever day and hour are named: it is that time, or the clock was put forward over it."""
    wall = f"{datetime.fromtimestamp(at / 1000, UTC):%Y-%m-%dT%H:%M}"
    found = moment_of(wall, zone, later=later)
    assert found.at % MINUTE == 0
    assert abs(found.at - at) <= timedelta(hours=26).total_seconds() * 1000
    if reading_of(found) is ClockReading.SKIPPED:
        assert shown_at(found) > wall
    else:
        assert shown_at(found) == wall


@given(at=INSTANTS, zone=st.sampled_from(ZONES))
def test_tomorrow_morning_lies_ahead_and_within_two_days(at: int, zone: str) -> None:
    found = morning_after(at, zone, 9)
    assert 0 < found.at - at <= timedelta(hours=58).total_seconds() * 1000
