"""Rows of a list by what their customer is filed under (S13): `tag:` and the tag, in the box for searching."""

from collections.abc import Callable, Sequence
from typing import Protocol, TypeVar

from chalicelib.domain.tags import has_tag, sought_tag

from .ports import Deps


class _OfCustomer(Protocol):
    @property
    def customer_id(self) -> str: ...


T = TypeVar("T", bound=_OfCustomer)


def chosen(rows: Sequence[T], sought: str, matches: Callable[[T], bool], deps: Deps) -> Sequence[T]:
    """Those that match; where `sought` names a tag, those whose customer has it, which costs a batch read of their
    customers."""
    tag = sought_tag(sought)
    return [row for row in rows if matches(row)] if tag is None else _tagged(rows, tag, deps)


def _tagged(rows: Sequence[T], tag: str, deps: Deps) -> Sequence[T]:
    customers = deps.customers.find_several([row.customer_id for row in rows])
    tagged = {customer_id for customer_id, customer in customers.items() if has_tag(customer.tags or (), tag)}
    return [row for row in rows if row.customer_id in tagged]
