"""What goes over HTTP: the request and answer types of every route. docs/openapi.json is generated from them.

Times are epoch milliseconds, money is in minor units, addresses are masked, cursors are opaque.
"""

from typing import Annotated

from msgspec import Meta, Struct, field

from chalicelib.domain.absences import LONGEST_ANSWER
from chalicelib.domain.addresses import Channel
from chalicelib.domain.assignments import HandoverKind
from chalicelib.domain.consent import ConsentState
from chalicelib.domain.conversations import ConversationKind, ConversationState
from chalicelib.domain.customers import CustomerKind
from chalicelib.domain.merchants import ChatLinkSetting, OptInSetting, Permission, ProxyState
from chalicelib.domain.message_templates import LONGEST_VALUE
from chalicelib.domain.messages import BODY_LIMIT, Direction, FailureReason, MessageKind, MessageStatus
from chalicelib.domain.orders import Fulfilment, Payment

from .consent_schemas import OptOutView
from .media_schemas import MediaView
from .product_schemas import CardView
from .time_schemas import ClockView, Waiting

Body = Annotated[str, Meta(min_length=1, max_length=BODY_LIMIT, pattern=r"\S")]
"""A text with something in it, at most one provider request long."""
Id = Annotated[str, Meta(min_length=1, max_length=64, pattern=r"^[A-Za-z0-9_-]+$")]


Words = Annotated[str, Meta(max_length=BODY_LIMIT)]
"""A text that pictures may stand for."""
PictureIds = Annotated[list[Id], Meta(max_length=10)]


class Input(Struct, forbid_unknown_fields=True):
    """Unknown fields are refused, so that a typing error is not silently nothing."""


class StartConversation(Input):
    """Start (or take up again) the conversation about an order. `body` is the first text the customer gets; it may
    be empty where there are `pictures`, the ids of such that are ready for this start."""

    order_id: Id
    body: Words
    chat_link: ChatLinkSetting | None = None
    """How the customer learns of it, this time; absent: as the store is set up."""
    pictures: PictureIds = field(default_factory=list)

    def __post_init__(self) -> None:
        if not self.body.strip() and not self.pictures:
            raise ValueError("There is nothing to send.")


Instant = Annotated[int, Meta(ge=0, le=10**14)]
"""Epoch milliseconds."""


class SendMessage(Input):
    """`send_at`: when it is to go out (X3); without it, now. `body` may be empty where there are `pictures`, the ids of
    such that are ready, or a product."""

    body: Words
    send_at: Instant | None = None
    pictures: PictureIds = field(default_factory=list)
    product_id: Id | None = None
    """A product that goes along as a card (N18); its picture, if it has one, is among `pictures`."""

    def __post_init__(self) -> None:
        if not self.body.strip() and not self.pictures and not self.product_id:
            raise ValueError("There is nothing to send.")


class ChangeHeld(Input):
    """A text that waits for its time, as it is to be from now on. Its pictures stay. `body`: null leaves the words."""

    body: Body | None
    send_at: Instant


Value = Annotated[str, Meta(min_length=1, max_length=LONGEST_VALUE)]


class SendTemplate(Input):
    """`values` in the order of the placeholders."""

    name: Annotated[str, Meta(min_length=1, max_length=512)]
    language: Annotated[str, Meta(min_length=1, max_length=16)]
    values: Annotated[list[Value], Meta(max_length=20)]


class Assign(Input):
    """`to`: who is to look after the conversation; `was`: who did, as last seen. null is the store."""

    to: Id | None
    was: Id | None


class GoAway(Input):
    """Who writes to me meanwhile is answered with `answer`, once in twelve hours. `until`: null is until I say so."""

    answer: Annotated[str, Meta(min_length=1, max_length=LONGEST_ANSWER, pattern=r"\S")]
    until: Annotated[int, Meta(ge=0, le=10**14)] | None


class MarkRead(Input):
    """Everything up to this message has been seen."""

    up_to: Id


class Failure(Struct):
    code: FailureReason
    text: str
    """The reason in words for people."""


class MailView(Struct, kw_only=True):
    """What only a received mail has. Addresses in it are masked."""

    subject: str
    folded: str
    """What is not shown at first: quotes, signatures, notices."""
    unverified: bool
    """Nothing proves that the sender is who they say."""
    unreadable: bool
    automatic: bool
    """A machine wrote it: an absence note, a bounce."""
    other_sender: bool
    """It came from another address than the customer's, as an answer to a mail of ours."""
    order_id: str | None
    """The sender's order that it names (S19)."""
    order_number: str | None


class MessageView(Struct, kw_only=True):
    id: str
    direction: Direction
    kind: MessageKind
    body: str
    created_at: int
    author_id: str | None
    author_name: str | None
    status: MessageStatus
    status_at: int
    failure: Failure | None
    can_retry: bool
    checking: bool
    """Nobody knows yet whether it went out: the provider is being asked."""
    attempt: int
    template: bool
    """An approved template (X9)."""
    quotes: str | None
    """The message on the same page that this one answers."""
    media: list[MediaView]
    mail: MailView | None = None
    card: CardView | None = None
    held: Waiting | None = None
    """It waits for its time, and is not part of the conversation yet."""
    event: str | None = None
    """Of an automatic text, what it comes from: what happened to the order (L11), or `bulk` (L13)."""


class TemplateView(Struct, kw_only=True):
    name: str
    language: str
    body: str
    """With `{{1}}`, `{{2}}` and so on where words are to be filled in."""
    placeholders: int


class TemplateList(Struct, kw_only=True):
    rows: list[TemplateView]


class ConversationRow(Struct, kw_only=True):
    id: str
    store_id: str
    customer_name: str
    customer_address: str
    """Masked: enough to tell two apart. Empty on the chat page, where customers have no address."""
    channel: Channel
    kind: ConversationKind
    state: ConversationState
    order_number: str | None
    last_activity_at: int
    last_preview: str
    last_direction: Direction | None
    last_kind: MessageKind
    """`text`: a person wrote it; else it went out by itself."""
    last_author_id: str | None
    """The associate who wrote it."""
    last_author_name: str | None
    assignee_id: str | None
    """The associate who looks after it; none: the store."""
    waiting_since: int | None
    """Since when its customer waits, where it went back to the store for that (X18)."""
    outbound_trouble: MessageStatus | None
    """`failed` or `unknown`, where that is what became of the last message of ours (X10)."""
    unread: int
    opted_out: bool
    requested_at: int | None
    """When the customer was asked whether they want messages, while their answer is awaited (N6)."""


class ConversationView(ConversationRow, kw_only=True):
    order_id: str | None
    expires_at: int
    free_until: int | None
    """From then on the channel takes templates only (X9); null: it has no such limit."""


class ConversationPage(Struct, kw_only=True):
    rows: list[ConversationRow]
    """Last activity first."""
    next: str | None
    truncated: bool = False
    """A search looked at the latest conversations only, or found more than fit: others may be missing."""
    now: int
    """The server's clock; pass it as `newer_than` to catch up after a gap."""


class HandoverView(Struct, kw_only=True):
    """A change of who looks after a conversation: history for colleagues, never sent."""

    id: str
    kind: HandoverKind
    at: int
    by_id: str | None
    by_name: str | None
    to_id: str | None
    to_name: str | None
    from_id: str | None
    """Who looked after it, where it went back to the store by itself (X18)."""
    from_name: str | None


class Thread(Struct, kw_only=True):
    conversation: ConversationView
    clock: ClockView
    opt_out: OptOutView | None
    handovers: list[HandoverView]
    """All of them, oldest first."""
    proxy_state: ProxyState
    """Of our own address that it is over: only one that works can send."""
    messages: list[MessageView]
    """Oldest first."""
    next: str | None
    """Cursor of the page before (older messages)."""
    held: list[MessageView]
    """With the newest messages: texts that wait for their time, the earliest first."""


class OrderLineView(Struct, kw_only=True):
    title: str
    quantity: int
    price: int


class OrderView(Struct, kw_only=True):
    id: str
    store_id: str
    number: str
    customer_id: str
    customer_name: str
    placed_at: int
    payment: Payment
    fulfilment: Fulfilment
    cancelled_at: int | None
    closed_at: int | None
    total: int
    currency: str
    lines: list[OrderLineView]
    conversation_id: str | None
    active: bool
    startable: bool
    """Whether a conversation about it can be started now (D2, D3)."""


class OrderPage(Struct, kw_only=True):
    rows: list[OrderView]
    """Newest first."""
    next: str | None
    truncated: bool = False
    """A search looked at the newest orders only, or found more than fit: others may be missing."""


class MergeView(Struct, kw_only=True):
    """Somebody who was merged into a customer (X11)."""

    id: str
    name: str
    at: int
    by_name: str


class CustomerView(Struct, kw_only=True):
    id: str
    name: str
    kind: CustomerKind
    phones: list[str]
    """Masked."""
    emails: list[str]
    """Masked."""
    consent: ConsentState
    """In this store's scope, for the conversation's address."""
    consent_at: int | None
    orders: list[OrderView]
    """In this store, newest first, at most 50."""
    merges: list[MergeView]
    """The latest first; each can be undone."""
    tags: list[str]


class MergeCustomers(Struct, kw_only=True, forbid_unknown_fields=True):
    """The other customer, by a conversation or an order of theirs: one of the two."""

    conversation_id: Id | None
    order_id: Id | None
    keep_other: bool = False
    """The other one is kept, and the conversation's becomes a tombstone."""


class StoreView(Struct, kw_only=True):
    id: str
    chat_link: ChatLinkSetting
    """How customers learn of conversations that are started with them, unless another way is chosen."""
    opt_in: OptInSetting
    """`required`: who has not agreed yet gets a request only (N7)."""
    name: str
    timezone: str
    phone: str
    credits: bool
    """Whether its texts need credits (L1)."""
    messaging: bool
    """Whether this associate sees Messaging for this store (flag and permission, D4-D6)."""
    contacts: bool
    """Whether they have contacts and reminders there, too (H15)."""
    permissions: list[Permission]


class Me(Struct, kw_only=True):
    id: str
    name: str
    email: str
    stores: list[StoreView]


class StoreUnread(Struct, kw_only=True):
    store_id: str
    unread: int


class Unread(Struct, kw_only=True):
    total: int
    capped: bool
    """There are more conversations than were counted (the 100 with the latest activity per store)."""
    stores: list[StoreUnread]


class Ticket(Struct, kw_only=True):
    """Opens one WebSocket: connect to `url` within 30 seconds; it already carries the ticket."""

    url: str
    expires_at: int


class AbsenceState(Struct, kw_only=True):
    away: bool
    answer: str
    """What customers are answered; empty while not away."""
    since: int | None
    until: int | None
    """When it ends by itself; none: not by itself."""


class ColleagueView(Struct, kw_only=True):
    id: str
    name: str
    away: bool


class ColleagueList(Struct, kw_only=True):
    rows: list[ColleagueView]
    """Who can look after conversations of the store, by name."""


class ErrorInfo(Struct, kw_only=True):
    code: str
    message: str
    details: dict[str, str | int] = field(default_factory=dict)


class ErrorBody(Struct, kw_only=True):
    """The one shape of every refusal."""

    error: ErrorInfo
