"""Changed, taken back, sent at once (X3)."""

import pytest

from chalicelib.domain.errors import (
    NoLongerHeld,
    NotFound,
)
from chalicelib.domain.held import Held
from chalicelib.domain.messages import MessageStatus
from chalicelib.usecases.change_held import cancel_held, send_held_now
from chalicelib.usecases.release_held import Released
from tests.support.holding import changed, in_time
from tests.support.world import ADA, CARLA, MIA, World


def test_changed_it_goes_out_as_it_is_then(world: World, held: Held) -> None:
    later = changed(world, held)
    assert in_time(world, held) == Released()
    assert in_time(world, later) == Released(released=1)
    assert world.bodies(held.conversation_id)[-1] == "Come at six"


def test_taken_back_it_never_goes_out(world: World, held: Held) -> None:
    cancel_held(held.conversation_id, held.id, MIA, world)
    assert in_time(world, held) == Released()
    with pytest.raises(NotFound):
        cancel_held(held.conversation_id, held.id, MIA, world)
    with pytest.raises(NotFound):
        changed(world, held)


def test_what_went_out_can_no_longer_be_changed_or_taken_back(world: World, held: Held) -> None:
    in_time(world, held)
    for attempt in (
        lambda: changed(world, held),
        lambda: cancel_held(held.conversation_id, held.id, ADA, world),
        lambda: send_held_now(held.conversation_id, held.id, ADA, world),
    ):
        with pytest.raises(NoLongerHeld):
            attempt()


def test_sent_now_it_is_a_message_at_once_and_once(world: World, held: Held) -> None:
    message = send_held_now(held.conversation_id, held.id, ADA, world)
    assert message.status is MessageStatus.QUEUED
    assert in_time(world, held) == Released()
    world.deliver()
    assert world.channel.to(CARLA).count("See you at five") == 1
