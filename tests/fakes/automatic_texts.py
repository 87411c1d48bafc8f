"""ports.AutomaticTextStore over plain memory."""

from collections.abc import Sequence

from msgspec.structs import replace

from chalicelib.domain.automatic_texts import AutomaticText
from chalicelib.domain.errors import Unavailable
from chalicelib.domain.messages import Message
from chalicelib.store.cursors import cursor as opaque
from chalicelib.store.cursors import index_position
from chalicelib.usecases.ports import Append, DueText, Page

from .credits import charge, require_credits
from .table import FakeTable


class FakeAutomaticTexts:
    def __init__(self, table: FakeTable) -> None:
        self._table = table

    def find(self, text: DueText) -> AutomaticText | None:
        self._table.request()
        return self._table.automatic.get((text.order_id, text.event))

    def of_order(self, order_id: str) -> Sequence[AutomaticText]:
        self._table.request()
        return [each for (order, _), each in sorted(self._table.automatic.items()) if order == order_id]

    def due(self, now: int, limit: int, cursor: str | None) -> Page[DueText]:
        self._table.request()
        waiting = [each for each in self._table.automatic.values() if each.settled_at is None]
        entries = sorted((f"{each.due_at:013d}#{each.order_id}.{each.event}", each) for each in waiting)
        after = "" if cursor is None else index_position(cursor)
        over = [(position, each) for position, each in entries if after < position < f"{now + 1:013d}"]
        named = tuple(DueText(each.order_id, each.event) for _, each in over[:limit])
        return Page(named, opaque(over[limit - 1][0]) if len(over) >= limit else None)

    def postpone(self, text: DueText, until: int) -> None:
        self._table.request()
        known = self._table.automatic.get((text.order_id, text.event))
        if known is not None and known.settled_at is None:
            self._table.automatic[text.order_id, text.event] = replace(known, due_at=until)

    def settle(self, text: AutomaticText) -> bool:
        self._table.request()
        if text.settled_at is None:
            raise ValueError("it is not settled")
        known = self._table.automatic.get((text.order_id, text.event))
        if known is None or known.merchant_id != text.merchant_id or known.settled_at is not None:
            return known == text
        self._table.automatic[text.order_id, text.event] = text
        return True

    def say(self, text: AutomaticText, message: Message) -> bool:
        self._table.request()
        if text.settled_at is None:
            raise ValueError("it is not settled")
        known = self._table.automatic.get((text.order_id, text.event))
        if known is None or known.merchant_id != text.merchant_id or known.settled_at is not None:
            return False
        if self._table.brought_back(message.consent_key):
            raise Unavailable
        require_credits(self._table, [message])
        charge(self._table, [message])
        self._table.automatic[text.order_id, text.event] = text
        self._table.put_message(message)
        return True

    def hear(self, command: Append) -> None:
        self._table.request()
        table, once = self._table, command.once
        if (once.scope, once.key) in table.onces:
            return
        if table.brought_back(command.messages[0].consent_key):
            raise Unavailable
        table.onces[once.scope, once.key] = once
        for message in command.messages:
            table.put_message(message)
        for change in (command.consent, *command.consent_beside):
            if change is not None:
                table.change_consent(change)
