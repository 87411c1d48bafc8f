"""Associates find products by words and codes, and keep favourites (N18, H23)."""

from typing import Any

import pytest

from chalicelib.domain.errors import MessagingDisabled, NotFound, PermissionDenied, TooManyFavourites
from chalicelib.domain.products import ProductState
from chalicelib.domain.shelves import MOST_FAVOURITES
from chalicelib.usecases.browse_products import (
    MOST_ROWS,
    Products,
    ProductsQuery,
    drop_favourite,
    keep_favourite,
    list_products,
)
from tests.support.products import product
from tests.support.world import (
    ADA,
    BOB,
    EVE,
    FOREIGN,
    MERCHANT,
    OTHER_MERCHANT,
    OTHER_SHOP,
    SEATTLE,
    TACOMA,
    ZOE,
    World,
)


def sell(world: World, external_id: str, title: str, **fields: Any) -> str:
    made = product(external_id, title=title, **{"codes": (), "vendor": "", **fields})
    world.table.products[made.id] = made
    return made.id


def search(world: World, text: str = "", associate: str = ADA, store: str = SEATTLE, **more: Any) -> Products:
    query = ProductsQuery(store_id=store, associate_id=associate, limit=more.pop("limit", 20), search=text, **more)
    return list_products(query, world)


def titles(found: Products) -> list[str]:
    return [each.title for each in found.rows]


def test_all_words_must_be_there_by_their_beginnings(world: World) -> None:
    sell(world, "1", "Blue boots")
    sell(world, "2", "Red boots")
    sell(world, "3", "Blue hat", vendor="Café Royal")
    assert titles(search(world, "boo")) == ["Blue boots", "Red boots"]
    assert titles(search(world, "bl boots")) == ["Blue boots"]
    assert titles(search(world, "cafe")) == ["Blue hat"]
    assert titles(search(world, "boots hat")) == []


@pytest.mark.parametrize("code", ["4006381333931", "04006381333931", "HB-41", "hb-41"])
def test_a_code_finds_its_product_first(world: World, code: str) -> None:
    sell(world, "1", "4006381333931 the book")
    sell(world, "2", "Boots", codes=("4006381333931", "HB-41"))
    assert titles(search(world, code))[0] == "Boots"


def test_what_is_no_word_finds_nothing(world: World) -> None:
    sell(world, "1", "Boots")
    assert titles(search(world, "!?")) == []
    assert search(world, "!?").truncated is False


def test_a_search_costs_the_same_however_many_products_there_are(world: World) -> None:
    def cost(text: str) -> int:
        before = world.table.requests
        search(world, text)
        return world.table.requests - before

    sell(world, "0", "Boots 0")
    few = cost("boots")
    for number in range(1, 3_000):
        sell(world, str(number), f"Boots {number} model", codes=(f"{number:08d}",))
    assert cost("boots") == few
    assert cost("boots 2999") == few + 2  # for the rarer word, and for a code
    assert titles(search(world, "boots 2999")) == ["Boots 2999 model"]
    assert cost("boots model zebra") <= few + 1
    assert search(world, "boots model").truncated
    assert not search(world, "boots zebra").truncated


def test_the_list_begins_with_what_is_at_hand(world: World) -> None:
    ids = [sell(world, str(number), f"Boot {number}") for number in range(5)]
    keep_favourite(SEATTLE, ids[3], ADA, world)
    keep_favourite(SEATTLE, ids[4], ADA, world)
    keep_favourite(SEATTLE, ids[4], ADA, world)
    found = search(world, limit=2)
    assert [each.id for each in found.favourites] == [ids[4], ids[3]]
    assert titles(found) == ["Boot 0", "Boot 1"]
    further = search(world, limit=2, cursor=found.cursor)
    assert (titles(further), further.favourites) == (["Boot 2", "Boot 3"], ())
    assert further.favourite_ids == {ids[3], ids[4]}
    drop_favourite(SEATTLE, ids[4], ADA, world)
    drop_favourite(SEATTLE, ids[4], ADA, world)
    assert [each.id for each in search(world).favourites] == [ids[3]]


def test_everybody_has_favourites_of_their_own(world: World) -> None:
    boots = sell(world, "1", "Boots")
    keep_favourite(SEATTLE, boots, ADA, world)
    assert search(world, associate=BOB, store=TACOMA).favourites == ()


def test_favourites_have_an_end(world: World) -> None:
    for number in range(MOST_FAVOURITES):
        keep_favourite(SEATTLE, sell(world, str(number), "Boots"), ADA, world)
    with pytest.raises(TooManyFavourites):
        keep_favourite(SEATTLE, sell(world, "x", "One more"), ADA, world)
    assert len(search(world, limit=100).rows) == MOST_ROWS


def test_what_is_gone_is_not_shown(world: World) -> None:
    boots = sell(world, "1", "Boots")
    keep_favourite(SEATTLE, boots, ADA, world)
    sell(world, "1", "Boots", state=ProductState.HIDDEN)
    found = search(world)
    assert (found.rows, found.favourites) == ((), ())


def test_another_merchants_products_do_not_exist(world: World) -> None:
    foreign = product("1", OTHER_SHOP, merchant_id=OTHER_MERCHANT)
    world.table.products[foreign.id] = foreign
    assert search(world, "harbor").rows == ()
    assert search(world).rows == ()
    assert search(world, "4006381333931").rows == ()
    with pytest.raises(NotFound):
        keep_favourite(SEATTLE, foreign.id, ADA, world)
    with pytest.raises(NotFound):
        keep_favourite(SEATTLE, "none", ADA, world)
    assert titles(search(world, "harbor", ZOE, FOREIGN)) == ["Harbor Boots"]
    assert MERCHANT != OTHER_MERCHANT


def test_who_may_look(world: World) -> None:
    with pytest.raises(NotFound):
        search(world, store=TACOMA)
    with pytest.raises(PermissionDenied):
        search(world, associate=EVE)
    world.change_store(messaging=False)
    with pytest.raises(MessagingDisabled):
        search(world)
