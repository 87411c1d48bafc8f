"""Shops that hand out their catalogue and orders, and where products are kept and found (N18, H21, H23)."""

from collections.abc import Sequence
from typing import Protocol, runtime_checkable

from msgspec import Struct

from chalicelib.domain.catalogue import CatalogueRun
from chalicelib.domain.events import OrderChanged
from chalicelib.domain.merchants import Connection
from chalicelib.domain.order_runs import OrderRun
from chalicelib.domain.products import Product
from chalicelib.domain.shelves import Shelf

from .conversations import Page
from .media import Downloads
from .providers import Http


class CataloguePage(Struct, frozen=True, kw_only=True):
    products: tuple[Product, ...]
    after: str
    """Where the next page begins; empty: that was the last."""
    total: int
    """Products that the shop says there are; 0 where it does not."""


class CatalogueBusy(Exception):
    """The shop does not answer, or wants to be asked later."""


class CatalogueRefused(Exception):
    """It refuses us: the access token is missing or wrong, or the answer is none that we know."""


@runtime_checkable
class ListsProducts(Protocol):
    """The shop platforms that hand out their whole catalogue, and the pictures in it."""

    def may_list(self, secrets: dict[str, str]) -> bool:
        """Whether these let us ask; webhooks need fewer."""
        ...

    def products_page(self, after: str, connection: Connection, secrets: dict[str, str], http: Http) -> CataloguePage:
        """`after`: of the page before; empty: the first. Raises CatalogueBusy, CatalogueRefused."""
        ...

    def missing(
        self, external_ids: tuple[str, ...], connection: Connection, secrets: dict[str, str], http: Http
    ) -> tuple[str, ...]:
        """Those of them that the shop no longer has; at most 100 are asked for. Raises as above."""
        ...

    def fetch_picture(self, url: str, connection: Connection, downloads: Downloads) -> bytes:
        """From where this shop keeps pictures, and from nowhere else. Raises MediaUnavailable, MediaRefused."""
        ...


class OrdersPage(Struct, frozen=True, kw_only=True):
    orders: tuple[OrderChanged, ...]
    """Each with an id that is the same for the same state of it."""
    after: str
    """Where the next page begins; empty: that was the last."""


@runtime_checkable
class ListsOrders(Protocol):
    """The shop platforms that tell which orders have changed since."""

    def may_list_orders(self, secrets: dict[str, str]) -> bool:
        """Whether these let us ask; webhooks need fewer."""
        ...

    def orders_page(
        self, since: int, after: str, connection: Connection, secrets: dict[str, str], http: Http
    ) -> OrdersPage:
        """Those that changed at `since` or later, the first change first. `after`: of the page before; empty: the
        first. Raises CatalogueBusy, CatalogueRefused."""
        ...


class WordEntry(Struct, frozen=True):
    """A product that has a word, with all words that it is found by."""

    product_id: str
    words: tuple[str, ...]


class ProductStore(Protocol):
    """Products with what they are found by. Reads by id are strongly consistent, lists are not."""

    def find(self, product_id: str) -> Product | None: ...

    def find_several(self, product_ids: Sequence[str]) -> dict[str, Product]:
        """Those that are there; at most a hundred in one request."""
        ...

    def write(self, product: Product, was: Product | None) -> bool:
        """In one transaction with what it is found by from now on; what it is no longer found by goes. False where it
        is not as read any more (None: there is none)."""
        ...

    def by_word(self, merchant_id: str, start: str, limit: int, cursor: str | None) -> Page[WordEntry]:
        """Whose words begin so, by word; a product once for each such word. One query."""
        ...

    def by_code(self, merchant_id: str, code_key: str, limit: int) -> Sequence[str]:
        """Ids of those with this bar code or SKU; one query."""
        ...

    def listed(self, merchant_id: str, limit: int, cursor: str | None) -> Page[str]:
        """Ids of all that are listed, by title; one index query. Raises InvalidInput for a cursor that is no such."""
        ...


class ShelfStore(Protocol):
    """What each associate has at hand: favourites, and what they shared lately."""

    def find(self, associate_id: str) -> Shelf | None: ...

    def change(self, shelf: Shelf, was: Shelf | None) -> bool:
        """False where it is not as read any more."""
        ...


class CatalogueRuns(Protocol):
    """How far each shop's catalogue is read."""

    def all(self) -> Sequence[CatalogueRun]:
        """One query, strongly consistent: there are as many as there are shops."""
        ...

    def change(self, run: CatalogueRun, was: CatalogueRun | None) -> bool:
        """False where it is not as read any more."""
        ...


class OrderRuns(Protocol):
    """How far each shop's orders are read."""

    def all(self) -> Sequence[OrderRun]:
        """One query, strongly consistent: there are as many as there are shops."""
        ...

    def change(self, run: OrderRun, was: OrderRun | None) -> bool:
        """False where it is not as read any more."""
        ...
