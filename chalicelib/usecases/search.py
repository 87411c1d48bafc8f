"""Searching a list: its newest rows are looked at, page by page. No index knows words or tags; limits are said."""

from collections.abc import Callable, Sequence
from typing import Generic, TypeVar

from msgspec import Struct

from .ports import Page

SCAN = 500
"""Rows a search looks at, newest first."""
_PAGE = 100

T = TypeVar("T")


class Found(Struct, Generic[T], frozen=True):
    """`truncated`: there may be more matches than these, among the rows that were not looked at or not returned."""

    page: Page[T]
    truncated: bool = False


def search(
    page_of: Callable[[int, str | None], Page[T]], wanted: Callable[[Sequence[T]], Sequence[T]], limit: int
) -> Found[T]:
    """The first `limit` rows that are wanted. `page_of`: (limit, cursor) -> a page, newest first; `wanted`: those among
    a page's rows."""
    found: list[T] = []
    cursor: str | None = None
    for _ in range(SCAN // _PAGE):
        page = page_of(_PAGE, cursor)
        found += wanted(page.rows)
        cursor = page.cursor
        if cursor is None or len(found) >= limit:
            break
    return Found(Page(tuple(found[:limit])), truncated=cursor is not None or len(found) > limit)
