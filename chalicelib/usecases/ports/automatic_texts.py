"""Texts that events of orders are to bring about, in the table."""

from collections.abc import Sequence
from typing import Protocol

from msgspec import Struct

from chalicelib.domain.automatic_texts import AutomaticText

from .conversations import Page


class DueText(Struct, frozen=True):
    """Where one is."""

    order_id: str
    event: str


class AutomaticTextStore(Protocol):
    """What makes one is OrderStore.upsert, with the order's change."""

    def find(self, text: DueText) -> AutomaticText | None:
        """Strongly consistent."""
        ...

    def of_order(self, order_id: str) -> Sequence[AutomaticText]: ...

    def due(self, now: int, limit: int, cursor: str | None) -> Page[DueText]:
        """The longest due first. An index query, which may name what is settled and miss what came just now."""
        ...

    def postpone(self, text: DueText, until: int) -> None:
        """It is due at `until`, unless it is settled; whatever else is stored there is not read."""
        ...

    def settle(self, text: AutomaticText) -> bool:
        """With what became of it; False if somebody else was first."""
        ...
