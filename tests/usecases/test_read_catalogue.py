"""A shop's catalogue is read page by page, again and again safe (N18)."""

from collections.abc import Sequence

import pytest
from msgspec.structs import replace

from chalicelib.domain.catalogue import EACH, FIRST_PAUSE, CataloguePhase, CatalogueRun
from chalicelib.domain.errors import NotFound, PermissionDenied
from chalicelib.domain.merchants import Connection
from chalicelib.domain.products import Product, ProductState
from chalicelib.usecases.ports import CatalogueBusy, CataloguePage, CatalogueRefused, Downloads, Http
from chalicelib.usecases.read_catalogue import read_catalogues, read_now, show_catalogues
from tests.support.products import product
from tests.support.world import ADA, MIA, OTHER_SHOP, SEATTLE, SHOP, TWILIO, World


class Shop:
    """Sells what `products` has, two in a page. `failures`: raised instead, one after the other."""

    def __init__(self, world: World) -> None:
        self.world, self.products, self.failures = world, list[Product](), list[Exception]()
        self.asked: list[str] = []
        self.readable = True

    def verify(self, *_: object) -> None: ...

    def parse(self, *_: object) -> list[object]:
        return []

    def acknowledge(self) -> None: ...

    def may_list(self, secrets: dict[str, str]) -> bool:
        return self.readable

    def products_page(self, after: str, connection: Connection, secrets: dict[str, str], http: Http) -> CataloguePage:
        self.asked.append(after)
        self.world.clock.advance(1_000)
        if self.failures:
            raise self.failures.pop(0)
        start = int(after or 0)
        end = start + 2
        more = str(end) if end < len(self.products) else ""
        return CataloguePage(products=tuple(self.products[start:end]), after=more, total=len(self.products))

    def missing(self, ids: Sequence[str], connection: Connection, secrets: dict[str, str], http: Http) -> Sequence[str]:
        known = {each.external_id for each in self.products}
        return [each for each in ids if each not in known]

    def fetch_picture(self, url: str, connection: Connection, downloads: Downloads) -> bytes:
        return b""


@pytest.fixture
def shop(world: World, monkeypatch: pytest.MonkeyPatch) -> Shop:
    made = Shop(world)
    made.products = [product(str(number), title=f"Boot {number}") for number in range(5)]
    source = world.channels.webhook_source
    monkeypatch.setattr(world.channels, "webhook_source", lambda name: made if name == "shopify" else source(name))
    del world.table.connections[OTHER_SHOP]
    return made


def run(world: World, time: int = 60_000) -> bool:
    now = world.clock.now()
    return read_catalogues(now, now + time, world).finished


def state(world: World) -> CatalogueRun:
    return world.table.catalogue_runs[SHOP]


def test_all_of_it_is_read_as_soon_as_the_shop_is_connected(world: World, shop: Shop) -> None:
    assert run(world)
    assert {each.title for each in world.table.products.values()} == {f"Boot {number}" for number in range(5)}
    assert (state(world).phase, state(world).read, state(world).total) == (CataloguePhase.DONE, 5, 5)
    assert shop.asked == ["", "2", "4"]
    before = len(shop.asked)
    run(world)
    assert len(shop.asked) == before


def test_it_goes_on_where_time_ran_out(world: World, shop: Shop) -> None:
    assert not run(world, 1_000)
    assert (state(world).phase, state(world).read) == (CataloguePhase.READING, 2)
    assert run(world)
    assert shop.asked == ["", "2", "4"]


def test_it_is_read_again_each_day_and_what_is_gone_goes(world: World, shop: Shop) -> None:
    run(world)
    lost, shop.products = shop.products[0], shop.products[1:]
    world.clock.advance(EACH)
    run(world)
    assert world.table.products[lost.id].state is ProductState.DELETED
    assert (state(world).read, state(world).read_before) == (4, 5)


def test_what_a_webhook_said_meanwhile_stays(world: World, shop: Shop) -> None:
    newer = replace(shop.products[0], title="Newer", updated_at=2**42)
    world.table.products[newer.id] = newer
    run(world)
    assert world.table.products[newer.id] == newer


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
    assert state(world).phase is CataloguePhase.DONE


def test_a_shop_that_refuses_is_asked_again_tomorrow(world: World, shop: Shop) -> None:
    shop.failures = [CatalogueRefused()]
    run(world)
    run(world)
    assert (state(world).phase, len(shop.asked)) == (CataloguePhase.REFUSED, 1)
    world.clock.advance(EACH)
    run(world)
    assert state(world).phase is CataloguePhase.DONE


def test_two_at_once_do_no_harm(world: World, shop: Shop) -> None:
    page = shop.products_page

    def meanwhile(after: str, *rest: object) -> CataloguePage:
        shop.products_page = page  # type: ignore[method-assign]  # once
        run(world)
        return page(after, *rest)  # type: ignore[arg-type]  # as given

    shop.products_page = meanwhile  # type: ignore[method-assign,assignment]  # a race
    run(world)
    assert (state(world).phase, state(world).read) == (CataloguePhase.DONE, 5)


def test_a_mistake_of_ours_is_logged_and_holds_nothing_up(world: World, shop: Shop) -> None:
    shop.failures = [RuntimeError()]
    assert run(world)
    assert state(world).phase is CataloguePhase.READING


def test_a_manager_sees_how_far_it_is_and_begins_it(world: World, shop: Shop) -> None:
    [shown] = show_catalogues(SEATTLE, MIA, world)
    assert (shown.connection.id, shown.run) == (SHOP, None)
    run(world)
    world.directory.unreadable = True  # the API may read no secrets
    [shown] = read_now(SEATTLE, SHOP, MIA, world)
    assert shown.readable
    assert shown.run is not None
    assert (shown.run.phase, shown.run.read_before) == (CataloguePhase.READING, 5)
    assert read_now(SEATTLE, SHOP, MIA, world) == (shown,)


def test_a_shop_with_webhooks_only_is_not_asked(world: World, shop: Shop) -> None:
    shop.readable = False
    run(world)
    [shown] = read_now(SEATTLE, SHOP, MIA, world)
    assert (shop.asked, shown.readable, shown.run) == ([], False, None)
    world.directory.unreadable = True
    assert run(world)


def test_nobody_else_does(world: World, shop: Shop) -> None:
    with pytest.raises(PermissionDenied):
        show_catalogues(SEATTLE, ADA, world)
    for other in (TWILIO, OTHER_SHOP, "none"):
        with pytest.raises(NotFound):
            read_now(SEATTLE, other, MIA, world)
