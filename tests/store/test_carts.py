"""Contract of ports.CartStore."""

from msgspec.structs import replace

from chalicelib.usecases.ports import Once
from tests.fakes.outside import START
from tests.store.conftest import Stores
from tests.support.carts import CART, paid, payment, shared
from tests.support.samples import id_at

ONCE = Once("request#ada", "key-1", "digest", CART.id)


def test_a_cart_is_found_in_its_conversation_and_nowhere_else(stores: Stores) -> None:
    assert stores.carts.add(CART, ONCE) is None
    assert stores.carts.find("c-1", CART.id) == CART
    assert stores.carts.find("c-2", CART.id) is None
    assert stores.carts.of_conversation("c-2", 9) == []


def test_the_same_request_twice_makes_one(stores: Stores) -> None:
    stores.carts.add(CART, ONCE)
    assert stores.carts.add(replace(CART, id="cart-2"), ONCE) == ONCE
    assert stores.carts.of_conversation("c-1", 9) == [CART]


def test_all_of_it_is_kept(stores: Stores) -> None:
    stores.carts.add(CART, ONCE)
    full = paid().with_payment(payment("P2"), START)
    assert stores.carts.change(replace(full, revision=99), CART)
    assert stores.carts.find("c-1", CART.id) == replace(full, revision=99)


def test_a_change_happens_to_what_was_read(stores: Stores) -> None:
    stores.carts.add(CART, ONCE)
    after = CART.cancelled(START)
    assert stores.carts.change(after, CART)
    assert not stores.carts.change(shared(), CART), "somebody was faster"
    assert stores.carts.find("c-1", CART.id) == after


def test_another_merchants_is_not_changed(stores: Stores) -> None:
    stores.carts.add(CART, ONCE)
    assert not stores.carts.change(CART.cancelled(START), replace(CART, merchant_id="other"))


def test_the_newest_come_first(stores: Stores) -> None:
    made = [replace(CART, id=id_at(START + number, number)) for number in range(4)]
    for cart in made:
        stores.carts.add(cart, Once("request#ada", cart.id, "digest", cart.id))
    assert stores.carts.of_conversation("c-1", 3) == made[:0:-1]


def test_carts_go_with_the_messages_of_their_conversation(stores: Stores) -> None:
    stores.carts.add(CART, ONCE)
    stores.conversations.erase_messages("c-1", id_at(START, 1))
    assert stores.carts.of_conversation("c-1", 9) == []
