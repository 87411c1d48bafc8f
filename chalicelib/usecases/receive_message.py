"""A customer wrote to one of our addresses (D18, D19, N9-N14, X1, X2; docs/requirements.md, Routes 1 and 2)."""

from msgspec import Struct
from msgspec.structs import replace

from chalicelib.domain.addresses import Channel, can_be_answered
from chalicelib.domain.consent import ConsentChange, ConsentSource, ConsentState
from chalicelib.domain.conversations import Conversation, ConversationKind, ConversationState
from chalicelib.domain.customers import Customer, CustomerKind
from chalicelib.domain.errors import Unavailable
from chalicelib.domain.events import MessageReceived
from chalicelib.domain.intent import asks_to_stop
from chalicelib.domain.keywords import (
    Keyword,
    classify,
    ended_answer,
    help_answer,
    next_consent,
    opt_in_confirmation,
    opt_out_confirmation,
    wording,
)
from chalicelib.domain.merchants import Connection, Proxy, Store
from chalicelib.domain.messages import Message, MessageKind
from chalicelib.domain.routing import Route, RouteKey

from . import compose
from .answer_for_absent import away_answer
from .follow_reply_token import follow_reply_token
from .ports import Append, Appended, Conflict, Deps, Duplicate, Once, Opened, Opening

_HOUR = 3_600_000
_ANSWERS_PER_HOUR = 4
"""Automatic answers, to keywords or for somebody who is away, that one conversation gets in an hour."""
_LOOKED_BACK = 20
_ATTEMPTS = 6
"""Each loss of a race means that somebody else got on; more than this in a row is left to the inbound queue."""


class _Reply(Struct, frozen=True):
    """What a text does beyond being stored: a change of consent, and at most one automatic answer.

    `opted_out`: what the conversation is to show from now on; None leaves it. (A change that comes after the customer
    has acted anew goes into the ledger only.)
    """

    answer: Message | None = None
    consent: ConsentChange | None = None
    opted_out: bool | None = None


_ORDINARY = _Reply()
"""What people say to each other: it changes nothing."""


def receive_message(event: MessageReceived, deps: Deps) -> None:
    """Stores the text exactly once and does what it asks for. Raises Unavailable when the table refuses."""
    connection = deps.directory.connection(event.connection_id)
    if connection is None:
        return _reject(event, "unknown_connection", deps)
    event = follow_reply_token(event, connection, deps)
    key = RouteKey(event.channel, event.recipient, event.sender)
    for attempt in range(_ATTEMPTS):
        route = deps.conversations.find_route(key, consistent=attempt > 0)
        if _take(event, connection, key, route, deps):
            return None
    raise Unavailable


def _take(event: MessageReceived, connection: Connection, key: RouteKey, route: Route | None, deps: Deps) -> bool:
    """One attempt; False when somebody else changed the conversation or its route meanwhile."""
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
        return _after_the_end(event, connection, store, route, deps)
    return _into_open_conversation(event, connection, store, route, deps)


def _into_open_conversation(
    event: MessageReceived, connection: Connection, store: Store, route: Route, deps: Deps
) -> bool:
    """The good path: one transaction, no read before it."""
    now = event.received_at
    message = compose.inbound(event, store, route.conversation_id, deps.ids.ulid(now), now)
    outcome = _append(event, connection, store, message, deps)
    if not isinstance(outcome, Conflict):
        return True
    conversation = outcome.conversation
    if conversation is None:
        return False
    if not conversation.is_open(now):
        return _after_the_end(event, connection, store, route, deps)
    free_until = conversation.free_until_after(message)
    if conversation.last_message_id < message.id and free_until == message.free_until:
        return False
    later = compose.next_id(conversation.last_message_id, now, deps)
    after = max(message.created_at, conversation.last_activity_at)
    message = replace(message, id=later, created_at=after, free_until=free_until)
    outcome = _append(event, connection, store, message, deps)
    return not isinstance(outcome, Conflict)


def _append(
    event: MessageReceived, connection: Connection, store: Store, message: Message, deps: Deps
) -> Appended | Duplicate | Conflict:
    reply = _reply(event, message, connection, store, deps)
    if reply is _ORDINARY:
        reply = _Reply(_answer_for_absent(event, message, deps))
    return deps.conversations.append(
        Append(
            once=_once(event, message.id),
            messages=(message,) if reply.answer is None else (message, reply.answer),
            consent=reply.consent,
            opted_out=reply.opted_out,
        )
    )


def _after_the_end(event: MessageReceived, connection: Connection, store: Store, route: Route, deps: Deps) -> bool:
    """Closed, deleted or expired: the text never reopens it; the customer is told once whom to call (D19)."""
    now = event.received_at
    conversation = deps.conversations.find(route.conversation_id)
    if conversation is None or conversation.is_open(now):
        return conversation is not None and _into_open_conversation(
            event, connection, store, replace(route, cool_until=None), deps
        )
    cool_until = conversation.cool_until(now)
    if cool_until is not None and now >= cool_until:
        return _from_unknown_sender(event, connection, route.key, route, deps)
    message_id = compose.next_id(conversation.last_message_id, now, deps)
    message = compose.inbound(event, store, conversation.id, message_id, now)
    message = replace(message, free_until=conversation.free_until_after(message))
    reply = _reply(event, message, connection, store, deps)
    if reply.answer is None and not conversation.ended_answered:
        reply = replace(reply, answer=_ended_answer(event, message, reply, store, deps))
    closed = conversation.state_at(now) is ConversationState.CLOSED
    kept = (message,) if closed or reply.consent is not None else ()  # the ledger's evidence stays in any case
    return _record_after_the_end(event, conversation, kept, reply, deps)


def _record_after_the_end(
    event: MessageReceived,
    conversation: Conversation,
    kept: tuple[Message, ...],
    reply: _Reply,
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
            opted_out=reply.opted_out,
            expected=conversation,
            ended_answered=answered or conversation.ended_answered,
        )
    )
    return not isinstance(outcome, Conflict)


def _ended_answer(event: MessageReceived, message: Message, reply: _Reply, store: Store, deps: Deps) -> Message | None:
    if not _may_be_answered(event) or _opted_out(message, reply, deps):
        return None
    return compose.automatic(message, MessageKind.ENDED_ANSWER, ended_answer(store.name, store.phone))


def _may_be_answered(event: MessageReceived) -> bool:
    """By itself: what a machine wrote is not (X14), nor what may come from anybody (docs/requirements.md, E-mail)."""
    return not event.automatic and can_be_answered(event.channel, event.sender) and _from_the_customer(event)


def _from_the_customer(event: MessageReceived) -> bool:
    """Whether it is certain to come from the address that it is taken to come from."""
    return event.mail is None or not (event.mail.unverified or event.mail.other_sender)


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
    now = event.received_at
    customer, is_new = _customer_of(event, store, now, deps)
    conversation = _new_conversation(event, store, proxy, customer, now, deps)
    message = compose.inbound(event, store, conversation.id, deps.ids.ulid(now), now)
    reply = _reply(event, message, connection, store, deps)
    messages = (message,) if reply.answer is None else (message, reply.answer)
    stored = conversation.with_message(message)
    outcome = deps.conversations.open(
        Opening(
            once=_once(event, message.id),
            conversation=replace(
                stored,
                last_message_id=messages[-1].id,
                last_outbound_id=None if reply.answer is None else reply.answer.id,
                opted_out=_opted_out(message, reply, deps),
            ),
            was=None,
            route=Route(key=key, merchant_id=store.merchant_id, store_id=store.id, conversation_id=conversation.id),
            route_was=stale,
            messages=messages,
            customer=customer if is_new else None,
            customer_address=event.sender if is_new and _from_the_customer(event) else None,
            consent=reply.consent,
        )
    )
    return isinstance(outcome, Opened | Duplicate)


def _opted_out(message: Message, reply: _Reply, deps: Deps) -> bool:
    if reply.opted_out is not None:
        return reply.opted_out
    consent = deps.consents.state(message.consent_key)
    return consent is not None and consent.state is ConsentState.OPTED_OUT


def _customer_of(event: MessageReceived, store: Store, now: int, deps: Deps) -> tuple[Customer, bool]:
    certain = _from_the_customer(event)
    known = deps.customers.find_by(store.merchant_id, event.channel, event.sender) if certain else None
    if known is None and event.channel is Channel.WHATSAPP and _is_phone(event):  # WhatsApp has made sure of the number
        known = deps.customers.find_by(store.merchant_id, Channel.SMS, event.sender)
    customer = deps.customers.find(known) if known is not None else None
    if customer is not None:
        return customer, False
    visitor = Customer(
        id=deps.ids.ulid(now),
        merchant_id=store.merchant_id,
        kind=CustomerKind.VISITOR,
        first_name=event.sender_name,
        phones=(event.sender,) if _is_phone(event) else (),
        emails=(event.sender,) if event.channel is Channel.EMAIL else (),
        created_at=now,
        updated_at=now,
    )
    return visitor, True


def _is_phone(event: MessageReceived) -> bool:
    """At WhatsApp a user id may stand in place of the number."""
    return event.channel is Channel.SMS or (event.channel is Channel.WHATSAPP and event.sender.startswith("+"))


def _new_conversation(
    event: MessageReceived, store: Store, proxy: Proxy, customer: Customer, now: int, deps: Deps
) -> Conversation:
    """Of the associate whose address it came to (H13), else the store's."""
    return Conversation(
        id=deps.ids.ulid(now),
        merchant_id=store.merchant_id,
        store_id=store.id,
        connection_id=event.connection_id,
        customer_id=customer.id,
        customer_name=customer.name,
        kind=ConversationKind.SHOP,
        channel=event.channel,
        proxy=event.recipient,
        customer_address=event.sender,
        consent_scope=store.consent_scope_id,
        associate_id=proxy.associate_id,
        created_at=now,
        last_activity_at=now,
    )


def _reply(event: MessageReceived, message: Message, connection: Connection, store: Store, deps: Deps) -> _Reply:
    """What STOP, START, HELP and sentences that mean STOP lead to (docs/requirements.md, Keywords; docs/consent.md).

    Ordinary words: nothing, without any read.
    """
    keyword, source = _asked(event)
    if keyword is None or (keyword is Keyword.START and not _from_the_customer(event)):
        return _ORDINARY
    silent = (
        (connection.provider_answers_keywords and source is ConsentSource.KEYWORD)
        or not _may_be_answered(event)
        or _answered_enough(message, event.received_at, deps)
    )
    if keyword is Keyword.HELP:
        body = help_answer(store.name, store.phone, event.channel)
        return _Reply(None if silent else compose.automatic(message, MessageKind.HELP_ANSWER, body))
    return _change_of_consent(event, message, keyword, source, None if silent else store, deps)


def _asked(event: MessageReceived) -> tuple[Keyword | None, ConsentSource]:
    """A machine has no wishes: what it wrote counts as a keyword only."""
    said = _words(event)
    keyword = classify(said)
    if keyword is None and not event.automatic and asks_to_stop(said, event.channel):
        return Keyword.STOP, ConsentSource.INTENT
    return keyword, ConsentSource.KEYWORD


def _change_of_consent(
    event: MessageReceived,
    message: Message,
    keyword: Keyword,
    source: ConsentSource,
    answers: Store | None,
    deps: Deps,
) -> _Reply:
    """`answers`: the store that confirms it; None: nobody does."""
    key = message.consent_key
    consent = deps.consents.state(key)
    current = ConsentState.NONE if consent is None else consent.state
    state = next_consent(current, keyword, _words(event))
    confirms = keyword is Keyword.STOP and consent is not None and consent.is_confirmed_by(source)
    if confirms:
        state = ConsentState.OPTED_OUT
    if state is None:  # nothing new; but another store of the scope may have heard it, so the flag is put right
        return _Reply(opted_out=current is ConsentState.OPTED_OUT)
    acted_at = event.received_at if event.written_at is None else event.written_at
    change = ConsentChange(
        id=message.id,
        key=key,
        state=state,
        at=acted_at,
        source=source,
        evidence=message.id,
        wording=wording(keyword, event.channel),
    )
    late = consent is not None and consent.changed_at > acted_at
    if late:
        return _Reply(consent=change)
    answer = None if answers is None or confirms else _confirmation(message, keyword, answers)
    return _Reply(answer, change, state is ConsentState.OPTED_OUT)


def _words(event: MessageReceived) -> str:
    """What the customer wrote anew; of a mail without any words, its subject."""
    return event.body if event.mail is None or event.body.strip() else event.mail.subject


def _answer_for_absent(event: MessageReceived, message: Message, deps: Deps) -> Message | None:
    """Where nobody of the store is away: nothing, without any read."""
    answer = away_answer(message, deps) if _may_be_answered(event) else None
    return None if answer is None or _answered_enough(message, event.received_at, deps) else answer


def _answered_enough(message: Message, now: int, deps: Deps) -> bool:
    """Two machines must not keep each other awake (X14): a keyword still does to consent what it does, unanswered."""
    thread = deps.conversations.thread(message.conversation_id, _LOOKED_BACK, None)
    recent = () if thread is None else thread.messages.rows
    answers = (m for m in recent if m.kind is not MessageKind.TEXT and now - m.created_at < _HOUR)
    return sum(1 for _ in answers) >= _ANSWERS_PER_HOUR


def _confirmation(message: Message, keyword: Keyword, store: Store) -> Message:
    if keyword is Keyword.STOP:
        return compose.automatic(
            message, MessageKind.OPT_OUT_CONFIRMATION, opt_out_confirmation(store.name, message.channel)
        )
    return compose.automatic(message, MessageKind.OPT_IN_CONFIRMATION, opt_in_confirmation(store.name, message.channel))


def _once(event: MessageReceived, message_id: str) -> Once:
    return Once(f"in#{event.connection_id}", event.provider_id, result=message_id)


def _reject(event: MessageReceived, reason: str, deps: Deps) -> None:
    deps.rejections.record(_once(event, ""), reason, deps.clock.now())
    deps.log.warning("message_rejected", reason=reason, connection_id=event.connection_id)
