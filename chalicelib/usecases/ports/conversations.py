"""Conversations, messages and routes in the table, and the transactions on them."""

from collections.abc import Sequence
from typing import Generic, Protocol, TypeVar

from msgspec import Struct

from chalicelib.domain.addresses import Address, Channel
from chalicelib.domain.assignments import Handover
from chalicelib.domain.audit import AuditEntry
from chalicelib.domain.automatic_texts import AutomaticText
from chalicelib.domain.chat_links import ChatLink
from chalicelib.domain.consent import ConsentChange
from chalicelib.domain.conversations import Conversation, ConversationKind, ConversationState
from chalicelib.domain.customers import Customer
from chalicelib.domain.held import Held
from chalicelib.domain.merchants import Associate
from chalicelib.domain.messages import Direction, FailureReason, Message, MessageKind, MessageRef, MessageStatus
from chalicelib.domain.orders import Order
from chalicelib.domain.routing import Rerouting, Route, RouteKey, Routes
from chalicelib.domain.unanswered import Unanswered
from chalicelib.domain.unread_replies import UnreadReply

T = TypeVar("T")


class Once(Struct, frozen=True):
    """Makes a transaction happen once: its item is written with it, under a condition.

    `scope` + `key` name the event or request; `digest` tells a repeat from another body under the same key;
    `result` is what a repeat gets told (the id of the message, conversation or order it made).
    """

    scope: str
    key: str
    digest: str = ""
    result: str = ""


class Duplicate(Struct, frozen=True):
    """It happened before. `once` is the stored item: compare digests, answer its result."""

    once: Once


class Append(Struct, frozen=True, kw_only=True):
    """Messages to add to one existing conversation, and all that must become true with them."""

    once: Once
    messages: tuple[Message, ...]
    """Ascending ids, one conversation, at most five; stored as given."""
    consent: ConsentChange | None = None
    """Written to state and ledger, unless a newer act is there already (then the state stays). Of a request: as in
    Opening, else Conflict."""
    consent_beside: tuple[ConsentChange, ...] = ()
    """The same words in the other scopes that the number serves (H19); no requests."""
    opted_out: bool | None = None
    """New value of the conversation's display flag; None leaves it."""
    expected: Conversation | None = None
    """None: the conversation must be open and not expired (the good path; no read before).
    Given: it must still have this state, `ended_answered` and `last_message_id`. What is added to an ended
    conversation is no activity: neither its expiry nor its place in lists moves."""
    answers_request: bool = False
    """With `expected`: the customer answers the request (N6). It is `requested` no more, but open, unless it ended."""
    ended_answered: bool = False
    """Sets the flag of D19."""
    link: ChatLink | None = None
    """A chat link to create along with it; all earlier ones of the conversation open nothing from then on."""
    held: Held | None = None
    """The held text that these messages are now: it must still be as read, and goes away."""
    unanswered: Unanswered | None = None
    """That the clock is to look whether the customer is answered. One that is there keeps its time, unless this one is
    due when the message was made."""
    unread_reply: UnreadReply | None = None
    """That the clock is to look whether this answer was read. One that is there keeps its time."""
    mailed: UnreadReply | None = None
    """The one that these messages settle: it must still be as read, and goes away."""

    rerouting: Rerouting | None = None
    """On a number that stores share: its routes as they are from then on. What changed about them is a Conflict."""

    # On channels with a window, what a customer writes must not be older than what opened it last: else it is a
    # Conflict, and the message is to be given the later `free_until`.


class Appended(Struct, frozen=True):
    """Done."""


class Conflict(Struct, frozen=True):
    """Nothing was written: the conversation (or the held text) is not as required. Here it is (None: there is none)."""

    conversation: Conversation | None


class Opening(Struct, frozen=True, kw_only=True):
    """A conversation to create or reopen, with its route and first messages, in one transaction."""

    once: Once
    conversation: Conversation
    """As it is to be stored, after its messages."""
    was: Conversation | None
    """The stored conversation that this replaces (reopening); None: it must not exist."""
    route: Route
    """As it is to be stored."""
    route_was: Route | None
    """As read before; the transaction requires it unchanged (None: absent)."""
    messages: tuple[Message, ...]
    customer: Customer | None = None
    """A visitor to create along with it, with the address that leads to them."""
    customer_address: Address | None = None
    consent: ConsentChange | None = None
    """Written to state and ledger, unless a newer act is there already (then the state stays). A request is for those
    who have neither opted in nor out and were not asked lately, which the transaction requires: else RouteChanged."""
    consent_beside: tuple[ConsentChange, ...] = ()
    """As in Append."""
    left: RouteKey | None = None
    """The route over which this conversation was so far: it cools down from `left_at` on."""
    left_at: int = 0
    reroutings: tuple[Rerouting, ...] = ()
    """Of numbers that stores share: in place of `route` and `left`, where they are of these pairs."""
    order: Order | None = None
    """The order to link to the conversation; required to exist and to be active still."""
    link: ChatLink | None = None
    """A chat link to create along with it."""
    text: AutomaticText | None = None
    """What the merchant's own phone is to be told of it (L18): due from then on."""


class Opened(Struct, frozen=True):
    """Done."""


class RouteChanged(Struct, frozen=True):
    """Nothing was written: route, conversation, customer address, order, or the consent that a request needs, changed
    since it was read. Read again."""


class Page(Struct, Generic[T], frozen=True):
    """Some rows, and the opaque cursor of the next page (None: that was the last)."""

    rows: tuple[T, ...]
    cursor: str | None = None


class InboxRow(Struct, frozen=True, kw_only=True):
    """A conversation as lists show it."""

    id: str
    store_id: str
    customer_id: str
    customer_name: str
    customer_address: Address
    channel: Channel
    kind: ConversationKind
    state: ConversationState
    order_number: str | None
    last_activity_at: int
    last_preview: str
    last_direction: Direction | None
    last_kind: MessageKind
    last_author_id: str | None
    last_author_name: str | None
    outbound_trouble: MessageStatus | None
    assignee_id: str | None
    waiting_since: int | None
    unread: int
    opted_out: bool
    requested_at: int | None
    """While `requested`: when the customer was asked."""


class ProxyUse(Struct, frozen=True):
    """A conversation that has not expired, as far as it takes up an address of ours."""

    channel: str
    proxy: Address
    customer_address: Address
    is_open: bool


class Thread(Struct, frozen=True):
    """A conversation with a page of its messages, newest first."""

    conversation: Conversation
    messages: Page[Message]
    held: tuple[Held, ...] = ()
    """With the first page: what waits for its time, the earliest first."""


class AssignmentStore(Protocol):
    """Who looks after a conversation, and the history of that."""

    def assign(self, before: Conversation, handover: Handover, audit: AuditEntry | None = None) -> bool:
        """In one transaction: it goes to `handover.to_id`, if it has not ended and is still looked after by whom it was
        in `before`, and the handover becomes history. Else False."""
        ...

    def history(self, conversation_id: str) -> Sequence[Handover]:
        """Oldest first; one query (eventually consistent)."""
        ...


class ConversationStore(Protocol):
    """Conversations, messages and routes. Reads are strongly consistent unless the method says otherwise."""

    def find_route(self, key: RouteKey, *, consistent: bool) -> Route | None: ...

    def find_routes(self, keys: Sequence[RouteKey]) -> dict[RouteKey, Route]:
        """Those that are there; at most a hundred in one request."""
        ...

    def routes(self, key: RouteKey) -> Routes:
        """All of the pair; one query."""
        ...

    def find_several(self, conversation_ids: Sequence[str]) -> dict[str, Conversation]:
        """Those that are there; at most a hundred in one request."""
        ...

    def append(self, command: Append) -> Appended | Duplicate | Conflict:
        """One transaction. On the good path no read comes before it."""
        ...

    def find_once(self, once: Once) -> Once | None:
        """What was stored under this scope and key, if anything."""
        ...

    def open(self, command: Opening) -> Opened | Duplicate | RouteChanged: ...

    def find(self, conversation_id: str) -> Conversation | None: ...

    def rename(self, conversation: Conversation, customer_name: str) -> None:
        """Shows its customer under another name; not if it was deleted, or is another customer's by now."""
        ...

    def find_with_associate(
        self, conversation_id: str, associate_id: str
    ) -> tuple[Conversation | None, Associate | None]:
        """Both in one request."""
        ...

    def thread(self, conversation_id: str, limit: int, cursor: str | None) -> Thread | None:
        """One query (eventually consistent). Raises InvalidInput for a cursor that is none of ours."""
        ...

    def messages_after(self, conversation_id: str, message_id: str, limit: int) -> Thread | None:
        """With what came after `message_id`, oldest first, at most `limit`; None where neither is.

        One query, strongly consistent. The conversation is read along, in a second one where there are more messages.
        """
        ...

    def find_message(self, conversation_id: str, message_id: str) -> Message | None: ...

    def inbox(
        self, store_id: str, state: str, now: int, limit: int, cursor: str | None, newer_than: int | None = None
    ) -> Page[InboxRow]:
        """Open or closed conversations that have not expired, last activity first; one index query per inbox shard.

        `newer_than`: only those with activity after that instant (catching up after a gap).
        """
        ...

    def proxy_uses(self, store_id: str, now: int, limit: int) -> tuple[Sequence[ProxyUse], bool]:
        """Its open and closed conversations that have not expired, at most `limit` of each inbox shard and state, the
        latest first; and whether there may be more. Index queries."""
        ...

    def mark_read(self, conversation: Conversation, unread: int) -> bool:
        """Sets the unread count if no message came and nobody set it since `conversation` was read; else False."""
        ...

    def count_inbound_after(self, conversation_id: str, message_id: str) -> int:
        """Customer messages newer than `message_id`."""
        ...

    def end(self, before: Conversation, after: Conversation, audit: AuditEntry | None = None) -> bool:
        """Close or expire: stores `after` and starts the route's cool-down, if still as `before`; else False.

        The messages of a deleted one stay until `erase_messages`, which follows from the stream.
        """
        ...

    def reopen(self, before: Conversation, after: Conversation, audit: AuditEntry | None = None) -> bool:
        """Undo of closing: stores `after` and holds the route again, if both are still as they were."""
        ...

    def flag_opted_out(self, conversation_id: str, opted_out: bool) -> None:
        """Sets the display flag of an existing conversation."""
        ...

    def show_outcome(self, message: Message) -> bool:
        """Lists show what became of a message of ours, `message.status` in TROUBLED or no trouble at all.

        In one transaction: it is still the last of ours in its conversation, and still in this trouble, or still in
        none. Else False: what changed it is told of by itself. Whatever else happens to it on its way is no obstacle,
        since nobody is told of that.
        """
        ...

    def expirable(self, store_id: str, now: int, limit: int) -> Sequence[str]:
        """Ids of open and closed conversations of a store whose time is over and which are not yet swept."""
        ...

    def erase_messages(self, conversation_id: str, up_to: str) -> None:
        """Deletes the messages of a deleted conversation, ids up to and including `up_to`. Safe to repeat."""
        ...


class Claimed(Struct, frozen=True):
    """The worker holds the message for its lease."""


class Refusal(Struct, frozen=True):
    """The claim did not happen. `opted_out`: consent forbids it. `message`: as stored now (None: gone)."""

    opted_out: bool
    message: Message | None


class DueMessage(Struct, frozen=True):
    """Where a message is whose outcome is unknown and whose time to be asked about has come."""

    conversation_id: str
    message_id: str


class MessageStore(Protocol):
    """The send state machine's rows."""

    def claim(self, claimed: Message, now: int) -> Claimed | Refusal:
        """In one transaction: still queued in this attempt, not expired, and not opted out (I3, I6, I9).

        Messages whose `kind.answers_keyword` do not need consent.
        """
        ...

    def settle(self, message: Message, owner: str) -> bool:
        """Stores the outcome of a claim if `owner` still holds it in this attempt; False if not."""
        ...

    def fail_queued(self, message: Message) -> bool:
        """Stores `failed` for a message that is still queued in this attempt; False if it is not."""
        ...

    def expire_lease(self, message: Message, now: int) -> bool:
        """Stores `unknown` for a message whose worker died; False if its lease still runs or it moved on."""
        ...

    def retry(self, message: Message, was: Message) -> bool:
        """Stores the next attempt, if `was` is still as read; False if not."""
        ...

    def prolong(self, message: Message, expires_at: int) -> None:
        """A message that is still queued in this attempt may be claimed until `expires_at`."""
        ...

    def climb(
        self,
        ref: MessageRef,
        status: MessageStatus,
        failure: FailureReason | None,
        provider_id: str,
        at: int,
    ) -> bool:
        """One conditional write: raises the status of this attempt; False if it is there or further already."""
        ...

    def due(self, now: int, limit: int, cursor: str | None) -> Page[DueMessage]:
        """Longest due first. An index query, which may name what has moved on and miss what came just now."""
        ...

    def put_aside(self, due: DueMessage, until: int) -> None:
        """Due again at `until`, if it is due at all; whatever else is stored there is not read."""
        ...

    def texts_beside(self, message: Message) -> Sequence[Message]:
        """The other texts of ours in its conversation; strongly consistent."""
        ...

    def identify(self, found: Message, was: Message) -> bool:
        """Stores what the provider's look-up says of `was`, if that is still unknown in this attempt.

        False if it is not, or if another message was given this provider's id before: one id, one message.
        """
        ...

    def keep_media(self, message: Message, was: Message) -> bool:
        """Stores the attachments of `message`, if those of `was` are stored still; False if not."""
        ...

    def doubt(self, message: Message, was: Message) -> bool:
        """Stores when to ask again (None: never) about `was`, if that is still as read; False if not."""
        ...
