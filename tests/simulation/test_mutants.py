"""The simulator is worth something only as long as it notices seeded bugs."""

from collections.abc import Iterator

import pytest

from infra.package import ROOT
from tests.support.merchant import HOUR

from . import exhaustive
from .faults import Fault
from .mutants import MUTANTS, mutated
from .outage import Outage, Report, run_outage
from .races import RACES, random_races
from .scenes import (
    answering_by_mail,
    answering_unheard,
    leaving_without_a_word,
    telling_of_an_order,
)
from .schedule import Result, run_schedule

MORE, RANDOM = 101, 250
FIRST_RACED, THEN_RACED, RACED = 3, 12, 60
DOWN = ("refused connections", "time-outs")
LEAST = 12


SELDOM = {
    "sends_again_what_is_known": ("policy_against_report", 600),
    "releases_what_it_read": ("release_against_change", 40),
    "lookup_overwrites": ("look_up_against_report", 60),
}
"""Bugs that show in few orders of one race alone; and how many are looked at, before all else."""


def _hunt(name: str) -> Iterator[Result | Report]:
    """In the order of what finds most for its time: most bugs show in the first schedules, those of one race in it."""
    if name in SELDOM:
        race, seeds = SELDOM[name]
        yield from random_races(race, range(seeds))
    yield from map(run_schedule, range(1, 21))
    yield from random_races("expiry_against_retry", range(FIRST_RACED))
    yield from (exhaustive.break_at("outbound", answering_by_mail, place, Fault.LOST_REPLY) for place in range(7))
    yield from map(run_schedule, range(21, 41))
    for fault in exhaustive.KINDS:
        for scene in (answering_unheard, answering_by_mail):
            yield from (exhaustive.break_at("outbound", scene, place, fault) for place in range(7))
        yield from (exhaustive.break_at("due", telling_of_an_order, place, fault) for place in range(14))
        yield exhaustive.break_at("push", leaving_without_a_word, 0, fault)
    yield from (run_outage(Outage(kind=kind, conversations=20, texts=5, lasting=HOUR)) for kind in DOWN)
    yield from random_races("closing_against_another_stores_reopening", range(10))
    for race in RACES:
        yield from random_races(race, range(FIRST_RACED))
    yield from map(run_schedule, range(41, MORE))
    for race in RACES:
        yield from random_races(race, range(FIRST_RACED, THEN_RACED))
    for race in RACES:
        yield from random_races(race, range(THEN_RACED, RACED))
    yield from map(run_schedule, range(MORE, RANDOM + 1))


def test_there_are_enough_of_them() -> None:
    assert len(MUTANTS) >= LEAST
    assert f"| {len(MUTANTS)} rules taken out" in (ROOT / "docs" / "simulation.md").read_text(encoding="utf-8")


@pytest.mark.simulation
@pytest.mark.parametrize("name", MUTANTS)
def test_a_seeded_bug_is_caught(name: str) -> None:
    with mutated(name):
        assert any(result.violations for result in _hunt(name))


@pytest.mark.parametrize("name", ["once_without_condition", "status_falls", "expiry_by_the_sweep"])
def test_a_few_seeded_bugs_are_caught_at_once(name: str) -> None:
    with mutated(name):
        assert any(result.violations for result in map(run_schedule, range(1, 40)))
