"""The away switch (H1)."""

import pytest

from chalicelib.domain.absences import FARTHEST
from chalicelib.domain.errors import InvalidInput, PermissionDenied
from chalicelib.usecases.switch_away import come_back, go_away, show_absence
from tests.support.world import ADA, DAY, NOBODY, World

ANSWER = "I am back on Monday. Ada"


def test_whoever_is_away_can_see_it_and_come_back(world: World) -> None:
    assert show_absence(ADA, world) is None
    go_away(ADA, ANSWER, None, world)
    shown = show_absence(ADA, world)
    assert shown is not None
    assert (shown.answer, shown.until, shown.since) == (ANSWER, None, world.clock.now())
    come_back(ADA, world)
    come_back(ADA, world)
    assert show_absence(ADA, world) is None


def test_it_can_be_changed_while_it_lasts(world: World) -> None:
    go_away(ADA, ANSWER, None, world)
    go_away(ADA, "  Until Tuesday. ", world.clock.now() + DAY, world)
    absence = show_absence(ADA, world)
    assert absence is not None
    assert (absence.answer, absence.until) == ("Until Tuesday.", world.clock.now() + DAY)


@pytest.mark.parametrize("answer", ["STOP", "stop!", " Help ", "YES", "cancel."])
def test_an_answer_that_commands_is_refused(world: World, answer: str) -> None:
    with pytest.raises(InvalidInput):
        go_away(ADA, answer, None, world)


@pytest.mark.parametrize("ahead", [0, -1, FARTHEST + 1])
def test_an_end_that_is_none_is_refused(world: World, ahead: int) -> None:
    with pytest.raises(InvalidInput):
        go_away(ADA, ANSWER, world.clock.now() + ahead, world)


def test_nobody_is_nobody(world: World) -> None:
    with pytest.raises(PermissionDenied):
        go_away(NOBODY, ANSWER, None, world)
