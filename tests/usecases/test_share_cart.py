"""A priced cart is shared: one draft, one link, one text, whatever crashes, repeats or changes (N22-N24)."""

import pytest
from msgspec.structs import replace

from chalicelib.domain.carts import LINK_LIFETIME, CartFailure, CartState
from chalicelib.domain.errors import (
    CartNotReady,
    ChangedMeanwhile,
    ConversationEnded,
    InvalidInput,
    OptedOut,
    WindowClosed,
)
from chalicelib.domain.held import Held
from chalicelib.domain.quiet_hours import OwnHours
from chalicelib.usecases.change_cart import cancel_cart
from chalicelib.usecases.close_conversation import close_conversation
from chalicelib.usecases.ports import CatalogueRefused, MediaUnavailable, PaymentsBusy, PaymentsRefused, WorkOnCart
from chalicelib.usecases.share_cart import till_of
from chalicelib.usecases.work_on_cart import work_on_cart
from tests.support.carts import ADYEN, CartWorld
from tests.support.merchant import ADA, CARLA, OTHER_MERCHANT, SEATTLE, TACOMA


@pytest.fixture
def world() -> CartWorld:
    return CartWorld()


def texts(world: CartWorld) -> list[str]:
    world.deliver()
    return [body for body in world.channel.to(CARLA) if "pay.example" in body]


def test_the_link_goes_out_below_the_associates_words(world: CartWorld) -> None:
    cart = world.shared()
    assert texts(world) == ["As we discussed:\n$22.00\nhttps://pay.example.test/PL1"]
    assert cart.message_id
    assert cart.expires_at == world.clock.now() + LINK_LIFETIME
    (bill,) = world.till.bills
    assert (bill.reference, bill.totals, bill.expires_at) == (cart.reference, cart.totals, cart.expires_at)


def test_it_must_be_priced_and_as_it_was_seen(world: CartWorld) -> None:
    cart = world.begin()
    with pytest.raises(CartNotReady):
        world.share(cart)
    priced = world.priced(key="key-2")
    world.share(priced)
    with pytest.raises(ChangedMeanwhile):
        world.share(priced)


def test_what_stands_against_a_text_is_said_before_anything_is_made(world: CartWorld) -> None:
    cart = world.priced()
    with pytest.raises(InvalidInput):
        world.share(cart, "x" * 1300)
    world.text("STOP")
    with pytest.raises(OptedOut):
        world.share(cart)
    world.text("START")
    close_conversation(world.talking, ADA, world)
    with pytest.raises(ConversationEnded):
        world.share(cart)


def test_outside_the_window_of_whatsapp_it_is_not_begun(world: CartWorld) -> None:
    cart = world.priced()
    stored = world.table.conversations[world.talking]
    world.table.conversations[world.talking] = replace(stored, channel="whatsapp", free_until=None)
    with pytest.raises(WindowClosed):
        world.share(cart)


@pytest.mark.parametrize("lost", ["draft", "link"])
def test_after_a_lost_answer_there_is_still_one_of_each(world: CartWorld, lost: str) -> None:
    cart = world.priced()
    world.share(cart)
    if lost == "draft":
        world.shop.after_draft = [MediaUnavailable()]
    else:
        world.till.after = [PaymentsBusy()]
    world.work()
    assert world.cart(cart).state is CartState.SHARED
    assert (len(world.shop.drafts), len(world.till.links)) == (1, 1)
    assert len(texts(world)) == 1


def test_a_crash_after_the_link_was_stored_sends_it_all_the_same_and_once(world: CartWorld) -> None:
    cart = world.shared()
    for _ in range(3):
        work_on_cart(WorkOnCart(cart.conversation_id, cart.id), 1, world)
    world.table.carts[cart.conversation_id, cart.id] = replace(cart, message_id="")
    work_on_cart(WorkOnCart(cart.conversation_id, cart.id), 1, world)
    assert world.cart(cart).message_id == cart.message_id
    assert len(texts(world)) == 1


def test_cancelled_while_the_link_was_made_nobody_gets_it(world: CartWorld) -> None:
    cart = world.priced()
    sharing = world.share(cart)

    class Cancelling(type(world.till)):  # type: ignore[misc]  # the fake, and something that happens meanwhile
        def payment_link(self, *args: object) -> object:
            cancel_cart(world.talking, cart.id, ADA, sharing.revision, world)
            return super().payment_link(*args)

    world.till.__class__ = Cancelling
    world.work()
    assert world.cart(cart).state is CartState.CANCELLED
    assert (world.till.closed, world.shop.discarded, texts(world)) == (["PL1"], ["draft-1"], [])


def test_another_price_by_then_is_shown_instead(world: CartWorld) -> None:
    cart = world.priced()
    world.share(cart)
    world.shop.prices["501"] = 1100
    world.work()
    after = world.cart(cart)
    assert (after.state, after.was_total) == (CartState.PRICED, 2200)
    assert after.totals is not None
    assert after.totals.total == 2420
    assert (world.till.links, world.shop.discarded) == ({}, ["draft-1"])
    world.share(after)
    world.work()
    assert world.cart(cart).state is CartState.SHARED


def test_a_price_that_changes_later_changes_nothing(world: CartWorld) -> None:
    cart = world.shared()
    world.shop.prices["501"] = 9900
    world.pay(cart)
    assert world.cart(cart).state is CartState.PAID


def test_a_product_that_vanished_by_then_is_named(world: CartWorld) -> None:
    cart = world.priced()
    world.share(cart)
    del world.table.products[world.boots.id]
    world.work()
    assert world.cart(cart).state is CartState.BUILDING


@pytest.mark.parametrize(
    ("who", "error", "failure"),
    [
        ("shop", CatalogueRefused(), CartFailure.SHOP_REFUSED),
        ("till", PaymentsRefused(), CartFailure.PAYMENTS_REFUSED),
        ("shop", None, CartFailure.SHOP_BUSY),
        ("till", None, CartFailure.PAYMENTS_BUSY),
    ],
)
def test_who_refuses_or_is_away_is_named(
    world: CartWorld, who: str, error: Exception | None, failure: CartFailure
) -> None:
    cart = world.priced()
    world.share(cart)
    side = world.shop if who == "shop" else world.till
    side.refusal, side.busy = error, 0 if error else 99
    world.work()
    after = world.cart(cart)
    assert (after.state, after.failure, after.link) == (CartState.FAILED, failure, None)


def test_without_a_payment_provider_it_says_so(world: CartWorld) -> None:
    del world.table.connections[ADYEN]
    world.put_till("foreign", OTHER_MERCHANT, SEATTLE)
    cart = world.priced()
    world.share(cart)
    world.work()
    assert world.cart(cart).failure is CartFailure.NO_PAYMENTS


def test_the_stores_own_till_comes_first(world: CartWorld) -> None:
    world.put_till("a-tacoma", world.boots.merchant_id, TACOMA)
    till = till_of(world.begin(), world)
    assert till is not None
    assert till.connection.id == ADYEN


def test_who_opted_out_meanwhile_gets_no_link_and_it_is_closed(world: CartWorld) -> None:
    cart = world.priced()
    world.share(cart)
    world.text("STOP")
    world.work()
    after = world.cart(cart)
    assert (after.state, after.failure, after.failure_code) == (CartState.FAILED, CartFailure.NOT_SENT, "opted_out")
    assert world.till.closed == ["PL1"]
    assert texts(world) == []


def test_at_night_the_link_waits_for_the_morning(world: CartWorld) -> None:
    world.change_store(quiet_hours=OwnHours())
    world.clock.advance(14 * 3_600_000)
    cart = world.shared()
    assert isinstance(world.table.held[world.talking, cart.message_id], Held)


def test_a_link_that_cannot_be_closed_now_is_closed_later(world: CartWorld) -> None:
    cart = world.shared()
    cancel_cart(world.talking, cart.id, ADA, cart.revision, world)
    world.till.busy = 2
    world.work()
    assert world.till.closed == ["PL1"]


def test_a_till_that_refuses_to_close_is_no_reason_to_try_for_ever(world: CartWorld) -> None:
    cart = world.shared()
    cancel_cart(world.talking, cart.id, ADA, cart.revision, world)
    world.till.refusal = PaymentsRefused()
    world.work()
    assert world.media_queue.jobs == []
