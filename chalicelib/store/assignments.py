"""Who looks after conversations, and how that came about. Implements ports.AssignmentStore."""

from collections.abc import Sequence

from pynamodb.expressions.condition import Condition

from chalicelib.domain.assignments import Handover
from chalicelib.domain.audit import AuditEntry
from chalicelib.domain.conversations import LIVING, Conversation

from . import codec, keys
from .audit import add_audit
from .rows import ConversationRow, HandoverRow, Row
from .table import Table
from .transaction import Transaction


class DynamoAssignmentStore:
    def __init__(self, table: Table) -> None:
        self._table = table

    def assign(self, before: Conversation, handover: Handover, audit: AuditEntry | None = None) -> bool:
        if (before.id, before.merchant_id, before.store_id) != _about(handover):
            raise ValueError("the handover is of this conversation")
        row, transaction = ConversationRow, Transaction(self._table)
        to = row.assignee_id.remove() if handover.to_id is None else row.assignee_id.set(handover.to_id)
        key = keys.conversation(before.id)
        transaction.update("conversation", key, [to, row.handed_over.set(True)], _as_read(before))
        transaction.put("handover", codec.handover_row(handover))
        add_audit(transaction, audit)
        return not transaction.commit()

    def history(self, conversation_id: str) -> Sequence[Handover]:
        start = keys.handover(conversation_id, "")
        raws = self._table.pages(start.pk, Row.sk.startswith(start.sk), consistent=False)
        rows = [Row.from_raw_data(raw) for raw in raws]
        return [codec.restored(row, Handover) for row in rows if isinstance(row, HandoverRow)]


def _about(handover: Handover) -> tuple[str, str, str]:
    return handover.conversation_id, handover.merchant_id, handover.store_id


def _as_read(before: Conversation) -> Condition:
    """Alive, the merchant's own, and looked after by whom it was."""
    row, was = ConversationRow, before.assignee_id
    condition: Condition = (row.merchant_id == before.merchant_id) & row.state.is_in(*(state.value for state in LIVING))
    condition &= row.assignee_id.does_not_exist() if was is None else row.assignee_id == was
    return condition
