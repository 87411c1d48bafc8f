"""A shop reports an order: stored once per event, converging whatever the order of arrival (X1)."""

from msgspec.structs import replace

from chalicelib.domain.addresses import Address, phone_from_shop
from chalicelib.domain.automatic_texts import (
    AutomaticText,
    following_up,
    telling,
    to_follow_up,
    to_tell,
    to_tell_merchant,
)
from chalicelib.domain.customers import Customer, full_name
from chalicelib.domain.errors import Unavailable
from chalicelib.domain.events import OrderChanged
from chalicelib.domain.merchants import Connection, Store
from chalicelib.domain.orders import Order, order_id

from .apply_customer_event import as_told, claimed, known_customer, proven
from .browse_templates import active_events, follow_up_days
from .ports import Deps, Once, OrderUpsert, Raced

_ATTEMPTS = 6
MOST_LINES = 100
"""Lines of an order that are kept; its total counts them all. An item of the table holds 400 KB."""
LONGEST_TITLE = 200
"""Characters of a line's title that are kept."""


def apply_order_event(event: OrderChanged, deps: Deps) -> None:
    """Stores order and customer. Raises Unavailable when the table refuses."""
    connection = deps.directory.connection(event.connection_id)
    store = None
    if connection is not None:
        store = deps.directory.store(connection.locations.get(event.location, connection.store_id))
    if connection is None or store is None:
        deps.rejections.record(_once(event, ""), "unknown_store", deps.clock.now())
        deps.log.warning("order_rejected", reason="unknown_store", connection_id=event.connection_id)
        return
    for _attempt in range(_ATTEMPTS):
        command = _upsert(event, connection, store, deps)
        if command is None:
            deps.rejections.record(_once(event, ""), "customer_erased", deps.clock.now())
            return
        if not isinstance(deps.orders.upsert(command), Raced):
            return
    raise Unavailable


def _upsert(event: OrderChanged, connection: Connection, store: Store, deps: Deps) -> OrderUpsert | None:
    """None: its customer was erased, and no report of it brings them back (X13)."""
    now = deps.clock.now()
    phone = phone_from_shop(event.customer.phone, store.country) if event.customer.phone else None
    stored = deps.orders.find_external(connection.id, event.external_id)
    if stored is not None and stored.erased_at is not None:
        return None
    said = event.customer
    known = known_customer(said, connection, phone, None if stored is None else stored.customer_id, deps)
    late = stored is not None and event.updated_at < stored.updated_at
    guessed = known is not None and not proven(said, connection, known)
    customer = as_told(said, connection, known, phone, now, late or guessed, deps)
    order = _order(event, connection, store, customer, phone)
    if stored is not None:
        newest = order.newest(stored)
        order = replace(
            newest,
            conversation_id=stored.conversation_id,
            phone=newest.phone or stored.phone,
            told=stored.told,
            link=stored.link or order.link,
        )
        if order.customer_id in customer.ids and stored.customer_id in customer.ids:
            order = replace(order, customer_id=stored.customer_id)  # so that a merge can be undone
    order, texts = _told(order, stored, store, now, deps)
    if order.customer_id not in customer.ids:  # a newer report has named somebody else as the buyer
        theirs = deps.customers.find(order.customer_id)
        if theirs is None:
            return None
        return OrderUpsert(
            once=_once(event, order.id),
            order=order,
            order_was=stored,
            customer=theirs,
            customer_was=theirs,
            texts=texts,
        )
    return OrderUpsert(
        once=_once(event, order.id),
        order=order,
        order_was=stored,
        customer=customer,
        customer_was=known,
        claimed=claimed(said, connection, phone, deps),
        texts=texts,
    )


def _told(
    order: Order, stored: Order | None, store: Store, now: int, deps: Deps
) -> tuple[Order, tuple[AutomaticText, ...]]:
    """What its customer and the merchant are to be told of it, now and later (L17, L19, L20, L22, X22). Where nothing
    is switched on, nothing is asked or written."""
    active, texts = active_events(store, deps), []
    for event in (to_tell(stored, order, active, now), to_tell_merchant(stored, order, active, now)):
        if event is not None:
            order, text = telling(order, event, now)
            texts.append(text)
    if to_follow_up(stored, order, active, now):
        order, later = following_up(order, follow_up_days(store, deps), now)
        texts.append(later)
    return order, tuple(texts)


def _order(
    event: OrderChanged, connection: Connection, store: Store, customer: Customer, phone: Address | None
) -> Order:
    return Order(
        id=order_id(connection.id, event.external_id),
        merchant_id=connection.merchant_id,
        store_id=store.id,
        connection_id=connection.id,
        external_id=event.external_id,
        number=event.number,
        customer_id=customer.id,
        customer_name=full_name(event.customer.first_name, event.customer.last_name) or customer.name,
        phone=phone,
        placed_at=event.placed_at,
        updated_at=event.updated_at,
        payment=event.payment,
        fulfilment=event.fulfilment,
        cancelled_at=event.cancelled_at,
        closed_at=event.closed_at,
        total=event.total,
        currency=event.currency,
        language=event.customer.language,
        lines=tuple(replace(line, title=line.title[:LONGEST_TITLE]) for line in event.lines[:MOST_LINES]),
        link=event.link,
    )


def _once(event: OrderChanged, result: str) -> Once:
    return Once(f"in#{event.connection_id}", event.event_id, result=result)
