"""What the simulation found once stays mended."""

import pytest

from .faults import Faults
from .regressions import STORIES
from .schedule import finished
from .story import Story


@pytest.mark.parametrize("name", STORIES)
def test_a_story_that_went_wrong_ends_well(name: str) -> None:
    assert [violation for seed in range(10) for violation in _played(name, seed)] == []


def _played(name: str, seed: int) -> list[str]:
    story = Story(seed)
    return finished(story.world, seed, Faults(), lambda: STORIES[name](story)).violations
