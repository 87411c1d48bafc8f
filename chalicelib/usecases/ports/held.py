"""Texts that wait for their time, in the table."""

from collections.abc import Sequence
from typing import Protocol

from msgspec import Struct

from chalicelib.domain.held import Held

from .conversations import Appended, Conflict, Duplicate, Once, Page


class DueHeld(Struct, frozen=True):
    """Where a held text is whose time has come."""

    conversation_id: str
    held_id: str


class HeldStore(Protocol):
    """What releases one is ConversationStore.append, with the message that it becomes."""

    def hold(self, held: Held, once: Once, now: int) -> Appended | Duplicate | Conflict:
        """One transaction: the conversation must be the store's and open at `now`. It is no activity."""
        ...

    def find(self, conversation_id: str, held_id: str) -> Held | None:
        """Strongly consistent."""
        ...

    def of_conversation(self, conversation_id: str, limit: int) -> Sequence[Held]: ...

    def change(self, held: Held, was: Held) -> bool:
        """Stores `held`, if it is still as `was` was read; False if not."""
        ...

    def cancel(self, was: Held) -> bool:
        """Takes it away, if it is still as it was read; False if not."""
        ...

    def due(self, now: int, limit: int, cursor: str | None) -> Page[DueHeld]:
        """Longest due first. An index query, which may name what has moved on and miss what came just now."""
        ...

    def put_aside(self, due: DueHeld, until: int) -> None:
        """Looked at again at `until`, if it is there at all; whatever else is stored there is not read."""
        ...
