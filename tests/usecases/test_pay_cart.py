"""Money comes in: once, in full, in time, for this merchant's cart; anything else is left to people (N24)."""

import pytest
from msgspec.structs import replace

from chalicelib.domain.carts import LINK_LIFETIME, CartState, TroubleKind
from chalicelib.domain.errors import Unavailable
from chalicelib.domain.events import CartPaid
from chalicelib.usecases.change_cart import cancel_cart
from chalicelib.usecases.take_event import take_event
from tests.support.carts import CartWorld, payment
from tests.support.merchant import ADA, OTHER_MERCHANT, SEATTLE


@pytest.fixture
def world() -> CartWorld:
    return CartWorld()


def kinds(world: CartWorld, cart: object) -> list[TroubleKind]:
    return [each.kind for each in world.cart(cart).troubles]  # type: ignore[arg-type]  # a cart


def test_paid_once_however_often_it_is_reported(world: CartWorld) -> None:
    cart = world.shared()
    for _ in range(3):
        world.pay(cart)
    after = world.cart(cart)
    assert (after.state, after.troubles, after.revision) == (CartState.PAID, (), cart.revision + 1)


def test_paid_twice_is_told_with_the_reference(world: CartWorld) -> None:
    cart = world.shared()
    world.pay(cart)
    world.pay(cart, "P2")
    world.pay(cart, "P2")
    (trouble,) = world.cart(cart).troubles
    assert (trouble.kind, trouble.payment.reference) == (TroubleKind.PAID_TWICE, "P2")


def test_paid_after_it_was_cancelled_is_told(world: CartWorld) -> None:
    cart = world.shared()
    cancel_cart(world.talking, cart.id, ADA, cart.revision, world)
    world.pay(cart)
    assert kinds(world, cart) == [TroubleKind.PAID_TOO_LATE]
    assert world.cart(cart).state is CartState.CANCELLED


def test_paid_after_its_time_is_told_and_in_time_but_reported_late_counts(world: CartWorld) -> None:
    late, in_time = world.shared(), world.shared(key="key-2")
    made = world.clock.now()
    world.clock.advance(LINK_LIFETIME)
    world.pay(late)
    world.pay(in_time, "P2", at=made + LINK_LIFETIME - 1)
    assert kinds(world, late) == [TroubleKind.PAID_TOO_LATE]
    assert world.cart(in_time).state is CartState.PAID


@pytest.mark.parametrize("wrong", [{"amount": 1}, {"currency": "VND"}, {"amount": -2200}])
def test_another_amount_is_never_paid(world: CartWorld, wrong: dict[str, object]) -> None:
    cart = world.shared()
    world.pay(cart, **wrong)
    assert (world.cart(cart).state, kinds(world, cart)) == (CartState.SHARED, [TroubleKind.AMOUNT_DIFFERS])


def test_another_merchants_provider_pays_nothing_here(world: CartWorld) -> None:
    cart = world.shared()
    world.put_till("foreign", OTHER_MERCHANT, SEATTLE)
    world.pay(cart, connection_id="foreign")
    assert world.cart(cart) == cart
    assert [reason for reason, _ in world.table.rejections.values()] == ["no_such_cart"]


def test_money_for_a_cart_that_is_gone_is_written_down(world: CartWorld) -> None:
    cart = world.shared()
    del world.table.carts[cart.conversation_id, cart.id]
    world.pay(cart)
    assert [reason for reason, _ in world.table.rejections.values()] == ["no_such_cart"]


@pytest.mark.parametrize("reference", ["", "order 7", "c.x.1"])
def test_what_names_no_cart_of_ours_is_written_down(world: CartWorld, reference: str) -> None:
    take_event(CartPaid(connection_id="adyen", reference=reference, payment=payment()), world)
    assert len(world.table.rejections) == 1


def test_it_wins_against_a_change_at_the_same_moment_or_is_tried_again(world: CartWorld) -> None:
    cart = world.shared()
    stored = world.carts.change
    raced = iter([True])

    def change(after: object, was: object) -> bool:
        if next(raced, False):
            told = replace(cart, revision=cart.revision + 1)
            world.table.carts[cart.conversation_id, cart.id] = told
        return stored(after, was)  # type: ignore[arg-type]  # carts

    world.carts.change = change  # type: ignore[assignment,method-assign]  # the one method
    world.pay(cart)
    assert world.cart(cart).state is CartState.PAID


def test_a_table_that_refuses_keeps_the_report_for_later(world: CartWorld) -> None:
    cart = world.shared()
    world.table.refuse()
    with pytest.raises(Unavailable):
        world.pay(cart)
    world.pay(cart)
    assert world.cart(cart).state is CartState.PAID
