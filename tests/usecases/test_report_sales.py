"""Managers see which sales are whose doing, as the orders are now (H24, X21)."""

import pytest

from chalicelib.domain.erasures import erased
from chalicelib.domain.errors import NotFound, PermissionDenied
from chalicelib.domain.orders import Order, Payment
from chalicelib.usecases.report_sales import SaleLine, SalesQuery, report_sales
from tests.support.world import ADA, MIA, SEATTLE, World

HOUR = 3_600_000


def report(
    world: World, associate_id: str = MIA, store_id: str = SEATTLE, since: int = 0, until: int = 10**13 - 1
) -> list[SaleLine]:
    world.fan_out()
    query = SalesQuery(store_id=store_id, associate_id=associate_id, since=since, until=until, limit=50)
    return list(report_sales(query, world).rows)


def sold(world: World, number: str = "2", total: int = 1001) -> Order:
    conversation_id = world.talk()
    world.send(conversation_id, associate_id=ADA)
    world.send(conversation_id, associate_id=MIA)
    world.clock.advance(HOUR)
    return world.order(external_id=number, placed_at=world.clock.now(), total=total)


def test_it_is_split_evenly_and_adds_up(world: World) -> None:
    order = sold(world)
    [line] = report(world)
    assert (line.order_id, line.number, line.total, line.counts) == (order.id, order.number, 1001, True)
    assert [(each.seller.id, each.amount) for each in line.credited] == [(ADA, 501), (MIA, 500)]


def test_it_goes_by_what_the_order_has_become(world: World) -> None:
    order = sold(world)
    now = world.clock.now() + 1
    world.order(external_id="2", placed_at=order.placed_at, updated_at=now, total=600, cancelled_at=now)
    [line] = report(world)
    assert (line.total, line.counts, [each.amount for each in line.credited]) == (600, False, [300, 300])


def test_a_refunded_one_does_not_count(world: World) -> None:
    order = sold(world)
    later = world.clock.now() + 1
    world.order(external_id="2", placed_at=order.placed_at, updated_at=later, payment=Payment.REFUNDED)
    assert [line.counts for line in report(world)] == [False]


def test_one_whose_customer_was_erased_stays_what_it_was_without_a_number(world: World) -> None:
    order = sold(world)
    report(world)
    world.table.orders[order.id] = erased(order, world.clock.now())
    [line] = report(world)
    assert (line.number, line.total, line.counts) == ("", 1001, True)


def test_only_those_of_the_time_asked_for(world: World) -> None:
    order = sold(world)
    assert report(world, since=order.placed_at + 1) == []
    assert report(world, until=order.placed_at) == []
    assert len(report(world, since=order.placed_at, until=order.placed_at + 1)) == 1


def test_it_is_for_the_stores_managers(world: World) -> None:
    with pytest.raises(PermissionDenied):
        report(world, ADA)
    with pytest.raises(NotFound):
        report(world, store_id="nowhere")
