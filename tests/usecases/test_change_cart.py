"""An associate builds a cart: products of one shop that takes part, changed by whoever saw what is there (N21, N22)."""

import pytest
from msgspec.structs import replace

from chalicelib.domain.cart_contents import CartLine, Contents, Destination
from chalicelib.domain.carts import CartState
from chalicelib.domain.errors import (
    CartFixed,
    CartsUnavailable,
    ChangedMeanwhile,
    ConversationEnded,
    IdempotencyConflict,
    InvalidInput,
    NotFound,
    PermissionDenied,
    ProductGone,
)
from chalicelib.domain.products import ProductState
from chalicelib.usecases.change_cart import cancel_cart, change_cart, list_carts
from chalicelib.usecases.close_conversation import close_conversation
from chalicelib.usecases.ports import WorkOnCart
from tests.support.carts import CartWorld
from tests.support.merchant import ADA, EVE, OTHER_MERCHANT, OTHER_SHOP, SHOP, ZOE
from tests.support.products import product


@pytest.fixture
def world() -> CartWorld:
    return CartWorld()


def test_what_is_begun_is_priced_by_the_worker(world: CartWorld) -> None:
    cart = world.begin()
    assert (cart.state, cart.shop_id, cart.made_by) == (CartState.PRICING, SHOP, ADA)
    world.fan_out()
    assert world.media_queue.jobs == [WorkOnCart(world.talking, cart.id)]


def test_an_empty_one_asks_nobody(world: CartWorld) -> None:
    cart = world.begin(contents=Contents(lines=()))
    assert cart.state is CartState.BUILDING
    world.fan_out()
    assert world.media_queue.jobs == []


def test_the_same_request_again_is_the_same_cart_and_another_content_is_refused(world: CartWorld) -> None:
    cart = world.begin()
    assert world.begin() == cart
    with pytest.raises(IdempotencyConflict):
        world.begin(quantity=3)
    assert list_carts(world.talking, ADA, world) == [cart]


def test_a_change_is_priced_anew_and_needs_what_is_there(world: CartWorld) -> None:
    cart = world.priced()
    to = Destination(address1="1 Pike St", city="Seattle", zip="98101", country_code="US", province_code="WA")
    changed = change_cart(world.talking, cart.id, ADA, cart.revision, world.contents(3, destination=to), world)
    assert (changed.state, changed.totals) == (CartState.PRICING, None)
    with pytest.raises(ChangedMeanwhile):
        change_cart(world.talking, cart.id, ADA, cart.revision, world.contents(4), world)
    world.work()
    assert world.cart(cart).state is CartState.PRICED
    assert world.shop.asked[-1].contents.destination == to


def test_a_change_while_it_is_priced_is_not_overwritten_by_the_old_price(world: CartWorld) -> None:
    cart = world.begin()
    world.fan_out()
    (job,) = world.media_queue.take()
    change_cart(world.talking, cart.id, ADA, cart.revision, world.contents(5), world)
    world.fan_out()
    world.media_queue.jobs.insert(0, job)
    world.work()
    priced = world.cart(cart)
    assert priced.totals is not None
    assert priced.totals.subtotal == 5000


def test_what_is_shared_is_fixed(world: CartWorld) -> None:
    cart = world.shared()
    with pytest.raises(CartFixed):
        change_cart(world.talking, cart.id, ADA, cart.revision, world.contents(3), world)


def test_products_must_be_there_and_of_one_shop_that_takes_part(world: CartWorld) -> None:
    hidden, foreign = product("502", state=ProductState.HIDDEN), product("503", OTHER_SHOP, merchant_id=OTHER_MERCHANT)
    world.table.products |= {each.id: each for each in (hidden, foreign)}
    for product_id, error in ((hidden.id, ProductGone), (foreign.id, NotFound), ("nothing", NotFound)):
        with pytest.raises(error):
            world.begin(contents=Contents(lines=(CartLine(product_id=product_id, quantity=1),)))
    other = product("504", "shop-2")
    world.table.products[other.id] = other
    world.setup.put_connection(replace(world.table.connections[SHOP], id="shop-2"), {})
    lines = (CartLine(product_id=world.boots.id, quantity=1), CartLine(product_id=other.id, quantity=1))
    with pytest.raises(CartsUnavailable):
        world.begin(contents=Contents(lines=lines))


@pytest.mark.parametrize("provider", ["woocommerce", "generic"])
def test_with_other_shops_there_are_no_carts(world: CartWorld, provider: str) -> None:
    world.change_connection(SHOP, provider=provider)
    with pytest.raises(CartsUnavailable):
        world.begin()


def test_quantities_are_checked(world: CartWorld) -> None:
    with pytest.raises(InvalidInput):
        world.begin(quantity=0)


def test_nobody_elses_conversation(world: CartWorld) -> None:
    cart = world.begin()
    for associate_id, error in ((ZOE, NotFound), (EVE, PermissionDenied)):
        with pytest.raises((error, NotFound)):
            list_carts(world.talking, associate_id, world)
        with pytest.raises((error, NotFound)):
            cancel_cart(world.talking, cart.id, associate_id, cart.revision, world)
    with pytest.raises(NotFound):
        cancel_cart(world.talking, "other", ADA, 1, world)


def test_in_a_conversation_that_has_ended_nothing_is_begun(world: CartWorld) -> None:
    close_conversation(world.talking, ADA, world)
    with pytest.raises(ConversationEnded):
        world.begin()


def test_cancelled_it_is_over_and_its_link_is_closed(world: CartWorld) -> None:
    cart = world.shared()
    cancelled = cancel_cart(world.talking, cart.id, ADA, cart.revision, world)
    world.work()
    assert cancelled.state is CartState.CANCELLED
    assert world.till.closed == ["PL1"]
    assert world.shop.discarded == ["draft-1"]


def test_what_nobody_was_given_is_cancelled_without_asking_anybody(world: CartWorld) -> None:
    cart = world.priced()
    cancel_cart(world.talking, cart.id, ADA, cart.revision, world)
    world.work()
    assert (world.till.closed, world.shop.discarded) == ([], [])


def test_paid_cannot_be_cancelled(world: CartWorld) -> None:
    cart = world.shared()
    world.pay(cart)
    paid = world.cart(cart)
    with pytest.raises(CartFixed):
        cancel_cart(world.talking, cart.id, ADA, paid.revision, world)
