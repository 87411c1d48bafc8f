"""Associates remind themselves, and the clock strikes."""

from typing import Any

from chalicelib.domain.reminders import Reminder
from chalicelib.domain.wall_clock import moment_at
from chalicelib.usecases.set_reminder import SetCommand, When, set_reminder
from chalicelib.usecases.tell_reminders import Told, tell_due_reminders
from tests.support.world import ADA, HOUR, World

LOS_ANGELES = "America/Los_Angeles"


def at(instant: int, zone: str = LOS_ANGELES) -> When:
    return When(wall=moment_at(instant, zone).wall, zone=zone)


def remind(world: World, conversation_id: str, **fields: Any) -> Reminder:
    """Ada of the conversation's customer, in an hour, unless said otherwise."""
    given = {
        "conversation_id": conversation_id,
        "associate_id": ADA,
        "idempotency_key": world.key(),
        "note": "Call back",
        "when": at(world.clock.now() + HOUR),
    }
    return set_reminder(SetCommand(**{**given, **fields}), world)


def strike(world: World) -> Told:
    now = world.clock.now()
    return tell_due_reminders(now, now + 60_000, world)
