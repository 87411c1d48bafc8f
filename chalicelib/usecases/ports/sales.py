"""Which orders are whose doing, and what was said to their customers before (H24, X21)."""

from collections.abc import Sequence
from typing import Protocol

from chalicelib.domain.messages import Message
from chalicelib.domain.sales import Sale

from .conversations import Page


class SaleStore(Protocol):
    def said_to(self, customer_id: str, since: int, until: int) -> Sequence[Message]:
        """What was said in a customer's conversations, the ten that were begun last, within that time: the last hundred
        of each. A query for each; strongly consistent."""
        ...

    def add(self, sale: Sale) -> None:
        """One of this order that was there before stays."""
        ...

    def of_store(self, store_id: str, since: int, until: int, limit: int, cursor: str | None) -> Page[Sale]:
        """Of orders placed at `since` or later and before `until`, newest first; one query, at most a hundred. Raises
        InvalidInput for a cursor that is none of ours."""
        ...
