"""Products, and what they are found by. Implements ports.ProductStore.

Each word of a product is a row in the partition of the word's first letter; each row knows all of the product's words,
so that a search for several costs no more. Rows of words change only when a title does.
"""

from collections.abc import Sequence
from typing import Any

from pynamodb.expressions.condition import Condition

from chalicelib.domain.products import Product, folded
from chalicelib.usecases.ports import Page, WordEntry

from . import codec, keys
from .conditions import absent
from .cursors import cursor as opaque
from .cursors import title_position, word_position
from .keys import BY_STORE, Key
from .rows import FoundByRow, ProductRow, Row
from .table import Raw, Table
from .transaction import Transaction


class DynamoProductStore:
    def __init__(self, table: Table) -> None:
        self._table = table

    def find(self, product_id: str) -> Product | None:
        return _product(self._table.get(keys.product(product_id)))

    def find_several(self, product_ids: Sequence[str]) -> dict[str, Product]:
        if not product_ids:
            return {}
        rows = self._table.get_many([keys.product(each) for each in product_ids]).values()
        return {product.id: product for row in rows if (product := _product(row)) is not None}

    def write(self, product: Product, was: Product | None) -> bool:
        if was is not None and (was.id, was.merchant_id) != (product.id, product.merchant_id):
            raise ValueError("a product stays what it is, and whose it is")
        transaction = Transaction(self._table)
        transaction.put("product", _row(product), absent() if was is None else ProductRow.digest == was.digest)
        before = {} if was is None else {Key(row.pk, row.sk): row for row in rows_of(was)}
        after = {Key(row.pk, row.sk): row for row in rows_of(product)}
        for key, row in after.items():
            if key not in before or before[key].attribute_values != row.attribute_values:
                transaction.put(f"row {key}", row, _whatever())
        for key in sorted(before.keys() - after.keys()):
            transaction.delete(f"row {key}", key, _whatever())
        return not transaction.commit()

    def by_word(self, merchant_id: str, start: str, limit: int, cursor: str | None) -> Page[WordEntry]:
        partition, first = keys.product_word(merchant_id, start, "")
        beginning = first.removesuffix("#")
        begin = None if cursor is None else _start(partition, word_position(cursor, beginning))
        found = self._table.query(partition, Row.sk.startswith(beginning), limit=limit, start=begin)
        entries = tuple(
            WordEntry(row.product_id, tuple(row.words or ())) for row in found.rows if isinstance(row, FoundByRow)
        )
        return Page(entries, opaque(found.rows[-1].sk) if found.more else None)

    def by_code(self, merchant_id: str, code_key: str, limit: int) -> Sequence[str]:
        rows = self._table.query(keys.product_code(merchant_id, code_key, "").pk, limit=limit).rows
        return [row.product_id for row in rows if isinstance(row, FoundByRow)]

    def listed(self, merchant_id: str, limit: int, cursor: str | None) -> Page[str]:
        partition = keys.products_of_merchant(merchant_id)
        begin = None if cursor is None else _index_start(partition, title_position(cursor))
        found = self._table.query(partition, index=BY_STORE, limit=limit, start=begin)
        ids = tuple(_id_in(row.pk) for row in found.rows)
        return Page(ids, opaque(found.rows[-1].g1s) if found.more else None)


def _row(product: Product) -> ProductRow:
    row = ProductRow(*keys.product(product.id), value=codec.values(product), digest=product.digest)
    if product.is_listed:
        row.g1p = keys.products_of_merchant(product.merchant_id)
        row.g1s = keys.by_title(folded(product.title), product.id)
    return row


def rows_of(product: Product) -> list[FoundByRow]:
    """All that lead to it."""
    words: tuple[str, ...] = product.words
    given: dict[str, Any] = {"product_id": product.id, "merchant_id": product.merchant_id}
    rows = [
        FoundByRow(*keys.product_word(product.merchant_id, word, product.id), words=list(words), **given)
        for word in words
    ]
    codes = [keys.product_code(product.merchant_id, code, product.id) for code in product.code_keys]
    return rows + [FoundByRow(*key, **given) for key in codes]


def _whatever() -> Condition:
    """True of any item, and of none: what is required, the product's own row says."""
    condition: Condition = Row.pk.exists() | Row.pk.does_not_exist()
    return condition


def _product(row: Row | None) -> Product | None:
    return codec.setup_value(row, Product) if isinstance(row, ProductRow) else None


def _id_in(pk: str) -> str:
    return keys.decode(pk.partition("#")[2])


def _start(partition: str, position: str) -> Raw:
    return {"pk": {"S": partition}, "sk": {"S": position}}


def _index_start(partition: str, position: str) -> Raw:
    pk, sk = keys.product(keys.decode(position.rpartition("#")[2]))
    return {"g1p": {"S": partition}, "g1s": {"S": position}, "pk": {"S": pk}, "sk": {"S": sk}}
