"""Products from shops converge, whatever the order of arrival (X1, N18)."""

import itertools

import pytest

from chalicelib.domain.errors import Unavailable
from chalicelib.domain.events import ProductChanged
from chalicelib.domain.products import Product, ProductState
from chalicelib.usecases.apply_product_event import apply_product_event, keep_product
from chalicelib.usecases.take_event import take_event
from tests.support.products import product
from tests.support.world import World

LATER = product(title="Later", updated_at=2**42)
GONE = Product(
    id=product().id,
    merchant_id=product().merchant_id,
    connection_id=product().connection_id,
    external_id="501",
    state=ProductState.DELETED,
)


@pytest.mark.parametrize("told", list(itertools.permutations([product(), LATER, GONE])))
def test_any_order_ends_in_the_same_product(world: World, told: tuple[Product, ...]) -> None:
    for each in (*told, *told):
        take_event(ProductChanged(product=each), world)
    assert world.products.find(GONE.id) == GONE


def test_a_repeat_is_not_written(world: World) -> None:
    assert keep_product(product(), world)
    before = world.table.requests
    assert not keep_product(product(), world)
    assert world.table.requests == before + 1


def test_one_that_others_change_meanwhile_is_read_again(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    write, raced = world.products.write, [LATER]

    def racing(wanted: Product, was: Product | None) -> bool:
        if raced:
            write(raced.pop(), None)
        return write(wanted, was)

    monkeypatch.setattr(world.products, "write", racing)
    keep_product(product(), world)
    assert world.products.find(LATER.id) == LATER


def test_a_table_that_never_takes_it_is_said_to_be_so(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(world.products, "write", lambda *_: False)
    with pytest.raises(Unavailable):
        apply_product_event(ProductChanged(product=product()), world)
