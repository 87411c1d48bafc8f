"""The merchant's own phone is told of an order, or that a customer began to write (L7, L17, L18, L22): checked, filled
in, and queued once.

At night as well, as it is nobody's but the merchant's; never after a STOP from it.
"""

from msgspec import Struct

from chalicelib.domain.addresses import Address
from chalicelib.domain.automatic_texts import MOST_TRIED, AutomaticText, NotSent, holds
from chalicelib.domain.consent import ConsentKey, ConsentState
from chalicelib.domain.customers import Customer
from chalicelib.domain.errors import TooFewCredits
from chalicelib.domain.merchant_texts import notice
from chalicelib.domain.merchants import Store
from chalicelib.domain.messages import BODY_LIMIT
from chalicelib.domain.orders import Order, OrderEvent
from chalicelib.domain.template_tokens import fill, parse
from chalicelib.domain.template_values import values

from .allocate_proxy import numbers_of_store
from .browse_templates import with_defaults
from .charge_credits import charged
from .ports import Deps


class _Told(Struct, frozen=True):
    """What tokens stand for."""

    customer: Customer | None
    order: Order | None


class _Job(Struct, frozen=True):
    store: Store
    phone: Address
    body: str


def text_merchant(text: AutomaticText, deps: Deps) -> AutomaticText | None:
    """The text as it is settled, with its message in one transaction; None: somebody else was first. Raises Unavailable
    where nothing can be said yet."""
    job = _prepared(text, deps)
    if isinstance(job, NotSent):
        return _given_up(text, job, deps)
    proxies = numbers_of_store(job.store, deps)
    if not proxies:
        return _given_up(text, NotSent.NO_SENDER, deps)
    now = deps.clock.now()
    message = notice(
        job.store,
        job.phone,
        proxies[0],
        job.body,
        order_id=text.order_id,
        event=text.event,
        message_id=deps.ids.ulid(now),
        now=now,
    )
    settled = text.sent(message.conversation_id, message.id, now)
    try:
        return settled if deps.automatic_texts.say(settled, charged(message, deps)) else None
    except TooFewCredits:
        return _given_up(text, NotSent.TOO_FEW_CREDITS, deps)


def opted_out(store: Store, phone: Address, deps: Deps) -> bool:
    """Whether the merchant's phone has sent STOP to this store."""
    consent = deps.consents.state(ConsentKey(store.merchant_id, "sms", phone, store.consent_scope_id))
    return consent is not None and consent.state is ConsentState.OPTED_OUT


def _given_up(text: AutomaticText, reason: NotSent, deps: Deps) -> AutomaticText | None:
    settled = text.given_up(reason, deps.clock.now())
    return settled if deps.automatic_texts.settle(settled) else None


def _prepared(text: AutomaticText, deps: Deps) -> _Job | NotSent:
    if deps.clock.now() - text.made_at > MOST_TRIED:
        return NotSent.TOO_LATE
    store = deps.directory.store(text.store_id)
    if store is None or not store.messaging or store.merchant_phone is None:
        return NotSent.SWITCHED_OFF
    told = _of_ticket(text, deps) if text.event is OrderEvent.MERCHANT_TICKET else _of_order(text, deps)
    if isinstance(told, NotSent):
        return told
    if opted_out(store, store.merchant_phone, deps):
        return NotSent.OPTED_OUT
    body = _words(text, store, told, deps)
    return body if isinstance(body, NotSent) else _Job(store, store.merchant_phone, body)


def _of_order(text: AutomaticText, deps: Deps) -> _Told | NotSent:
    order = deps.orders.find(text.order_id)
    if order is None:
        return NotSent.SWITCHED_OFF
    return _Told(deps.customers.find(order.customer_id), order) if holds(order, text.event) else NotSent.OVERTAKEN


def _of_ticket(text: AutomaticText, deps: Deps) -> _Told | NotSent:
    """Where nobody can answer any more, nobody is asked to."""
    conversation = deps.conversations.find(text.order_id)
    if conversation is None or not conversation.is_open(deps.clock.now()):
        return NotSent.OVERTAKEN
    order = deps.orders.find(conversation.order_id) if conversation.order_id else None
    return _Told(deps.customers.find(conversation.customer_id), order)


def _words(text: AutomaticText, store: Store, told: _Told, deps: Deps) -> str | NotSent:
    """In the store's language, whatever the customer's."""
    template = with_defaults(text.event, deps.templates.find(store.id, text.event.value), store)
    if not template.active or told.customer is None:
        return NotSent.SWITCHED_OFF
    language, words = template.text_for(store.language, store.language)
    filled = fill(parse(words), values(store, language, customer=told.customer, order=told.order))
    if filled.missing:
        return NotSent.MISSING_VALUE
    return filled.text if len(filled.text) <= BODY_LIMIT else NotSent.TOO_LONG
