"""Contracts of ports.SocketStore and ports.Rejections."""

import msgspec

from chalicelib.domain.presence import Viewer
from chalicelib.store.sockets import LIFETIME
from chalicelib.store.table import Table
from chalicelib.usecases.ports import Once, Socket
from tests.fakes.outside import START
from tests.store.conftest import Stores
from tests.support.samples import STORE, id_at

OTHER = id_at(1, 8)


def socket(name: str = "abc=", *stores: str, at: int = START) -> Socket:
    return Socket(id=name, associate_id="sub", store_ids=stores or (STORE,), opened_at=at)


def test_a_socket_is_found_by_each_of_its_stores(stores: Stores) -> None:
    both, one = socket("L0SM9cOFvHcCIhw=", STORE, OTHER), socket("x")
    assert stores.sockets.add(both, "ticket-1")
    assert stores.sockets.add(one, "ticket-2")
    assert sorted(stores.sockets.of_store(STORE), key=lambda s: s.id) == [both, one]
    assert list(stores.sockets.of_store(OTHER)) == [both]
    assert list(stores.sockets.of_store(STORE[:-1])) == []


def test_a_ticket_opens_one_socket(stores: Stores) -> None:
    assert stores.sockets.add(socket("a"), "ticket")
    assert not stores.sockets.add(socket("b"), "ticket")
    assert [s.id for s in stores.sockets.of_store(STORE)] == ["a"]


def test_a_removed_socket_is_gone_everywhere_and_removing_is_repeatable(stores: Stores) -> None:
    stores.sockets.add(socket("a", STORE, OTHER), "ticket")
    for _ in range(2):
        stores.sockets.remove("a")
    assert list(stores.sockets.of_store(STORE)) == list(stores.sockets.of_store(OTHER)) == []


def test_an_associate_of_very_many_stores_hears_of_all(stores: Stores) -> None:
    many = [id_at(2, number) for number in range(205)]
    assert stores.sockets.add(socket("a", *many), "ticket")
    assert all([s.id for s in stores.sockets.of_store(name)] == ["a"] for name in many)
    stores.sockets.remove("a")
    assert not any(stores.sockets.of_store(name) for name in many)


def test_a_socket_that_was_never_removed_is_not_pushed_to_for_ever(stores: Stores) -> None:
    stores.sockets.add(socket("a"), "ticket")
    stores.clock.advance(LIFETIME - 1)
    assert len(stores.sockets.of_store(STORE)) == 1
    stores.clock.advance(1)
    assert list(stores.sockets.of_store(STORE)) == []


def viewer(name: str = "a", conversation_id: str = "c-1", at: int = START, **fields: bool) -> Viewer:
    given = {"associate_id": "sub", "name": "Sam Lee", "writing": False, **fields}
    return msgspec.convert({"socket_id": name, "conversation_id": conversation_id, "seen_at": at, **given}, Viewer)


def test_who_looks_is_found_by_what_they_look_at(stores: Stores) -> None:
    for name in ("a", "b", "c"):
        stores.sockets.add(socket(name, STORE, OTHER), f"ticket-{name}")
    one, two = viewer("a"), viewer("b", writing=True)
    assert stores.sockets.look(STORE, one, START - 1)
    assert stores.sockets.look(STORE, two, START - 1)
    assert stores.sockets.look(STORE, viewer("c", "c-2"), START - 1)
    assert list(stores.sockets.viewers(STORE, "c-1", START - 1)) == [one, two]
    assert list(stores.sockets.viewers(OTHER, "c-1", START - 1)) == []
    assert list(stores.sockets.viewers(STORE, "c-1", START)) == [], "they said so too long ago"
    assert stores.sockets.find("a") == socket("a", STORE, OTHER)


def test_a_socket_speaks_once_in_a_while(stores: Stores) -> None:
    stores.sockets.add(socket("a"), "ticket")
    assert stores.sockets.look(STORE, viewer(at=START), START - 400)
    assert not stores.sockets.look(STORE, viewer(at=START + 399), START - 1)
    assert stores.sockets.look(STORE, viewer("a", "c-2", START + 400), START)
    assert list(stores.sockets.viewers(STORE, "c-1", 0)) == []


def test_who_looks_away_is_gone_and_may_speak_at_once(stores: Stores) -> None:
    stores.sockets.add(socket("a"), "ticket")
    stores.sockets.look(STORE, viewer(), START - 1)
    assert not stores.sockets.look_away(STORE, "a", "c-2"), "looks at something else"
    assert stores.sockets.look_away(STORE, "a", "c-1")
    assert not stores.sockets.look_away(STORE, "a", "c-1")
    assert list(stores.sockets.viewers(STORE, "c-1", 0)) == []
    assert stores.sockets.look(STORE, viewer(), START - 400)


def test_a_socket_that_is_gone_or_elsewhere_does_not_look(stores: Stores) -> None:
    stores.sockets.add(socket("a"), "ticket")
    assert not stores.sockets.look(OTHER, viewer(), START)
    assert not stores.sockets.look(STORE, viewer("b"), START)
    stores.sockets.look(STORE, viewer(), START - 1)
    stores.sockets.remove("a")
    assert not stores.sockets.look(STORE, viewer(), START)
    assert list(stores.sockets.viewers(STORE, "c-1", 0)) == []
    assert stores.sockets.find("a") is None


def test_a_rejection_is_recorded_once(stores: Stores) -> None:
    for reason in ("unknown number", "other"):
        stores.rejections.record(Once("twilio", "SM#1"), reason, START)


def test_a_recorded_rejection_can_be_read_by_operators(real: Stores, table: Table) -> None:
    from chalicelib.store import keys
    from chalicelib.store.rows import OnceRow

    for reason in ("unknown number", "other"):
        real.rejections.record(Once("twilio", "SM#1"), reason, START)
    row = table.get(keys.once("twilio", "SM#1"))
    assert isinstance(row, OnceRow)
    assert (row.reason, row.at, row.ttl) == ("unknown number", START, START // 1000 + 90 * 86_400)
