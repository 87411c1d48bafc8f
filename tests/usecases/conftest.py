import pytest

from chalicelib.domain.held import Held
from tests.support.world import HOUR, World


@pytest.fixture
def world() -> World:
    return World()


@pytest.fixture
def held(world: World) -> Held:
    return world.hold(world.talk(), world.clock.now() + HOUR, "See you at five")
