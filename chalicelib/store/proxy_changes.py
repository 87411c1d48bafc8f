"""What managers changed about addresses of ours since the merchant's file was read. Implements ports.ProxyChanges.

Items of the set-up, so that every directory reads them along with the addresses.
"""

from collections.abc import Sequence

from chalicelib.domain.merchants import ProxyChange

from . import codec, keys
from .rows import Row, SetupRow
from .table import Table

KIND = "CHANGED"


class DynamoProxyChanges:
    def __init__(self, table: Table) -> None:
        self._table = table

    def put(self, change: ProxyChange) -> None:
        self._table.put(codec.setup_row(keys.setup(KIND, change.channel, change.address), change))

    def all(self) -> Sequence[ProxyChange]:
        first = f"{keys.setup(KIND).sk}#"
        raws = self._table.pages(keys.SETUP, Row.sk.startswith(first), consistent=True)
        rows = [row for raw in raws if isinstance(row := Row.from_raw_data(raw), SetupRow)]
        return [codec.setup_value(row, ProxyChange) for row in rows]
