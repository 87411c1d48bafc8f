"""Texts that events of orders are to bring about, in the table."""

from collections.abc import Sequence
from typing import Protocol

from msgspec import Struct

from chalicelib.domain.automatic_texts import AutomaticText
from chalicelib.domain.messages import Message

from .conversations import Append, Page


class DueText(Struct, frozen=True):
    """Where one is."""

    order_id: str
    """As in AutomaticText."""
    event: str


class AutomaticTextStore(Protocol):
    """What makes one is OrderStore.upsert, with the order's change, or ConversationStore.open."""

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

    def say(self, text: AutomaticText, message: Message) -> bool:
        """As `settle`, with the message to the merchant's phone in the same transaction; False if somebody else was
        first, or it is gone with its customer. Raises TooFewCredits."""
        ...

    def hear(self, command: Append) -> None:
        """What the merchant's phone wrote, and the answer, in a thread that is no conversation. One transaction; a
        repeat changes nothing."""
        ...
