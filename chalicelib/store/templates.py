"""The stores' templates. Implements ports.TemplateStore.

A store's are a partition. What is switched on stands in the set-up as well, so that an order's event reads nothing.
"""

from collections.abc import Sequence

from pynamodb.expressions.condition import Condition

from chalicelib.domain.templates import AutomaticSwitches, Template
from chalicelib.usecases.ports import Clock

from . import codec, keys
from .conditions import absent
from .rows import Row, TemplateRow
from .table import Table
from .transaction import Transaction

SWITCHES = "AUTOMATIC"
_KEPT = 30 * 86_400
"""Seconds for which a deleted one is there still."""


class DynamoTemplateStore:
    def __init__(self, table: Table, clock: Clock) -> None:
        self._table, self._clock = table, clock

    def of_store(self, store_id: str) -> Sequence[Template]:
        raws = self._table.pages(keys.template(store_id, "").pk, consistent=True)
        return [found for raw in raws if (found := _template(Row.from_raw_data(raw))) is not None]

    def find(self, store_id: str, template_id: str) -> Template | None:
        return _template(self._table.get(keys.template(store_id, template_id)))

    def save(self, template: Template, switches: AutomaticSwitches | None) -> bool:
        key = keys.template(template.store_id, template.id)
        row = TemplateRow(*key, value=codec.values(template), revision=template.revision)
        row.ttl = self._clock.now() // 1000 + _KEPT if template.deleted else None
        transaction = Transaction(self._table)
        transaction.put("template", row, _before(template))
        if switches is not None:
            if (switches.store_id, switches.merchant_id) != (template.store_id, template.merchant_id):
                raise ValueError("all of one store")
            anyhow: Condition = Row.pk.does_not_exist() | Row.pk.exists()
            transaction.put("switches", codec.setup_row(keys.setup(SWITCHES, template.store_id), switches), anyhow)
        return not transaction.commit()


def _before(template: Template) -> Condition:
    """The revision before it is there, or none where it is the first."""
    before: Condition = TemplateRow.revision == template.revision - 1
    return absent() if template.revision == 1 else before


def _template(row: Row | None) -> Template | None:
    return codec.setup_value(row, Template) if isinstance(row, TemplateRow) else None
