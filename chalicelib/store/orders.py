"""Shop orders with their customers. Implements ports.OrderStore."""

from collections.abc import Sequence

from pynamodb.expressions.condition import Condition

from chalicelib.domain.orders import Order, order_id
from chalicelib.usecases.ports import Clock, Duplicate, OrderUpsert, Page, Raced, Stored

from . import codec, keys
from .appending import ONCE, ONCE_DAYS
from .automatic_texts import add_automatic_text
from .conditions import customer_unchanged, order_unchanged
from .cursors import cursor, index_position
from .keys import BY_CUSTOMER, BY_STORE
from .rows import OnceRow, OrderRow, Row
from .table import Raw, Table
from .transaction import Transaction


class DynamoOrderStore:
    """Orders that come from an index have no lines: a page must stay cheap."""

    def __init__(self, table: Table, clock: Clock) -> None:
        self._table, self._clock = table, clock

    def find(self, order_id: str) -> Order | None:
        row = self._table.get(keys.order(order_id))
        return codec.restored(row, Order) if isinstance(row, OrderRow) else None

    def find_several(self, order_ids: Sequence[str]) -> dict[str, Order]:
        rows = self._table.get_many([keys.order(each) for each in order_ids]).values() if order_ids else ()
        orders = [codec.restored(row, Order) for row in rows if isinstance(row, OrderRow)]
        return {each.id: each for each in orders}

    def find_external(self, connection_id: str, external_id: str) -> Order | None:
        return self.find(order_id(connection_id, external_id))

    def upsert(self, command: OrderUpsert) -> Stored | Duplicate | Raced:
        _check(command)
        transaction = Transaction(self._table)
        transaction.put(ONCE, codec.once_row(command.once, self._clock.now(), ONCE_DAYS))
        transaction.put("order", codec.order_row(command.order), order_unchanged(command.order_was))
        if command.customer != command.customer_was:
            unchanged = customer_unchanged(command.customer_was)
            transaction.put("customer", codec.customer_row(command.customer), unchanged)
        for kind, value in command.claimed:
            transaction.put(f"{kind} {value}", codec.lookup_row(command.customer, kind, value))
        for text in command.texts:
            add_automatic_text(transaction, text)
        failed = transaction.commit()
        if not failed:
            return Stored()
        once = failed.get(ONCE) or self._table.get(keys.once(command.once.scope, command.once.key))
        return Duplicate(codec.once(once)) if isinstance(once, OnceRow) else Raced()

    def unlink(self, order_id: str, conversation_id: str) -> None:
        linked: Condition = OrderRow.conversation_id == conversation_id
        self._table.update(keys.order(order_id), [OrderRow.conversation_id.remove()], linked)

    def active(self, store_id: str, placed_since: int, limit: int, cursor: str | None) -> Page[Order]:
        partition, oldest = keys.orders_of_store(store_id), keys.at(placed_since)
        position = None if cursor is None else index_position(cursor)
        if position is not None and position < oldest:
            return Page(())  # the row it stands for has meanwhile fallen out of the window; DynamoDB would refuse it
        start = None if position is None else _start(partition, position)
        found = self._table.query(
            partition, Row.g1s >= oldest, index=BY_STORE, limit=limit + 1, newest_first=True, start=start
        )
        orders = tuple(_listed(row, row.g1s, store_id=store_id) for row in found.rows[:limit])
        return Page(orders, _cursor(found.rows[limit - 1]) if len(found.rows) > limit else None)

    def of_customer(self, customer_id: str, limit: int) -> Sequence[Order]:
        partition = keys.orders_of_customer(customer_id)
        found = self._table.query(partition, index=BY_CUSTOMER, limit=limit, newest_first=True)
        return [_listed(row, row.g2s, customer_id=customer_id) for row in found.rows]


def _check(command: OrderUpsert) -> None:
    """Raises ValueError when the parts are not of one merchant (I10) or the order's id is not its own."""
    order, customer = command.order, command.customer
    parts = (customer, command.order_was, command.customer_was)
    if any(part is not None and part.merchant_id != order.merchant_id for part in parts):
        raise ValueError("order and customer belong to one merchant")
    if any((text.order_id, text.merchant_id) != (order.id, order.merchant_id) for text in command.texts):
        raise ValueError("the text is about the order")
    if order.id != order_id(order.connection_id, order.external_id) or order.customer_id not in customer.ids:
        raise ValueError("the order's id follows from the shop's, and its customer is the one stored with it")


def _listed(row: Row, sort: str, **known: str) -> Order:
    """From an index, which leaves out what its keys say already: DynamoDB projects 20 attributes at most."""
    placed_at = int(sort.partition("#")[0])
    return codec.restored(row, Order, id=keys.decode(row.pk.partition("#")[2]), placed_at=placed_at, **known)


def _start(partition: str, position: str) -> Raw:
    pk, sk = keys.order(keys.decode(position.partition("#")[2]))
    return {"g1p": {"S": partition}, "g1s": {"S": position}, "pk": {"S": pk}, "sk": {"S": sk}}


def _cursor(row: Row) -> str:
    return cursor(row.g1s)
