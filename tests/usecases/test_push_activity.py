"""Pushes reach those who may see, and nobody else (N31)."""

from collections.abc import Sequence

import pytest

from chalicelib.domain.errors import Unavailable
from chalicelib.domain.merchants import Permission
from chalicelib.usecases.ports import Activity, Socket
from chalicelib.usecases.push_activity import push_activity
from tests.support.world import ADA, BOB, MIA, SEATTLE, TACOMA, World


def opened(world: World, associate_id: str, *stores: str) -> str:
    socket_id = f"socket-{associate_id}"
    socket = Socket(id=socket_id, associate_id=associate_id, store_ids=stores, opened_at=world.clock.now())
    assert world.sockets.add(socket, f"ticket-{associate_id}")
    return socket_id


def activity(store_id: str = SEATTLE, kind: str = "conversation") -> Activity:
    return Activity(type=kind, store_id=store_id, id="c-1", at=1)


def test_a_stores_people_are_told_about_their_store_only(world: World) -> None:
    ada, bob, mia = opened(world, ADA, SEATTLE), opened(world, BOB, TACOMA), opened(world, MIA, SEATTLE, TACOMA)
    push_activity([activity(SEATTLE), activity(TACOMA)], world)
    assert world.pusher.pushed[ada] == [activity(SEATTLE)]
    assert world.pusher.pushed[bob] == [activity(TACOMA)]
    assert world.pusher.pushed[mia] == [activity(SEATTLE), activity(TACOMA)]


def test_a_socket_that_is_gone_is_forgotten(world: World) -> None:
    ada = opened(world, ADA, SEATTLE)
    world.pusher.gone.add(ada)
    push_activity([activity()], world)
    assert ada not in world.table.sockets


def test_a_socket_whose_owner_lost_the_permission_is_closed(world: World) -> None:
    ada = opened(world, ADA, SEATTLE)
    world.permit(ADA, {SEATTLE: frozenset({Permission.INBOX})})
    push_activity([activity()], world)
    assert (world.pusher.pushed, world.pusher.closed) == ({}, [ada])
    assert ada not in world.table.sockets


def test_a_socket_whose_owner_left_the_store_is_closed(world: World) -> None:
    ada = opened(world, ADA, SEATTLE)
    world.permit(ADA, {TACOMA: frozenset({Permission.ORDERS})})
    push_activity([activity()], world)
    assert (world.pusher.pushed, world.pusher.closed) == ({}, [ada])


def test_a_socket_whose_owner_is_gone_is_closed(world: World) -> None:
    ada = opened(world, ADA, SEATTLE)
    del world.table.associates[ADA]
    push_activity([activity()], world)
    assert world.pusher.closed == [ada]


def test_where_messaging_is_off_only_orders_are_told(world: World) -> None:
    ada = opened(world, ADA, SEATTLE)
    world.change_store(messaging=False)
    push_activity([activity()], world)
    assert world.pusher.pushed == {}
    push_activity([activity(), activity(kind="order")], world)
    assert world.pusher.pushed[ada] == [activity(kind="order")]


def test_what_fails_for_one_store_does_not_keep_it_from_another(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    ada, of_store = opened(world, ADA, SEATTLE), world.sockets.of_store

    def broken(store_id: str) -> Sequence[Socket]:
        if store_id == TACOMA:
            raise Unavailable
        return of_store(store_id)

    monkeypatch.setattr(world.sockets, "of_store", broken)
    with pytest.raises(Unavailable):
        push_activity([activity(TACOMA), activity()], world)
    assert world.pusher.pushed[ada] == [activity()]


def test_an_activity_of_an_unknown_store_reaches_nobody(world: World) -> None:
    opened(world, ADA, SEATTLE)
    push_activity([activity("sto-gone")], world)
    assert world.pusher.pushed == {}


def test_pushing_twice_does_no_harm(world: World) -> None:
    opened(world, ADA, SEATTLE)
    push_activity([activity()], world)
    push_activity([activity()], world)
    assert len(world.table.sockets) == 1


def test_each_thing_that_changed_is_told_once_however_often_it_did(world: World) -> None:
    ada = opened(world, ADA, SEATTLE)
    push_activity([activity(), activity(kind="order"), activity(), activity(TACOMA)], world)
    assert len(world.pusher.pushed[ada]) == 2
    assert set(world.pusher.pushed[ada]) == {activity(), activity(kind="order")}


def guest(world: World, conversation_id: str) -> str:
    socket = Socket(
        id=f"guest-{conversation_id}",
        associate_id="",
        store_ids=(),
        opened_at=world.clock.now(),
        conversation_id=conversation_id,
    )
    assert world.sockets.add(socket, f"ticket-{conversation_id}")
    return socket.id


def test_a_customer_is_told_of_their_own_conversation_and_nothing_of_it(world: World) -> None:
    one, two, ada = guest(world, "c-1"), guest(world, "c-2"), opened(world, ADA, SEATTLE)
    push_activity([Activity(type="conversation", store_id=SEATTLE, id="c-1", at=1, chat=True)] * 3, world)
    assert world.pusher.frames == {one: [{"changed": True}]}
    assert two not in world.pusher.pushed
    assert len(world.pusher.pushed[ada]) == 1


def test_a_text_by_phone_asks_for_no_customers_sockets(world: World) -> None:
    requests = world.table.requests
    push_activity([activity()], world)
    by_phone = world.table.requests - requests
    push_activity([Activity(type="conversation", store_id=SEATTLE, id="c-1", at=1, chat=True)], world)
    assert world.table.requests - requests - by_phone == by_phone + 1


def test_a_customers_socket_that_is_gone_is_forgotten(world: World) -> None:
    one = guest(world, "c-1")
    world.pusher.gone.add(one)
    push_activity([Activity(type="conversation", store_id=SEATTLE, id="c-1", at=1, chat=True)], world)
    assert one not in world.table.sockets


def due(associate_id: str, store_id: str = SEATTLE) -> Activity:
    return Activity(type="reminder", store_id=store_id, id="r-1", at=1, associate_id=associate_id)


def test_a_reminder_is_told_to_its_associate_alone(world: World) -> None:
    ada, mia = opened(world, ADA, SEATTLE), opened(world, MIA, SEATTLE, TACOMA)
    push_activity([due(ADA)], world)
    assert world.pusher.pushed == {ada: [due(ADA)]}
    push_activity([due(MIA), activity()], world)
    assert world.pusher.pushed == {ada: [due(ADA), activity()], mia: [due(MIA), activity()]}


def test_of_nobody_elses_sockets_is_the_owner_read(world: World) -> None:
    for sub in (ADA, MIA, BOB):
        opened(world, sub, SEATTLE)
    before = world.table.requests
    push_activity([due("nobody-here")], world)
    assert world.table.requests == before + 1, "the sockets of the store, and nothing else"


def test_where_contacts_or_messaging_are_off_no_reminder_is_told(world: World) -> None:
    opened(world, ADA, SEATTLE)
    world.change_store(contacts=False)
    push_activity([due(ADA)], world)
    world.change_store(contacts=True, messaging=False)
    push_activity([due(ADA)], world)
    assert world.pusher.pushed == {}
