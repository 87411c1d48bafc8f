"""A store starts a conversation about a fresh order (D1-D3, D8-D10); with the same customer it is taken up again.

Where the store texts only those who have agreed, the others get a request and nothing else (N6, N7).
"""

from msgspec import Struct
from msgspec.structs import replace

from chalicelib.domain.addresses import Address, Channel, can_be_texted
from chalicelib.domain.allocation import Seat, Wanted, still_held
from chalicelib.domain.consent import Consent, ConsentKey, ConsentState
from chalicelib.domain.conversations import Conversation, ConversationKind, ConversationState
from chalicelib.domain.customers import Customer
from chalicelib.domain.errors import (
    ChangedMeanwhile,
    CustomerUnreachable,
    IdempotencyConflict,
    NoFreeProxy,
    NotFound,
    OptedOut,
    OptInPending,
    OrderNotStartable,
    PictureMissing,
    PictureNotReady,
    QuietHours,
    RequestHasNoPictures,
)
from chalicelib.domain.first_text import first_text
from chalicelib.domain.media import Media
from chalicelib.domain.merchants import Associate, ChatLinkSetting, OptInSetting, Proxy, ProxyOwner, Store
from chalicelib.domain.messages import Message, MessageKind
from chalicelib.domain.opt_in import asked, must_be_asked, request_text
from chalicelib.domain.orders import Order
from chalicelib.domain.routing import Route, RouteKey
from chalicelib.domain.uploads import draft_of

from . import compose
from .access import messaging_store, signed_in
from .allocate_proxy import Allocated, allocate, candidates, notice
from .attach_pictures import attached_to_first
from .charge_credits import charged
from .held_messages import daytime, night
from .once import request_once
from .ports import Deps, Duplicate, Once, Opened, Opening
from .start_chat import ChatStart, chat_opening, doors_to

_ATTEMPTS = 5
_OVER = (
    OrderNotStartable,
    CustomerUnreachable,
    NoFreeProxy,
    OptedOut,
    OptInPending,
    QuietHours,
    PictureMissing,
    PictureNotReady,
    RequestHasNoPictures,
)
"""Refusals that come with time."""


class StartCommand(Struct, frozen=True, kw_only=True):
    store_id: str
    associate_id: str
    order_id: str
    body: str
    """May be empty with pictures."""
    idempotency_key: str
    chat_link: ChatLinkSetting | None = None
    """How the customer learns of it, this time; None: as the store is set up."""
    pictures: tuple[str, ...] = ()
    """Ids of uploads of this associate's for this order (`upload_for_start`)."""


class _Start(Struct, frozen=True, kw_only=True):
    """What is known before the first attempt."""

    command: StartCommand
    associate: Associate
    store: Store
    order: Order
    customer: Customer
    address: Address
    candidates: tuple[Proxy, ...]

    @property
    def wanted(self) -> Wanted:
        return Wanted(associate_id=self.associate.id, customer_ids=self.customer.ids, customer_address=self.address)


def start_conversation(command: StartCommand, deps: Deps) -> str:
    """The id of the conversation, whose first text, or the request for the customer's yes, is queued.

    Raises NotFound, PermissionDenied, MessagingDisabled, OrderNotStartable, CustomerUnreachable, NoFreeProxy, OptedOut,
    OptInPending, QuietHours, IdempotencyConflict, InvalidInput, PictureMissing, PictureNotReady, TooManyPictures,
    RequestHasNoPictures, TooFewCredits.
    """
    associate = signed_in(command.associate_id, deps)
    store = messaging_store(associate, command.store_id, deps)
    if command.chat_link is not None:
        store = replace(store, chat_link=command.chat_link)
    try:
        return _open(_prepare(command, associate, store, deps), command, deps)
    except _OVER:
        # a repeat of what was accepted while it could be still gets its answer
        once = _once(command, "")
        earlier = deps.conversations.find_once(once)
        if earlier is None:
            raise
        return _repeated(once, earlier)


def _open(start: _Start | ChatStart, command: StartCommand, deps: Deps) -> str:
    for _attempt in range(_ATTEMPTS):
        opening, allocated = _next_opening(start, command, deps)
        outcome = deps.conversations.open(opening)
        if isinstance(outcome, Opened):
            if allocated:
                notice(allocated, deps)
            return opening.conversation.id
        if isinstance(outcome, Duplicate):
            return _repeated(opening.once, outcome.once)
        start = _prepare(command, start.associate, start.store, deps)  # also an opt-out may have come back (X13)
    raise ChangedMeanwhile


def _next_opening(start: _Start | ChatStart, command: StartCommand, deps: Deps) -> tuple[Opening, Allocated | None]:
    """The chat page takes up none of our numbers."""
    if isinstance(start, ChatStart):
        return _chat_opening(start, command, deps), None
    allocated = allocate(start.candidates, start.store.id, start.wanted, deps)
    return _opening(start, allocated.seat, deps), allocated


def _chat_opening(start: ChatStart, command: StartCommand, deps: Deps) -> Opening:
    return chat_opening(
        start,
        lambda route: _held(route, deps),
        lambda conversation_id: _once(command, conversation_id),
        lambda conversation: _media(command, conversation, deps),
        deps,
    )


def _media(command: StartCommand, conversation: Conversation, deps: Deps) -> tuple[Media, ...]:
    draft = draft_of(conversation.merchant_id, command.store_id, command.order_id)
    return attached_to_first(command.pictures, command.body, conversation, draft, command.associate_id, deps)


def _held(route: Route | None, deps: Deps) -> Conversation | None:
    return still_held(route, deps.conversations.find(route.conversation_id) if route else None, deps.clock.now())


def _repeated(once: Once, earlier: Once) -> str:
    if earlier.digest != once.digest:
        raise IdempotencyConflict
    return earlier.result


def _once(command: StartCommand, conversation_id: str) -> Once:
    way = [command.chat_link] if command.chat_link else []
    pictures = ("pictures", *command.pictures) if command.pictures else ()
    content = (command.store_id, command.order_id, command.body, *way, *pictures)
    return request_once(command.associate_id, command.idempotency_key, content, conversation_id)


def _prepare(command: StartCommand, associate: Associate, store: Store, deps: Deps) -> _Start | ChatStart:
    order = deps.orders.find(command.order_id)
    if order is None or order.store_id != store.id:
        raise NotFound
    if not order.startable(deps.clock.now()):
        raise OrderNotStartable
    customer = deps.customers.find(order.customer_id)
    if customer is None:
        raise NotFound
    address = next((phone for phone in (order.phone, *customer.phones) if phone and can_be_texted(phone)), None)
    if store.chat_link is not ChatLinkSetting.OFF and not _asks(store, address, deps):
        return ChatStart(
            store=store,
            associate=associate,
            order=order,
            customer=customer,
            body=command.body,
            doors=doors_to(customer, order.phone, store, associate.id, deps),
        )
    if address is None:
        raise CustomerUnreachable
    proxies = candidates(store, associate.id, Channel.SMS, deps)
    if not proxies:
        raise CustomerUnreachable("This store has no number to text from.")
    _require_no_opt_out(store, address, deps)
    if (until := daytime(store, "sms", address, deps.clock.now())) > deps.clock.now():
        raise night(until, "sms", address, store.timezone)
    return _Start(
        command=command,
        associate=associate,
        store=store,
        order=order,
        customer=customer,
        address=address,
        candidates=proxies,
    )


def _consent(store: Store, address: Address, deps: Deps) -> Consent | None:
    return deps.consents.state(ConsentKey(store.merchant_id, "sms", address, store.consent_scope_id))


def _asks(store: Store, address: Address | None, deps: Deps) -> bool:
    """Whether the customer's yes is needed and not there. It is asked for by text, also where the chat page follows."""
    if store.opt_in is OptInSetting.NOT_REQUIRED:
        return False
    consent = None if address is None else _consent(store, address, deps)
    return consent is None or consent.state is not ConsentState.OPTED_IN


def _require_no_opt_out(store: Store, address: Address, deps: Deps) -> None:
    consent = _consent(store, address, deps)
    if consent is not None and consent.state is ConsentState.OPTED_OUT:
        raise OptedOut


def _opening(start: _Start, seat: Seat, deps: Deps) -> Opening:
    now = deps.clock.now()
    stored = seat.held(now)
    if stored is not None and stored.store_id != start.store.id:
        raise CustomerUnreachable("Another store is still in a conversation with this customer from this number.")
    if stored is not None and _with_somebody_else(stored, start):
        raise CustomerUnreachable("This number is already in a conversation with another customer.")
    conversation = _conversation(start, seat.proxy, stored, now, deps)
    asks = _must_ask(start, stored, now, deps)
    if asks and start.command.pictures:
        raise RequestHasNoPictures
    message = compose.written(
        conversation,
        compose.next_id(conversation.last_message_id, now, deps),
        start.command.body,
        now,
        author_id=start.associate.id,
        author_name=start.associate.name,
        media=_media(start.command, conversation, deps),
    )
    if asks:
        conversation, message = conversation.requested(now), _request(start, message)
    elif stored is None:
        message = replace(message, body=first_text(start.store.name, message.body))
    message = charged(message, deps)
    return Opening(
        once=_once(start.command, conversation.id),
        conversation=conversation.with_message(message),
        was=stored,
        route=Route(
            key=RouteKey(seat.proxy.channel, seat.proxy.address, start.address),
            merchant_id=start.store.merchant_id,
            store_id=start.store.id,
            conversation_id=conversation.id,
        ),
        route_was=seat.route,
        messages=(message,),
        consent=asked(message) if asks else None,
        order=start.order.in_conversation(conversation.id),
    )


def _must_ask(start: _Start, stored: Conversation | None, now: int, deps: Deps) -> bool:
    """A conversation that is open goes on: the customer wrote in it, or it is older than the store's setting."""
    if start.store.opt_in is OptInSetting.NOT_REQUIRED or (stored is not None and stored.is_open(now)):
        return False
    return must_be_asked(_consent(start.store, start.address, deps), now)


def _request(start: _Start, message: Message) -> Message:
    """It takes the place of the first text."""
    return replace(message, kind=MessageKind.OPT_IN_REQUEST, body=request_text(start.store.name, message.body))


def _with_somebody_else(stored: Conversation, start: _Start) -> bool:
    """A phone may be shared, or mistyped: what one customer said is not put under another one's name."""
    return stored.state is not ConversationState.DELETED and stored.customer_id not in start.customer.ids


def _conversation(start: _Start, proxy: Proxy, stored: Conversation | None, now: int, deps: Deps) -> Conversation:
    """The one to store: reopened where this pair of addresses still leads to one (X2), else new."""
    if stored is not None:
        return replace(
            stored.reopened(now),
            customer_id=start.customer.known_as(stored.customer_id),
            customer_name=start.customer.name,
            order_id=start.order.id,
            order_number=start.order.number,
            opted_out=False,
        )
    return Conversation(
        id=deps.ids.ulid(now),
        merchant_id=start.store.merchant_id,
        store_id=start.store.id,
        connection_id=proxy.connection_id,
        customer_id=start.customer.id,
        customer_name=start.customer.name,
        kind=ConversationKind.ORDER,
        channel=proxy.channel,
        proxy=proxy.address,
        customer_address=start.address,
        consent_scope=start.store.consent_scope_id,
        associate_id=None if proxy.owner is ProxyOwner.STORE else start.associate.id,
        order_id=start.order.id,
        order_number=start.order.number,
        created_at=now,
        last_activity_at=now,
    )
