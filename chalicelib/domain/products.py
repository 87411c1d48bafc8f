"""What a shop sells, as far as an associate needs it to share it (N18, H9, H21), and how it is found by words."""

import re
import unicodedata
from collections.abc import Sequence
from enum import StrEnum
from hashlib import sha256
from itertools import pairwise

from msgspec import Struct, json
from msgspec.structs import replace

from .media import Media
from .money import price_range
from .orders import order_id

MOST_WORDS = 16
"""Of a product that it is found by: its write must fit into one transaction, with all that it replaces."""
MOST_CODES = 32
"""Bar codes and SKUs of a product that it is found by; the shop may have thousands of variants."""
LONGEST_WORD = 20
LONGEST_TITLE = 255
"""Characters that are kept; Shopify's own limit."""
LONGEST_CARD_TITLE = 100
"""Characters of a title in a message."""
LONGEST_URL = 1024
LONGEST_CODE = 64


class ProductState(StrEnum):
    LISTED = "listed"
    """Customers can open its page."""
    HIDDEN = "hidden"
    """A draft, archived, or not published: it may come back."""
    DELETED = "deleted"
    """For good: shops do not use an id twice."""


class Product(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One product of a shop, with all its variants. Money is in the currency's minor unit."""

    id: str
    merchant_id: str
    connection_id: str
    external_id: str
    """The shop's own id."""
    title: str = ""
    url: str = ""
    """Of its page: https, or empty where it has none."""
    picture: str = ""
    """Where the shop has its picture: https. Fetched by `ListsProducts.fetch_picture` only."""
    price_from: int | None = None
    price_to: int | None = None
    currency: str = ""
    codes: tuple[str, ...] = ()
    """Bar codes and SKUs of its variants, as the shop writes them; at most MOST_CODES."""
    vendor: str = ""
    available: bool = True
    updated_at: int = 0
    """The shop's own time of change: the version by which repeated and late reports converge."""
    state: ProductState = ProductState.LISTED

    def newest(self, other: "Product") -> "Product":
        """What two reports of one product come to, in whichever order they arrive.

        Deleted is deleted. Else the later `updated_at` wins; of the same instant, any rule will do that does not
        depend on the order of arrival.
        """
        return max(self, other, key=lambda each: (each.state is ProductState.DELETED, each.updated_at, each.digest))

    @property
    def digest(self) -> str:
        """Tells two states of it apart."""
        return sha256(json.encode(self)).hexdigest()[:32]

    @property
    def is_listed(self) -> bool:
        return self.state is ProductState.LISTED

    @property
    def price(self) -> str:
        """For people; empty where nobody knows."""
        if self.price_from is None or not self.currency:
            return ""
        return price_range(self.price_from, self.price_to or self.price_from, self.currency)

    @property
    def words(self) -> tuple[str, ...]:
        """That it is found by; none unless it is listed."""
        return words_of(f"{self.title} {self.vendor}")[:MOST_WORDS] if self.is_listed else ()

    @property
    def code_keys(self) -> tuple[str, ...]:
        """Of the codes that it is found by; none unless it is listed."""
        keys = dict.fromkeys(code_key(code) for code in self.codes) if self.is_listed else {}
        return tuple(key for key in keys if key)[:MOST_CODES]


class Card(Struct, frozen=True, kw_only=True):
    """A product in a message, as it was when it was sent: what changes in the shop later changes nothing here.

    Its text stands at the end of the message's body, so channels without cards lose nothing (H9).
    """

    product_id: str
    title: str
    price: str
    url: str
    picture_id: str = ""
    """Of the message's `media`; empty where there is none."""

    @property
    def text(self) -> str:
        return "\n".join(part for part in (self.title, self.price, self.url) if part)

    def below(self, words: str) -> str:
        """The whole body: the associate's own words, and the card's text behind them."""
        return "\n".join(part for part in (words.rstrip(), self.text) if part)

    def with_picture_of(self, media: Sequence[Media]) -> "Card":
        """With the one among them that is this product's."""
        return replace(self, picture_id=next((each.id for each in media if each.product_id == self.product_id), ""))

    def is_all_of(self, media: Sequence[Media]) -> bool:
        """Whether nothing but its own picture goes along, which its page shows as well."""
        return all(each.id == self.picture_id for each in media)

    def words_in(self, body: str) -> str:
        """What stands in a body besides the card's text."""
        return body.removesuffix(self.text).rstrip()


def card_of(product: Product, picture_id: str = "") -> Card:
    title = product.title
    if len(title) > LONGEST_CARD_TITLE:
        title = f"{title[: LONGEST_CARD_TITLE - 3].rstrip()}..."
    return Card(product_id=product.id, title=title, price=product.price, url=product.url, picture_id=picture_id)


def product_id(connection_id: str, external_id: str) -> str:
    """Our id of a shop's product, as of its orders: the same each time, so that finding it needs no index."""
    return order_id(connection_id, f"product:{external_id}")


# What no decomposition of Unicode takes apart; https://www.unicode.org/Public/UCD/latest/ucd/UnicodeData.txt
_LETTERS = str.maketrans({"ø": "o", "đ": "d", "ł": "l", "ħ": "h", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th"})
_WORD = re.compile(r"[^\W_]+")
_UNSPACED = re.compile("[\u3005-\u3007\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]+")
"""Han, Hiragana and Katakana, which are written without spaces."""


def folded(text: str) -> str:
    """Without case and accents: `Café` and `CAFE` are the same."""
    apart = unicodedata.normalize("NFKD", text.casefold())
    return "".join(char for char in apart if not unicodedata.combining(char)).casefold().translate(_LETTERS)


def words_of(text: str) -> tuple[str, ...]:
    """The words of a title, each once, in their order. What is written without spaces gives each pair of neighbours,
    and its last character."""
    found: dict[str, None] = {}
    for word in _WORD.findall(folded(text)):
        for piece in _pieces(word):
            found.update(dict.fromkeys(_pairs(piece) if _UNSPACED.fullmatch(piece) else [piece[:LONGEST_WORD]]))
    return tuple(found)


def searched(query: str) -> tuple[str, ...]:
    """The beginnings of words that somebody looks for, the longest first: it leaves the fewest products."""
    found: dict[str, None] = {}
    for word in _WORD.findall(folded(query)):
        for piece in _pieces(word):
            pairs = _pairs(piece)[:-1] or [piece]
            found.update(dict.fromkeys(pairs if _UNSPACED.fullmatch(piece) else [piece[:LONGEST_WORD]]))
    return tuple(sorted(found, key=lambda word: (-len(word), word)))


def _pieces(word: str) -> list[str]:
    """Of a word, the parts with spaces and without."""
    ends = [0, *(edge for match in _UNSPACED.finditer(word) for edge in match.span()), len(word)]
    return [word[start:end] for start, end in pairwise(ends) if start < end]


def _pairs(piece: str) -> list[str]:
    return [piece[place : place + 2] for place in range(len(piece))]


def matches(words: tuple[str, ...], wanted: tuple[str, ...]) -> bool:
    """Whether each of `wanted` is the beginning of one of `words`."""
    return all(any(word.startswith(start) for word in words) for start in wanted)


def code_key(code: str) -> str:
    """Of a bar code or SKU: what is the same number in two lengths (UPC-A, EAN-13, GTIN-14) has one key."""
    plain = "".join(folded(code[:LONGEST_CODE]).split())
    return plain.lstrip("0") if plain.isascii() and plain.isdigit() else plain
