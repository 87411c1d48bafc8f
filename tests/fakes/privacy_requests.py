"""ports.PrivacyRequests over plain memory."""

from collections.abc import Sequence

from chalicelib.domain.privacy_requests import PrivacyRequest

from .table import FakeTable


class FakePrivacyRequests:
    def __init__(self, table: FakeTable) -> None:
        self._table = table

    def add(self, request: PrivacyRequest) -> None:
        self._table.request()
        self._table.privacy_requests.setdefault((request.store_id, request.id), request)

    def of_store(self, store_id: str) -> Sequence[PrivacyRequest]:
        self._table.request()
        return [each for (store, _), each in sorted(self._table.privacy_requests.items()) if store == store_id]

    def find(self, store_id: str, request_id: str) -> PrivacyRequest | None:
        self._table.request()
        return self._table.privacy_requests.get((store_id, request_id))

    def change(self, request: PrivacyRequest, was: PrivacyRequest) -> bool:
        self._table.request()
        key = (request.store_id, request.id)
        stored = self._table.privacy_requests.get(key)
        if stored is None or stored.revision != was.revision:
            return False
        self._table.privacy_requests[key] = request
        return True
