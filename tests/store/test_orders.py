"""Contract of ports.OrderStore and ports.CustomerStore."""

import pytest
from msgspec.structs import replace

from chalicelib.domain.customers import CustomerKind
from chalicelib.domain.orders import Fulfilment, Order, OrderLine, Payment, order_id
from chalicelib.usecases.ports import Duplicate, Once, Opened, Page, Raced, Stored
from tests.fakes.outside import START
from tests.store.conftest import Stores
from tests.support.samples import (
    CONNECTION,
    CUSTOMER,
    MERCHANT,
    PHONE,
    STORE,
    conversation,
    customer,
    id_at,
    opening,
    order,
    upsert,
)

FULL = order(
    payment=Payment.REFUNDED,
    fulfilment=Fulfilment.PARTIAL,
    lines=(OrderLine(title="Mug #1 ☕", quantity=2, price=995), OrderLine(title="", quantity=1, price=0)),
)


def test_an_order_and_its_customer_come_back_as_stored(stores: Stores) -> None:
    person = customer(
        kind=CustomerKind.MEMBER, tags=("VIP",), emails=("c@example.com",), external_ids=(f"{CONNECTION}:77",)
    )
    claimed = (("sms", PHONE), ("email", "c@example.com"), ("external", f"{CONNECTION}:77"))
    assert stores.orders.upsert(upsert(FULL, customer=person, claimed=claimed)) == Stored()
    assert stores.orders.find(FULL.id) == FULL
    assert stores.orders.find_external(CONNECTION, FULL.external_id) == FULL
    assert stores.orders.find_several([FULL.id, "unknown"]) == {FULL.id: FULL}
    assert stores.customers.find(CUSTOMER) == person
    for kind, value in claimed:
        assert stores.customers.find_by(MERCHANT, kind, value) == CUSTOMER


def test_what_is_not_there_is_not_found(stores: Stores) -> None:
    assert stores.orders.find("none") is None
    assert stores.orders.find_external(CONNECTION, "none") is None
    assert stores.customers.find("none") is None
    assert stores.customers.find_by(MERCHANT, "sms", PHONE) is None


def test_the_id_of_an_order_is_opaque_safe_and_its_own() -> None:
    ids = {order_id(a, b) for a, b in (("a", "b"), ("ab", ""), ("", "ab"), ("a", "c"), ("A", "b"), ("é", "\x00#/"))}
    assert len(ids) == 6
    assert all(len(value) == 22 and value.replace("-", "").replace("_", "").isalnum() for value in ids)


def test_the_same_event_again_is_a_duplicate(stores: Stores) -> None:
    assert stores.orders.upsert(upsert()) == Stored()
    assert stores.orders.upsert(upsert()) == Duplicate(upsert().once)


def test_a_newer_version_replaces_the_one_that_was_read(stores: Stores) -> None:
    stores.orders.upsert(upsert())
    newer = replace(order(), updated_at=START + 5, payment=Payment.PAID)
    blind = upsert(newer, customer_was=customer())
    assert stores.orders.upsert(blind) == Raced()
    assert stores.orders.upsert(replace(blind, order_was=replace(order(), updated_at=START - 1))) == Raced()
    assert stores.orders.upsert(replace(blind, order_was=order())) == Stored()
    assert stores.orders.find(order().id) == newer


def test_a_link_made_meanwhile_is_not_lost(stores: Stores) -> None:
    stores.orders.upsert(upsert())
    assert stores.conversations.open(opening(order=order())) == Opened()
    newer = upsert(replace(order(), updated_at=START + 5), order_was=order(), customer_was=customer())
    assert stores.orders.upsert(newer) == Raced()
    linked = order().in_conversation(conversation().id)
    kept = replace(newer, order=newer.order.in_conversation(conversation().id), order_was=linked)
    assert stores.orders.upsert(kept) == Stored()


def test_a_customer_changed_meanwhile_is_a_race(stores: Stores) -> None:
    stores.orders.upsert(upsert())
    renamed = customer(first_name="C.", updated_at=START + 1)
    second = upsert(order("2"), customer=renamed, customer_was=customer())
    assert stores.orders.upsert(second) == Stored()
    third = upsert(order("3"), customer=customer(last_name="X", updated_at=START + 2), customer_was=customer())
    assert stores.orders.upsert(third) == Raced()
    assert stores.customers.find(CUSTOMER) == renamed


def test_an_address_that_leads_to_somebody_already_is_a_race(stores: Stores) -> None:
    stores.orders.upsert(upsert(claimed=(("sms", PHONE),)))
    other = customer(id=id_at(2, 3))
    second = upsert(order("2", customer_id=other.id), customer=other, claimed=(("sms", PHONE),))
    assert stores.orders.upsert(second) == Raced()
    assert stores.orders.find(second.order.id) is None


def test_parts_of_two_merchants_are_a_programming_error(stores: Stores) -> None:
    for command in (
        upsert(customer=customer(merchant_id=id_at(1, 77))),
        upsert(replace(order(), id="mine")),
        upsert(order(customer_id=id_at(2, 9))),
    ):
        with pytest.raises(ValueError, match="order"):
            stores.orders.upsert(command)


def fill(stores: Stores, count: int, **fields: object) -> list[Order]:
    """Newest first, as lists give them: without lines."""
    made = [order(str(n), placed_at=START + n, **fields) for n in range(count)]
    for item in made:
        known = stores.customers.find(CUSTOMER)
        with_lines = replace(item, lines=FULL.lines)
        assert stores.orders.upsert(upsert(with_lines, customer_was=known)) == Stored()
    return made[::-1]


@pytest.mark.parametrize("limit", [1, 3, 4, 5])
def test_active_orders_page_newest_first(stores: Stores, limit: int) -> None:
    made = fill(stores, 4)
    cursor, seen = None, []
    while True:
        page = stores.orders.active(STORE, 0, limit, cursor)
        seen += page.rows
        cursor = page.cursor
        if cursor is None:
            break
    assert seen == made


def test_active_orders_are_those_placed_since_in_this_store(stores: Stores) -> None:
    made = fill(stores, 3)
    assert list(stores.orders.active(STORE, START + 1, 10, None).rows) == made[:2]
    assert stores.orders.active(id_at(1, 33), 0, 10, None).rows == ()


@pytest.mark.parametrize("over", [{"closed_at": START + 9}, {"cancelled_at": START + 9}])
def test_closed_and_cancelled_orders_leave_the_list_but_stay_the_customers(
    stores: Stores, over: dict[str, int]
) -> None:
    (made,) = fill(stores, 1)
    done = replace(made, updated_at=START + 9, **over)
    command = upsert(done, order_was=made, customer_was=customer(), once=Once("shopify", "done"))
    assert stores.orders.upsert(command) == Stored()
    assert stores.orders.active(STORE, 0, 10, None).rows == ()
    assert list(stores.orders.of_customer(CUSTOMER, 10)) == [done]


def test_orders_of_a_customer_are_newest_first(stores: Stores) -> None:
    made = fill(stores, 3)
    assert list(stores.orders.of_customer(CUSTOMER, 2)) == made[:2]
    assert list(stores.orders.of_customer(id_at(2, 9), 2)) == []


def test_two_reports_of_one_second_are_a_race_and_not_a_loss(stores: Stores) -> None:
    stores.orders.upsert(upsert())
    read = stores.orders.find(order().id)
    paid, shipped = replace(order(), payment=Payment.PAID), replace(order(), fulfilment=Fulfilment.FULFILLED)
    for number, changed, outcome in ((1, paid, Stored()), (2, shipped, Raced())):
        once = Once("shopify", f"same second {number}")
        assert stores.orders.upsert(upsert(changed, once=once, order_was=read, customer_was=customer())) == outcome


def test_a_page_after_a_row_that_has_left_the_window_is_the_last(stores: Stores) -> None:
    fill(stores, 3)
    page = stores.orders.active(STORE, START, 1, None)
    assert page.cursor is not None
    assert stores.orders.active(STORE, START + 1_000_000, 1, page.cursor) == Page(())


def test_an_order_is_unlinked_only_from_that_conversation(stores: Stores) -> None:
    linked = replace(order(), conversation_id="talk")
    stores.orders.upsert(upsert(linked))
    stores.orders.unlink(linked.id, "another")
    assert stores.orders.find(linked.id) == linked
    stores.orders.unlink(linked.id, "talk")
    assert stores.orders.find(linked.id) == order()
    stores.orders.unlink("nobody", "talk")
