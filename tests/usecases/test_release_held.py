"""The clock makes messages of what has come due, once (X3)."""

import pytest

from chalicelib.domain.conversations import LIFETIME
from chalicelib.domain.events import ShopCustomer
from chalicelib.domain.held import Held
from chalicelib.domain.messages import FailureReason, MessageStatus
from chalicelib.usecases.close_conversation import close_conversation, delete_conversation
from chalicelib.usecases.release_held import Released, release_held
from tests.support.holding import changed, in_time, run
from tests.support.world import ADA, CARLA, DEAN, HOUR, World


def test_it_goes_out_when_its_time_has_come_and_not_before(world: World, held: Held) -> None:
    world.clock.set(held.release_at - 1)
    assert run(world) == Released()
    world.deliver()
    assert "See you at five" not in world.channel.to(CARLA)
    assert in_time(world, held) == Released(released=1)
    world.deliver()
    assert world.channel.to(CARLA)[-1] == "See you at five"
    last = world.thread(held.conversation_id)[-1]
    assert (last.author_name, last.status, last.created_at) == ("Ada", MessageStatus.SENT, held.release_at)


def test_two_runs_release_it_once(world: World, held: Held) -> None:
    in_time(world, held)
    assert run(world) == Released()
    world.deliver()
    assert world.channel.to(CARLA).count("See you at five") == 1


def test_it_stands_behind_what_was_said_meanwhile(world: World, held: Held) -> None:
    world.clock.advance(60_000)
    world.text("On my way")
    world.send(held.conversation_id, "Good")
    in_time(world, held)
    assert world.bodies(held.conversation_id)[-3:] == ["On my way", "Good", "See you at five"]


def test_texts_of_one_conversation_go_in_the_order_of_their_times(world: World, held: Held) -> None:
    world.hold(held.conversation_id, held.release_at - 60_000, "First")
    world.hold(held.conversation_id, held.release_at, "Third")
    assert in_time(world, held) == Released(released=3)
    assert world.bodies(held.conversation_id)[-3:] == ["First", "See you at five", "Third"]


def test_nothing_overtakes_one_that_could_not_be_released(world: World, held: Held) -> None:
    world.hold(held.conversation_id, held.release_at + 1, "Second")
    world.clock.set(held.release_at + 1)
    find, calls = world.held.find, []

    def refusing(conversation_id: str, held_id: str) -> Held | None:
        calls.append(held_id)
        world.table.refuse()
        return find(conversation_id, held_id)

    world.held.find = refusing  # type: ignore[method-assign]  # the table refuses once
    assert run(world) == Released(stuck={held.conversation_id})
    assert calls == [held.id]
    world.held.find = find  # type: ignore[method-assign]  # stands in for a moment
    assert run(world) == Released(released=2)
    assert world.bodies(held.conversation_id)[-2:] == ["See you at five", "Second"]


def test_a_run_stops_in_time_and_the_next_goes_on(world: World, held: Held) -> None:
    world.clock.set(held.release_at)
    assert release_held(held.release_at, held.release_at, world) == Released(finished=False)
    assert run(world).released == 1


def test_one_that_only_makes_us_fail_does_not_keep_the_others(world: World, held: Held) -> None:
    other = world.start(world.order(external_id="2", customer=_dean()))
    world.hold(other, held.release_at, "Fine")
    find = world.held.find

    def broken(conversation_id: str, held_id: str) -> Held | None:
        if held_id == held.id:
            raise ValueError("a row that cannot be read")
        return find(conversation_id, held_id)

    world.held.find = broken  # type: ignore[method-assign]  # breaks one
    in_time(world, held)
    assert world.bodies(other)[-1] == "Fine"
    assert "release_failed" in world.log.events()
    world.held.find = find  # type: ignore[method-assign]  # stands in for a moment
    assert run(world).released == 0, "it waits aside"
    world.clock.advance(HOUR)
    assert run(world).released == 1


def test_an_opt_out_meanwhile_keeps_it_back(world: World, held: Held) -> None:
    world.text("STOP")
    in_time(world, held)
    world.deliver()
    last = world.thread(held.conversation_id)[-1]
    assert (last.status, last.failure) == (MessageStatus.FAILED, FailureReason.OPTED_OUT)
    assert "See you at five" not in world.channel.to(CARLA)


@pytest.mark.parametrize("ending", ["closed", "expired"])
def test_into_an_ended_conversation_it_fails_in_sight_and_revives_nothing(
    world: World, held: Held, ending: str
) -> None:
    if ending == "closed":
        close_conversation(held.conversation_id, ADA, world)
        world.clock.set(held.release_at)
    else:
        world.clock.advance(LIFETIME + HOUR)
    before = world.conversation(held.conversation_id)
    assert run(world) == Released(refused=1)
    last, after = world.thread(held.conversation_id)[-1], world.conversation(held.conversation_id)
    assert (last.status, last.failure) == (MessageStatus.FAILED, FailureReason.CONVERSATION_ENDED)
    assert (after.state, after.last_activity_at) == (before.state, before.last_activity_at)
    world.deliver()
    assert "See you at five" not in world.channel.to(CARLA)


def test_with_messaging_switched_off_it_fails(world: World, held: Held) -> None:
    world.change_store(messaging=False)
    assert in_time(world, held) == Released(refused=1)
    assert world.thread(held.conversation_id)[-1].failure is FailureReason.SWITCHED_OFF


def test_it_goes_with_its_deleted_conversation(world: World, held: Held) -> None:
    delete_conversation(held.conversation_id, ADA, world)
    assert in_time(world, held) == Released(), "before anything was erased"
    assert world.table.held == {}
    world.deliver()
    assert "See you at five" not in world.channel.to(CARLA)


def test_a_release_that_meets_another_text_takes_the_next_place(world: World, held: Held) -> None:
    append = world.conversations.append

    def overtaken(command: object) -> object:
        world.conversations.append = append  # type: ignore[method-assign]  # once only
        world.text("Just now")
        return append(command)  # type: ignore[arg-type]  # stands in for a moment

    world.clock.set(held.release_at)
    world.conversations.append = overtaken  # type: ignore[assignment,method-assign]  # stands in for a moment
    assert run(world) == Released(released=1)
    assert sorted(world.bodies(held.conversation_id)[-2:]) == ["Just now", "See you at five"]


def test_whoever_lost_against_a_change_releases_nothing(world: World, held: Held) -> None:
    """The clock has read it; then somebody puts it off."""
    append = world.conversations.append

    def overtaken(command: object) -> object:
        world.conversations.append = append  # type: ignore[method-assign]  # once only
        changed(world, held)
        return append(command)  # type: ignore[arg-type]  # stands in for a moment

    world.clock.set(held.release_at)
    world.conversations.append = overtaken  # type: ignore[assignment,method-assign]  # stands in for a moment
    assert run(world) == Released()
    assert world.table.held != {}
    assert "See you at five" not in world.bodies(held.conversation_id)


def _dean() -> ShopCustomer:
    return ShopCustomer(external_id="c-2", first_name="Dean", last_name="Ito", phone=DEAN)
