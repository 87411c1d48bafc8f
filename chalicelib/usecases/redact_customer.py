"""A shop says that one of its customers is to be forgotten (X13). It is written down, and carried out by the clock."""

from chalicelib.domain.erasures import Erasure, erasure_of
from chalicelib.domain.errors import Unavailable
from chalicelib.domain.events import CustomerRedacted
from chalicelib.domain.merchants import Connection
from chalicelib.domain.orders import order_id

from .forget_shop_number import forget_shop_number
from .ports import Deps


def redact_customer(event: CustomerRedacted, deps: Deps) -> None:
    """Whom nobody knows, and of whom no order is here, is no work. Raises Unavailable when the table refuses."""
    connection = deps.directory.connection(event.connection_id)
    if connection is None:
        return deps.log.warning("redaction_rejected", reason="unknown_connection", connection_id=event.connection_id)
    asked = _asked(event, connection, deps)
    if not asked.customer_ids and not forget_shop_number(connection.merchant_id, [_theirs(event)], "", deps):
        raise Unavailable  # the shop tells us again
    if not asked.customer_ids and not asked.order_ids:
        return deps.log.info("redaction_of_nobody", connection_id=event.connection_id)
    begun = deps.erasures.begin(asked, None)
    more = begun.with_more_orders(asked.order_ids)
    if more is not begun and not deps.erasures.change(more, begun):
        raise Unavailable  # the shop tells us again
    return deps.log.info("erasure_begun", erasure_id=begun.id, by="shop")


def _asked(event: CustomerRedacted, connection: Connection, deps: Deps) -> Erasure:
    """By the shop's own id alone. Orders that the shop names and that are another customer's here go all the same."""
    now, orders = deps.clock.now(), _orders(event, deps)
    found = deps.customers.find_by(connection.merchant_id, "external", _theirs(event))
    customer = None if found is None else deps.customers.find(found)
    if customer is not None:
        return erasure_of(customer, customer.id, connection.store_id, "", now).with_orders(orders)
    nobody = order_id(connection.id, f"customer {event.external_id}")
    return Erasure(
        id=nobody,
        merchant_id=connection.merchant_id,
        store_id=connection.store_id,
        by_id="",
        requested_at=now,
        order_ids=orders,
    )


def _theirs(event: CustomerRedacted) -> str:
    """What leads to them, and to requests that name them."""
    return f"{event.connection_id}:{event.external_id}"


def _orders(event: CustomerRedacted, deps: Deps) -> tuple[str, ...]:
    """Our ids of those that we have."""
    named = [order_id(event.connection_id, each) for each in event.order_ids]
    found = [deps.orders.find(each) for each in dict.fromkeys(named)]
    return tuple(order.id for order in found if order is not None and order.erased_at is None)
