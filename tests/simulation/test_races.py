"""Two workers in every order of their first steps."""

import pytest

from .races import RACES, STEPS, interleavings, random_races

RANDOM = 200


@pytest.mark.parametrize("name", RACES)
def test_no_random_order_breaks_an_invariant(name: str) -> None:
    assert [violation for result in random_races(name, range(3)) for violation in result.violations] == []


@pytest.mark.simulation
@pytest.mark.parametrize("name", RACES)
def test_no_order_of_two_workers_breaks_an_invariant(name: str) -> None:
    tried = [(decisions, result.violations) for decisions, result in interleavings(RACES[name])]
    assert [entry for entry in tried if entry[1]] == []
    assert len(tried) >= STEPS, "they did not meet"


@pytest.mark.simulation
@pytest.mark.parametrize("name", RACES)
def test_many_random_orders_break_no_invariant(name: str) -> None:
    assert [violation for result in random_races(name, range(RANDOM)) for violation in result.violations] == []
