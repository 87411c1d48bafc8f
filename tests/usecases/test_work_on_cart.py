"""The worker takes whatever step is next; a job that is out of date does nothing."""

import pytest

from chalicelib.domain.carts import CartState
from chalicelib.usecases.ports import WorkOnCart
from chalicelib.usecases.work_on_cart import work_on_cart
from tests.support.carts import CartWorld


def test_each_step_leads_to_the_next(world: CartWorld) -> None:
    cart = world.begin()
    job = WorkOnCart(cart.conversation_id, cart.id)
    seen = [world.cart(cart).state]
    work_on_cart(job, 1, world)
    seen.append(world.cart(cart).state)
    world.share(world.cart(cart))
    work_on_cart(job, 1, world)
    seen.append(world.cart(cart).state)
    world.pay(world.cart(cart))
    work_on_cart(job, 1, world)
    seen.append(world.cart(cart).state)
    assert seen == [CartState.PRICING, CartState.PRICED, CartState.SHARED, CartState.ORDERED]


def test_where_nothing_is_due_nothing_is_asked(world: CartWorld) -> None:
    cart = world.priced()
    asked = len(world.shop.asked)
    work_on_cart(WorkOnCart(cart.conversation_id, cart.id), 1, world)
    work_on_cart(WorkOnCart(cart.conversation_id, "gone"), 1, world)
    assert (world.cart(cart), len(world.shop.asked)) == (cart, asked)


@pytest.fixture
def world() -> CartWorld:
    return CartWorld()
