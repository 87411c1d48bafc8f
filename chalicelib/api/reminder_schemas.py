"""What goes over HTTP about contacts and reminders (H14, H20)."""

from enum import StrEnum
from typing import Annotated

from msgspec import Meta, Struct

from chalicelib.domain.addresses import Channel
from chalicelib.domain.reminders import LONGEST_NOTE, Snooze
from chalicelib.domain.wall_clock import LONGEST_ZONE, ClockReading

from .schemas import Input

Note = Annotated[str, Meta(min_length=1, max_length=LONGEST_NOTE, pattern=r"\S")]
Wall = Annotated[str, Meta(pattern=r"^20[0-9]{2}-[01][0-9]-[0-3][0-9]T[0-2][0-9]:[0-5][0-9]$")]
"""`YYYY-MM-DDTHH:MM`, as a clock on a wall shows it."""


class SetReminder(Input):
    """A note (null: none), and a time on the clock of `zone` (IANA name; null: the store's, or as it was).

    `later`: of a time that comes twice, when clocks are put back, the second.
    """

    note: Note | None
    wall: Wall
    zone: Annotated[str, Meta(min_length=1, max_length=LONGEST_ZONE)] | None
    later: bool = False


class SnoozeReminder(Input):
    until: Snooze


class ReminderState(StrEnum):
    WAITING = "waiting"
    DUE = "due"


class ReminderView(Struct, kw_only=True):
    """Seen by whoever made it, and nobody else."""

    id: str
    store_id: str
    conversation_id: str | None
    """null: it was deleted."""
    customer_id: str
    customer_name: str
    note: str
    due_at: int
    state: ReminderState
    wall: str
    """As it was chosen, on the clock of `zone`."""
    zone: str
    reading: ClockReading
    shown: str
    """What that clock shows then, where `reading` is `skipped` or `moved`; else as `wall`."""
    created_at: int


class ReminderList(Struct, kw_only=True):
    rows: list[ReminderView]
    """The earliest first."""


class ContactView(Struct, kw_only=True):
    """A customer that the associate looks after. Addresses are masked."""

    customer_id: str
    customer_name: str
    customer_address: str
    channel: Channel
    conversation_id: str
    """The latest one."""
    conversation_ids: list[str]
    last_activity_at: int
    last_preview: str
    unread: int


class ContactList(Struct, kw_only=True):
    rows: list[ContactView]
    """The latest activity first."""
    truncated: bool
    """There may be more than these."""
