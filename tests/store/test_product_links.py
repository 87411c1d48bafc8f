"""Contract of ports.ProductLinkStore."""

import pytest
from msgspec.structs import replace

from chalicelib.domain.errors import InvalidInput
from chalicelib.domain.product_links import ProductLink
from tests.fakes.outside import START
from tests.store.conftest import Stores
from tests.support.samples import STORE

LINK = ProductLink(
    id="AbCdEfGhIj", merchant_id="m-1", store_id=STORE, associate_id="ada", associate_name="Ada", product_id="p-1",
    title="Boots", url="https://pine.example/products/boots", created_at=START,
)  # fmt: skip


def test_one_that_is_there_stays_as_it_is(stores: Stores) -> None:
    stores.product_links.add(LINK)
    stores.product_links.click(LINK.id, START + 5)
    stores.product_links.add(replace(LINK, associate_id="ben", created_at=START + 9))
    assert stores.product_links.find(LINK.id) == replace(LINK, clicks=1, clicked_at=START + 5)


def test_clicks_are_counted_and_the_last_one_is_known(stores: Stores) -> None:
    stores.product_links.add(LINK)
    for at in (1, 2, 3):
        stores.product_links.click(LINK.id, START + at)
    found = stores.product_links.find(LINK.id)
    assert found is not None
    assert (found.clicks, found.clicked_at) == (3, START + 3)


def test_a_click_on_nothing_makes_nothing(stores: Stores) -> None:
    stores.product_links.click(LINK.id, START)
    assert stores.product_links.find(LINK.id) is None


def test_they_are_listed_newest_first(stores: Stores) -> None:
    links = [replace(LINK, id=f"AbCdEfGhI{number}", created_at=START + number) for number in range(5)]
    for each in links:
        stores.product_links.add(each)
    stores.product_links.add(replace(LINK, id="ZZZZZZZZZZ", store_id="other"))
    page = stores.product_links.of_store(STORE, START + 1, START + 4, 2, None)
    assert page.rows == (links[3], links[2])
    rest = stores.product_links.of_store(STORE, START + 1, START + 4, 2, page.cursor)
    assert (rest.rows, rest.cursor) == ((links[1],), None)
    for nothing in ((START + 9, START + 3), (START + 20, START + 30)):
        assert stores.product_links.of_store(STORE, *nothing, 2, None).rows == ()


def test_a_foreign_cursor_is_refused(stores: Stores) -> None:
    with pytest.raises(InvalidInput):
        stores.product_links.of_store(STORE, 0, START, 2, "none of ours")
