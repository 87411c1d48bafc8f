"""Customers' records in shops converge, whatever the order of arrival (X1, X11)."""

from itertools import permutations
from typing import Any

import pytest

from chalicelib.domain.customers import Customer, CustomerKind
from chalicelib.domain.errors import Unavailable
from chalicelib.domain.events import CustomerChanged, ShopCustomer
from chalicelib.usecases.apply_customer_event import apply_customer_event
from chalicelib.usecases.take_event import take_event
from tests.fakes.outside import START
from tests.support.world import CARLA, DEAN, SHOP, World


def event(at: int = 0, external_id: str = "c-1", **said: Any) -> CustomerChanged:
    given = {"first_name": "Carla", "last_name": "Diaz", "phone": CARLA, "email": "Carla@example.com"}
    return CustomerChanged(
        connection_id=SHOP,
        event_id=f"{external_id}-{at}-{sorted(said.items())}",
        customer=ShopCustomer(**{"external_id": external_id, **given, **said}),
        updated_at=START + at,
    )


def known(world: World, external_id: str = "c-1") -> Customer:
    found = world.customers.find_by("harbour", "external", f"{SHOP}:{external_id}") or next(
        each.id for each in world.table.customers.values() if f"{SHOP}:{external_id}" in each.external_ids
    )
    return world.table.customers[found]


def test_a_customer_who_never_ordered_is_a_member(world: World) -> None:
    take_event(event(), world)
    carla = known(world)
    assert (carla.kind, carla.name, carla.phones, carla.emails) == (
        CustomerKind.MEMBER,
        "Carla Diaz",
        (CARLA,),
        ("carla@example.com",),
    )


def test_orders_before_and_after_the_record_are_of_the_same_customer(world: World) -> None:
    before = world.order()
    apply_customer_event(event(1, first_name="Karla", phone=DEAN), world)
    after = world.order(external_id="2", number="#2")
    assert before.customer_id == after.customer_id == known(world).id
    assert set(known(world).phones) == {CARLA, DEAN}
    assert len(world.table.customers) == 1


def test_a_visitor_with_this_number_becomes_a_member_and_keeps_their_name(world: World) -> None:
    talk = world.talk()
    visitor = world.table.customers[world.conversation(talk).customer_id]
    apply_customer_event(event(phone=visitor.phones[0], external_id="c-9"), world)
    member = world.table.customers[visitor.id]
    assert member.kind is CustomerKind.MEMBER
    assert member.phones == visitor.phones


def test_a_mail_address_alone_links_nobody(world: World) -> None:
    apply_customer_event(event(), world)
    apply_customer_event(event(external_id="c-2", phone="", first_name="Eve"), world)
    assert known(world).id != known(world, "c-2").id
    assert known(world).first_name == "Carla"


def test_whatever_the_order_the_latest_counts(world: World) -> None:
    reports = (event(0), event(1, first_name="Karla", phone=DEAN), event(1, first_name="Carlotta"))
    results = set()
    for number, order in enumerate(permutations(reports)):
        fresh = World() if number else world
        for each in (*order, *order):
            apply_customer_event(each, fresh)
        carla = known(fresh)
        results.add((carla.first_name, frozenset(carla.phones), carla.emails))
    assert len(results) == 1


def test_a_repeat_writes_nothing(world: World) -> None:
    apply_customer_event(event(), world)
    before = known(world)
    world.clock.advance(5_000)
    apply_customer_event(event(), world)
    assert known(world) is before


def test_a_lost_race_is_run_again_and_an_endless_one_left_to_the_queue(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    upsert, lost = world.customers.upsert, [True, True]
    monkeypatch.setattr(world.customers, "upsert", lambda command: not (lost and lost.pop()) and upsert(command))
    apply_customer_event(event(), world)
    assert known(world).name == "Carla Diaz"
    monkeypatch.setattr(world.customers, "upsert", lambda command: False)
    with pytest.raises(Unavailable):
        apply_customer_event(event(9, first_name="Karla"), world)


def test_of_a_connection_that_is_gone_nothing_is_kept(world: World) -> None:
    del world.table.connections[SHOP]
    apply_customer_event(event(), world)
    assert world.table.customers == {}
    assert "customer_rejected" in world.log.events()
