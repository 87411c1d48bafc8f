"""Conversations: one thread of a store with a customer over one proxy address."""

from enum import StrEnum

from msgspec import Struct
from msgspec.structs import replace

from .addresses import Address
from .consent import ConsentKey
from .media import of_preview
from .messages import Direction, Message, MessageKind, MessageStatus
from .windows import is_closed

LIFETIME = 120 * 86_400_000
"""Milliseconds a conversation lives after its last activity (N27)."""
COOL_DOWN = 45 * 86_400_000
"""Milliseconds after its end in which the route still leads to it and nowhere else (docs/requirements.md, Routes)."""
PREVIEW_LENGTH = 80


class ConversationKind(StrEnum):
    CONTACT = "contact"
    ORDER = "order"
    SHOP = "shop"


class ConversationState(StrEnum):
    REQUESTED = "requested"
    """The customer was asked whether they want messages, and has not answered (N6): it takes none until they do."""
    OPEN = "open"
    CLOSED = "closed"
    EXPIRED = "expired"
    DELETED = "deleted"
    """Content erased by the store; what is left answers the customer (D18, D19)."""


LIVING = (ConversationState.OPEN, ConversationState.REQUESTED)
"""It has not ended."""
LISTED = (*LIVING, ConversationState.CLOSED)
"""It is shown until it expires."""


class Conversation(Struct, frozen=True, kw_only=True):
    """A thread. `state` is as stored; `state_at` tells what it is at an instant (expiry is exact)."""

    id: str
    merchant_id: str
    store_id: str
    connection_id: str
    customer_id: str
    customer_name: str
    kind: ConversationKind
    state: ConversationState = ConversationState.OPEN
    channel: str
    proxy: Address
    customer_address: Address
    consent_scope: str
    order_id: str | None = None
    order_number: str | None = None
    created_at: int
    last_activity_at: int
    ended_at: int | None = None
    """When it was closed, deleted or found expired."""
    associate_id: str | None = None
    """Whose it is, where the address of ours is an associate's or from a pool; None: the store's."""
    requested_at: int | None = None
    """While `requested`: when the customer was asked."""
    transfer_id: str | None = None
    """The transfer that made it its associate's, so that this can be undone."""
    ended_answered: bool = False
    """The one automatic answer of D19 has been given since it ended."""
    assignee_id: str | None = None
    """The associate who looks after it: who started it, answered first, or was given it. None: the store."""
    away_answered_at: int | None = None
    """When the customer was last answered that the assignee is away (H2)."""
    waiting_since: int | None = None
    """Since when its customer waits, where it went back to the store for that (X18); until somebody answers."""
    handed_over: bool = False
    """That has changed by other means than starting and answering: there is history to show."""
    opted_out: bool = False
    """As last seen, for lists and to refuse early; the consent item decides, also where this is out of date."""
    unread: int = 0
    """Customer messages nobody has read."""
    last_message_id: str = ""
    last_preview: str = ""
    last_direction: Direction | None = None
    last_kind: MessageKind = MessageKind.TEXT
    last_author_id: str | None = None
    """Which associate wrote the last message; None: the customer, or nobody."""
    last_author_name: str | None = None
    last_outbound_id: str | None = None
    """The last message of ours."""
    outbound_trouble: MessageStatus | None = None
    """`failed` or `unknown`, where that is what became of the last message of ours (X10). Follows from the stream."""
    free_until: int | None = None
    """On channels with a window (X9): until when the customer can be answered freely; None: they never wrote."""
    links_from: int | None = None
    """Chat links made before this instant open nothing any more; None: none was taken back."""
    told_at: int | None = None
    """When it began by a customer's message of which the merchant's own phone is told (L18); None: it is not."""

    @property
    def consent_key(self) -> ConsentKey:
        """Whose consent decides over texts here."""
        return ConsentKey(self.merchant_id, self.channel, self.customer_address, self.consent_scope)

    @property
    def expires_at(self) -> int:
        """The first instant at which it no longer accepts anything (I9)."""
        return self.last_activity_at + LIFETIME

    def state_at(self, now: int) -> ConversationState:
        """What it is at `now`, whatever the sweep did or did not do."""
        if self.state in LISTED and now >= self.expires_at:
            return ConversationState.EXPIRED
        return self.state

    def is_open(self, now: int) -> bool:
        """Whether both sides may write."""
        return self.state_at(now) is ConversationState.OPEN

    def lives(self, now: int) -> bool:
        """Whether it has not ended: it is open, or waits for the customer's answer to a request."""
        return self.state_at(now) in LIVING

    def takes(self, kind: MessageKind, now: int) -> bool:
        """Whether we may send this there: while a request waits for its answer, that request alone (N7)."""
        return self.is_open(now) or (kind is MessageKind.OPT_IN_REQUEST and self.lives(now))

    def takes_templates_only(self, now: int) -> bool:
        """Whether the time in which the customer can be answered freely is over (X9)."""
        return is_closed(self.channel, self.free_until, now)

    def cool_until(self, now: int) -> int | None:
        """Until when an ended conversation still holds its route; None while it lives."""
        if self.lives(now):
            return None
        ended = self.expires_at if self.ended_at is None else min(self.ended_at, self.expires_at)
        return ended + COOL_DOWN

    def with_message(self, message: Message) -> "Conversation":
        """After one more message, which counts as activity."""
        inbound = message.direction is Direction.INBOUND
        return replace(
            self,
            last_message_id=message.id,
            last_activity_at=message.created_at,
            last_preview=preview(message),
            last_direction=message.direction,
            last_kind=message.kind,
            last_author_id=message.author_id,
            last_author_name=message.author_name,
            assignee_id=self.assignee_id or message.author_id,
            waiting_since=self.waiting_since if message.author_id is None else None,
            last_outbound_id=self.last_outbound_id if inbound else message.id,
            outbound_trouble=self.outbound_trouble if inbound else None,
            unread=self.unread + 1 if inbound else self.unread,
            free_until=self.free_until_after(message),
        )

    def free_until_after(self, message: Message) -> int | None:
        """What a customer writes opens the window anew; what comes late does not shorten it."""
        if message.direction is not Direction.INBOUND or message.free_until is None:
            return self.free_until
        return max(message.free_until, self.free_until or 0)

    def closed(self, now: int) -> "Conversation":
        return replace(self, state=ConversationState.CLOSED, ended_at=now, ended_answered=False)

    def expired(self) -> "Conversation":
        """What the sweep makes of it once its time is over."""
        ended = self.expires_at if self.ended_at is None else min(self.ended_at, self.expires_at)
        return replace(self, state=ConversationState.EXPIRED, ended_at=ended)

    def deleted(self, now: int) -> "Conversation":
        """The tombstone: no name, no preview, nothing unread."""
        return replace(
            self,
            state=ConversationState.DELETED,
            ended_at=now,
            ended_answered=False,
            requested_at=None,
            customer_name="",
            last_preview="",
            last_direction=None,
            last_author_id=None,
            last_author_name=None,
            assignee_id=None,
            waiting_since=None,
            outbound_trouble=None,
            unread=0,
            order_id=None,
            order_number=None,
        )

    def undone(self) -> "Conversation":
        """Again as it was before it was closed, its place in the list included."""
        waiting = self.requested_at is not None
        state = ConversationState.REQUESTED if waiting else ConversationState.OPEN
        return replace(self, state=state, ended_at=None, ended_answered=False)

    def reopened(self, now: int) -> "Conversation":
        """Open again because the store starts anew with the same customer on the same number.

        Whoever looks after it goes on doing so only if it had not ended.
        """
        assignee_id = self.assignee_id if self.lives(now) else None
        open_again = replace(self, requested_at=None).undone()
        return replace(open_again, last_activity_at=max(now, self.last_activity_at), assignee_id=assignee_id)

    def requested(self, now: int) -> "Conversation":
        """The customer is asked first (N6)."""
        return replace(self, state=ConversationState.REQUESTED, requested_at=now)

    def answered(self) -> "Conversation":
        """The customer has answered the request."""
        return replace(self, state=ConversationState.OPEN, requested_at=None)


def preview(message: Message) -> str:
    """The one line a list shows of a message."""
    line = " ".join(message.body.split()) or of_preview(message.media)
    return line if len(line) <= PREVIEW_LENGTH else line[: PREVIEW_LENGTH - 1] + "…"
