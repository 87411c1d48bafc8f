"""Paid: the receipt goes out at once and the shop makes the order, each once (N25, N26)."""

import pytest

from chalicelib.domain.carts import Cart, CartState, TroubleKind
from chalicelib.domain.quiet_hours import OwnHours
from chalicelib.usecases.finish_cart import MOST_TRIES
from chalicelib.usecases.ports import CatalogueRefused, MediaUnavailable, WorkOnCart
from chalicelib.usecases.work_on_cart import work_on_cart
from tests.support.carts import CartWorld
from tests.support.merchant import CARLA


@pytest.fixture
def world() -> CartWorld:
    return CartWorld()


def receipts(world: CartWorld) -> list[str]:
    world.deliver()
    return [body for body in world.channel.to(CARLA) if body.startswith("Receipt")]


def bought(world: CartWorld, **fields: str) -> Cart:
    cart = world.shared(**fields)
    world.pay(cart)
    world.work()
    return world.cart(cart)


def test_the_receipt_says_what_was_bought_and_paid(world: CartWorld) -> None:
    cart = bought(world, discount_code="TEN", rate="standard")
    assert (cart.state, cart.order_number, world.shop.orders) == (CartState.ORDERED, "#2001", {"draft-1": "#2001"})
    figures = "2 x Boots: $20.00\nShipping: $5.00\nDiscounts: -$2.00\nTaxes: $1.80\nPaid: $24.80"
    assert receipts(world) == [f"Receipt from Pine Street Shoes\n{figures}\nP1\nThank you!"]


def test_a_job_that_comes_again_changes_nothing(world: CartWorld) -> None:
    cart = world.shared()
    world.pay(cart)
    for _ in range(3):
        work_on_cart(WorkOnCart(cart.conversation_id, cart.id), 1, world)
    assert (len(receipts(world)), len(world.shop.orders)) == (1, 1)


def test_the_receipt_does_not_wait_for_the_shop_nor_for_the_morning(world: CartWorld) -> None:
    cart = world.shared()
    world.change_store(quiet_hours=OwnHours())
    world.clock.advance(14 * 3_600_000)
    world.pay(cart)
    world.shop.busy = 1
    with pytest.raises(MediaUnavailable):
        world.fetch()
    assert len(receipts(world)) == 1
    assert world.cart(cart).state is CartState.PAID


@pytest.mark.parametrize("answer", ["refused", "busy", "gone"])
def test_a_shop_that_makes_no_order_is_told_to_people(world: CartWorld, answer: str) -> None:
    cart = world.shared()
    world.pay(cart)
    if answer == "refused":
        world.shop.refusal = CatalogueRefused()
    elif answer == "busy":
        world.shop.busy = 10 * MOST_TRIES
    else:
        world.change_connection(cart.shop_id, provider="generic")
    world.work()
    after = world.cart(cart)
    assert (after.state, [each.kind for each in after.troubles]) == (CartState.PAID, [TroubleKind.ORDER_REFUSED])


def test_who_opted_out_has_the_order_and_no_text(world: CartWorld) -> None:
    cart = world.shared()
    world.text("STOP")
    world.pay(cart)
    world.work()
    assert world.cart(cart).state is CartState.ORDERED
    assert receipts(world) == []


def test_it_is_charged_like_any_text_and_left_out_where_there_are_no_credits(world: CartWorld) -> None:
    cart = world.shared()
    world.change_store(credits=True)
    world.pay(cart)
    world.work()
    assert world.cart(cart).state is CartState.ORDERED
    assert receipts(world) == []


def test_a_second_payment_at_that_moment_is_not_lost(world: CartWorld) -> None:
    cart = world.shared()
    world.pay(cart)
    make = world.shop.make_order

    def make_order(*args: object) -> str:
        world.shop.make_order = make  # type: ignore[method-assign]  # once
        world.pay(cart, "P2")
        return make(*args)  # type: ignore[arg-type]  # as it was called

    world.shop.make_order = make_order  # type: ignore[method-assign]  # something that happens meanwhile
    world.work()
    after = world.cart(cart)
    assert (after.state, [each.kind for each in after.troubles]) == (CartState.ORDERED, [TroubleKind.PAID_TWICE])
