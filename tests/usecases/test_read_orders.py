"""Orders that webhooks lost are found by reading what changed (X1)."""

from collections.abc import Sequence

import pytest
from msgspec.structs import replace

from chalicelib.domain.catalogue import EACH, FIRST_PAUSE
from chalicelib.domain.errors import NotFound, PermissionDenied
from chalicelib.domain.events import OrderChanged
from chalicelib.domain.merchants import Connection
from chalicelib.domain.order_runs import FIRST_SPAN, OVERLAP, OrderPhase, OrderRun
from chalicelib.domain.orders import Fulfilment, Payment
from chalicelib.usecases.apply_order_event import apply_order_event
from chalicelib.usecases.ports import CatalogueBusy, CatalogueRefused, Http, OrdersPage
from chalicelib.usecases.read_orders import read_orders, read_orders_now
from tests.support.world import ADA, MIA, OTHER_SHOP, SEATTLE, SHOP, TWILIO, World


class Shop:
    """Has taken `orders`, two in a page. `failures`: raised instead, one after the other."""

    def __init__(self, world: World) -> None:
        self.world, self.orders, self.failures = world, list[OrderChanged](), list[Exception]()
        self.asked: list[tuple[int, str]] = []
        self.readable = True

    def verify(self, *_: object) -> None: ...

    def parse(self, *_: object) -> list[object]:
        return []

    def acknowledge(self) -> None: ...

    def may_list_orders(self, secrets: dict[str, str]) -> bool:
        return self.readable

    def orders_page(
        self, since: int, after: str, connection: Connection, secrets: dict[str, str], http: Http
    ) -> OrdersPage:
        self.asked.append((since, after))
        self.world.clock.advance(1_000)
        if self.failures:
            raise self.failures.pop(0)
        changed: Sequence[OrderChanged] = [each for each in self.orders if each.updated_at >= since]
        end = int(after or 0) + 2
        return OrdersPage(orders=tuple(changed[end - 2 : end]), after=str(end) if end < len(changed) else "")


@pytest.fixture
def shop(world: World, monkeypatch: pytest.MonkeyPatch) -> Shop:
    made = Shop(world)
    made.orders = [event(world, str(number)) for number in range(5)]
    source = world.channels.webhook_source
    monkeypatch.setattr(world.channels, "webhook_source", lambda name: made if name == "shopify" else source(name))
    del world.table.connections[OTHER_SHOP]
    return made


def event(world: World, external_id: str, **fields: object) -> OrderChanged:
    given = {"external_id": external_id, "number": f"#{external_id}", "event_id": f"read:{external_id}:{fields}"}
    return world.order_event(**{**given, **fields})


def run(world: World, time: int = 60_000) -> bool:
    now = world.clock.now()
    return read_orders(now, now + time, world).finished


def state(world: World) -> OrderRun:
    return world.table.order_runs[SHOP]


def payments(world: World) -> dict[str, Payment]:
    return {each.external_id: each.payment for each in world.table.orders.values()}


def test_what_a_webhook_lost_is_found(world: World, shop: Shop) -> None:
    apply_order_event(replace(shop.orders[0], event_id="orders/create:1"), world)
    started = world.clock.now()
    assert run(world)
    assert set(payments(world)) == {"0", "1", "2", "3", "4"}
    assert (state(world).phase, state(world).read, state(world).found) == (OrderPhase.DONE, 5, 4)
    assert shop.asked == [(started - FIRST_SPAN, after) for after in ("", "2", "4")]


def test_the_next_day_only_what_changed_is_asked_for_and_nothing_known_is_written(world: World, shop: Shop) -> None:
    run(world)
    began = state(world).started_at
    paid = event(world, "3", payment=Payment.PAID, updated_at=began + 5_000)
    shop.orders = [*shop.orders, paid]
    world.clock.advance(EACH)
    before = len(world.table.changes)
    run(world)
    assert shop.asked[3] == (began - OVERLAP, "")
    assert payments(world)["3"] is Payment.PAID
    assert state(world).found == 1
    assert len(world.table.changes) - before == 1


def test_a_webhook_that_comes_after_all_changes_nothing(world: World, shop: Shop) -> None:
    run(world)
    before = dict(world.table.orders)
    for each in shop.orders:
        apply_order_event(replace(each, event_id=f"orders/create:{each.external_id}"), world)
    assert dict(world.table.orders) == before


@pytest.mark.parametrize(
    "goes_on",
    [{"payment": Payment.PAID}, {"fulfilment": Fulfilment.FULFILLED}, {"cancelled_at": 5}, {"closed_at": 5}],
)
def test_two_changes_of_one_second_add_up(world: World, shop: Shop, goes_on: dict[str, object]) -> None:
    apply_order_event(replace(shop.orders[0], event_id="orders/create:1"), world)
    shop.orders = [event(world, "0", **goes_on)]
    run(world)
    [order] = world.table.orders.values()
    assert {name: getattr(order, name) for name in goes_on} == goes_on
    assert state(world).found == 1


def test_what_a_webhook_said_meanwhile_stays(world: World, shop: Shop) -> None:
    newer = replace(
        shop.orders[0], event_id="orders/paid:1", payment=Payment.PAID, updated_at=world.clock.now() + 9_000
    )
    apply_order_event(newer, world)
    run(world)
    assert payments(world)["0"] is Payment.PAID
    assert state(world).found == 4


def test_it_goes_on_where_time_ran_out(world: World, shop: Shop) -> None:
    assert not run(world, 1_000)
    assert (state(world).phase, state(world).read) == (OrderPhase.READING, 2)
    assert run(world)
    assert [after for _, after in shop.asked] == ["", "2", "4"]


def test_a_page_that_was_not_stored_is_read_again(world: World, shop: Shop) -> None:
    known = shop.orders
    shop.orders = known[:2]
    world.directory.unreadable = True
    run(world)
    world.directory.unreadable = False
    assert run(world)
    assert len(world.table.orders) == 2


def test_a_busy_shop_is_asked_again_later_and_later(world: World, shop: Shop) -> None:
    shop.failures = [CatalogueBusy(), CatalogueBusy()]
    run(world)
    run(world)
    assert len(shop.asked) == 1
    world.clock.advance(FIRST_PAUSE)
    run(world)
    assert state(world).not_before == world.clock.now() + 2 * FIRST_PAUSE
    world.clock.advance(2 * FIRST_PAUSE)
    run(world)
    assert state(world).phase is OrderPhase.DONE


def test_after_a_refusal_nothing_of_the_time_between_is_left_out(world: World, shop: Shop) -> None:
    run(world)
    began = state(world).started_at
    world.clock.advance(EACH)
    shop.failures = [CatalogueRefused()]
    run(world)
    assert state(world).phase is OrderPhase.REFUSED
    world.clock.advance(EACH)
    run(world)
    assert (state(world).phase, shop.asked[-1][0]) == (OrderPhase.DONE, began - OVERLAP)


def test_two_at_once_do_no_harm(world: World, shop: Shop) -> None:
    page = shop.orders_page

    def meanwhile(since: int, after: str, *rest: object) -> OrdersPage:
        shop.orders_page = page  # type: ignore[method-assign]  # once
        run(world)
        return page(since, after, *rest)  # type: ignore[arg-type]  # as given

    shop.orders_page = meanwhile  # type: ignore[method-assign,assignment]  # a race
    run(world)
    assert (state(world).phase, state(world).read, len(world.table.orders)) == (OrderPhase.DONE, 5, 5)


def test_a_mistake_of_ours_is_logged_and_holds_nothing_up(world: World, shop: Shop) -> None:
    shop.failures = [RuntimeError()]
    assert run(world)
    assert state(world).phase is OrderPhase.READING
    assert "orders_failed" in world.log.events()


def test_a_manager_begins_it_again_though_the_api_may_read_no_secrets(world: World, shop: Shop) -> None:
    read_orders_now(SEATTLE, SHOP, MIA, world)
    assert world.table.order_runs == {}
    run(world)
    world.directory.unreadable = True
    read_orders_now(SEATTLE, SHOP, MIA, world)
    before = state(world)
    assert before.phase is OrderPhase.READING
    read_orders_now(SEATTLE, SHOP, MIA, world)
    assert state(world) == before


def test_a_shop_with_webhooks_only_is_not_asked(world: World, shop: Shop) -> None:
    shop.readable = False
    assert run(world)
    read_orders_now(SEATTLE, SHOP, MIA, world)
    assert (shop.asked, world.table.order_runs) == ([], {})


def test_nobody_else_does(world: World, shop: Shop) -> None:
    with pytest.raises(PermissionDenied):
        read_orders_now(SEATTLE, SHOP, ADA, world)
    for other in (TWILIO, OTHER_SHOP, "none"):
        with pytest.raises(NotFound):
            read_orders_now(SEATTLE, other, MIA, world)
