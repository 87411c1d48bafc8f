"""Orders of a store (D2, D3, D8-D11, N31)."""

import pytest

from chalicelib.domain.errors import MessagingDisabled, NotFound, PermissionDenied
from chalicelib.domain.events import ShopCustomer
from chalicelib.domain.orders import Order
from chalicelib.usecases.browse_orders import OrdersQuery, list_orders, show_order
from chalicelib.usecases.search import Found
from tests.support.world import ADA, BOB, EVE, HOUR, MIA, NOBODY, SEATTLE, ZOE, World

MINUTE = 60_000


def found(world: World, **fields: object) -> Found[Order]:
    given = {"store_id": SEATTLE, "associate_id": ADA, "limit": 25}
    return list_orders(OrdersQuery(**{**given, **fields}), world)  # type: ignore[arg-type]  # as named


def numbers(orders: Found[Order]) -> list[str]:
    return [order.number for order in orders.page.rows]


def place(world: World, number: int, hours_ago: float, **fields: object) -> None:
    at = world.clock.now() - int(hours_ago * HOUR)
    world.order(external_id=str(number), number=f"#{number}", placed_at=at, **fields)


def test_the_most_recently_placed_order_comes_first(world: World) -> None:
    for number, hours_ago in ((1, 5), (2, 1), (3, 3)):
        place(world, number, hours_ago)
    assert numbers(found(world)) == ["#2", "#3", "#1"]


def test_closed_and_cancelled_orders_are_not_listed(world: World) -> None:
    place(world, 1, 1, closed_at=world.clock.now())
    place(world, 2, 1, cancelled_at=world.clock.now())
    place(world, 3, 1)
    assert numbers(found(world)) == ["#3"]


def test_the_start_dialog_shows_71_59_and_not_72_01(world: World) -> None:
    place(world, 1, 72 + 1 / 60)
    place(world, 2, 72 - 1 / 60)
    assert numbers(found(world, startable=True)) == ["#2"]
    assert numbers(found(world)) == ["#2", "#1"]
    assert [order.startable(world.clock.now()) for order in found(world).page.rows] == [True, False]


def test_search_finds_customer_or_number(world: World) -> None:
    place(world, 1, 1)
    place(world, 2, 2, customer=ShopCustomer(external_id="c-2", first_name="Ben", last_name="Öz"))
    assert numbers(found(world, search="öZ")) == ["#2"]
    assert numbers(found(world, search="#1")) == ["#1"]
    assert numbers(found(world, search="nobody")) == []


def test_a_search_that_did_not_see_everything_says_so(world: World) -> None:
    for number in range(520):
        place(world, number, 1)
    assert found(world, search="nobody").truncated
    assert not found(world, search="Carla", limit=1).page.cursor


def test_pages_join_without_gap_or_repeat(world: World) -> None:
    for number in range(5):
        place(world, number, number)
    first = found(world, limit=3)
    second = found(world, limit=3, cursor=first.page.cursor)
    assert numbers(first) + numbers(second) == ["#0", "#1", "#2", "#3", "#4"]
    assert second.page.cursor is None


def test_another_stores_orders_are_not_shown(world: World) -> None:
    place(world, 1, 1, location="77")
    order = world.orders.find_external("con-shop", "1")
    assert order is not None
    assert numbers(found(world)) == []
    with pytest.raises(NotFound):
        show_order(order.id, ADA, world)
    assert show_order(order.id, BOB, world).number == "#1"


def test_an_unknown_order_is_not_there(world: World) -> None:
    with pytest.raises(NotFound):
        show_order("nothing", ADA, world)


@pytest.mark.parametrize(
    ("associate", "refusal"),
    [(BOB, NotFound), (ZOE, NotFound), (EVE, PermissionDenied), (NOBODY, PermissionDenied)],
)
def test_only_the_stores_permitted_people_read(world: World, associate: str, refusal: type[Exception]) -> None:
    order = world.order()
    for startable in (True, False):
        with pytest.raises(refusal):
            found(world, associate_id=associate, startable=startable)
    with pytest.raises(refusal):
        show_order(order.id, associate, world)


def test_where_messaging_is_off_orders_stay_but_the_dialog_goes(world: World) -> None:
    world.order()
    world.change_store(messaging=False)
    assert numbers(found(world, associate_id=MIA)) == ["#1001"]
    with pytest.raises(MessagingDisabled):
        found(world, startable=True)
