"""Entries of the audit log say who, what, when and on which conversation (X24)."""

from chalicelib.domain.audit import AuditAct
from chalicelib.usecases.audit_entry import audited
from tests.support.world import ADA, SEATTLE, World


def test_an_entry_is_of_the_conversations_store_and_dated_now(world: World) -> None:
    conversation = world.conversation(world.start())
    entry = audited(AuditAct.CLOSED, conversation, ADA, world)
    assert (entry.at, entry.store_id, entry.merchant_id) == (world.clock.now(), SEATTLE, conversation.merchant_id)
    assert (entry.act, entry.associate_id, entry.conversation_id) == (AuditAct.CLOSED, ADA, conversation.id)


def test_two_acts_at_the_same_moment_are_two_entries(world: World) -> None:
    conversation = world.conversation(world.start())
    first, second = (audited(AuditAct.UNMASKED, conversation, ADA, world) for _ in range(2))
    assert first.id != second.id
