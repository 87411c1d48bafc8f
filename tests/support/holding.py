"""The clock strikes, and somebody changes what waits for it."""

from chalicelib.domain.held import Held
from chalicelib.usecases.change_held import ChangeHeld, change_held
from chalicelib.usecases.release_held import Released, release_held
from tests.support.world import HOUR, MIA, World


def run(world: World) -> Released:
    now = world.clock.now()
    return release_held(now, now + 60_000, world)


def in_time(world: World, held: Held) -> Released:
    """The clock strikes when its time has come."""
    world.clock.set(held.release_at)
    return run(world)


def changed(world: World, held: Held, body: str = "Come at six", later: int = 2 * HOUR) -> Held:
    command = ChangeHeld(
        conversation_id=held.conversation_id,
        held_id=held.id,
        associate_id=MIA,
        body=body,
        send_at=world.clock.now() + later,
    )
    return change_held(command, world)
