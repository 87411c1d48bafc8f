"""Searching a list without an index of words."""

from chalicelib.usecases.ports import Page
from chalicelib.usecases.search import SCAN, search


def pages(count: int):  # type: ignore[no-untyped-def]  # a page of numbers
    def page_of(limit: int, cursor: str | None) -> Page[int]:
        start = int(cursor or 0)
        rows = tuple(range(start, min(start + limit, count)))
        return Page(rows, str(start + limit) if start + limit < count else None)

    return page_of


def test_matches_are_gathered_over_pages() -> None:
    found = search(pages(350), lambda rows: [number for number in rows if number % 100 == 50], 10)
    assert (found.page.rows, found.truncated) == ((50, 150, 250), False)


def test_more_matches_than_fit_are_admitted() -> None:
    found = search(pages(20), lambda rows: rows, 5)
    assert (found.page.rows, found.truncated) == ((0, 1, 2, 3, 4), True)


def test_rows_that_were_not_looked_at_are_admitted() -> None:
    assert search(pages(SCAN + 1), lambda _: (), 5).truncated
    assert not search(pages(SCAN), lambda _: (), 5).truncated
