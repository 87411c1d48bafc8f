"""Chat links by their tokens' hashes, and what is counted. Implements ports.ChatLinks and ports.Attempts."""

from pynamodb.expressions.condition import Condition

from chalicelib.domain.chat_links import ChatLink

from . import codec, keys
from .rows import AttemptsRow, ChatLinkRow, Row
from .table import Table
from .transaction import Transaction


def add_link(transaction: Transaction, link: ChatLink | None) -> None:
    """The step that creates it; nothing without one."""
    if link is not None:
        transaction.put("link", ChatLinkRow(*keys.chat_link(link.id), **codec.values(link)))


class DynamoChatLinks:
    def __init__(self, table: Table) -> None:
        self._table = table

    def find(self, link_id: str) -> ChatLink | None:
        row = self._table.get(keys.chat_link(link_id))
        return codec.restored(row, ChatLink) if isinstance(row, ChatLinkRow) else None

    def keep(self, link: ChatLink) -> None:
        self._table.put(ChatLinkRow(*keys.chat_link(link.id), **codec.values(link)))


class DynamoAttempts:
    def __init__(self, table: Table) -> None:
        self._table = table

    def count(self, scope: str, key: str) -> int:
        row = self._table.get(keys.attempts(scope, key))
        return int(row.failures) if isinstance(row, AttemptsRow) else 0

    def add(self, scope: str, key: str, until: int) -> int:
        """An update creates what is not there, so the kind of the row is set along."""
        row = AttemptsRow
        counted = [row.failures.add(1), Row.ttl.set(until // 1000 + 60), Row.type.set(row)]
        any_number: Condition = row.failures.does_not_exist() | (row.failures >= 0)
        stored = self._table.updated(keys.attempts(scope, key), counted, any_number)
        return int(stored.failures) if isinstance(stored, AttemptsRow) else 0
