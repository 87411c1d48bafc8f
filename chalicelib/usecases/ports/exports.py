"""Reads all that is kept of a customer, piece by piece, for their file (X13). Every method is one request or a few."""

from collections.abc import Sequence
from typing import Protocol

from msgspec import Struct

from chalicelib.domain.carts import Cart
from chalicelib.domain.held import Held
from chalicelib.domain.invites import Invite
from chalicelib.domain.messages import Message
from chalicelib.domain.notes import Note, NoteKind
from chalicelib.domain.orders import Order
from chalicelib.domain.reminders import Reminder


class Inside(Struct, frozen=True, kw_only=True):
    """Some of what lies in a conversation."""

    messages: tuple[Message, ...] = ()
    held: tuple[Held, ...] = ()
    carts: tuple[Cart, ...] = ()
    after: str | None = None
    """Where it goes on; None: that was all."""


class Notes(Struct, frozen=True):
    rows: tuple[Note, ...]
    after: str | None


class CustomerFiles(Protocol):
    """Positions (`after`) are the table's own, and empty for the beginning. Reads are strongly consistent, but for
    orders and invitations, which are found by an index."""

    def counts(self, customer_ids: Sequence[str]) -> tuple[int, int]:
        """How many conversations and orders there are."""
        ...

    def next_conversation(self, customer_id: str, after: str) -> str | None:
        """The id of the one behind `after`, also of such as are gone."""
        ...

    def inside(self, conversation_id: str, after: str, limit: int) -> Inside: ...

    def next_order(self, customer_id: str, after: str) -> tuple[str, Order | None] | None:
        """Its position and the order, with its lines; None for it where it is another's by now."""
        ...

    def notes(self, kind: NoteKind, about: str, after: str, limit: int) -> Notes:
        """Of all stores."""
        ...

    def reminders(self, associate_id: str) -> Sequence[Reminder]:
        """Also those that have ended."""
        ...

    def invites(self, associate_id: str) -> Sequence[Invite]:
        """Also those that have expired."""
        ...
