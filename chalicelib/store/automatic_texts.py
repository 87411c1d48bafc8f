"""Texts that events of orders are to bring about. Implements ports.AutomaticTextStore.

They stand in a partition of their order, and in the index until they are settled.
"""

from collections.abc import Collection, Sequence

from pynamodb.expressions.condition import Condition
from pynamodb.expressions.update import Action

from chalicelib.domain.automatic_texts import AutomaticText
from chalicelib.domain.consent import ConsentKey
from chalicelib.domain.errors import Unavailable
from chalicelib.domain.messages import Message
from chalicelib.usecases.ports import Append, DueText, Page

from . import codec, keys
from .appending import ONCE, ONCE_DAYS, check
from .charging import charge_for, commit_charged, require_credits
from .consent import add_consents, newer_acts
from .cursors import cursor as opaque
from .cursors import index_position
from .keys import BY_STORE
from .rows import AutomaticTextRow, Row
from .suppressions import add_checks, bring_back_all
from .table import Table
from .transaction import Transaction

_TEXT = "text"
_KEPT = 90 * 86_400
"""Seconds for which one that is settled can be seen; that it was is known for good (Order.told)."""


class DynamoAutomaticTexts:
    def __init__(self, table: Table) -> None:
        self._table = table

    def find(self, text: DueText) -> AutomaticText | None:
        return _text(self._table.get(keys.automatic_text(text.order_id, text.event)))

    def of_order(self, order_id: str) -> Sequence[AutomaticText]:
        raws = self._table.pages(keys.automatic_text(order_id, "").pk, consistent=False)
        return [found for raw in raws if (found := _text(Row.from_raw_data(raw))) is not None]

    def due(self, now: int, limit: int, cursor: str | None) -> Page[DueText]:
        row = AutomaticTextRow
        after = "" if cursor is None else index_position(cursor)
        span = row.g1s.between(after + "!", keys.at(now + 1)) if after else row.g1s < keys.at(now + 1)
        found = self._table.query(keys.automatic_texts(), span, index=BY_STORE, limit=limit)
        named = tuple(DueText(keys.decode(each.pk.partition("#")[2]), keys.decode(each.sk)) for each in found.rows)
        return Page(named, opaque(found.rows[-1].g1s) if found.more else None)

    def postpone(self, text: DueText, until: int) -> None:
        row = AutomaticTextRow
        later: list[Action] = [row.due_at.set(until), row.g1s.set(_position(text.order_id, text.event, until))]
        open_still: Condition = Row.pk.exists() & row.settled_at.does_not_exist()
        self._table.update(keys.automatic_text(text.order_id, text.event), later, open_still)

    def settle(self, text: AutomaticText) -> bool:
        refused = self._table.update(keys.automatic_text(text.order_id, text.event), _settling(text), _as_read(text))
        return refused is None or _text(refused.row) == text

    def say(self, text: AutomaticText, message: Message) -> bool:
        key, settling, asked = keys.automatic_text(text.order_id, text.event), _settling(text), [message.consent_key]
        row = codec.message_row(message)
        row.ttl = _settled_at(text) // 1000 + _KEPT

        def build() -> Transaction:
            transaction = Transaction(self._table)
            transaction.update(_TEXT, key, settling, _as_read(text))
            transaction.put(message.id, row)
            add_checks(transaction, asked)
            return transaction

        failed = commit_charged(build, charge_for([message]))
        bring_back_all(self._table, failed, asked)
        if _TEXT in failed:
            return False
        require_credits(failed)
        if failed:  # an opt-out from before an erasure holds again: who tries next sees it
            raise Unavailable
        return True

    def hear(self, command: Append) -> None:
        check(command.messages)
        failed = self._hear(command, ())
        if newer_acts(failed, command):
            failed = self._hear(command, failed)
        bring_back_all(self._table, failed, _spoken_of(command))
        if failed and ONCE not in failed:
            raise Unavailable

    def _hear(self, command: Append, stale: Collection[str]) -> dict[str, Row | None]:
        transaction, last = Transaction(self._table), command.messages[-1]
        transaction.put(ONCE, codec.once_row(command.once, last.created_at, ONCE_DAYS))
        for message in command.messages:
            transaction.put(message.id, codec.message_row(message))
        add_consents(transaction, command, stale)
        add_checks(transaction, _spoken_of(command))
        return transaction.commit()


def _spoken_of(command: Append) -> list[ConsentKey]:
    return [command.messages[0].consent_key]


def _settled_at(text: AutomaticText) -> int:
    if text.settled_at is None:
        raise ValueError("it is not settled")
    return text.settled_at


def _settling(text: AutomaticText) -> list[Action]:
    row, settled_at = AutomaticTextRow, _settled_at(text)
    known = (
        (row.conversation_id, text.conversation_id), (row.message_id, text.message_id),
        (row.not_sent, text.not_sent),
    )  # fmt: skip
    actions: list[Action] = [attribute.set(str(value)) for attribute, value in known if value is not None]
    actions += [row.settled_at.set(settled_at), row.g1p.remove(), row.g1s.remove()]
    actions.append(row.ttl.set(settled_at // 1000 + _KEPT))
    return actions


def _as_read(text: AutomaticText) -> Condition:
    row = AutomaticTextRow
    condition: Condition = (row.merchant_id == text.merchant_id) & row.settled_at.does_not_exist()
    return condition


def add_automatic_text(transaction: Transaction, text: AutomaticText) -> None:
    """To the transaction of the order's change. There is none yet."""
    row = AutomaticTextRow(*keys.automatic_text(text.order_id, text.event), **codec.values(text))
    row.g1p, row.g1s = keys.automatic_texts(), _position(text.order_id, text.event, text.due_at)
    transaction.put(f"text {text.event.value}", row)


def _position(order_id: str, event: str, at: int) -> str:
    return keys.at(at, f"{order_id}.{event}")


def _text(row: Row | None) -> AutomaticText | None:
    return codec.restored(row, AutomaticText) if isinstance(row, AutomaticTextRow) else None
