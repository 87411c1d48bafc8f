"""ports.TemplateStore over plain memory."""

from collections.abc import Sequence

from chalicelib.domain.templates import AutomaticSwitches, Template

from .table import FakeTable


class FakeTemplates:
    def __init__(self, table: FakeTable) -> None:
        self._table = table

    def of_store(self, store_id: str) -> Sequence[Template]:
        self._table.request()
        return [each for (store, _), each in sorted(self._table.templates.items()) if store == store_id]

    def find(self, store_id: str, template_id: str) -> Template | None:
        self._table.request()
        return self._table.templates.get((store_id, template_id))

    def save(self, template: Template, switches: AutomaticSwitches | None) -> bool:
        self._table.request()
        stored = self._table.templates.get((template.store_id, template.id))
        if (stored.revision if stored else 0) != template.revision - 1:
            return False
        if switches is not None:
            if (switches.store_id, switches.merchant_id) != (template.store_id, template.merchant_id):
                raise ValueError("all of one store")
            self._table.switches[template.store_id] = switches
        self._table.templates[template.store_id, template.id] = template
        return True
