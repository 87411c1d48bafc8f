"""Links that lead to products (H21, H22), and how often they were followed."""

from typing import Protocol

from chalicelib.domain.product_links import ProductLink

from .conversations import Page


class ProductLinkStore(Protocol):
    def add(self, link: ProductLink) -> None:
        """One of this code that was there before stays."""
        ...

    def find(self, code: str) -> ProductLink | None: ...

    def click(self, code: str, at: int) -> None:
        """Counts one more; of a link that is not there, nothing."""
        ...

    def of_store(self, store_id: str, since: int, until: int, limit: int, cursor: str | None) -> Page[ProductLink]:
        """Made at `since` or later and before `until`, newest first; a query, and a request for what it found; at most
        a hundred. Raises InvalidInput for a cursor that is none of ours."""
        ...
