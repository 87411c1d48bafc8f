"""A shop reports an order: stored once per event, converging whatever the order of arrival (X1)."""

from msgspec.structs import replace

from chalicelib.domain.addresses import Address, phone_from_shop
from chalicelib.domain.customers import Customer, CustomerKind
from chalicelib.domain.errors import Unavailable
from chalicelib.domain.events import OrderChanged
from chalicelib.domain.merchants import Connection, Store
from chalicelib.domain.orders import Order, order_id

from .ports import Deps, Once, OrderUpsert, Raced

_ATTEMPTS = 6


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
    customer = _customer(event, connection, known, phone, now, deps)
    order = _order(event, connection, store, customer)
    if stored is not None:
        order = replace(order.newest(stored), conversation_id=stored.conversation_id)
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
    if found is None and stored is not None:
        found = stored.customer_id
    if found is not None:
        return deps.customers.find(found)
    found = deps.customers.find_by(merchant, "sms", phone) if phone else None
    customer = deps.customers.find(found) if found is not None else None
    if customer is None or any(known.startswith(f"{connection.id}:") for known in customer.external_ids):
        return None
    return customer


def _customer(
    event: OrderChanged,
    connection: Connection,
    known: Customer | None,
    phone: Address | None,
    now: int,
    deps: Deps,
) -> Customer:
    """As told by the shop, on top of what we know. The number used last comes first."""
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
        first_name=said.first_name or before.first_name,
        last_name=said.last_name or before.last_name,
        phones=_with_first(phone, before.phones),
        emails=_with_first(said.email.strip().lower(), before.emails),
        external_ids=_with_first(external, before.external_ids),
    )
    return after if after == before else replace(after, updated_at=now)


def _with_first(value: str | Address | None, values: tuple[str, ...]) -> tuple[Address, ...]:
    rest = tuple(Address(other) for other in values if other != value)
    return (Address(value), *rest) if value else rest


def _order(event: OrderChanged, connection: Connection, store: Store, customer: Customer) -> Order:
    return Order(
        id=order_id(connection.id, event.external_id),
        merchant_id=connection.merchant_id,
        store_id=store.id,
        connection_id=connection.id,
        external_id=event.external_id,
        number=event.number,
        customer_id=customer.id,
        customer_name=customer.name,
        placed_at=event.placed_at,
        updated_at=event.updated_at,
        payment=event.payment,
        fulfilment=event.fulfilment,
        cancelled_at=event.cancelled_at,
        closed_at=event.closed_at,
        total=event.total,
        currency=event.currency,
        lines=event.lines,
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
