"""Who a conversation or an order is with, their consent and their orders (S14, N31)."""

from msgspec import Struct

from chalicelib.domain.consent import Consent, ConsentState
from chalicelib.domain.conversations import Conversation
from chalicelib.domain.customers import Customer
from chalicelib.domain.errors import NotFound
from chalicelib.domain.orders import Order

from .access import messaging_store, own_conversation, signed_in
from .browse_orders import show_order
from .follow_names import follow_names
from .ports import Deps

CUSTOMER_ORDERS = 50


class CustomerSheet(Struct, frozen=True):
    """A conversation's customer, their consent in its scope, and their orders in its store."""

    customer: Customer
    consent: Consent | None
    orders: tuple[Order, ...]
    merges: tuple[Customer, ...] = ()
    """Who was merged into them, the latest first (X11)."""


def show_customer(conversation_id: str, associate_id: str, deps: Deps) -> CustomerSheet:
    """Who a conversation is with. Orders of other stores stay out of sight (N31)."""
    conversation, _, _ = own_conversation(conversation_id, associate_id, deps)
    customer = deps.customers.find(conversation.customer_id)
    if customer is None:
        raise NotFound
    consent = deps.consents.state(conversation.consent_key)
    _put_right(conversation, customer, consent, deps)
    return _sheet(customer, consent, conversation.store_id, deps)


def _put_right(conversation: Conversation, customer: Customer, consent: Consent | None, deps: Deps) -> None:
    """What lists show of them, where it has fallen behind. No route leads to some of a merged customer's conversations:
    opening one is what gives it its name (X11)."""
    opted_out = consent is not None and consent.state is ConsentState.OPTED_OUT
    if conversation.opted_out is not opted_out:
        deps.conversations.flag_opted_out(conversation.id, opted_out)
    follow_names(customer, deps)
    if customer.absorbed is not None and conversation.customer_name != customer.name:
        deps.conversations.rename(conversation, customer.name)


def show_buyer(order_id: str, associate_id: str, deps: Deps) -> CustomerSheet:
    """Whose an order is, without a consent: no conversation says for which address. Raises MessagingDisabled, too."""
    order = show_order(order_id, associate_id, deps)
    messaging_store(signed_in(associate_id, deps), order.store_id, deps)
    customer = deps.customers.find(order.customer_id)
    if customer is None:
        raise NotFound
    return _sheet(customer, None, order.store_id, deps)


def _sheet(customer: Customer, consent: Consent | None, store_id: str, deps: Deps) -> CustomerSheet:
    """One query for the orders of each of those merged into them."""
    found = [order for each in customer.ids for order in deps.orders.of_customer(each, CUSTOMER_ORDERS)]
    here = [order for order in found if order.store_id == store_id]
    newest = sorted(here, key=lambda order: (order.placed_at, order.id), reverse=True)[:CUSTOMER_ORDERS]
    return CustomerSheet(customer, consent, tuple(newest), tuple(deps.customers.merged_into(customer)))
