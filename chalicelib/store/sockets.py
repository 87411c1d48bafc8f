"""Open WebSockets, by socket and by store. Implements ports.SocketStore."""

from collections.abc import Sequence

from pynamodb.expressions.condition import Condition

from chalicelib.domain.presence import Viewer
from chalicelib.usecases.ports import Clock, Once, Socket

from . import codec, keys
from .keys import Key
from .rows import Row, SocketRow
from .table import Table
from .transaction import Transaction

LIFETIME = 2 * 3_600_000 + 600_000
"""Milliseconds after which API Gateway has certainly closed a WebSocket (2 hours), with a margin."""
_TICKET_DAYS = 1
_STORES_AT_ONCE = 90
"""DynamoDB takes 100 items in a transaction."""


class DynamoSocketStore:
    def __init__(self, table: Table, clock: Clock) -> None:
        self._table, self._clock = table, clock

    def add(self, socket: Socket, ticket_id: str) -> bool:
        """An associate of very many stores gets the later ones in further transactions."""
        rows = [_row(socket, key) for key in _lists(socket.id, socket.store_ids, socket.conversation_id)]
        first = Transaction(self._table)
        first.put("ticket", codec.once_row(Once("ticket", ticket_id), socket.opened_at, _TICKET_DAYS))
        first.put("socket", _row(socket, keys.socket(socket.id)))
        for row in rows[:_STORES_AT_ONCE]:
            first.put(row.pk, row)
        if first.commit():
            return False
        for start in range(_STORES_AT_ONCE, len(rows), _STORES_AT_ONCE):
            further = Transaction(self._table)
            for row in rows[start : start + _STORES_AT_ONCE]:
                further.put(row.pk, row)
            further.commit()
        return True

    def remove(self, socket_id: str) -> None:
        row = self._table.get(keys.socket(socket_id))
        if isinstance(row, SocketRow):
            doomed = _lists(socket_id, row.store_ids, row.conversation_id)
            self._table.delete_many([*doomed, keys.socket(socket_id)])

    def of_store(self, store_id: str) -> Sequence[Socket]:
        return self._listed(keys.store_socket(store_id, "").pk)

    def of_conversation(self, conversation_id: str) -> Sequence[Socket]:
        return self._listed(keys.conversation_socket(conversation_id, "").pk)

    def find(self, socket_id: str) -> Socket | None:
        row = self._table.get(keys.socket(socket_id))
        return codec.restored(row, Socket) if isinstance(row, SocketRow) else None

    def look(self, store_id: str, viewer: Viewer, before: int) -> bool:
        row = SocketRow
        quiet: Condition = row.seen_at.does_not_exist() | (row.seen_at <= before)
        still: Condition = (row.associate_id == viewer.associate_id) & quiet
        actions = [
            row.viewing.set(viewer.conversation_id),
            row.viewer_name.set(viewer.name),
            row.writing.set(viewer.writing),
            row.seen_at.set(viewer.seen_at),
        ]
        return self._table.update(keys.store_socket(store_id, viewer.socket_id), actions, still) is None

    def look_away(self, store_id: str, socket_id: str, conversation_id: str) -> bool:
        row = SocketRow
        looked: Condition = row.viewing == conversation_id
        gone = [row.viewing.remove(), row.viewer_name.remove(), row.writing.remove(), row.seen_at.remove()]
        return self._table.update(keys.store_socket(store_id, socket_id), gone, looked) is None

    def viewers(self, store_id: str, conversation_id: str, since: int) -> Sequence[Viewer]:
        raws = self._table.pages(keys.store_socket(store_id, "").pk, consistent=True)
        rows = [row for raw in raws if isinstance(row := Row.from_raw_data(raw), SocketRow)]
        looking = [row for row in rows if row.viewing == conversation_id and row.seen_at > since]
        return [
            codec.restored(row, Viewer, socket_id=row.id, name=row.viewer_name, conversation_id=conversation_id)
            for row in looking
        ]

    def _listed(self, partition: str) -> Sequence[Socket]:
        """Eventually consistent: a client fetches everything when its socket opens."""
        oldest = self._clock.now() - LIFETIME
        raws = self._table.pages(partition, consistent=False)
        rows = [Row.from_raw_data(raw) for raw in raws]
        sockets = [codec.restored(row, Socket) for row in rows if isinstance(row, SocketRow)]
        return [socket for socket in sockets if socket.opened_at > oldest]


def _lists(socket_id: str, store_ids: Sequence[str], conversation_id: str | None) -> list[Key]:
    """Where it is found by those who tell of changes."""
    stores = [keys.store_socket(store_id, socket_id) for store_id in store_ids]
    return stores if conversation_id is None else [*stores, keys.conversation_socket(conversation_id, socket_id)]


def _row(socket: Socket, key: Key) -> SocketRow:
    return SocketRow(*key, ttl=(socket.opened_at + LIFETIME) // 1000, **codec.values(socket))
