"""The shop says what a cart comes to, or which line needs whom (N22, N23)."""

import pytest
from msgspec.structs import replace

from chalicelib.domain.cart_contents import LineProblem
from chalicelib.domain.carts import CartFailure, CartState
from chalicelib.domain.errors import Unavailable
from chalicelib.domain.products import ProductState
from chalicelib.usecases.ports import CatalogueRefused
from chalicelib.usecases.price_cart import MOST_ASKED
from tests.support.carts import CartWorld
from tests.support.merchant import CARLA, SHOP


@pytest.fixture
def world() -> CartWorld:
    return CartWorld()


def test_taxes_discounts_shipping_and_total_are_the_shops(world: CartWorld) -> None:
    totals = world.priced(discount_code="TEN", rate="standard").totals
    assert totals is not None
    figures = (totals.subtotal, totals.discounts, totals.shipping, totals.taxes, totals.total, totals.currency)
    assert figures == (2000, 200, 500, 180, 2480, "USD")


def test_the_shop_is_told_who_buys_and_knows_them_by_its_own_id(world: CartWorld) -> None:
    world.priced()
    (basket,) = world.shop.asked
    assert (basket.customer_id, basket.phone, basket.product_ids) == ("c-1", CARLA, ("501",))


def test_a_product_that_vanished_is_named_and_the_shop_not_asked(world: CartWorld) -> None:
    cart = world.begin()
    world.table.products[world.boots.id] = replace(world.boots, state=ProductState.DELETED)
    world.work()
    after = world.cart(cart)
    assert (after.state, after.contents.lines[0].problem) == (CartState.BUILDING, LineProblem.GONE)
    assert world.shop.asked == []


def test_a_shop_that_is_busy_is_asked_again_and_then_said_to_be(world: CartWorld) -> None:
    cart = world.begin()
    world.shop.busy = MOST_ASKED - 1
    world.work()
    assert world.cart(cart).state is CartState.PRICED


def test_after_the_last_try_an_associate_is_told(world: CartWorld) -> None:
    cart = world.begin()
    world.shop.busy = 99
    world.work()
    assert world.cart(cart).failure is CartFailure.SHOP_BUSY


def test_a_shop_that_refuses_is_a_managers_matter(world: CartWorld) -> None:
    cart = world.begin()
    world.shop.refusal = CatalogueRefused()
    world.work()
    assert world.cart(cart).failure is CartFailure.SHOP_REFUSED


def test_figures_that_do_not_add_up_are_never_priced(world: CartWorld) -> None:
    cart = world.begin()
    world.shop.bend = 1
    world.work()
    assert world.cart(cart).failure is CartFailure.DOES_NOT_ADD_UP


def test_a_shop_that_was_taken_away_makes_none(world: CartWorld) -> None:
    cart = world.begin()
    world.change_connection(SHOP, provider="generic")
    world.work()
    assert world.cart(cart).failure is CartFailure.SHOP_UNABLE


def test_without_its_secret_it_waits(world: CartWorld) -> None:
    world.begin()
    world.directory.unreadable = True
    with pytest.raises(Unavailable):
        world.fetch()
