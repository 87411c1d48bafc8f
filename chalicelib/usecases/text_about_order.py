"""One text that an event of an order brings about (L19, L20): checked, filled in, and queued once.

Whoever finds a reason against it gives it. The once item of the message is what makes it one, whoever tries again.
"""

from msgspec import Struct
from msgspec.structs import replace

from chalicelib.domain.addresses import Address, can_be_texted
from chalicelib.domain.allocation import Seat
from chalicelib.domain.automatic_texts import MOST_TRIED, AutomaticText, NotSent, holds, result_of
from chalicelib.domain.consent import ConsentKey, ConsentState
from chalicelib.domain.conversations import Conversation, ConversationKind, ConversationState
from chalicelib.domain.customers import Customer
from chalicelib.domain.errors import InvalidInput, TooFewCredits, Unavailable
from chalicelib.domain.first_text import first_text
from chalicelib.domain.merchants import OptInSetting, Store
from chalicelib.domain.messages import BODY_LIMIT, Message, MessageKind
from chalicelib.domain.orders import Order
from chalicelib.domain.routing import Route, RouteKey
from chalicelib.domain.template_tokens import fill, parse
from chalicelib.domain.template_values import values
from chalicelib.domain.templates import Template

from . import compose
from .allocate_proxy import numbers_of_store, seats_of
from .browse_templates import with_defaults
from .charge_credits import charged
from .held_messages import daytime
from .ports import Append, Appended, Deps, Duplicate, Once, Opened, Opening
from .shared_numbers import brought_first

_ATTEMPTS = 5


class Postponed(Struct, frozen=True):
    """It is night where the customer is, and this text waits for its end (X4)."""

    until: int


class Recipient(Struct, frozen=True, kw_only=True):
    """Whom a text about an order is for."""

    store: Store
    order: Order
    customer: Customer
    address: Address


class _Job(Recipient, frozen=True, kw_only=True):
    """What is known before the first attempt."""

    text: AutomaticText
    body: str


def text_about_order(text: AutomaticText, deps: Deps) -> AutomaticText | Postponed:
    """The text as it is settled. Raises Unavailable where nothing can be said yet."""
    earlier = deps.conversations.find_once(_once(text, ""))
    if earlier is not None:
        return _where(text, earlier, deps)
    job = _prepared(text, deps)
    if isinstance(job, NotSent):
        return text.given_up(job, deps.clock.now())
    if isinstance(job, Postponed):
        return job
    numbers = numbers_of_store(job.store, deps)
    if not numbers:
        return text.given_up(NotSent.NO_SENDER, deps.clock.now())
    for _attempt in range(_ATTEMPTS):
        try:
            outcome = _attempted(job, seats_of(numbers, job.store.id, job.address, deps)[0], deps)
        except TooFewCredits:
            return text.given_up(NotSent.TOO_FEW_CREDITS, deps.clock.now())
        if outcome is not None:
            return outcome
    raise Unavailable


def _prepared(text: AutomaticText, deps: Deps) -> _Job | NotSent | Postponed:
    now = deps.clock.now()
    if now - text.made_at > MOST_TRIED:
        return NotSent.TOO_LATE
    store, order = deps.directory.store(text.store_id), deps.orders.find(text.order_id)
    customer = None if order is None else deps.customers.find(order.customer_id)
    if store is None or order is None or customer is None or not (store.messaging and store.automatic_texts):
        return NotSent.SWITCHED_OFF
    template = with_defaults(text.event, deps.templates.find(store.id, text.event.value), store)
    if not template.active:
        return NotSent.SWITCHED_OFF
    if not holds(order, text.event):
        return NotSent.OVERTAKEN
    address = phone_of(order, customer)
    if address is None:
        return NotSent.NO_PHONE
    obstacle = refused(store, address, deps)
    body = _words(template, store, order, customer)
    if obstacle or isinstance(body, NotSent):
        return obstacle or NotSent(body)
    if not template.transactional and (until := daytime(store, "sms", address, now)) > now:
        return Postponed(until)
    return _Job(text=text, store=store, order=order, customer=customer, address=address, body=body)


def phone_of(order: Order, customer: Customer) -> Address | None:
    """The first number that takes texts."""
    return next((phone for phone in (order.phone, *customer.phones) if phone and can_be_texted(phone)), None)


def refused(store: Store, address: Address, deps: Deps) -> NotSent | None:
    """What the customer's consent says (I6). The worker that takes the message asks again."""
    consent = deps.consents.state(ConsentKey(store.merchant_id, "sms", address, store.consent_scope_id))
    state = ConsentState.NONE if consent is None else consent.state
    if state is ConsentState.OPTED_OUT:
        return NotSent.OPTED_OUT
    asks = store.opt_in is OptInSetting.REQUIRED
    return NotSent.NOT_OPTED_IN if asks and state is not ConsentState.OPTED_IN else None


def _words(template: Template, store: Store, order: Order, customer: Customer) -> str | NotSent:
    language, text = template.text_for(order.language, store.language)
    filled = fill(parse(text), values(store, language, customer=customer, order=order))
    if filled.missing:
        return NotSent.MISSING_VALUE
    return filled.text if len(filled.text) <= BODY_LIMIT else NotSent.TOO_LONG


def _attempted(job: _Job, seat: Seat, deps: Deps) -> AutomaticText | None:
    """None: something changed meanwhile; try again."""
    now = deps.clock.now()
    held = seat.held(now)
    if held is not None and not suits(held, job):
        return job.text.given_up(NotSent.NUMBER_TAKEN, now)
    if held is not None and held.lives(now) and not held.is_open(now):
        return job.text.given_up(NotSent.NOT_OPTED_IN, now)
    if held is not None and held.is_open(now):
        message = _message(held, job, job.body, now, deps)
        rerouting = brought_first(held, now, deps)
        once = _once(job.text, result_of(message))
        outcome = deps.conversations.append(Append(once=once, messages=(message,), rerouting=rerouting))
        return _settled(job, message, isinstance(outcome, Appended), outcome, deps)
    try:
        opening, message = _opening(job, seat, held, now, deps)
    except InvalidInput:
        return job.text.given_up(NotSent.TOO_LONG, now)
    opened = deps.conversations.open(opening)
    return _settled(job, message, isinstance(opened, Opened), opened, deps)


def _settled(job: _Job, message: Message, done: bool, outcome: object, deps: Deps) -> AutomaticText | None:
    if done:
        return job.text.sent(message.conversation_id, message.id, deps.clock.now())
    return _where(job.text, outcome.once, deps) if isinstance(outcome, Duplicate) else None


def _where(text: AutomaticText, once: Once, deps: Deps) -> AutomaticText:
    """Somebody, perhaps we ourselves before a crash, has queued it already."""
    conversation_id, _, message_id = once.result.partition(" ")
    return text.sent(conversation_id, message_id, deps.clock.now())


def suits(held: Conversation, job: Recipient) -> bool:
    """Whether it is this store's with this customer: a phone may be shared, or mistyped."""
    deleted = held.state is ConversationState.DELETED
    return held.store_id == job.store.id and (deleted or held.customer_id in job.customer.ids)


def _message(conversation: Conversation, job: _Job, body: str, now: int, deps: Deps) -> Message:
    written = compose.written(
        conversation,
        compose.next_id(conversation.last_message_id, now, deps),
        body,
        now,
        author_id=None,
        author_name=None,
    )
    return charged(replace(written, kind=MessageKind.AUTOMATIC, event=job.text.event.value), deps)


def _opening(job: _Job, seat: Seat, held: Conversation | None, now: int, deps: Deps) -> tuple[Opening, Message]:
    """The customer's conversation with the store about this order: taken up again, or new. Raises InvalidInput."""
    conversation = begun(job, seat, deps.ids.ulid(now), now) if held is None else taken_up(held, job, now)
    body = first_text(job.store.name, job.body) if held is None else job.body
    message = _message(conversation, job, body, now, deps)
    opening = Opening(
        once=_once(job.text, result_of(message)),
        conversation=conversation.with_message(message),
        was=held,
        route=Route(
            key=RouteKey(seat.proxy.channel, seat.proxy.address, job.address),
            merchant_id=job.store.merchant_id,
            store_id=job.store.id,
            conversation_id=conversation.id,
        ),
        route_was=seat.route,
        messages=(message,),
        order=job.order.in_conversation(conversation.id) if job.order.active else None,
    )
    return opening, message


def taken_up(held: Conversation, job: Recipient, now: int) -> Conversation:
    return replace(
        held.reopened(now),
        customer_id=job.customer.known_as(held.customer_id),
        customer_name=job.customer.name,
        order_id=job.order.id,
        order_number=job.order.number,
        opted_out=False,
    )


def begun(job: Recipient, seat: Seat, conversation_id: str, now: int) -> Conversation:
    return Conversation(
        id=conversation_id,
        merchant_id=job.store.merchant_id,
        store_id=job.store.id,
        connection_id=seat.proxy.connection_id,
        customer_id=job.customer.id,
        customer_name=job.customer.name,
        kind=ConversationKind.ORDER,
        channel=seat.proxy.channel,
        proxy=seat.proxy.address,
        customer_address=job.address,
        consent_scope=job.store.consent_scope_id,
        order_id=job.order.id,
        order_number=job.order.number,
        created_at=now,
        last_activity_at=now,
    )


def _once(text: AutomaticText, result: str) -> Once:
    return Once(f"automatic#{text.order_id}", text.event.value, result=result)
