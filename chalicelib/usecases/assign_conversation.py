"""Who looks after a conversation: taken, handed over, given back to the store (N28)."""

from msgspec import Struct
from msgspec.structs import replace

from chalicelib.domain.assignments import Handover, kind_of
from chalicelib.domain.audit import AuditAct
from chalicelib.domain.conversations import Conversation
from chalicelib.domain.errors import ChangedMeanwhile, ConversationEnded, NotAssignable
from chalicelib.domain.merchants import Associate, Colleague

from .access import MESSAGING, messaging_store, own_conversation, signed_in
from .audit_entry import audited
from .ports import Deps


class AssignCommand(Struct, frozen=True, kw_only=True):
    """`to`: who is to look after it, `was`: who did, as the associate saw it; None is the store."""

    conversation_id: str
    associate_id: str
    to: str | None
    was: str | None


def assign_conversation(command: AssignCommand, deps: Deps) -> Conversation:
    """As it is then. The same once more changes nothing.

    Raises NotFound, PermissionDenied, MessagingDisabled, ConversationEnded, NotAssignable, ChangedMeanwhile (somebody
    was faster: `was` is not true any more).
    """
    before, associate, _ = own_conversation(command.conversation_id, command.associate_id, deps)
    if before.assignee_id == command.to:
        return before
    if not before.lives(deps.clock.now()):
        raise ConversationEnded
    receiver = associate if command.to == associate.id else _receiver(command.to, before, deps)
    if before.assignee_id != command.was:
        raise ChangedMeanwhile
    handover = _handover(before, associate, receiver, deps)
    entry = audited(AuditAct(handover.kind.value), before, associate.id, deps)
    if not deps.assignments.assign(before, handover, entry):
        raise ChangedMeanwhile
    return replace(before, assignee_id=handover.to_id, handed_over=True)


def colleagues(store_id: str, associate_id: str, deps: Deps) -> list[Colleague]:
    """Those who can look after conversations of a store, by name."""
    messaging_store(signed_in(associate_id, deps), store_id, deps)
    return [each for each in deps.directory.colleagues(store_id) if MESSAGING in each.permissions]


def _receiver(to: str | None, conversation: Conversation, deps: Deps) -> Associate | None:
    if to is None:
        return None
    receiver = deps.directory.associate(to)
    known = receiver is not None and receiver.merchant_id == conversation.merchant_id
    if receiver is None or not known or not receiver.may(MESSAGING, conversation.store_id):
        raise NotAssignable
    return receiver


def _handover(before: Conversation, by: Associate, to: Associate | None, deps: Deps) -> Handover:
    now = deps.clock.now()
    return Handover(
        id=deps.ids.ulid(now),
        conversation_id=before.id,
        merchant_id=before.merchant_id,
        store_id=before.store_id,
        kind=kind_of(by.id, None if to is None else to.id),
        at=now,
        by_id=by.id,
        by_name=by.name,
        to_id=None if to is None else to.id,
        to_name=None if to is None else to.name,
    )
