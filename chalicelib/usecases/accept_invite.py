"""A customer takes an invitation up: chooses a channel, gives an address, and agrees (H5, H6).

Nothing is believed of the address: it gets one message, and counts only once it has answered YES. At WhatsApp, which
takes no first message of ours without a template, the customer writes first, a word that only this page tells; until
then nothing is written but the invitation.
"""

from msgspec import Struct
from msgspec.structs import replace

from chalicelib.domain.addresses import Address, Channel, email_address, phone_from_shop
from chalicelib.domain.allocation import Seat, Wanted
from chalicelib.domain.consent import ConsentChange, ConsentSource, ConsentState
from chalicelib.domain.conversations import Conversation, ConversationKind, ConversationState
from chalicelib.domain.customers import Customer, CustomerKind
from chalicelib.domain.errors import (
    AddressNotServed,
    ChangedMeanwhile,
    InvalidInput,
    InviteUnusable,
    OptedOut,
    TooManyAttempts,
)
from chalicelib.domain.invites import INVITE_WORDING, Invite, InviteState, confirmation_request, served
from chalicelib.domain.merchants import Proxy, ProxyOwner, Store
from chalicelib.domain.messages import Message, MessageKind
from chalicelib.domain.opt_in import INVITE_PAUSE, asked
from chalicelib.domain.routing import Route, RouteKey

from . import compose
from .allocate_proxy import allocate, seats_of
from .attempts import spend
from .follow_invite_word import found_by
from .ports import Append, Appended, Deps, Once, Opened, Opening
from .show_invite import InvitePage, invite_behind, page_of

MOST_POSTS = 30
"""From one place in ten minutes."""
MOST_TO_ONE = 3
"""Messages to one address in a day, whoever gave it."""
_DAY = 86_400_000
_ATTEMPTS = 5


class AcceptCommand(Struct, frozen=True, kw_only=True):
    """As typed. `wording`: the version that was shown; `caller`: where it comes from, as far as is known."""

    token: str
    channel: Channel
    address: str
    name: str
    wording: str
    caller: str


class _Plan(Struct, frozen=True, kw_only=True):
    """Where the address is asked. `stored`: the conversation that goes on there, if there is one."""

    conversation: Conversation
    stored: Conversation | None
    seat: Seat | None
    customer: Customer | None
    request: Message


def accept_invite(command: AcceptCommand, deps: Deps) -> InvitePage:
    """The page as it is then: "look at your phone".

    Raises ChatUnavailable, InviteUnusable, InvalidInput, AddressNotServed, OptedOut, TooManyAttempts, ChangedMeanwhile.
    """
    invite = invite_behind(command.token, command.caller, deps)
    spend("invite-place", command.caller, MOST_POSTS, INVITE_PAUSE, deps)
    page = page_of(invite, deps)
    if page.status.state is InviteState.DONE or not page.status.invite.can_ask(deps.clock.now()):
        raise InviteUnusable
    if command.wording != INVITE_WORDING:
        raise ChangedMeanwhile("The words on this page have changed. Please load it anew.")
    address = _address(command, page.store)
    ours = _ours(command.channel, address, page)
    for attempt in range(_ATTEMPTS):
        plan = _plan(command.channel, address, ours, command, invite, page.store, deps)
        consent = _consent(plan, deps)
        if attempt == 0:
            spend("invite-address", f"{page.store.id} {command.channel} {address}", MOST_TO_ONE, _DAY, deps)
        if command.channel is Channel.WHATSAPP:
            return page_of(_awaiting_word(invite, plan, command.name, deps), deps)
        invite = _marked(invite, plan, attempt, deps)
        if _ask(plan, consent, invite, deps):
            return page_of(invite, deps)
    raise ChangedMeanwhile


def _address(command: AcceptCommand, store: Store) -> Address:
    """Raises InvalidInput in words for the customer."""
    if command.channel is Channel.EMAIL:
        try:
            return email_address(command.address)
        except ValueError:
            raise InvalidInput("This is no e-mail address.", field="address") from None
    number = phone_from_shop(command.address, store.country)
    if number is None:
        raise InvalidInput("This is no phone number.", field="address")
    return number


def _ours(channel: Channel, address: Address, page: InvitePage) -> tuple[Proxy, ...]:
    ours = page.ways.get(channel, ())
    if not ours:
        raise InvalidInput("This store cannot be reached that way.", field="channel")
    if channel is Channel.SMS:
        ours = tuple(proxy for proxy in ours if served(proxy.address, address, page.store.country))
        if not ours:
            raise AddressNotServed
    return ours


def _plan(
    channel: Channel,
    address: Address,
    ours: tuple[Proxy, ...],
    command: AcceptCommand,
    invite: Invite,
    store: Store,
    deps: Deps,
) -> _Plan:
    """Who has a conversation with this address already keeps it, and so the contact (H12)."""
    now = deps.clock.now()
    everywhere = {each.address: each for each in (*ours, *deps.directory.proxies_of(store.id, channel))}
    seats = seats_of(tuple(everywhere.values()), store.id, address, deps)
    held = [each for seat in seats if (each := seat.held(now)) is not None and each.lives(now)]
    theirs = next((each for each in held if each.store_id == store.id), None)
    if theirs is not None:
        return _Plan(
            conversation=theirs,
            stored=theirs,
            seat=None,
            customer=None,
            request=_request(theirs, invite, store, now, deps, of_invite=theirs.assignee_id is None),
        )
    known = deps.customers.find_by(store.merchant_id, channel, address)
    customer = deps.customers.find(known) if known is not None else None
    whom = customer or _visitor(command, address, store, now, deps)
    wanted = Wanted(associate_id=invite.associate_id, customer_ids=whom.ids, customer_address=address)
    seat = allocate(ours, store.id, wanted, deps).seat
    stored = seat.held(now)
    if stored is not None and _is_somebody_elses(stored, store, customer):
        raise AddressNotServed("We cannot write to this address. Please choose another way.")
    conversation = _conversation(invite, seat.proxy, stored, whom, address, store, now, deps).requested(now)
    request = _request(conversation, invite, store, now, deps, of_invite=True)
    new = whom if customer is None and stored is None else None  # one that has ended keeps whoever it was with
    return _Plan(conversation=conversation, stored=stored, seat=seat, customer=new, request=request)


def _is_somebody_elses(ended: Conversation, store: Store, customer: Customer | None) -> bool:
    """Of another store; or of who mistyped this address once, which by now leads to another customer."""
    if ended.store_id != store.id:
        return True
    of_another = customer is not None and ended.customer_id not in customer.ids
    return of_another and ended.state is not ConversationState.DELETED


def _request(
    conversation: Conversation, invite: Invite, store: Store, now: int, deps: Deps, *, of_invite: bool
) -> Message:
    """`of_invite`: it counts as written by who invited, which makes the conversation theirs; else as written by nobody,
    so that it is no answer to a customer who waits for one (X18)."""
    body = confirmation_request(store.name, invite.associate_name, Channel(conversation.channel))
    message = compose.written(
        conversation,
        compose.next_id(conversation.last_message_id, now, deps),
        body,
        max(now, conversation.last_activity_at),
        author_id=invite.associate_id if of_invite else None,
        author_name=invite.associate_name if of_invite else None,
        unprompted=True,
    )
    return replace(message, kind=MessageKind.OPT_IN_REQUEST)


def _conversation(
    invite: Invite,
    proxy: Proxy,
    stored: Conversation | None,
    customer: Customer,
    address: Address,
    store: Store,
    now: int,
    deps: Deps,
) -> Conversation:
    """Of the associate who invited (H12), over the address that carries it (H13)."""
    if stored is not None:
        return replace(stored.reopened(now), kind=ConversationKind.CONTACT, assignee_id=invite.associate_id)
    return Conversation(
        id=deps.ids.ulid(now),
        merchant_id=store.merchant_id,
        store_id=store.id,
        connection_id=proxy.connection_id,
        customer_id=customer.id,
        customer_name=customer.name,
        kind=ConversationKind.CONTACT,
        channel=proxy.channel,
        proxy=proxy.address,
        customer_address=address,
        consent_scope=store.consent_scope_id,
        associate_id=None if proxy.owner is ProxyOwner.STORE else invite.associate_id,
        assignee_id=invite.associate_id,
        created_at=now,
        last_activity_at=now,
    )


def _visitor(command: AcceptCommand, address: Address, store: Store, now: int, deps: Deps) -> Customer:
    """Somebody new. The address leads nobody to them: it is theirs only once it has answered."""
    phone = command.channel is not Channel.EMAIL
    return Customer(
        id=deps.ids.ulid(now),
        merchant_id=store.merchant_id,
        kind=CustomerKind.VISITOR,
        first_name=" ".join(command.name.split()),
        phones=(address,) if phone else (),
        emails=() if phone else (address,),
        created_at=now,
        updated_at=now,
    )


def _consent(plan: _Plan, deps: Deps) -> ConsentChange | None:
    """The line of the ledger; none for somebody who has opted in, who is asked all the same: it may be another one who
    types their address. Raises OptedOut, TooManyAttempts."""
    consent = deps.consents.state(plan.request.consent_key)
    if consent is not None and consent.state is ConsentState.OPTED_OUT:
        raise OptedOut
    if consent is not None and consent.state is ConsentState.OPTED_IN:
        return None
    waits = consent is not None and consent.state is ConsentState.REQUESTED
    if waits and consent is not None and plan.request.created_at < consent.changed_at + INVITE_PAUSE:
        raise TooManyAttempts("We have just written to this address. Please look there.")
    return asked(plan.request, ConsentSource.INVITATION, INVITE_WORDING)


def _marked(invite: Invite, plan: _Plan, attempt: int, deps: Deps) -> Invite:
    """Before anything goes out, so that two at once do not both count as the last one."""
    marked = invite.asked(Channel(plan.conversation.channel), plan.request.id, plan.conversation.id)
    if attempt:
        marked = replace(marked, asks=invite.asks)
    if not deps.invites.change(marked, invite):
        raise ChangedMeanwhile
    return marked


def _awaiting_word(invite: Invite, plan: _Plan, name: str, deps: Deps) -> Invite:
    talk = plan.conversation
    marked = invite.waits_for_word(Channel(talk.channel), plan.request.id, talk.proxy, " ".join(name.split()))
    if not deps.invites.change(marked, invite, found_by(marked, talk.customer_address, deps)):
        raise ChangedMeanwhile
    return marked


def _ask(plan: _Plan, consent: ConsentChange | None, invite: Invite, deps: Deps) -> bool:
    """In one transaction; False where somebody was faster."""
    once = Once(f"invite#{invite.id}", str(invite.asks), result=plan.conversation.id)
    messages = (plan.request,)
    if plan.seat is None:
        append = Append(once=once, messages=messages, expected=plan.stored, consent=consent)
        return isinstance(deps.conversations.append(append), Appended)
    conversation = plan.conversation.with_message(plan.request)
    route = Route(
        key=RouteKey(conversation.channel, conversation.proxy, conversation.customer_address),
        merchant_id=conversation.merchant_id,
        store_id=conversation.store_id,
        conversation_id=conversation.id,
    )
    opening = Opening(
        once=once,
        conversation=conversation,
        was=plan.stored,
        route=route,
        route_was=plan.seat.route,
        reroutings=plan.seat.reroutings(route, conversation.last_activity_at),
        messages=messages,
        customer=plan.customer,
        consent=consent,
    )
    return isinstance(deps.conversations.open(opening), Opened)
