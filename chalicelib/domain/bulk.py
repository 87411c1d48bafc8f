"""Bulk texts (L13): the same words to the customers of many orders, or to many contacts, each once, carried out part by
part."""

from collections.abc import Iterable, Sequence
from enum import StrEnum

from msgspec import Struct
from msgspec.structs import replace

MOST = 10_000
"""Orders, or contacts, in one bulk."""
PART = 25
"""Of them are settled together: a pause or a cancel takes effect after so many at most."""
CARRIED_OUT = 7 * 86_400_000
"""Milliseconds after which what is left of a bulk is cancelled: its words are old, and what makes each of its texts one
is forgotten two days later."""
KEPT = 90 * 86_400_000
"""Milliseconds for which a bulk can be seen."""


class Audience(StrEnum):
    """To whom a bulk goes, and so what its ids are of."""

    ORDERS = "orders"
    """The customers of these orders."""
    CONTACTS = "contacts"
    """The customers in these conversations, each in its own."""


class BulkState(StrEnum):
    RUNNING = "running"
    PAUSED = "paused"
    CANCELLED = "cancelled"
    DONE = "done"


class PausedBy(StrEnum):
    """Why a bulk rests."""

    HAND = "hand"
    TOO_FEW_CREDITS = "too_few_credits"
    SENDER_LEFT = "sender_left"
    """Who is answerable for it may not send for the store any more; whoever resumes it is from then on."""
    MESSAGING_OFF = "messaging_off"


class Unsent(StrEnum):
    """Why somebody did not get the text."""

    NO_ORDER = "no_order"
    """It is not, or no more, an order of the store."""
    NO_CONTACT = "no_contact"
    """It is not, or no more, a conversation of the store."""
    NOT_OPEN = "not_open"
    """The conversation is closed, or has ended."""
    OTHER_CHANNEL = "other_channel"
    """It is not one of texts: its customer writes mails, say."""
    NO_PHONE = "no_phone"
    """There is no number, or none that takes texts."""
    SAME_NUMBER = "same_number"
    """The number got the text for another order, or conversation, of the bulk."""
    OPTED_OUT = "opted_out"
    NOT_OPTED_IN = "not_opted_in"
    NO_SENDER = "no_sender"
    NUMBER_TAKEN = "number_taken"
    """Another store, or another customer, is in a conversation between these two numbers."""
    MISSING_VALUE = "missing_value"
    """A token has no value for this customer, and no words that stand in."""
    TOO_LONG = "too_long"


class Result(Struct, frozen=True):
    """What became of one order, or contact, of a bulk: a text, or a reason against it."""

    id: str
    conversation_id: str | None = None
    message_id: str | None = None
    unsent: Unsent | None = None


class Part(Struct, frozen=True):
    """Some of a bulk. `results`: None until some are settled; while others wait, they are missing in it."""

    number: int
    ids: tuple[str, ...]
    results: tuple[Result, ...] | None = None

    def with_results(self, found: Iterable[Result]) -> "Part":
        """What was known of one stays, where nothing new is."""
        known = {each.id: each for each in (*(self.results or ()), *found)}
        return replace(self, results=tuple(known[each] for each in self.ids if each in known))


class Bulk(Struct, frozen=True, kw_only=True):
    """One bulk, and how far it is."""

    id: str
    merchant_id: str
    store_id: str
    sender_id: str
    """The associate who is answerable for it: who started, or last resumed it."""
    sender_name: str
    text: str
    """With tokens, as they were when it was started: a template that is changed later changes nothing here."""
    total: int
    parts: int
    made_at: int
    due_at: int
    """When it goes on: later than now while it waits for the end of the night."""
    to: Audience = Audience.ORDERS
    state: BulkState = BulkState.RUNNING
    paused_by: PausedBy | None = None
    done_parts: int = 0
    sent: int = 0
    unsent: int = 0
    part_sent: int = 0
    """Of `sent`, those of the part that is not settled yet; `part_unsent` likewise."""
    part_unsent: int = 0
    revision: int = 1

    @property
    def expires_at(self) -> int:
        return self.made_at + KEPT

    @property
    def is_over(self) -> bool:
        return self.state in {BulkState.CANCELLED, BulkState.DONE}

    def runs(self, now: int) -> bool:
        return self.state is BulkState.RUNNING and self.due_at <= now

    def is_late(self, now: int) -> bool:
        return now >= self.made_at + CARRIED_OUT

    def paused(self, by: PausedBy) -> "Bulk":
        """From running alone."""
        if self.state is not BulkState.RUNNING:
            return self
        return self._next(state=BulkState.PAUSED, paused_by=by)

    def resumed(self, sender_id: str, sender_name: str, now: int) -> "Bulk":
        """From paused alone; too late, it is cancelled."""
        if self.state is not BulkState.PAUSED:
            return self
        if self.is_late(now):
            return self.cancelled()
        return self._next(
            state=BulkState.RUNNING, paused_by=None, sender_id=sender_id, sender_name=sender_name, due_at=now
        )

    def cancelled(self) -> "Bulk":
        """For good; what is sent stays sent."""
        return self if self.is_over else self._next(state=BulkState.CANCELLED, paused_by=None)

    def waiting(self, until: int) -> "Bulk":
        return self._next(due_at=until)

    def told(self, part: Part) -> "Bulk":
        """With what became of some of its next part, while others of it wait. Told again, it counts once."""
        if part.number != self.done_parts or part.results is None:
            raise ValueError("not the next part, or nothing of it is known")
        sent = sum(each.unsent is None for each in part.results)
        unsent = len(part.results) - sent
        return self._next(
            sent=self.sent - self.part_sent + sent,
            unsent=self.unsent - self.part_unsent + unsent,
            part_sent=sent,
            part_unsent=unsent,
        )

    def settled(self, part: Part) -> "Bulk":
        """With the results of its next part. A bulk that was paused or cancelled meanwhile stays so, and tells them."""
        over = part.number + 1 == self.parts and self.state is not BulkState.CANCELLED
        return replace(
            self.told(part),
            state=BulkState.DONE if over else self.state,
            paused_by=None if over else self.paused_by,
            done_parts=part.number + 1,
            part_sent=0,
            part_unsent=0,
        )

    def _next(self, **fields: object) -> "Bulk":
        return replace(self, revision=self.revision + 1, **fields)


def in_parts(ids: Sequence[str]) -> tuple[Part, ...]:
    """Each once, in the given order."""
    each = tuple(dict.fromkeys(ids))
    starts = range(0, len(each), PART)
    return tuple(Part(number, each[start : start + PART]) for number, start in enumerate(starts))
