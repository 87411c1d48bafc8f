"""A shop reports an order: stored once per event, converging whatever the order of arrival (X1)."""

from msgspec.structs import replace

from chalicelib.domain.addresses import Address, phone_from_shop
from chalicelib.domain.customers import Customer, CustomerKind, full_name
from chalicelib.domain.errors import Unavailable
from chalicelib.domain.events import OrderChanged
from chalicelib.domain.merchants import Connection, Store
from chalicelib.domain.orders import Order, order_id

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
        if not isinstance(deps.orders.upsert(_upsert(event, connection, store, deps)), Raced):
            return
    raise Unavailable


def _upsert(event: OrderChanged, connection: Connection, store: Store, deps: Deps) -> OrderUpsert:
    now = deps.clock.now()
    phone = phone_from_shop(event.customer.phone, store.country) if event.customer.phone else None
    stored = deps.orders.find_external(connection.id, event.external_id)
    known = _known_customer(event, connection, phone, stored, deps)
    late = stored is not None and event.updated_at < stored.updated_at
    guessed = known is not None and not _proven(event, connection, known)
    customer = _customer(event, connection, known, phone, now, late or guessed, deps)
    order = _order(event, connection, store, customer, phone)
    if stored is not None:
        newest = order.newest(stored)
        order = replace(newest, conversation_id=stored.conversation_id, phone=newest.phone or stored.phone)
        if order.customer_id in customer.ids and stored.customer_id in customer.ids:
            order = replace(order, customer_id=stored.customer_id)  # so that a merge can be undone
    if order.customer_id not in customer.ids and (theirs := deps.customers.find(order.customer_id)) is not None:
        # a newer report has named somebody else as the buyer
        return OrderUpsert(
            once=_once(event, order.id), order=order, order_was=stored, customer=theirs, customer_was=theirs
        )
    return OrderUpsert(
        once=_once(event, order.id),
        order=order,
        order_was=stored,
        customer=customer,
        customer_was=known,
        claimed=_claimed(event, connection, phone, deps),
    )


def _known_customer(
    event: OrderChanged, connection: Connection, phone: Address | None, stored: Order | None, deps: Deps
) -> Customer | None:
    """By the shop's own id; else who wrote from this number, unless the shop knows them as somebody else.

    Never by e-mail alone: anybody can type anybody's address into a check-out (X11).
    """
    merchant = connection.merchant_id
    external = _external_id(event, connection)
    found = deps.customers.find_by(merchant, "external", external) if external else None
    if found is not None:
        return deps.customers.find(found)
    before = deps.customers.find(stored.customer_id) if stored is not None else None
    if before is not None and not (external and _known_to(connection, before)):
        return before
    found = deps.customers.find_by(merchant, "sms", phone) if phone else None
    customer = deps.customers.find(found) if found is not None else None
    return None if customer is None or _known_to(connection, customer) else customer


def _proven(event: OrderChanged, connection: Connection, known: Customer) -> bool:
    """Whether more than a phone number, which anybody can type, says that it is this customer's order."""
    external = _external_id(event, connection)
    return bool(external) and external in known.external_ids


def _known_to(connection: Connection, customer: Customer) -> bool:
    return any(known.startswith(f"{connection.id}:") for known in customer.external_ids)


def _customer(
    event: OrderChanged,
    connection: Connection,
    known: Customer | None,
    phone: Address | None,
    now: int,
    only_adds: bool,
    deps: Deps,
) -> Customer:
    """As told by the shop, on top of what we know. The number used last comes first.

    `only_adds`: the report is older than what the order says already, or only a phone number links it to this person.
    """
    said = event.customer
    before = known or Customer(
        id=deps.ids.ulid(now),
        merchant_id=connection.merchant_id,
        kind=CustomerKind.VISITOR,
        created_at=now,
        updated_at=now,
    )
    external = _external_id(event, connection)
    after = replace(
        before,
        kind=CustomerKind.MEMBER if external else before.kind,
        first_name=_newer(said.first_name, before.first_name, only_adds),
        last_name=_newer(said.last_name, before.last_name, only_adds),
        phones=_with(phone, before.phones, only_adds),
        emails=_with(said.email.strip().lower(), before.emails, only_adds),
        external_ids=_with(external, before.external_ids, only_adds),
    )
    return after if after == before else replace(after, updated_at=now)


def _newer(said: str, before: str, only_adds: bool) -> str:
    return (before or said) if only_adds else (said or before)


def _with(value: str | Address | None, values: tuple[str, ...], only_adds: bool) -> tuple[Address, ...]:
    """The value in front; at the end, where it is new, if it comes only_adds."""
    if value and only_adds:
        return tuple(Address(each) for each in (values if value in values else (*values, value)))
    rest = tuple(Address(other) for other in values if other != value)
    return (Address(value), *rest) if value else rest


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
        lines=tuple(replace(line, title=line.title[:LONGEST_TITLE]) for line in event.lines[:MOST_LINES]),
    )


def _claimed(
    event: OrderChanged, connection: Connection, phone: Address | None, deps: Deps
) -> tuple[tuple[str, str], ...]:
    """The look-up keys nobody holds yet; one held by another customer stays theirs (no merge on a guess)."""
    wanted = (
        ("external", _external_id(event, connection)),
        ("sms", phone or ""),
        ("email", event.customer.email.strip().lower()),
    )
    return tuple(
        (kind, value)
        for kind, value in wanted
        if value and deps.customers.find_by(connection.merchant_id, kind, value) is None
    )


def _external_id(event: OrderChanged, connection: Connection) -> str:
    said = event.customer.external_id
    return f"{connection.id}:{said}" if said else ""


def _once(event: OrderChanged, result: str) -> Once:
    return Once(f"in#{event.connection_id}", event.event_id, result=result)
