"""A mail about an order becomes a message about that order (S19), if it is one of the sender's own in that store."""

from collections.abc import Sequence

from msgspec.structs import replace

from chalicelib.domain.addresses import Channel
from chalicelib.domain.conversations import Conversation
from chalicelib.domain.events import MessageReceived
from chalicelib.domain.order_numbers import may_name_one, order_named
from chalicelib.domain.orders import Order

from .ports import Deps
from .reply_automatically import from_the_customer

_NEWEST = 50
"""Orders of one customer among which the number is looked for."""


def name_order(event: MessageReceived, deps: Deps) -> MessageReceived:
    """The mail with the order that it names; anything else as it is. Nothing is read where no number stands in it."""
    mail = event.mail
    if event.channel is not Channel.EMAIL or mail is None or not from_the_customer(event):
        return event
    if not may_name_one(mail.subject, event.body):
        return event
    order = order_named(mail.subject, event.body, _orders(event, deps))
    if order is None:
        return event
    return replace(event, mail=replace(mail, order_id=order.id, order_number=order.number))


def order_to_link(conversation: Conversation, was: Conversation | None, deps: Deps) -> Order | None:
    """What the conversation that begins is about, as long as it can be linked: the order then leads to it."""
    if was is not None or conversation.order_id is None:
        return None
    order = deps.orders.find(conversation.order_id)
    if order is None or not order.active or is_talked_about(order, deps):
        return None
    return order.in_conversation(conversation.id)


def is_talked_about(order: Order, deps: Deps) -> bool:
    """It leads to a conversation that has not ended: nothing that comes by itself leads it elsewhere (D20)."""
    if order.conversation_id is None:
        return False
    found = deps.conversations.find(order.conversation_id)
    return found is not None and found.lives(deps.clock.now())


def _orders(event: MessageReceived, deps: Deps) -> Sequence[Order]:
    """Of whom this address is, in the mailbox's store; the newest first, one query for each of those merged."""
    proxy = deps.directory.proxy(event.channel, event.recipient)
    known = None if proxy is None else deps.customers.find_by(proxy.merchant_id, event.channel, event.sender)
    customer = None if known is None else deps.customers.find(known)
    if proxy is None or customer is None:
        return ()
    found = [order for each in customer.ids for order in deps.orders.of_customer(each, _NEWEST)]
    here = [order for order in found if order.store_id == proxy.store_id and order.erased_at is None]
    return sorted(here, key=lambda order: order.placed_at, reverse=True)
