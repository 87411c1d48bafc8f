"""Clock and chance, queues, sockets, signatures and the log."""

from collections.abc import Sequence
from typing import Protocol

from msgspec import Struct

from chalicelib.domain.addresses import Address
from chalicelib.domain.carts import Cart
from chalicelib.domain.conversations import Conversation
from chalicelib.domain.events import Event
from chalicelib.domain.messages import Message
from chalicelib.domain.orders import Order


class Clock(Protocol):
    def now(self) -> int:
        """Epoch milliseconds."""
        ...


class Ids(Protocol):
    def ulid(self, at: int) -> str:
        """A fresh ULID for an instant."""
        ...

    def token(self) -> str:
        """128 bits of secret randomness, URL-safe."""
        ...


class References(Protocol):
    """Signs what leaves us and comes back: delivery references, socket tickets, page cursors."""

    def sign(self, purpose: str, value: object, *, now: int) -> str: ...

    def read(self, purpose: str, token: str, *, now: int, max_age: int | None = None) -> object:
        """The value. `max_age` in milliseconds. Raises BadSignature (forged, foreign purpose, too old)."""
        ...

    def secret(self, purpose: str, value: str) -> bytes:
        """32 bytes that nobody can make of `value` without our key; always the same ones."""
        ...


class InboundQueue(Protocol):
    def put(self, event: Event) -> None:
        """Keeps a verified event that the table refused, to be taken from there. Raises Unavailable."""
        ...

    def postpone(self, receipt: str, pause: int) -> None:
        """Hides an entry that was received for `pause` milliseconds from now."""
        ...


class Mails(Protocol):
    """The bucket of received mail."""

    def raw(self, bucket: str, key: str) -> bytes:
        """A mail as it came. Raises InvalidInput where it is not ours or not there, Unavailable."""
        ...

    def part(self, key: str, start: int, end: int) -> bytes:
        """Its bytes from `start` up to `end`, and no others are read. Raises as `raw` does."""
        ...

    def delete(self, key: str) -> None:
        """Safe to repeat. Raises Unavailable."""
        ...


class ReplyTokens(Protocol):
    """In the address that a mail of ours names for answers (domain/reply_tokens.py)."""

    def issue(self, mailbox: Address, conversation_id: str, now: int) -> str: ...

    def read(self, mailbox: Address, token: str, now: int) -> str | None:
        """The conversation; None for what is forged, another mailbox's, or too old."""
        ...


class ProviderEventQueue(Protocol):
    """What providers published to our topic."""

    def postpone(self, receipt: str, pause: int) -> None:
        """Hides an entry that was received for `pause` milliseconds from now."""
        ...


Item = Message | Conversation | Order | Cart


class Change(Struct, frozen=True):
    """One committed change of the table. `old` None: created; `new` None: removed."""

    old: Item | None
    new: Item | None


class OutboundQueue(Protocol):
    def put(self, messages: Sequence[Message]) -> None:
        """FIFO per conversation; the same attempt of a message twice is one."""
        ...

    def postpone(self, receipt: str, pause: int) -> None:
        """Hides an entry that was received for `pause` milliseconds from now."""
        ...

    def lay_aside(self, body: str, group: str, entry_id: str, reason: str) -> bool:
        """Puts a body among the dead letters; False where there is no such place. Raises Unavailable."""
        ...


class Activity(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A visible change, without content: readers fetch what they may see."""

    type: str
    """`conversation`, `order`, or `reminder`: that one is due, or another way out of waiting."""
    store_id: str
    id: str
    """Of the conversation, order or reminder."""
    at: int
    chat: bool = False
    """The customer may have this conversation open, too."""
    associate_id: str | None = None
    """Whose it is, where nobody else is told; None: all of the store's are."""


class Pusher(Protocol):
    def push(self, socket_id: str, activities: Sequence[Activity]) -> bool:
        """False when the socket is gone (410). Other failures are logged and swallowed: clients resync."""
        ...

    def send(self, socket_id: str, frame: object) -> bool:
        """Any JSON frame. False when the socket is gone."""
        ...

    def close(self, socket_id: str) -> None: ...


class Log(Protocol):
    """Structured logging without personal data: ids, codes and counts only."""

    def info(self, event: str, **fields: str | int | None) -> None: ...

    def warning(self, event: str, **fields: str | int | None) -> None: ...

    def failure(self, event: str, error: BaseException) -> None:
        """Type and place of an error, without its text."""
        ...
