"""Transfers of contacts between associates. Implements ports.TransferStore."""

from collections.abc import Sequence

from pynamodb.expressions.condition import Condition
from pynamodb.expressions.update import Action

from chalicelib.domain.conversations import Conversation
from chalicelib.domain.transfers import Transfer
from chalicelib.usecases.ports import Page

from . import codec, keys
from .keys import BY_CUSTOMER
from .rows import ConversationRow, Row, TransferRow
from .table import Table


class DynamoTransferStore:
    def __init__(self, table: Table) -> None:
        self._table = table

    def put(self, transfer: Transfer) -> None:
        key = keys.transfer(transfer.store_id, transfer.id)
        self._table.put(TransferRow(*key, value=codec.values(transfer)))

    def find(self, store_id: str, transfer_id: str) -> Transfer | None:
        return _transfer(self._table.get(keys.transfer(store_id, transfer_id)))

    def of_store(self, store_id: str, limit: int) -> Sequence[Transfer]:
        rows = self._table.query(keys.transfer(store_id, "").pk, limit=limit, newest_first=True, consistent=True).rows
        return [found for row in rows if (found := _transfer(row)) is not None]

    def contacts(self, associate_id: str, limit: int, after: str | None) -> Page[str]:
        partition = keys.conversations_of_associate(associate_id)
        beyond = None if after is None else Row.g2s > keys.encode(after)
        found = self._table.query(partition, beyond, index=BY_CUSTOMER, limit=limit)
        ids = tuple(keys.decode(row.g2s) for row in found.rows)
        return Page(ids, ids[-1] if found.more and ids else None)

    def count_contacts(self, associate_id: str, store_id: str) -> int:
        raws = self._table.index_pages(keys.conversations_of_associate(associate_id), BY_CUSTOMER)
        return sum(raw.get("st", {}).get("S") == store_id for raw in raws)

    def move(self, was: Conversation, to: Conversation) -> bool:
        row = ConversationRow
        held: Condition = (row.merchant_id == was.merchant_id) & (row.store_id == was.store_id)
        held &= (row.associate_id == was.associate_id) & _is(row.assignee_id, was.assignee_id)
        held &= _is(row.transfer_id, was.transfer_id)
        actions: list[Action] = [
            row.associate_id.set(to.associate_id or ""),
            row.g2p.set(keys.conversations_of_associate(to.associate_id or "")),
            _assigned(row.transfer_id, to.transfer_id),
        ]
        return self._table.update(keys.conversation(was.id), actions, held) is None


def _transfer(row: Row | None) -> Transfer | None:
    return codec.setup_value(row, Transfer) if isinstance(row, TransferRow) else None


def _is(attribute: object, value: str | None) -> Condition:
    condition: Condition = attribute.does_not_exist() if value is None else attribute == value  # type: ignore[attr-defined,assignment]  # PynamoDB's
    return condition


def _assigned(attribute: object, value: str | None) -> Action:
    action: Action = attribute.remove() if value is None else attribute.set(value)  # type: ignore[attr-defined]  # PynamoDB's
    return action
