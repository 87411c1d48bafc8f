"""Makes entries of the audit log: the one place that fills in their fields."""

from chalicelib.domain.audit import AuditAct, AuditEntry
from chalicelib.domain.conversations import Conversation
from chalicelib.domain.merchants import Store

from .ports import Deps


def audited(act: AuditAct, conversation: Conversation, associate_id: str, deps: Deps) -> AuditEntry:
    """`associate_id` has done it to the conversation, now."""
    return _entry(act, conversation.merchant_id, conversation.store_id, associate_id, conversation.id, deps)


def audited_in_store(act: AuditAct, store: Store, associate_id: str, deps: Deps) -> AuditEntry:
    """`associate_id` has done it to the store, now."""
    return _entry(act, store.merchant_id, store.id, associate_id, "", deps)


def _entry(
    act: AuditAct, merchant_id: str, store_id: str, associate_id: str, conversation_id: str, deps: Deps
) -> AuditEntry:
    now = deps.clock.now()
    return AuditEntry(
        id=deps.ids.ulid(now),
        merchant_id=merchant_id,
        store_id=store_id,
        associate_id=associate_id,
        act=act,
        conversation_id=conversation_id,
        at=now,
    )
