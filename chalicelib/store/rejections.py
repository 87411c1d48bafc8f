"""Events that were answered but changed nothing. Implements ports.Rejections."""

from chalicelib.usecases.ports import Once

from . import codec
from .table import Table

KEPT_DAYS = 90
"""Long enough to answer a merchant who asks where a text has gone."""


class DynamoRejections:
    def __init__(self, table: Table) -> None:
        self._table = table

    def record(self, once: Once, reason: str, at: int) -> None:
        row = codec.once_row(once, at, KEPT_DAYS)
        row.reason, row.at = reason, at
        self._table.put_new(row)
