"""A customer's file: what is in it, and where a page of it ends (X13; docs/privacy.md)."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from enum import StrEnum
from typing import Annotated

from msgspec import Meta, MsgspecError, Struct, field, json

from .automatic_texts import AutomaticText
from .carts import Cart
from .consent import Consent, ConsentChange
from .conversations import Conversation
from .customers import Customer
from .errors import InvalidInput
from .held import Held
from .invites import Invite
from .messages import Message
from .notes import Note
from .orders import Order
from .reminders import Reminder

LIFE = 3_600_000
"""Milliseconds in which an export that was begun can be gone on with."""
LONGEST_CURSOR = 2048


class Part(StrEnum):
    """Of the file, in its order."""

    CUSTOMER = "customer"
    NOTES = "notes"
    CONVERSATIONS = "conversations"
    INSIDE = "inside"
    """What lies in one conversation."""
    ORDERS = "orders"
    COLLEAGUES = "colleagues"
    """What associates keep by themselves: reminders, invitations."""
    CONSENT = "consent"


_Position = Annotated[str, Meta(max_length=600, pattern=r"^[A-Za-z0-9+@._%=#-]*\Z")]


class Spot(Struct, frozen=True, array_like=True, forbid_unknown_fields=True):
    """Where the file goes on. It says what to look at next, and gives no right to see it."""

    part: Part
    whose: _Position = ""
    """Of which customer, of those who were merged into one."""
    what: _Position = ""
    after: _Position = ""


class Cursor(Struct, frozen=True, array_like=True, forbid_unknown_fields=True):
    entry_id: _Position
    """Of the audit log, in which the export is written down."""
    spot: Spot


def cursor_of(cursor: Cursor) -> str:
    return urlsafe_b64encode(json.encode(cursor)).decode().rstrip("=")


def read_cursor(text: str) -> Cursor:
    """Raises InvalidInput."""
    if len(text) > LONGEST_CURSOR:
        raise InvalidInput
    try:
        padded = text.encode("ascii") + b"=" * (-len(text) % 4)
        return json.decode(urlsafe_b64decode(padded), type=Cursor)
    except (ValueError, MsgspecError, RecursionError):
        raise InvalidInput from None


class Talk(Struct, frozen=True):
    """A conversation, and what is known of the consent that decides there."""

    conversation: Conversation
    consent: Consent | None


class Bought(Struct, frozen=True):
    """An order, and what its customer was told of it by itself."""

    order: Order
    texts: tuple[AutomaticText, ...]


class LeftOut(Struct, frozen=True):
    """Something of a store whose addresses the associate may not see."""

    kind: str
    """`conversation`, `order`, or `consent`: what holds there of one of their addresses, with its lines."""
    store_id: str


class Records(Struct, kw_only=True):
    """What is on a page, kind by kind."""

    customers: list[Customer] = field(default_factory=list)
    """The customer; then those who were merged into them, as they were before."""
    conversations: list[Talk] = field(default_factory=list)
    messages: list[Message] = field(default_factory=list)
    held: list[Held] = field(default_factory=list)
    carts: list[Cart] = field(default_factory=list)
    orders: list[Bought] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    consents: list[Consent] = field(default_factory=list)
    consent_lines: list[ConsentChange] = field(default_factory=list)
    reminders: list[Reminder] = field(default_factory=list)
    invites: list[Invite] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)
