"""Contacts of a leaver go over to a colleague (H16; docs/requirements.md, Routes 5)."""

import pytest

from chalicelib.domain.errors import InvalidInput, NotFound, PermissionDenied
from chalicelib.domain.merchants import Permission
from chalicelib.usecases import transfer_contacts
from chalicelib.usecases.close_conversation import close_conversation
from chalicelib.usecases.transfer_contacts import (
    Progress,
    continue_transfer,
    show_transfers,
    start_transfer,
    undo_transfer,
)
from tests.support.pools import ADAS_OWN, POOL, own, pool_of
from tests.support.world import ADA, BOB, CARLA, DEAN, EVE, MIA, SEATTLE, TACOMA, ZOE, World

PEOPLE = (CARLA, DEAN, "+12065550166")


def with_contacts(world: World) -> list[str]:
    """Ada has a number of her own, and three customers who wrote to it."""
    world.setup.put_proxy(own(ADAS_OWN, ADA))
    for phone in PEOPLE:
        world.text(f"canary from {phone}", recipient=ADAS_OWN, sender=phone)
    return [world.conversation_of(phone, ADAS_OWN).id for phone in PEOPLE]


def moved(world: World, giver: str = ADA, receiver: str = MIA) -> Progress:
    return start_transfer(SEATTLE, MIA, giver, receiver, world)


def owners(world: World, ids: list[str]) -> list[str | None]:
    return [world.conversation(each).associate_id for each in ids]


def test_edge_05_contacts_go_over_with_their_history_and_the_customers_address_keeps_working(world: World) -> None:
    ids = with_contacts(world)
    history = [world.bodies(each) for each in ids]
    routes = dict(world.table.routes)
    progress = moved(world)
    assert (progress.transfer.total, progress.left, progress.transfer.finished) == (3, 0, True)
    assert owners(world, ids) == [MIA] * 3
    assert [world.bodies(each) for each in ids] == history
    assert world.table.routes == routes
    world.text("Are you still there?", recipient=ADAS_OWN)
    assert world.bodies(ids[0])[-1] == "Are you still there?"
    world.send(ids[0], "It is Mia now.", associate_id=MIA)
    world.deliver()
    assert (world.channel.sent[-1].sender, world.channel.sent[-1].recipient) == (ADAS_OWN, CARLA)


def test_edge_05_strangers_who_write_to_the_leavers_number_reach_the_colleague(world: World) -> None:
    with_contacts(world)
    moved(world)
    world.text("Hello?", recipient=ADAS_OWN, sender="+12065550133")
    assert world.conversation_of("+12065550133", ADAS_OWN).associate_id == MIA


def test_edge_05_the_colleague_goes_on_over_the_number_that_the_customer_knows(world: World) -> None:
    for proxy in pool_of(2):
        world.setup.put_proxy(proxy)
    first = world.start(associate_id=ADA)
    moved(world)
    again = world.start(world.order(external_id="2", number="#2"), associate_id=MIA)
    assert (again, world.conversation(again).proxy) == (first, POOL[0])


def test_closed_ones_go_along_and_those_of_other_stores_and_people_stay(world: World) -> None:
    ids = with_contacts(world)
    close_conversation(ids[0], MIA, world)
    world.permit(ADA, {SEATTLE: frozenset(Permission), TACOMA: frozenset(Permission)})
    for proxy in pool_of(1):
        world.setup.put_proxy(proxy)
    mias = world.start(associate_id=MIA)
    in_tacoma = world.start(world.order(external_id="7", number="#7", location="77"), associate_id=ADA)
    moved(world)
    assert owners(world, [*ids, mias]) == [MIA] * 4
    assert world.conversation(in_tacoma).associate_id is None
    assert world.conversation(mias).transfer_id is None


def test_who_looked_after_it_is_followed_by_the_colleague_and_nobody_else(world: World) -> None:
    ids = with_contacts(world)
    world.send(ids[0], "I see to it", associate_id=ADA)
    world.permit(EVE, {SEATTLE: frozenset(Permission)})
    world.send(ids[1], "So do I", associate_id=EVE)
    moved(world)
    assert [world.conversation(each).assignee_id for each in ids] == [MIA, EVE, None]


def test_it_can_be_undone_and_takes_nothing_of_the_colleagues_own(world: World) -> None:
    ids = with_contacts(world)
    for proxy in pool_of(1):
        world.setup.put_proxy(proxy)
    mias = world.start(associate_id=MIA)
    progress = moved(world)
    back = undo_transfer(SEATTLE, progress.transfer.id, MIA, world)
    assert (back.transfer.finished, back.left, back.transfer.undone_by_name) == (True, 0, "Mia")
    assert owners(world, [*ids, mias]) == [ADA, ADA, ADA, MIA]
    assert {world.conversation(each).transfer_id for each in ids} == {None}
    world.text("Hello?", recipient=ADAS_OWN, sender="+12065550133")
    assert world.conversation_of("+12065550133", ADAS_OWN).associate_id == ADA
    assert undo_transfer(SEATTLE, progress.transfer.id, MIA, world) == back


def test_a_long_one_goes_on_where_it_was_and_can_be_taken_up_by_anybody(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    ids = with_contacts(world)
    monkeypatch.setattr(transfer_contacts, "_PAGE", 1)
    monkeypatch.setattr(transfer_contacts, "_STEP", 0)
    first = moved(world)
    assert (first.left, first.transfer.finished) == (2, False)
    assert moved(world).transfer.id == first.transfer.id, "it goes on, no second one begins"
    steps = 0
    while not continue_transfer(SEATTLE, first.transfer.id, MIA, world).transfer.finished:
        steps += 1
    assert steps < 5
    assert owners(world, ids) == [MIA] * 3


def test_a_conversation_that_somebody_changes_meanwhile_is_moved_by_the_next_step(world: World) -> None:
    ids = with_contacts(world)
    move = world.transfers.move

    def overtaken(was: object, to: object) -> bool:
        world.transfers.move = move  # type: ignore[method-assign]  # once only
        return False

    world.transfers.move = overtaken  # type: ignore[assignment,method-assign]  # somebody was faster
    progress = moved(world)
    assert (progress.left, progress.transfer.finished) == (1, False)
    assert continue_transfer(SEATTLE, progress.transfer.id, MIA, world).transfer.finished
    assert owners(world, ids) == [MIA] * 3


def test_a_number_goes_through_several_hands_and_back_by_one(world: World) -> None:
    ids = with_contacts(world)
    world.permit(EVE, {SEATTLE: frozenset(Permission)})
    moved(world)
    second = moved(world, MIA, EVE)
    assert owners(world, ids) == [EVE] * 3
    undo_transfer(SEATTLE, second.transfer.id, MIA, world)
    world.text("Hello?", recipient=ADAS_OWN, sender="+12065550133")
    assert world.conversation_of("+12065550133", ADAS_OWN).associate_id == MIA


def test_the_overview_counts_contacts_and_keeps_what_was_done(world: World) -> None:
    with_contacts(world)
    people = {each.id: each.contacts for each in show_transfers(SEATTLE, MIA, world).people}
    assert (people[ADA], people[MIA]) == (3, 0)
    moved(world)
    overview = show_transfers(SEATTLE, MIA, world)
    assert [(each.transfer.from_name, each.transfer.to_name, each.transfer.by_name) for each in overview.transfers] == [
        ("Ada", "Mia", "Mia")
    ]
    assert [line.event for line in world.log.lines if line.event.startswith("transfer")] == ["transfer_started"]


def test_only_managers_and_only_among_the_stores_own_people(world: World) -> None:
    with pytest.raises(PermissionDenied):
        start_transfer(SEATTLE, ADA, ADA, MIA, world)
    for giver, receiver, error in (
        (ADA, ADA, InvalidInput),
        (ADA, BOB, InvalidInput),
        (ADA, ZOE, NotFound),
        (ZOE, MIA, NotFound),
        ("nobody", MIA, NotFound),
    ):
        with pytest.raises(error):
            moved(world, giver, receiver)
    for act in (continue_transfer, undo_transfer):
        with pytest.raises(NotFound):
            act(SEATTLE, "nothing", MIA, world)
    assert world.table.transfers == {}
