from collections.abc import Callable, Iterator
from typing import Any, cast

import pytest

from chalicelib import wiring
from chalicelib.signing import SignedReferences
from tests.support.world import World

SIGNING_KEY = "k" * 43


def equipped() -> World:
    """A World whose references are really signed."""
    world = World()
    cast(Any, world).references = SignedReferences(lambda: SIGNING_KEY)
    return world


@pytest.fixture
def world() -> Iterator[World]:
    made = equipped()
    wiring.use(cast(Any, made))
    yield made
    wiring.use(None)


@pytest.fixture
def new_world() -> Iterator[Callable[[], World]]:
    """Makes a world and puts it in the place of the last one."""

    def make() -> World:
        made = equipped()
        wiring.use(cast(Any, made))
        return made

    yield make
    wiring.use(None)
