"""What associates read of orders and of the customers behind them (D3, D9-D11, S14)."""

from msgspec import Struct

from chalicelib.domain.consent import Consent, ConsentState
from chalicelib.domain.customers import Customer
from chalicelib.domain.errors import NotFound
from chalicelib.domain.orders import START_WINDOW, Order

from .access import messaging_store, orders_store, own_conversation, signed_in
from .follow_names import follow_names
from .ports import Deps, Page
from .search import Found, search

CUSTOMER_ORDERS = 50


class OrdersQuery(Struct, frozen=True, kw_only=True):
    """`startable`: only those a conversation can be started about now. `search`: name or order number."""

    store_id: str
    associate_id: str
    limit: int
    startable: bool = False
    cursor: str | None = None
    search: str = ""


class CustomerSheet(Struct, frozen=True):
    """A conversation's customer, their consent in its scope, and their orders in its store."""

    customer: Customer
    consent: Consent | None
    orders: tuple[Order, ...]
    merges: tuple[Customer, ...] = ()
    """Who was merged into them, the latest first (X11)."""


def list_orders(query: OrdersQuery, deps: Deps) -> Found[Order]:
    """Active orders of a store, most recently placed first (D10)."""
    associate = signed_in(query.associate_id, deps)
    if query.startable:
        messaging_store(associate, query.store_id, deps)
    else:
        orders_store(associate, query.store_id, deps)
    since = deps.clock.now() - START_WINDOW if query.startable else 0

    def page_of(limit: int, cursor: str | None) -> Page[Order]:
        return deps.orders.active(query.store_id, since, limit, cursor)

    wanted = query.search.strip().casefold()
    if wanted:
        return search(page_of, lambda order: _matches(order, wanted), query.limit)
    return Found(page_of(query.limit, query.cursor))


def _matches(order: Order, wanted: str) -> bool:
    return wanted in order.customer_name.casefold() or wanted in order.number.casefold()


def show_order(order_id: str, associate_id: str, deps: Deps) -> Order:
    """One order of a store of the associate's."""
    associate = signed_in(associate_id, deps)
    order = deps.orders.find(order_id)
    if order is None:
        raise NotFound
    orders_store(associate, order.store_id, deps)
    return order


def show_customer(conversation_id: str, associate_id: str, deps: Deps) -> CustomerSheet:
    """Who a conversation is with. Orders of other stores stay out of sight (N31)."""
    conversation, _, _ = own_conversation(conversation_id, associate_id, deps)
    customer = deps.customers.find(conversation.customer_id)
    if customer is None:
        raise NotFound
    consent = deps.consents.state(conversation.consent_key)
    opted_out = consent is not None and consent.state is ConsentState.OPTED_OUT
    if conversation.opted_out is not opted_out:
        deps.conversations.flag_opted_out(conversation.id, opted_out)
    follow_names(customer, deps)
    if customer.absorbed and conversation.customer_name != customer.name:  # begun while the two became one
        deps.conversations.rename(conversation, customer.name)
    return _sheet(customer, consent, conversation.store_id, deps)


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
