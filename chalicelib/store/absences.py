"""Who is away. Part of the set-up, which every process keeps for a minute. Implements ports.AbsenceStore."""

from chalicelib.domain.absences import Absence

from . import codec, keys
from .rows import SetupRow
from .table import Table

_DAY = 86_400


class DynamoAbsenceStore:
    def __init__(self, table: Table) -> None:
        self._table = table

    def find(self, associate_id: str) -> Absence | None:
        row = self._table.get(keys.setup("AWAY", associate_id))
        return codec.setup_value(row, Absence) if isinstance(row, SetupRow) else None

    def put(self, absence: Absence) -> None:
        """One that has an end is garbage a day later."""
        row = codec.setup_row(keys.setup("AWAY", absence.associate_id), absence)
        row.ttl = None if absence.until is None else absence.until // 1000 + _DAY
        self._table.put(row)
