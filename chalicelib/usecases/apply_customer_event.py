"""A shop reports a customer: kept with what is known of them, converging whatever the order of arrival (X1, X11).

Repeats need no record of their own: the latest report of each shop's record is kept with the customer.
"""

from hashlib import sha256

from msgspec import json
from msgspec.structs import replace

from chalicelib.domain.addresses import Address, phone_from_shop
from chalicelib.domain.customers import Customer, CustomerKind
from chalicelib.domain.errors import Unavailable
from chalicelib.domain.events import CustomerChanged, ShopCustomer
from chalicelib.domain.merchants import Connection

from .ports import CustomerUpsert, Deps

_ATTEMPTS = 6


def apply_customer_event(event: CustomerChanged, deps: Deps) -> None:
    """Raises Unavailable when the table refuses."""
    connection = deps.directory.connection(event.connection_id)
    store = None if connection is None else deps.directory.store(connection.store_id)
    if connection is None or store is None:
        deps.log.warning("customer_rejected", reason="unknown_store", connection_id=event.connection_id)
        return
    phone = phone_from_shop(event.customer.phone, store.country) if event.customer.phone else None
    for _attempt in range(_ATTEMPTS):
        command = _upsert(event, connection, phone, deps)
        if command.customer == command.customer_was or deps.customers.upsert(command):
            return
    raise Unavailable


def _upsert(event: CustomerChanged, connection: Connection, phone: Address | None, deps: Deps) -> CustomerUpsert:
    said, external, version = event.customer, external_id(event.customer, connection), _version(event)
    known = known_customer(said, connection, phone, None, deps)
    told = {} if known is None else known.told or {}
    if version <= told.get(external, ""):
        only_adds = True
    else:
        only_adds = known is not None and not proven(said, connection, known)
        told = {**told, external: version}
    customer = as_told(said, connection, known, phone, deps.clock.now(), only_adds, deps)
    if told != (customer.told or {}):
        customer = replace(customer, told=told)
    return CustomerUpsert(customer=customer, customer_was=known, claimed=claimed(said, connection, phone, deps))


def _version(event: CustomerChanged) -> str:
    """Reports of one instant (shops round to seconds) are told apart by what they say, the same way each time."""
    return f"{event.updated_at:013d}:{sha256(json.encode(event.customer)).hexdigest()[:16]}"


def known_customer(
    said: ShopCustomer, connection: Connection, phone: Address | None, before_id: str | None, deps: Deps
) -> Customer | None:
    """By the shop's own id; else who it was before; else who wrote from this number, unless the shop knows them as
    somebody else.

    Never by e-mail alone: anybody can type anybody's address into a check-out (X11).
    """
    merchant = connection.merchant_id
    external = external_id(said, connection)
    found = deps.customers.find_by(merchant, "external", external) if external else None
    if found is not None:
        return deps.customers.find(found)
    before = deps.customers.find(before_id) if before_id is not None else None
    if before is not None and not (external and _known_to(connection, before)):
        return before
    found = deps.customers.find_by(merchant, "sms", phone) if phone else None
    customer = deps.customers.find(found) if found is not None else None
    return None if customer is None or _known_to(connection, customer) else customer


def proven(said: ShopCustomer, connection: Connection, known: Customer) -> bool:
    """Whether more than a phone number, which anybody can type, says that it is this customer."""
    external = external_id(said, connection)
    return bool(external) and external in known.external_ids


def _known_to(connection: Connection, customer: Customer) -> bool:
    return any(known.startswith(f"{connection.id}:") for known in customer.external_ids)


def as_told(
    said: ShopCustomer,
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
    before = known or Customer(
        id=deps.ids.ulid(now),
        merchant_id=connection.merchant_id,
        kind=CustomerKind.VISITOR,
        created_at=now,
        updated_at=now,
    )
    external = external_id(said, connection)
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


def claimed(
    said: ShopCustomer, connection: Connection, phone: Address | None, deps: Deps
) -> tuple[tuple[str, str], ...]:
    """The look-up keys nobody holds yet; one held by another customer stays theirs (no merge on a guess)."""
    wanted = (
        ("external", external_id(said, connection)),
        ("sms", phone or ""),
        ("email", said.email.strip().lower()),
    )
    return tuple(
        (kind, value)
        for kind, value in wanted
        if value and deps.customers.find_by(connection.merchant_id, kind, value) is None
    )


def external_id(said: ShopCustomer, connection: Connection) -> str:
    """As a customer's `external_ids` have it; empty for guests."""
    return f"{connection.id}:{said.external_id}" if said.external_id else ""
