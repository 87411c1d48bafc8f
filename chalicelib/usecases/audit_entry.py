"""Makes entries of the audit log: the one place that fills in their fields."""

from chalicelib.domain.audit import AuditAct, AuditEntry
from chalicelib.domain.conversations import Conversation

from .ports import Deps


def audited(act: AuditAct, conversation: Conversation, associate_id: str, deps: Deps) -> AuditEntry:
    """`associate_id` has done it to the conversation, now."""
    now = deps.clock.now()
    return AuditEntry(
        id=deps.ids.ulid(now),
        merchant_id=conversation.merchant_id,
        store_id=conversation.store_id,
        associate_id=associate_id,
        act=act,
        conversation_id=conversation.id,
        at=now,
    )
