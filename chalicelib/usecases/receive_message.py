"""A customer wrote to one of our addresses (D18, D19, N9-N14, X1, X2; docs/requirements.md, Routes 1 and 2)."""

from msgspec.structs import replace

from chalicelib.domain.automatic_texts import AutomaticText, ticket
from chalicelib.domain.consent import ConsentState
from chalicelib.domain.conversations import Conversation, ConversationState
from chalicelib.domain.customers import Customer
from chalicelib.domain.errors import Unavailable
from chalicelib.domain.events import MessageReceived
from chalicelib.domain.invites import Invite
from chalicelib.domain.keywords import Keyword, classify, ended_answer
from chalicelib.domain.merchants import Connection, Store
from chalicelib.domain.messages import Message, MessageKind
from chalicelib.domain.orders import OrderEvent
from chalicelib.domain.routing import Rerouting, Route, RouteKey
from chalicelib.domain.unanswered import Unanswered

from . import compose, reply_automatically, shared_numbers
from .await_answer import to_be_answered
from .browse_templates import active_events
from .first_contact import customer_of, new_conversation
from .follow_invite_word import contact_of, follow_invite_word, note_answer, taken_by_another
from .follow_reply_token import follow_reply_token
from .hear_merchant import hear_merchant, merchant_at
from .order_in_mail import name_order, order_to_link
from .ports import Append, Appended, Conflict, Deps, Duplicate, Once, Opened, Opening
from .reply_automatically import Reply, from_the_customer, may_be_answered, reply_in_conversation, reply_to_words

_ATTEMPTS = 6
"""Each loss of a race means that somebody else got on; more than this in a row is left to the inbound queue."""


def receive_message(event: MessageReceived, deps: Deps) -> None:
    """Stores the text exactly once and does what it asks for. Raises Unavailable when the table refuses."""
    connection = deps.directory.connection(event.connection_id)
    if connection is None:
        return _reject(event, "unknown_connection", deps)
    event = name_order(follow_reply_token(event, connection, deps), deps)
    event, invite = follow_invite_word(event, connection, deps)
    key = RouteKey(event.channel, event.recipient, event.sender)
    for attempt in range(_ATTEMPTS):
        if invite is not None and _take_up(event, connection, key, invite, deps):
            return note_answer(invite, key, deps)
        if invite is None and _take_in(event, connection, key, attempt, deps):
            return reply_automatically.show_beside(event, key, deps)
    raise Unavailable


def _take_in(event: MessageReceived, connection: Connection, key: RouteKey, attempt: int, deps: Deps) -> bool:
    rerouting = shared_numbers.meant(event, key, deps)
    route = rerouting.becomes.first if rerouting else deps.conversations.find_route(key, consistent=attempt > 0)
    return _take(event, connection, key, route, rerouting, deps)


def _take_up(event: MessageReceived, connection: Connection, key: RouteKey, invite: Invite, deps: Deps) -> bool:
    """One attempt to bring the YES to the store that invited: into its conversation, or as its first text (H6, H12)."""
    now, store = event.received_at, deps.directory.store(invite.store_id)
    proxy = deps.directory.proxy(event.channel, event.recipient)
    if store is None or proxy is None:
        return _take_in(replace(event, invite_id=None), connection, key, 1, deps)
    routes = deps.conversations.routes(key)
    own = routes.of_store(store.id)
    known = None if own is None else deps.conversations.find(own.conversation_id)
    if own is not None and known is not None and known.lives(now):
        rerouting = None if own is routes.first else Rerouting(routes, routes.led_by(own, now))
        return _take(event, connection, key, own, rerouting, deps)
    customer, is_new = customer_of(event, store, now, deps)
    cooling = known is not None and now < (known.cool_until(now) or 0)
    others = None if own else routes.first
    if taken_by_another(known if cooling else None, others, None if is_new else customer, now, deps):
        return _take_in(replace(event, invite_id=None), connection, key, 1, deps)
    was = known if cooling else None
    contact = was.reopened(now) if was else new_conversation(event, store, proxy, customer, now, deps)
    new = customer if is_new and was is None else None  # one that has ended keeps whoever it was with
    return _begin(event, connection, store, contact_of(contact, invite, proxy), was, new, routes.first, deps)


def _take(
    event: MessageReceived,
    connection: Connection,
    key: RouteKey,
    route: Route | None,
    rerouting: Rerouting | None,
    deps: Deps,
) -> bool:
    """One attempt; False when somebody else changed the conversation or its route meanwhile. `rerouting`: what brings
    `route` first, where another one came first so far."""
    if route is None:
        return _from_unknown_sender(event, connection, key, None, deps)
    if route.merchant_id != connection.merchant_id:
        _reject(event, "foreign_number", deps)
        return True
    store = deps.directory.store(route.store_id)
    if store is None:
        _reject(event, "unknown_store", deps)
        return True
    if route.cool_until is not None:
        return _after_the_end(event, connection, store, route, rerouting, deps)
    return _into_open_conversation(event, connection, store, route, rerouting, deps)


def _into_open_conversation(
    event: MessageReceived,
    connection: Connection,
    store: Store,
    route: Route,
    rerouting: Rerouting | None,
    deps: Deps,
) -> bool:
    """The good path: one transaction, no read before it."""
    now = event.received_at
    message = compose.inbound(event, store, route.conversation_id, deps.ids.ulid(now), now)
    outcome = _append(event, connection, store, message, rerouting, deps)
    if not isinstance(outcome, Conflict):
        return True
    conversation = outcome.conversation
    if conversation is None:
        return False
    if not conversation.lives(now):
        return _after_the_end(event, connection, store, route, rerouting, deps)
    if not conversation.is_open(now):
        return _answer_to_request(event, connection, store, conversation, rerouting, deps)
    free_until = conversation.free_until_after(message)
    if conversation.last_message_id < message.id and free_until == message.free_until:
        return False
    later = compose.next_id(conversation.last_message_id, now, deps)
    after = max(message.created_at, conversation.last_activity_at)
    message = replace(message, id=later, created_at=after, free_until=free_until)
    outcome = _append(event, connection, store, message, rerouting, deps)
    return not isinstance(outcome, Conflict)


def _answer_to_request(
    event: MessageReceived,
    connection: Connection,
    store: Store,
    conversation: Conversation,
    rerouting: Rerouting | None,
    deps: Deps,
) -> bool:
    """The store has asked (N6). Whatever the customer says to that lets the store answer: they wrote (docs/consent.md).
    Asking for help does not, nor does what a machine says or nobody vouches for."""
    now = event.received_at
    message = compose.inbound(
        event, store, conversation.id, compose.next_id(conversation.last_message_id, now, deps), now
    )
    message = replace(
        message,
        created_at=max(now, conversation.last_activity_at),
        free_until=conversation.free_until_after(message),
    )
    reply = reply_in_conversation(event, message, connection, store, deps)
    outcome = deps.conversations.append(
        Append(
            once=_once(event, message.id),
            messages=(message,) if reply.answer is None else (message, reply.answer),
            consent=reply.consent,
            consent_beside=reply.consent_beside,
            opted_out=reply.opted_out,
            expected=conversation,
            ended_answered=conversation.ended_answered,
            answers_request=_answers_request(event),
            unanswered=_who_waits(event, message, reply, store, deps),
            rerouting=rerouting,
        )
    )
    return not isinstance(outcome, Conflict)


def _answers_request(event: MessageReceived) -> bool:
    return not event.automatic and from_the_customer(event) and classify(event.body) is not Keyword.HELP


def _append(
    event: MessageReceived,
    connection: Connection,
    store: Store,
    message: Message,
    rerouting: Rerouting | None,
    deps: Deps,
) -> Appended | Duplicate | Conflict:
    reply = reply_in_conversation(event, message, connection, store, deps)
    return deps.conversations.append(
        Append(
            once=_once(event, message.id),
            messages=(message,) if reply.answer is None else (message, reply.answer),
            consent=reply.consent,
            consent_beside=reply.consent_beside,
            opted_out=reply.opted_out,
            unanswered=_who_waits(event, message, reply, store, deps),
            rerouting=rerouting,
        )
    )


def _who_waits(event: MessageReceived, message: Message, reply: Reply, store: Store, deps: Deps) -> Unanswered | None:
    return to_be_answered(message, store, deps) if _wants_an_answer(event, reply) else None


def _wants_an_answer(event: MessageReceived, reply: Reply) -> bool:
    """By a person: ordinary words do, of people; that somebody is away is no answer to them."""
    answer = reply.answer
    ordinary = reply.consent is None and reply.opted_out is None
    return ordinary and not event.automatic and (answer is None or answer.kind is MessageKind.AWAY_ANSWER)


def _after_the_end(
    event: MessageReceived,
    connection: Connection,
    store: Store,
    route: Route,
    rerouting: Rerouting | None,
    deps: Deps,
) -> bool:
    """Closed, deleted or expired: the text never reopens it; the customer is told once whom to call (D19). On a number
    that stores share, it goes to one that lives (H19)."""
    now = event.received_at
    conversation = deps.conversations.find(route.conversation_id)
    if conversation is None or conversation.lives(now):
        return conversation is not None and _into_open_conversation(
            event, connection, store, replace(route, cool_until=None), rerouting, deps
        )
    other = None if rerouting else shared_numbers.elsewhere(conversation, route.key, now, deps)
    if other is not None and other.becomes.first is not None:
        return _take(event, connection, route.key, other.becomes.first, other, deps)
    cool_until = conversation.cool_until(now)
    if cool_until is not None and now >= cool_until:
        return _from_unknown_sender(event, connection, route.key, route, deps)
    message_id = compose.next_id(conversation.last_message_id, now, deps)
    message = compose.inbound(event, store, conversation.id, message_id, now)
    message = replace(message, free_until=conversation.free_until_after(message))
    reply = reply_to_words(event, message, connection, store, deps)
    if reply.answer is None and not conversation.ended_answered:
        reply = replace(reply, answer=_ended_answer(event, message, reply, store, deps))
    closed = conversation.state_at(now) is ConversationState.CLOSED
    kept = (message,) if closed or reply.consent is not None else ()  # the ledger's evidence stays in any case
    return _record_after_the_end(event, conversation, kept, reply, deps)


def _record_after_the_end(
    event: MessageReceived,
    conversation: Conversation,
    kept: tuple[Message, ...],
    reply: Reply,
    deps: Deps,
) -> bool:
    messages = kept if reply.answer is None else (*kept, reply.answer)
    if not messages:
        _reject(event, f"conversation_{conversation.state_at(event.received_at)}", deps)
        return True
    answered = reply.answer is not None and reply.answer.kind is MessageKind.ENDED_ANSWER
    outcome = deps.conversations.append(
        Append(
            once=_once(event, messages[0].id),
            messages=messages,
            consent=reply.consent,
            consent_beside=reply.consent_beside,
            opted_out=reply.opted_out,
            expected=conversation,
            ended_answered=answered or conversation.ended_answered,
            answers_request=conversation.requested_at is not None and _answers_request(event),
        )
    )
    return not isinstance(outcome, Conflict)


def _ended_answer(event: MessageReceived, message: Message, reply: Reply, store: Store, deps: Deps) -> Message | None:
    if not may_be_answered(event) or _opted_out(message, reply, deps):
        return None
    return compose.automatic(message, MessageKind.ENDED_ANSWER, ended_answer(store.name, store.phone))


def _from_unknown_sender(
    event: MessageReceived, connection: Connection, key: RouteKey, stale: Route | None, deps: Deps
) -> bool:
    """A conversation nobody started: a visitor, or a customer known by this address, in the store's inbox."""
    proxy = deps.directory.proxy(event.channel, event.recipient)
    if proxy is None or proxy.merchant_id != connection.merchant_id:
        _reject(event, "unknown_number", deps)
        return True
    store = deps.directory.store(proxy.store_id)
    if store is None:
        _reject(event, "unknown_store", deps)
        return True
    if (told := merchant_at(event, proxy, deps)) is not None:
        hear_merchant(event, connection, told, deps)
        return True
    now = event.received_at
    customer, is_new = customer_of(event, store, now, deps)
    conversation = new_conversation(event, store, proxy, customer, now, deps)
    return _begin(event, connection, store, conversation, None, customer if is_new else None, stale, deps)


def _begin(
    event: MessageReceived,
    connection: Connection,
    store: Store,
    conversation: Conversation,
    was: Conversation | None,
    new: Customer | None,
    stale: Route | None,
    deps: Deps,
) -> bool:
    """Opens it with the customer's text. `was`: it as it ended; `new`: the customer, where nobody knew them; `stale`:
    the route that came first so far."""
    now = event.received_at
    message_id = compose.next_id(conversation.last_message_id, now, deps)
    message = compose.inbound(event, store, conversation.id, message_id, now)
    message = replace(
        message, created_at=max(now, conversation.last_activity_at), free_until=conversation.free_until_after(message)
    )
    reply = reply_to_words(event, message, connection, store, deps)
    messages = (message,) if reply.answer is None else (message, reply.answer)
    stored, text = _told(event, reply, conversation.with_message(message), store, deps)
    key = RouteKey(conversation.channel, conversation.proxy, conversation.customer_address)
    route = Route(key=key, merchant_id=store.merchant_id, store_id=store.id, conversation_id=conversation.id)
    outcome = deps.conversations.open(
        Opening(
            once=_once(event, message.id),
            conversation=replace(
                stored,
                last_message_id=messages[-1].id,
                last_outbound_id=stored.last_outbound_id if reply.answer is None else reply.answer.id,
                opted_out=_opted_out(message, reply, deps),
            ),
            was=was,
            route=route,
            route_was=stale,
            reroutings=() if stale is None else shared_numbers.beginning(route, now, deps),
            messages=messages,
            customer=new,
            order=order_to_link(conversation, was, deps),
            customer_address=event.sender if new and from_the_customer(event) else None,
            consent=reply.consent,
            consent_beside=reply.consent_beside,
            text=text,
        )
    )
    return isinstance(outcome, Opened | Duplicate)


def _told(
    event: MessageReceived, reply: Reply, begun: Conversation, store: Store, deps: Deps
) -> tuple[Conversation, AutomaticText | None]:
    """The merchant's own phone is told that a customer wants an answer (L18); not of what that phone wrote, nor of a
    mail that nobody vouches for. From the set-up alone: elsewhere nothing is asked or written."""
    customers = from_the_customer(event) and event.sender != store.merchant_phone
    if not customers or not _wants_an_answer(event, reply):
        return begun, None
    if OrderEvent.MERCHANT_TICKET not in active_events(store, deps):
        return begun, None
    return ticket(begun, event.received_at)


def _opted_out(message: Message, reply: Reply, deps: Deps) -> bool:
    if reply.opted_out is not None:
        return reply.opted_out
    consent = deps.consents.state(message.consent_key)
    return consent is not None and consent.state is ConsentState.OPTED_OUT


def _once(event: MessageReceived, message_id: str) -> Once:
    return Once(f"in#{event.connection_id}", event.provider_id, result=message_id)


def _reject(event: MessageReceived, reason: str, deps: Deps) -> None:
    deps.rejections.record(_once(event, ""), reason, deps.clock.now())
    deps.log.warning("message_rejected", reason=reason, connection_id=event.connection_id)
