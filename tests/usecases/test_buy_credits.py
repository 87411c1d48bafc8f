"""Managers buy packs: usable once the provider says that they are paid, once each (L2, L4)."""

import pytest

from chalicelib.domain.credits import PurchaseState
from chalicelib.domain.errors import IdempotencyConflict, InvalidInput, NotFound, PermissionDenied, Unavailable
from chalicelib.usecases.buy_credits import begin_purchase, settle_purchases
from tests.support.world import ADA, EVE, FOREIGN, MIA, SEATTLE, World

PAID, PENDING, DECLINED = PurchaseState.PAID, PurchaseState.PENDING, PurchaseState.DECLINED


@pytest.fixture
def paying(world: World) -> World:
    world.change_store(credits=True)
    return world


def balance(world: World) -> int:
    account = world.table.credit_accounts.get(SEATTLE)
    return 0 if account is None else account.balance


def end(world: World, state: PurchaseState) -> None:
    world.credit_purchases.outcomes = {each.id: state for each in world.table.purchases.values()}


def test_a_pack_counts_when_it_is_paid_and_once(paying: World) -> None:
    payable = begin_purchase(SEATTLE, "p1", 2000, MIA, paying)
    assert payable.page.startswith(f"https://pay.example.test/{payable.purchase.id}")
    assert (payable.purchase.price, payable.purchase.state) == (1900, PENDING)
    assert [each.state for each in settle_purchases(SEATTLE, MIA, paying)] == [PENDING]
    assert balance(paying) == 0
    end(paying, PAID)
    assert [each.state for each in settle_purchases(SEATTLE, MIA, paying)] == [PAID]
    assert settle_purchases(SEATTLE, MIA, paying) == []
    assert balance(paying) == 2000
    assert [line.by_id for line in paying.table.credit_lines] == [MIA]


def test_a_repeat_is_the_same_purchase(paying: World) -> None:
    first = begin_purchase(SEATTLE, "p1", 1000, MIA, paying)
    paying.clock.advance(1000)
    assert begin_purchase(SEATTLE, "p1", 1000, MIA, paying) == first
    with pytest.raises(IdempotencyConflict):
        begin_purchase(SEATTLE, "p1", 2000, MIA, paying)


def test_what_was_declined_brings_nothing(paying: World) -> None:
    begin_purchase(SEATTLE, "p1", 1000, MIA, paying)
    end(paying, DECLINED)
    assert [each.state for each in settle_purchases(SEATTLE, MIA, paying)] == [DECLINED]
    end(paying, PAID)
    assert settle_purchases(SEATTLE, MIA, paying) == []
    assert balance(paying) == 0


def test_a_provider_that_is_away_changes_nothing(paying: World) -> None:
    begin_purchase(SEATTLE, "p1", 1000, MIA, paying)
    paying.credit_purchases.down = True
    with pytest.raises(Unavailable):
        settle_purchases(SEATTLE, MIA, paying)
    assert balance(paying) == 0


@pytest.mark.parametrize("pack", [0, -1000, 999, 3000])
def test_there_are_three_packs(paying: World, pack: int) -> None:
    with pytest.raises(InvalidInput):
        begin_purchase(SEATTLE, "p1", pack, MIA, paying)
    assert paying.table.purchases == {}


def test_only_managers_of_a_store_with_credits_buy(paying: World) -> None:
    with pytest.raises(PermissionDenied):
        begin_purchase(SEATTLE, "p1", 1000, ADA, paying)
    with pytest.raises(NotFound):
        begin_purchase(FOREIGN, "p1", 1000, MIA, paying)
    with pytest.raises(PermissionDenied):
        settle_purchases(SEATTLE, EVE, paying)
    paying.change_store(credits=False)
    with pytest.raises(NotFound):
        begin_purchase(SEATTLE, "p1", 1000, MIA, paying)
