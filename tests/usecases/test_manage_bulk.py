"""Associates see how far a bulk is, and steer it; what is so already stays so."""

import pytest
from msgspec.structs import replace

from chalicelib.domain.bulk import CARRIED_OUT, PART, BulkState, PausedBy
from chalicelib.domain.errors import ChangedMeanwhile, NotFound, PermissionDenied
from chalicelib.usecases.manage_bulk import (
    Steering,
    cancel_bulk,
    list_bulks,
    pause_bulk,
    resume_bulk,
    show_bulk,
    show_part,
)
from tests.support.world import ADA, BOB, EVE, MIA, SEATTLE, World
from tests.usecases.test_send_bulk import orders, start, strike


@pytest.fixture
def world() -> World:
    return World()


@pytest.fixture
def which(world: World) -> Steering:
    return Steering(SEATTLE, start(world, orders(world, PART + 1)).id, ADA)


def test_progress_and_the_results_of_each_part_are_shown(world: World, which: Steering) -> None:
    assert show_part(which, 1, world).part.results is None
    strike(world)
    assert (show_bulk(which, world).sent, show_bulk(which, world).state) == (PART + 1, BulkState.DONE)
    shown = show_part(which, 1, world)
    (last,) = shown.part.results or ()
    assert (last.conversation_id, last.message_id) in world.table.messages
    assert shown.orders == {last.id: world.table.orders[last.id]}
    with pytest.raises(NotFound):
        show_part(which, 2, world)


def test_the_order_of_another_store_is_not_shown(world: World) -> None:
    theirs = orders(world, 1)[0]
    world.table.orders[theirs] = replace(world.table.orders[theirs], store_id="elsewhere")
    bulk = start(world, [theirs])
    assert show_part(Steering(SEATTLE, bulk.id, ADA), 0, world).orders == {}


def test_the_newest_comes_first(world: World, which: Steering) -> None:
    world.clock.advance(1000)
    later = start(world, orders(world, 1), "key-2")
    assert [each.id for each in list_bulks(SEATTLE, ADA, world)] == [later.id, which.bulk_id]


def test_paused_it_rests_and_resumed_it_goes_on(world: World, which: Steering) -> None:
    assert pause_bulk(which, world).paused_by is PausedBy.HAND
    assert pause_bulk(which, world) == show_bulk(which, world)
    assert strike(world).parts == 0
    world.clock.advance(3 * 86_400_000)
    resumed = resume_bulk(Steering(SEATTLE, which.bulk_id, MIA), world)
    assert (resumed.state, resumed.sender_id) == (BulkState.RUNNING, MIA)
    assert strike(world).parts == 2


def test_after_a_week_it_cannot_be_resumed(world: World, which: Steering) -> None:
    pause_bulk(which, world)
    world.clock.advance(CARRIED_OUT)
    assert resume_bulk(which, world).state is BulkState.CANCELLED


def test_cancelled_is_for_good(world: World, which: Steering) -> None:
    cancel_bulk(which, world)
    assert resume_bulk(which, world).state is BulkState.CANCELLED
    assert pause_bulk(which, world).state is BulkState.CANCELLED
    assert strike(world).parts == 0


def test_what_changes_again_and_again_is_said(world: World, which: Steering, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(world.bulks, "change", lambda *_, **__: False)
    with pytest.raises(ChangedMeanwhile):
        pause_bulk(which, world)


@pytest.mark.parametrize(("who", "error"), [(BOB, (NotFound, PermissionDenied)), (EVE, (NotFound, PermissionDenied))])
def test_of_strangers_it_is_nobodys_business(
    world: World, which: Steering, who: str, error: tuple[type[Exception], ...]
) -> None:
    for act in (show_bulk, pause_bulk, resume_bulk, cancel_bulk):
        with pytest.raises(error):
            act(Steering(SEATTLE, which.bulk_id, who), world)
    with pytest.raises(NotFound):
        show_bulk(Steering(SEATTLE, "no-such-bulk", ADA), world)
