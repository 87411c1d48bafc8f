"""Associates find products: by words, by bar code, page by page (N18); and keep favourites (H23).

What a search costs does not grow with the catalogue: at most _MOST_READS queries for words and one for
codes.
"""

from collections.abc import Sequence

from msgspec import Struct

from chalicelib.domain.errors import ChangedMeanwhile, NotFound
from chalicelib.domain.merchants import Associate
from chalicelib.domain.products import Product, code_key, folded, matches, searched
from chalicelib.domain.shelves import Shelf

from .access import messaging_store, signed_in
from .ports import Deps

MOST_ROWS = 40
"""In a page: with recent ones and favourites, as many as one request reads."""
_MOST_READS, _READ = 4, 250
_MOST_OF_CODE = 10
_ATTEMPTS = 5


class ProductsQuery(Struct, frozen=True, kw_only=True):
    """`search`: beginnings of words, or a bar code or SKU. With it there is one page."""

    store_id: str
    associate_id: str
    limit: int
    search: str = ""
    cursor: str | None = None


class Products(Struct, frozen=True, kw_only=True):
    """`recent`, `favourites`: on the first page of a list without search."""

    rows: tuple[Product, ...]
    cursor: str | None = None
    truncated: bool = False
    """There may be more matches than these."""
    recent: tuple[Product, ...] = ()
    favourites: tuple[Product, ...] = ()
    favourite_ids: frozenset[str] = frozenset()


def list_products(query: ProductsQuery, deps: Deps) -> Products:
    """Of the store's merchant. Raises NotFound, PermissionDenied, MessagingDisabled, InvalidInput."""
    associate = signed_in(query.associate_id, deps)
    messaging_store(associate, query.store_id, deps)
    shelf = _shelf(associate, deps)
    limit = min(query.limit, MOST_ROWS)
    if query.search.strip():
        return _found(query.search, limit, shelf, deps)
    page = deps.products.listed(associate.merchant_id, limit, query.cursor)
    at_hand = () if query.cursor else (*shelf.recent, *shelf.favourites)
    known = deps.products.find_several(list(dict.fromkeys((*page.rows, *at_hand))))
    return Products(
        rows=_listed(page.rows, known),
        cursor=page.cursor,
        recent=() if query.cursor else _listed(shelf.recent, known),
        favourites=() if query.cursor else _listed(shelf.favourites, known),
        favourite_ids=frozenset(shelf.favourites),
    )


def _listed(ids: Sequence[str], known: dict[str, Product]) -> tuple[Product, ...]:
    """Lists of ids are a moment old: what is no longer listed is left out."""
    return tuple(known[each] for each in ids if each in known and known[each].is_listed)


def _found(search: str, limit: int, shelf: Shelf, deps: Deps) -> Products:
    ids, complete = _by_words(search, limit, shelf.merchant_id, deps)
    coded = _by_code(search, shelf.merchant_id, deps)
    wanted = list(dict.fromkeys((*coded, *ids)))[: limit + _MOST_OF_CODE]
    known = deps.products.find_several(wanted)
    first, others = _listed(coded, known), _listed([each for each in ids if each not in coded], known)
    rows = (*first, *sorted(others, key=lambda each: (folded(each.title), each.id)))
    return Products(
        rows=rows[:limit],
        truncated=not complete or len(rows) > limit,
        favourite_ids=frozenset(shelf.favourites),
    )


def _by_words(search: str, limit: int, merchant_id: str, deps: Deps) -> tuple[list[str], bool]:
    """Ids of products that have all the words, and whether these are all.

    One word is looked up, the others are compared with what its rows say: the first one that few enough products have,
    the longest being tried first. Where all are frequent, what was read is what is found.
    """
    wanted = searched(search)
    found: dict[str, None] = {}
    complete = True
    for start in wanted[:_MOST_READS]:
        page = deps.products.by_word(merchant_id, start, _READ, None)
        found.update(dict.fromkeys(each.product_id for each in page.rows if matches(each.words, wanted)))
        complete = page.cursor is None
        if complete or len(found) > limit:
            break
    return list(found)[:limit], complete and len(found) <= limit


def _by_code(search: str, merchant_id: str, deps: Deps) -> list[str]:
    """Costs nothing for what can be no code: every one of them has a digit."""
    key = code_key(search)
    if not any(char.isdigit() for char in key):
        return []
    return list(deps.products.by_code(merchant_id, key, _MOST_OF_CODE))


def keep_favourite(store_id: str, product_id: str, associate_id: str, deps: Deps) -> None:
    """Safe to repeat. Raises NotFound, PermissionDenied, MessagingDisabled, TooManyFavourites, ChangedMeanwhile."""
    _change_shelf(_choosing(store_id, product_id, associate_id, deps), product_id, True, deps)


def drop_favourite(store_id: str, product_id: str, associate_id: str, deps: Deps) -> None:
    """Whether or not it is one, or still in the shop.

    Raises NotFound, PermissionDenied, MessagingDisabled, ChangedMeanwhile.
    """
    _change_shelf(_choosing(store_id, product_id, associate_id, deps), product_id, False, deps)


def _choosing(store_id: str, product_id: str, associate_id: str, deps: Deps) -> Associate:
    """Who may choose this product."""
    associate = signed_in(associate_id, deps)
    messaging_store(associate, store_id, deps)
    product = deps.products.find(product_id)
    if product is None or product.merchant_id != associate.merchant_id:
        raise NotFound
    return associate


def _change_shelf(associate: Associate, product_id: str, favourite: bool, deps: Deps) -> None:
    for _attempt in range(_ATTEMPTS):
        was = deps.shelves.find(associate.id)
        before = was or _empty(associate)
        shelf = before.with_favourite(product_id) if favourite else before.without_favourite(product_id)
        if shelf == before or deps.shelves.change(shelf, was):
            return
    raise ChangedMeanwhile


def _shelf(associate: Associate, deps: Deps) -> Shelf:
    found = deps.shelves.find(associate.id)
    return found if found is not None and found.merchant_id == associate.merchant_id else _empty(associate)


def _empty(associate: Associate) -> Shelf:
    return Shelf(associate_id=associate.id, merchant_id=associate.merchant_id)
