"""A new order is the doing of those who talked with its customer before it (H24, X21)."""

import pytest
from msgspec.structs import replace

from chalicelib.domain.orders import Order
from chalicelib.domain.sales import EARLIEST, LATEST, WINDOW
from chalicelib.usecases.attribute_sale import attribute_sale
from chalicelib.usecases.fan_out import fan_out
from tests.support.world import ADA, MIA, SEATTLE, World

HOUR = 3_600_000


def sales(world: World) -> list[tuple[str, list[str]]]:
    world.fan_out()
    rows = world.sales.of_store(SEATTLE, 0, 10**13 - 1, 99, None).rows
    return [(each.order_id, [seller.id for seller in each.sellers]) for each in rows]


def ordered(world: World, number: str = "2") -> Order:
    world.clock.advance(HOUR)
    return world.order(external_id=number, placed_at=world.clock.now())


def test_who_wrote_to_its_customer_has_a_part_in_it(world: World) -> None:
    conversation_id = world.talk()
    world.send(conversation_id, associate_id=MIA)
    world.send(conversation_id, associate_id=ADA)
    order = ordered(world)
    changes = world.changes()
    for _ in range(2):
        fan_out(changes, world)  # the stream may say it again
    assert sales(world) == [(order.id, [ADA, MIA])]


def test_nobody_has_where_nobody_wrote(world: World) -> None:
    world.text("Hello")
    ordered(world)
    assert sales(world) == []


@pytest.mark.parametrize(("pause", "counts"), [(WINDOW - HOUR - 1000, True), (WINDOW, False)])
def test_it_is_the_talk_of_the_last_seven_days(world: World, pause: int, counts: bool) -> None:
    world.talk()
    world.clock.advance(pause)
    ordered(world)
    assert bool(sales(world)) is counts


def test_what_is_said_afterwards_counts_for_the_next_one(world: World) -> None:
    world.text("Hello")
    first = ordered(world, "2")
    world.clock.advance(HOUR)
    world.send(world.conversation_of().id)
    world.order(external_id="2", placed_at=first.placed_at, updated_at=world.clock.now(), total=9)
    second = ordered(world, "3")
    assert sales(world) == [(second.id, [ADA])]


@pytest.mark.parametrize("placed", [-LATEST - 1, EARLIEST + 1, 250_000 * EARLIEST])
def test_an_old_order_and_one_of_the_future_are_not_looked_at(world: World, placed: int) -> None:
    world.send(world.talk())
    order = replace(ordered(world), placed_at=world.clock.now() + placed)
    world.table.refuse_after(0)
    attribute_sale(order, world)


def test_one_whose_customer_was_erased_is_nobodys(world: World) -> None:
    world.send(world.talk())
    order = ordered(world)
    del world.table.customers[order.customer_id]
    assert sales(world) == []


def test_what_it_came_to_is_kept_with_it(world: World) -> None:
    world.send(world.talk())
    order = ordered(world)
    world.fan_out()
    [sale] = world.sales.of_store(SEATTLE, 0, 10**13 - 1, 9, None).rows
    assert (sale.total, sale.currency, sale.placed_at) == (order.total, order.currency, order.placed_at)
