"""Quiet hours at work (X4): what waits, what is refused, what is exempt."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from chalicelib.domain.errors import QuietHours
from chalicelib.domain.held import Held, HeldReason
from chalicelib.domain.messages import FailureReason, Message, MessageStatus
from chalicelib.domain.quiet_hours import ANSWER_WITHIN, OwnHours
from chalicelib.usecases.change_held import send_held_now
from chalicelib.usecases.ports import SendError
from chalicelib.usecases.release_held import Released
from chalicelib.usecases.retry_message import retry_message
from chalicelib.usecases.send_message import SendCommand, send_message
from tests.support.holding import changed, in_time
from tests.support.world import ADA, CARLA, HOUR, World


def at(clock: str) -> int:
    """On Monday 23 November 2026, where Carla's number is."""
    moment = datetime.fromisoformat(f"2026-11-23 {clock}").replace(tzinfo=ZoneInfo("America/Los_Angeles"))
    return int(moment.timestamp() * 1000)


MORNING, NOON, NIGHT = at("08:00") + 24 * HOUR, at("12:00"), at("22:40")


@pytest.fixture
def talk(world: World) -> str:
    """A conversation from noon, and it is night."""
    world.change_store(quiet_hours=OwnHours())
    world.clock.set(NOON)
    conversation_id = world.talk()
    world.clock.set(NIGHT)
    return conversation_id


def write(world: World, conversation_id: str, send_at: int | None = None) -> Message | Held:
    return send_message(
        SendCommand(
            conversation_id=conversation_id, associate_id=ADA, body="Good night", idempotency_key=world.key(),
            send_at=send_at,
        ),
        world,
    )  # fmt: skip


def test_in_the_day_nothing_waits(world: World, talk: str) -> None:
    world.clock.set(at("19:59"))  # Washington's evening ends at eight
    assert isinstance(write(world, talk), Message)


def test_at_night_it_waits_for_the_morning_and_then_goes_out_once(world: World, talk: str) -> None:
    held = write(world, talk)
    assert isinstance(held, Held)
    assert (held.release_at, held.reason) == (MORNING, HeldReason.QUIET_HOURS)
    world.deliver()
    assert "Good night" not in world.channel.to(CARLA)
    assert in_time(world, held) == Released(released=1)
    world.deliver()
    assert world.channel.to(CARLA).count("Good night") == 1


@pytest.mark.parametrize(("pause", "waits"), [(ANSWER_WITHIN - 1, False), (ANSWER_WITHIN, True)])
def test_whoever_has_just_written_is_awake(world: World, talk: str, pause: int, waits: bool) -> None:
    world.text("Are you still there?")
    world.clock.advance(pause)
    assert isinstance(write(world, talk), Held) is waits


def test_a_chosen_time_at_night_moves_to_the_morning_also_for_an_answer(world: World, talk: str) -> None:
    world.text("Are you still there?")
    held = write(world, talk, NIGHT + HOUR)
    assert isinstance(held, Held)
    assert (held.release_at, held.reason) == (MORNING, HeldReason.QUIET_HOURS)
    later = changed(world, held, later=12 * HOUR)
    assert (later.release_at, later.reason) == (NIGHT + 12 * HOUR, HeldReason.LATER)
    again = changed(world, later, later=2 * HOUR)
    assert (again.release_at, again.reason) == (MORNING, HeldReason.QUIET_HOURS)


def test_the_clock_asks_again(world: World, talk: str) -> None:
    """The rules were others when it was written."""
    world.change_store(quiet_hours=OwnHours(active=False))
    held = write(world, talk, NIGHT + HOUR)
    assert isinstance(held, Held)
    world.change_store(quiet_hours=OwnHours())
    assert in_time(world, held) == Released()
    (waiting,) = world.table.held.values()
    assert (waiting.release_at, waiting.reason) == (MORNING, HeldReason.QUIET_HOURS)
    assert in_time(world, waiting) == Released(released=1)


def test_nobody_sends_it_now_starts_or_sends_again_at_night(world: World, talk: str) -> None:
    held = write(world, talk)
    with pytest.raises(QuietHours) as refused:
        send_held_now(talk, held.id, ADA, world)
    assert refused.value.details == {"until": MORNING, "zone": "America/Los_Angeles"}
    with pytest.raises(QuietHours):
        world.start(world.order(external_id="2", event_id="e-2"))
    world.clock.set(NOON)
    world.channel.answers = [SendError(FailureReason.UNREACHABLE)]
    failed = world.send(talk)
    world.deliver()
    world.clock.set(NIGHT)
    with pytest.raises(QuietHours):
        retry_message(talk, failed.id, ADA, world)
    world.clock.set(MORNING)
    assert retry_message(talk, failed.id, ADA, world).status is MessageStatus.QUEUED


def test_what_is_automatic_goes_out_at_night(world: World, talk: str) -> None:
    before = len(world.channel.to(CARLA))
    world.text("STOP")
    world.deliver()
    assert len(world.channel.to(CARLA)) == before + 1


def test_a_store_that_keeps_none_texts_at_night(world: World, talk: str) -> None:
    world.change_store(quiet_hours=OwnHours(active=False))
    assert isinstance(write(world, talk), Message)
