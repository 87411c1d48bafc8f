"""What shops ask for, by the store that is to do it. Implements ports.PrivacyRequests."""

from collections.abc import Sequence

import msgspec
from pynamodb.expressions.condition import Condition

from chalicelib.domain.privacy_requests import KEPT, PrivacyRequest

from . import codec, keys
from .conditions import absent
from .privacy_rows import PrivacyRequestRow
from .rows import Row
from .table import Table
from .transaction import Transaction


class DynamoPrivacyRequests:
    def __init__(self, table: Table) -> None:
        self._table = table

    def add(self, request: PrivacyRequest) -> None:
        transaction = Transaction(self._table)
        transaction.put("request", _row(request), absent())
        transaction.commit()

    def of_store(self, store_id: str) -> Sequence[PrivacyRequest]:
        raws = self._table.pages(keys.privacy_request(store_id, "").pk, consistent=True)
        return [found for raw in raws if (found := _request(Row.from_raw_data(raw))) is not None]

    def find(self, store_id: str, request_id: str) -> PrivacyRequest | None:
        return _request(self._table.get(keys.privacy_request(store_id, request_id)))

    def change(self, request: PrivacyRequest, was: PrivacyRequest) -> bool:
        """A transaction for its token: after a lost answer, what is there could as well be ours."""
        transaction = Transaction(self._table)
        same: Condition = PrivacyRequestRow.revision == was.revision
        transaction.put("request", _row(request), same)
        return not transaction.commit()


def _row(request: PrivacyRequest) -> PrivacyRequestRow:
    key = keys.privacy_request(request.store_id, request.id)
    row = PrivacyRequestRow(*key, value=codec.values(request), revision=request.revision)
    if request.done_at is not None:
        row.ttl = (request.done_at + KEPT) // 1000
    return row


def _request(row: Row | None) -> PrivacyRequest | None:
    return msgspec.convert(row.value, PrivacyRequest) if isinstance(row, PrivacyRequestRow) else None
