"""Contract of ports.SaleStore."""

import pytest
from msgspec.structs import replace

from chalicelib.domain.errors import InvalidInput
from chalicelib.domain.sales import Sale, Seller
from tests.fakes.outside import START
from tests.store.conftest import Stores
from tests.store.test_counts import talk
from tests.support.samples import CUSTOMER, STORE

SALE = Sale(
    order_id="o-1", merchant_id="m-1", store_id=STORE, placed_at=START, total=100, currency="USD",
    sellers=(Seller("ada", "Ada"),),
)  # fmt: skip


def test_one_that_is_there_stays_as_it_is(stores: Stores) -> None:
    stores.sales.add(SALE)
    stores.sales.add(replace(SALE, sellers=(Seller("ben", "Ben"),)))
    assert stores.sales.of_store(STORE, 0, START + 1, 9, None).rows == (SALE,)


def test_they_are_listed_by_when_they_were_placed_newest_first(stores: Stores) -> None:
    sales = [replace(SALE, order_id=f"o-{number}", placed_at=START + number) for number in range(5)]
    for each in sales:
        stores.sales.add(each)
    stores.sales.add(replace(SALE, store_id="other"))
    page = stores.sales.of_store(STORE, START + 1, START + 4, 2, None)
    assert page.rows == (sales[3], sales[2])
    rest = stores.sales.of_store(STORE, START + 1, START + 4, 2, page.cursor)
    assert (rest.rows, rest.cursor) == ((sales[1],), None)
    assert stores.sales.of_store(STORE, START + 9, START + 3, 2, None).rows == ()


def test_a_foreign_cursor_is_refused(stores: Stores) -> None:
    with pytest.raises(InvalidInput):
        stores.sales.of_store(STORE, 0, START, 2, "none of ours")


def test_what_was_said_to_a_customer_within_a_time(stores: Stores) -> None:
    talk(stores, 5)
    all_of_it = stores.sales.said_to(CUSTOMER, 0, START + 10**6)
    assert len(all_of_it) == 5
    times = sorted(each.created_at for each in all_of_it)
    some = stores.sales.said_to(CUSTOMER, times[1], times[3])
    assert sorted(each.created_at for each in some) == times[1:4]
    assert stores.sales.said_to("somebody else", 0, START + 10**6) == []
