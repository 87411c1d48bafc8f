"""Contract of ports.ProductStore, ports.ShelfStore and ports.CatalogueRuns."""

import pytest

from chalicelib.domain.catalogue import CatalogueRun
from chalicelib.domain.errors import InvalidInput
from chalicelib.domain.order_runs import first_run
from chalicelib.domain.products import Product, ProductState, code_key
from chalicelib.domain.shelves import Shelf
from chalicelib.store.cursors import cursor
from tests.fakes.outside import START
from tests.store.conftest import Stores
from tests.support.merchant import MERCHANT
from tests.support.products import product


def ids_by(stores: Stores, start: str) -> list[str]:
    return [each.product_id for each in stores.products.by_word(MERCHANT, start, 100, None).rows]


def test_a_product_comes_back_as_stored(stores: Stores) -> None:
    whole = product(title="Café #1 ☕ 緑茶", available=False)
    assert stores.products.write(whole, None)
    assert stores.products.find(whole.id) == whole
    assert stores.products.find_several([whole.id, "none"]) == {whole.id: whole}
    assert stores.products.find("none") is None
    assert stores.products.find_several([]) == {}


def test_it_is_written_only_as_it_was_read(stores: Stores) -> None:
    assert stores.products.write(product(), None)
    assert not stores.products.write(product(title="Blind"), None)
    newer = product(title="Newer")
    assert not stores.products.write(newer, product(title="Never"))
    assert stores.products.write(newer, product())
    assert stores.products.find(product().id) == newer


def test_nobody_gets_another_merchants_product(stores: Stores) -> None:
    stores.products.write(product(), None)
    with pytest.raises(ValueError, match="whose it is"):
        stores.products.write(product(merchant_id="m2"), product())


def test_it_is_found_by_the_words_it_has_now(stores: Stores) -> None:
    was, now = product(title="Red boots", vendor=""), product(title="Blue boots", vendor="")
    stores.products.write(was, None)
    assert ids_by(stores, "re") == [was.id]
    stores.products.write(now, was)
    assert ids_by(stores, "re") == []
    assert ids_by(stores, "b") == [was.id, was.id]
    assert stores.products.by_word(MERCHANT, "boo", 10, None).rows[0].words == ("blue", "boots")
    stores.products.write(product(state=ProductState.HIDDEN), now)
    assert ids_by(stores, "b") == []
    assert stores.products.listed(MERCHANT, 10, None).rows == ()


def test_words_in_any_script_find(stores: Stores) -> None:
    stores.products.write(product(title="緑茶セット 𠮷野家"), None)
    assert ids_by(stores, "緑茶") == ids_by(stores, "緑") == ids_by(stores, "𠮷") == [product().id]


def test_words_of_others_do_not_find(stores: Stores) -> None:
    stores.products.write(product("1", merchant_id="m2"), None)
    assert ids_by(stores, "harbor") == []
    assert stores.products.by_code(MERCHANT, "hb-41", 10) == []
    assert stores.products.listed(MERCHANT, 10, None).rows == ()


def test_it_is_found_by_its_codes(stores: Stores) -> None:
    was = product(codes=("4006381333931", "HB-41"))
    stores.products.write(was, None)
    stores.products.write(product("2", codes=("HB-41",)), None)
    assert stores.products.by_code(MERCHANT, "4006381333931", 10) == [was.id]
    assert sorted(stores.products.by_code(MERCHANT, code_key("hb-41"), 10)) == sorted([was.id, product("2").id])
    stores.products.write(product(codes=("X-1",)), was)
    assert stores.products.by_code(MERCHANT, "4006381333931", 10) == []
    assert stores.products.by_code(MERCHANT, "x-1", 10) == [was.id]


def test_searches_go_page_by_page(stores: Stores) -> None:
    made = [product(str(number), title=f"Boot{number}") for number in range(5)]
    for each in made:
        stores.products.write(each, None)
    found, position = [], None
    for _ in range(5):
        page = stores.products.by_word(MERCHANT, "boo", 2, position)
        found += [each.product_id for each in page.rows]
        position = page.cursor
        if position is None:
            break
    assert found == [each.id for each in made]


def test_the_list_is_by_title_page_by_page(stores: Stores) -> None:
    titles = ["Éclair", "apple", "Zebra", "banana", "Same", "same"]
    for number, title in enumerate(titles):
        stores.products.write(product(str(number), title=title), None)
    found: list[str] = []
    position = None
    for _ in range(5):
        page = stores.products.listed(MERCHANT, 2, position)
        found += [stores.products.find_several(page.rows)[each].title.casefold() for each in page.rows]
        position = page.cursor
        if position is None:
            break
    assert found == ["apple", "banana", "éclair", "same", "same", "zebra"]


@pytest.mark.parametrize("bad", ["", "x", "!", cursor("no position"), cursor("a#" + "b" * 21)])
def test_a_made_up_cursor_is_refused(stores: Stores, bad: str) -> None:
    with pytest.raises(InvalidInput):
        stores.products.listed(MERCHANT, 2, bad)


def test_the_most_that_a_product_may_have_fits_into_a_write(stores: Stores) -> None:
    def full(kind: str) -> Product:
        title = " ".join(f"{kind}word{number}" for number in range(40))
        return product(title=title, codes=tuple(f"{kind}-{number}" for number in range(200)))

    assert stores.products.write(full("a"), None)
    assert stores.products.write(full("b"), full("a"))
    assert ids_by(stores, "aword") == []
    assert len(ids_by(stores, "bword")) == 16


def test_a_shelf_is_changed_as_it_was_read(stores: Stores) -> None:
    shelf = Shelf(associate_id="ada", merchant_id=MERCHANT).with_favourite("p1").with_recent("p2")
    assert stores.shelves.find("ada") is None
    assert stores.shelves.change(shelf, None)
    assert not stores.shelves.change(shelf, None)
    assert stores.shelves.find("ada") == shelf
    assert stores.shelves.change(shelf.with_favourite("p3"), shelf)
    assert not stores.shelves.change(shelf.with_favourite("p4"), shelf)


def test_a_run_is_changed_as_it_was_read(stores: Stores) -> None:
    run = CatalogueRun(connection_id="c1", merchant_id=MERCHANT, started_at=START)
    assert stores.catalogue_runs.all() == []
    assert stores.catalogue_runs.change(run, None)
    assert not stores.catalogue_runs.change(run, None)
    further = run.with_page(25, 60, "page 2")
    assert stores.catalogue_runs.change(further, run)
    assert not stores.catalogue_runs.change(run.refused(), run)
    assert stores.catalogue_runs.all() == [further]


def test_a_reading_of_orders_is_changed_as_it_was_read_and_is_no_catalogue(stores: Stores) -> None:
    run = first_run("c1", MERCHANT, START)
    assert stores.order_runs.change(run, None)
    assert not stores.order_runs.change(run, None)
    further = run.with_page(3, 1, "page 2")
    assert stores.order_runs.change(further, run)
    assert not stores.order_runs.change(run.refused(), run)
    assert stores.order_runs.all() == [further]
    assert stores.catalogue_runs.all() == []
