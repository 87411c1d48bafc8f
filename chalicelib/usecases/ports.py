"""What the use cases need from outside, as Protocols. `wiring.py` fits the adapters in, tests fit fakes in."""

from collections.abc import Sequence
from typing import Generic, Protocol, TypeVar, runtime_checkable

from msgspec import Struct

from chalicelib.domain.addresses import Address, Channel
from chalicelib.domain.consent import Consent, ConsentChange, ConsentKey
from chalicelib.domain.conversations import Conversation
from chalicelib.domain.customers import Customer
from chalicelib.domain.events import Event
from chalicelib.domain.merchants import Associate, Connection, Proxy, Store
from chalicelib.domain.messages import FailureReason, Message, MessageRef, MessageStatus
from chalicelib.domain.orders import Order
from chalicelib.domain.routing import Route, RouteKey

T = TypeVar("T")

# --- time and chance ---------------------------------------------------------------------------------------------


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


# --- the table ---------------------------------------------------------------------------------------------------


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
    """Written to state and ledger, unless a newer act is there already (then the state stays)."""
    opted_out: bool | None = None
    """New value of the conversation's display flag; None leaves it."""
    expected: Conversation | None = None
    """None: the conversation must be open and not expired (the good path; no read before).
    Given: it must still have this state, `ended_answered` and `last_message_id`. What is added to an ended
    conversation is no activity: neither its expiry nor its place in lists moves."""
    ended_answered: bool = False
    """Sets the flag of D19."""


class Appended(Struct, frozen=True):
    """Done."""


class Conflict(Struct, frozen=True):
    """Nothing was written: the conversation is not as required. Here it is (None: there is none)."""

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
    order: Order | None = None
    """The order to link to the conversation; required to exist and to be active still."""


class Opened(Struct, frozen=True):
    """Done."""


class RouteChanged(Struct, frozen=True):
    """Nothing was written: route, conversation, customer address or order changed since it was read. Read again."""


class Page(Struct, Generic[T], frozen=True):
    """Some rows, and the opaque cursor of the next page (None: that was the last)."""

    rows: tuple[T, ...]
    cursor: str | None = None


class InboxRow(Struct, frozen=True, kw_only=True):
    """A conversation as lists show it."""

    id: str
    store_id: str
    customer_name: str
    customer_address: Address
    channel: str
    kind: str
    state: str
    order_number: str | None
    last_activity_at: int
    last_preview: str
    last_direction: str | None
    unread: int
    opted_out: bool


class Thread(Struct, frozen=True):
    """A conversation with a page of its messages, newest first."""

    conversation: Conversation
    messages: Page[Message]


class ConversationStore(Protocol):
    """Conversations, messages and routes. Reads are strongly consistent unless the method says otherwise."""

    def find_route(self, key: RouteKey, *, consistent: bool) -> Route | None: ...

    def append(self, command: Append) -> Appended | Duplicate | Conflict:
        """One transaction. On the good path no read comes before it."""
        ...

    def find_once(self, once: Once) -> Once | None:
        """What was stored under this scope and key, if anything."""
        ...

    def open(self, command: Opening) -> Opened | Duplicate | RouteChanged: ...

    def find(self, conversation_id: str) -> Conversation | None: ...

    def find_with_associate(
        self, conversation_id: str, associate_id: str
    ) -> tuple[Conversation | None, Associate | None]:
        """Both in one request."""
        ...

    def thread(self, conversation_id: str, limit: int, cursor: str | None) -> Thread | None:
        """One query (eventually consistent). Raises InvalidInput for a cursor that is none of ours."""
        ...

    def find_message(self, conversation_id: str, message_id: str) -> Message | None: ...

    def inbox(
        self, store_id: str, state: str, now: int, limit: int, cursor: str | None, newer_than: int | None = None
    ) -> Page[InboxRow]:
        """Open or closed conversations that have not expired, last activity first; one index query.

        `newer_than`: only those with activity after that instant (catching up after a gap).
        """
        ...

    def mark_read(self, conversation: Conversation, unread: int) -> bool:
        """Sets the unread count if no message came since `conversation` was read; else False."""
        ...

    def count_inbound_after(self, conversation_id: str, message_id: str) -> int:
        """Customer messages newer than `message_id`."""
        ...

    def end(self, before: Conversation, after: Conversation) -> bool:
        """Close or expire: stores `after` and starts the route's cool-down, if still as `before`; else False.

        The messages of a deleted one stay until `erase_messages`, which follows from the stream.
        """
        ...

    def reopen(self, before: Conversation, after: Conversation) -> bool:
        """Undo of closing: stores `after` and holds the route again, if both are still as they were."""
        ...

    def flag_opted_out(self, conversation_id: str, opted_out: bool) -> None:
        """Sets the display flag of an existing conversation."""
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


class ConsentStore(Protocol):
    def state(self, key: ConsentKey) -> Consent | None: ...

    def record(self, change: ConsentChange) -> bool:
        """Writes state and ledger line in one transaction; False if a newer act is stored (nothing written)."""
        ...

    def history(self, key: ConsentKey) -> Sequence[ConsentChange]:
        """The ledger of one address in one scope, oldest first."""
        ...


class OrderUpsert(Struct, frozen=True, kw_only=True):
    """An order as a webhook tells it, and the customer it implies, in one transaction."""

    once: Once
    order: Order
    order_was: Order | None
    customer: Customer
    customer_was: Customer | None
    claimed: tuple[tuple[str, str], ...] = ()
    """Look-up keys (kind, value) that lead to this customer from now on; each must be free still.
    Kinds: `sms`, `email`, `external`."""


class Stored(Struct, frozen=True):
    """Done."""


class Raced(Struct, frozen=True):
    """Nothing was written: order, customer or a look-up key changed since it was read. Read again."""


class OrderStore(Protocol):
    def find(self, order_id: str) -> Order | None: ...

    def find_external(self, connection_id: str, external_id: str) -> Order | None: ...

    def upsert(self, command: OrderUpsert) -> Stored | Duplicate | Raced: ...

    def active(self, store_id: str, placed_since: int, limit: int, cursor: str | None) -> Page[Order]:
        """Active orders placed at `placed_since` or later, newest first; one index query."""
        ...

    def of_customer(self, customer_id: str, limit: int) -> Sequence[Order]:
        """Newest first; one index query."""
        ...


class CustomerStore(Protocol):
    def find(self, customer_id: str) -> Customer | None: ...

    def find_by(self, merchant_id: str, kind: str, value: str) -> str | None:
        """The customer id behind a look-up key (kinds as in OrderUpsert.claimed)."""
        ...


class Directory(Protocol):
    """The merchant's own set-up: small, rarely changed, cached in the process for at most a minute."""

    def connection(self, connection_id: str) -> Connection | None: ...

    def secrets(self, connection: Connection) -> dict[str, str]:
        """By name, e.g. `auth_token`, `webhook_secret`. Raises Unavailable when they cannot be read: fails closed."""
        ...

    def store(self, store_id: str) -> Store | None: ...

    def stores(self) -> Sequence[Store]: ...

    def proxy(self, channel: Channel, address: Address) -> Proxy | None: ...

    def associate(self, associate_id: str) -> Associate | None:
        """Never cached: access ends when it is taken away."""
        ...


class Rejections(Protocol):
    """Events answered 2xx that changed nothing else, each recorded once with its reason (I1)."""

    def record(self, once: Once, reason: str, at: int) -> None: ...


class Socket(Struct, frozen=True, kw_only=True):
    """An associate's open WebSocket."""

    id: str
    associate_id: str
    store_ids: tuple[str, ...]
    opened_at: int


class SocketStore(Protocol):
    def add(self, socket: Socket, ticket_id: str) -> bool:
        """Registers the socket and uses the ticket up in one transaction; False if the ticket was used before."""
        ...

    def remove(self, socket_id: str) -> None: ...

    def of_store(self, store_id: str) -> Sequence[Socket]: ...


# --- outside -----------------------------------------------------------------------------------------------------


class WebhookRequest(Struct, frozen=True, kw_only=True):
    """An HTTP request as a provider signed it. `url` comes from our configuration, never from headers."""

    method: str
    url: str
    headers: dict[str, str]
    """Names in lower case."""
    body: bytes


class WebhookReply(Struct, frozen=True, kw_only=True):
    content_type: str = "application/json"
    body: str = "{}"


class OutgoingText(Struct, frozen=True, kw_only=True):
    """What an adapter needs to send one text."""

    sender: Address
    recipient: Address
    body: str
    callback_url: str
    """Where the provider reports delivery; carries our signed reference."""


class Sent(Struct, frozen=True):
    """The provider took it, under this id."""

    provider_id: str


class SendError(Exception):
    """The provider certainly did not take it. `retryable`: the same request may work later."""

    def __init__(self, reason: FailureReason, *, retryable: bool = False, provider_code: str = "") -> None:
        super().__init__(f"{reason} {provider_code}".strip())
        self.reason = reason
        self.retryable = retryable
        self.provider_code = provider_code


class SendUnclear(Exception):
    """The provider may or may not have taken it (time-out after the request went out, 5xx, garbled answer)."""


class HttpResponse(Struct, frozen=True):
    status: int
    body: bytes


class NotConnected(Exception):
    """No request reached the other side."""


class NoAnswer(Exception):
    """The request went out; whether it took effect is not known."""


class Http(Protocol):
    def request(self, method: str, url: str, *, headers: dict[str, str], body: bytes, timeout: float) -> HttpResponse:
        """Never follows redirects, never retries. `timeout` in seconds. Raises NotConnected, NoAnswer."""
        ...


@runtime_checkable
class MessageChannel(Protocol):
    """A provider of messages. See docs/adding-a-channel.md."""

    def verify(self, request: WebhookRequest, connection: Connection, secrets: dict[str, str]) -> None:
        """Raises BadSignature."""
        ...

    def parse(self, request: WebhookRequest, connection: Connection, now: int) -> list[Event]:
        """The events of a verified webhook. Raises InvalidInput when it is malformed."""
        ...

    def parse_status(self, request: WebhookRequest, connection: Connection, ref: MessageRef) -> list[Event]:
        """The events of a verified delivery callback for the message `ref`."""
        ...

    def acknowledge(self) -> WebhookReply: ...

    def send(self, text: OutgoingText, connection: Connection, secrets: dict[str, str], http: Http) -> Sent:
        """Raises SendError, SendUnclear."""
        ...


class Shop(Protocol):
    """A shop platform. See docs/adding-a-shop.md."""

    def verify(self, request: WebhookRequest, connection: Connection, secrets: dict[str, str]) -> None: ...

    def parse(self, request: WebhookRequest, connection: Connection, now: int) -> list[Event]: ...

    def acknowledge(self) -> WebhookReply: ...


class References(Protocol):
    """Signs what leaves us and comes back: delivery references, socket tickets, page cursors."""

    def sign(self, purpose: str, value: object, *, now: int) -> str: ...

    def read(self, purpose: str, token: str, *, now: int, max_age: int | None = None) -> object:
        """The value. `max_age` in milliseconds. Raises BadSignature (forged, foreign purpose, too old)."""
        ...


class InboundQueue(Protocol):
    def put(self, event: Event) -> None:
        """Keeps a verified event that the table refused, to be taken from there. Raises Unavailable."""
        ...


Item = Message | Conversation | Order


class Change(Struct, frozen=True):
    """One committed change of the table. `old` None: created; `new` None: removed."""

    old: Item | None
    new: Item | None
    sequence_number: str


class OutboundQueue(Protocol):
    def put(self, messages: Sequence[Message]) -> None:
        """FIFO per conversation; the same attempt of a message twice is one."""
        ...

    def postpone(self, receipt: str, pause: int) -> None:
        """Hides an entry that was received for `pause` milliseconds from now."""
        ...


class Activity(Struct, frozen=True, kw_only=True):
    """A visible change, without content: readers fetch what they may see."""

    type: str
    """`conversation` or `order`."""
    store_id: str
    id: str
    """Of the conversation or order."""
    at: int


class ActivityTopic(Protocol):
    def publish(self, activities: Sequence[Activity]) -> None:
        """Best effort for those who read. Raises Unavailable."""
        ...


class Pusher(Protocol):
    def push(self, socket_id: str, activities: Sequence[Activity]) -> bool:
        """False when the socket is gone (410). Other failures are logged and swallowed: clients resync."""
        ...

    def send(self, socket_id: str, frame: object) -> bool:
        """Any JSON frame. False when the socket is gone."""
        ...

    def close(self, socket_id: str) -> None: ...


class Channels(Protocol):
    """The registry of message providers and shop platforms, adapters loaded when first used."""

    def message_channel(self, provider: str) -> MessageChannel: ...

    def webhook_source(self, provider: str) -> "MessageChannel | Shop | None":
        """None for a provider nobody wrote an adapter for."""
        ...


class Log(Protocol):
    """Structured logging without personal data: ids, codes and counts only."""

    def info(self, event: str, **fields: str | int | None) -> None: ...

    def warning(self, event: str, **fields: str | int | None) -> None: ...

    def failure(self, event: str, error: BaseException) -> None:
        """Type and place of an error, without its text."""
        ...


class Deps(Protocol):
    """Everything a use case may ask for; each part is made when first used."""

    @property
    def clock(self) -> Clock: ...
    @property
    def ids(self) -> Ids: ...
    @property
    def directory(self) -> Directory: ...
    @property
    def conversations(self) -> ConversationStore: ...
    @property
    def messages(self) -> MessageStore: ...
    @property
    def consents(self) -> ConsentStore: ...
    @property
    def customers(self) -> CustomerStore: ...
    @property
    def orders(self) -> OrderStore: ...
    @property
    def rejections(self) -> Rejections: ...
    @property
    def sockets(self) -> SocketStore: ...
    @property
    def channels(self) -> Channels: ...
    @property
    def http(self) -> Http: ...
    @property
    def references(self) -> References: ...
    @property
    def inbound(self) -> InboundQueue: ...
    @property
    def outbound(self) -> OutboundQueue: ...
    @property
    def topic(self) -> ActivityTopic: ...
    @property
    def pusher(self) -> Pusher: ...
    @property
    def log(self) -> Log: ...
    @property
    def public_api_url(self) -> str:
        """Where providers reach us, as they sign it; no slash at the end."""
        ...

    @property
    def websocket_url(self) -> str:
        """What browsers connect to."""
        ...

    @property
    def stage(self) -> str: ...
