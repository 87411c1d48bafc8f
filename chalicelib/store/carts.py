"""Remote carts. Implements ports.CartStore."""

from collections.abc import Sequence

from pynamodb.expressions.condition import Condition

from chalicelib.domain.carts import Cart
from chalicelib.usecases.ports import Once

from . import codec, keys
from .appending import ONCE, ONCE_DAYS
from .cart_rows import CartRow
from .rows import OnceRow, Row
from .table import Table
from .transaction import Transaction

_CART = "cart"


class DynamoCartStore:
    def __init__(self, table: Table) -> None:
        self._table = table

    def find(self, conversation_id: str, cart_id: str) -> Cart | None:
        row = self._table.get(keys.cart(conversation_id, cart_id))
        return codec.setup_value(row, Cart) if isinstance(row, CartRow) else None

    def of_conversation(self, conversation_id: str, limit: int) -> Sequence[Cart]:
        partition, start = keys.cart(conversation_id, "")
        found = self._table.query(partition, Row.sk.startswith(start), limit=limit, newest_first=True, consistent=True)
        return [codec.setup_value(row, Cart) for row in found.rows if isinstance(row, CartRow)]

    def add(self, cart: Cart, once: Once) -> Once | None:
        transaction = Transaction(self._table)
        transaction.put(ONCE, codec.once_row(once, cart.created_at, ONCE_DAYS))
        transaction.put(_CART, codec.cart_row(cart))
        row = transaction.commit().get(ONCE)
        return codec.once(row) if isinstance(row, OnceRow) else None

    def change(self, cart: Cart, was: Cart) -> bool:
        same: Condition = (CartRow.revision == was.revision) & (CartRow.merchant_id == was.merchant_id)
        transaction = Transaction(self._table)
        transaction.put(_CART, codec.cart_row(cart), same)
        return not transaction.commit()
