"""An opt-out that we read out of a sentence was not meant: an associate sets it right, and answers for it (X6)."""

from msgspec import Struct
from msgspec.structs import replace

from chalicelib.domain.audit import AuditAct
from chalicelib.domain.consent import Consent, ConsentChange, ConsentSource, ConsentState, mistake
from chalicelib.domain.conversations import Conversation
from chalicelib.domain.errors import ChangedMeanwhile, OptOutStands

from . import compose
from .access import own_conversation
from .audit_entry import audited, audited_in_store
from .ports import Deps, Righted
from .shared_numbers import consents_beside, route_key, show_opt_outs


class OptOut(Struct, frozen=True, kw_only=True):
    """Why a customer is not written to in a conversation."""

    at: int
    source: ConsentSource | None
    message_id: str | None
    """What they wrote, where that is in this conversation."""
    may_be_mistaken: bool
    """Whether an associate of this conversation may set it right."""


def opt_out_of(conversation: Conversation, deps: Deps) -> OptOut | None:
    """None where nothing forbids writing. Costs a read only where the conversation shows an opt-out, two more where a
    sentence brought it about."""
    consent = deps.consents.state(conversation.consent_key) if conversation.opted_out else None
    if consent is None or consent.state is not ConsentState.OPTED_OUT:
        return None
    here = consent.may_be_mistaken and _is_said_here(consent.evidence, conversation, deps)
    return OptOut(
        at=consent.changed_at,
        source=consent.source,
        message_id=consent.evidence if here else None,
        may_be_mistaken=here and _before_mistake(consent, conversation, deps) is not None,
    )


def set_right_opt_out(conversation_id: str, associate_id: str, deps: Deps) -> Conversation:
    """The conversation as it is then: what held before the sentence holds again. Once more changes nothing.

    Raises NotFound, PermissionDenied, MessagingDisabled, OptOutStands, ChangedMeanwhile.
    """
    conversation, associate, _ = own_conversation(conversation_id, associate_id, deps)
    consent = deps.consents.state(conversation.consent_key)
    if consent is None or consent.state is not ConsentState.OPTED_OUT:
        deps.conversations.flag_opted_out(conversation.id, False)
        return replace(conversation, opted_out=False)
    to = _before_mistake(consent, conversation, deps) if consent.may_be_mistaken else None
    if to is None:
        raise OptOutStands
    change = _change(consent, to, conversation, associate.id, deps)
    entry = audited(AuditAct.OPT_OUT_SET_RIGHT, conversation, associate.id, deps)
    beside = _beside(consent, conversation, associate.id, deps)
    if not deps.consents.set_right(change, consent, to, conversation, entry, beside):
        raise ChangedMeanwhile
    if beside:
        show_opt_outs(route_key(conversation), deps)
    return replace(conversation, opted_out=False)


def _beside(consent: Consent, conversation: Conversation, associate_id: str, deps: Deps) -> tuple[Righted, ...]:
    """The sentence opted out of all stores of the number (H19), and nobody there can read it: it is set right for those
    who have heard nothing firmer."""
    found = []
    for key, store in consents_beside(conversation, deps):
        known = deps.consents.state(key)
        same = known is not None and known.may_be_mistaken and known.evidence == consent.evidence
        to = _before_mistake(known, conversation, deps) if same and known is not None else None
        if known is not None and to is not None:
            change = replace(_change(known, to, conversation, associate_id, deps), store_id=store.id)
            entry = audited_in_store(AuditAct.OPT_OUT_SET_RIGHT, store, associate_id, deps)
            found.append(Righted(change, known, to, entry))
    return tuple(found)


def _before_mistake(consent: Consent, conversation: Conversation, deps: Deps) -> Consent | None:
    """What is to hold again. None: the opt-out stands, for one before it does, or for a sentence said elsewhere."""
    found = mistake(deps.consents.history(consent.key), consent.key)
    said_here = all(_is_said_here(line.evidence, conversation, deps) for line in found.sentences)
    stands = found.before.state is ConsentState.OPTED_OUT or not found.sentences or not said_here
    return None if stands else found.before


def _is_said_here(message_id: str, conversation: Conversation, deps: Deps) -> bool:
    """Only who can read the words can say what they meant."""
    return deps.conversations.find_message(conversation.id, message_id) is not None


def _change(mistaken: Consent, to: Consent, conversation: Conversation, associate_id: str, deps: Deps) -> ConsentChange:
    """It says of the same act of the customer's that it was none: hence the same time, and a later line."""
    now = deps.clock.now()
    return ConsentChange(
        id=compose.next_id(mistaken.evidence, now, deps),
        key=mistaken.key,
        state=to.state,
        at=mistaken.changed_at,
        source=ConsentSource.ASSOCIATE,
        evidence=mistaken.evidence,
        wording="",
        by=associate_id,
        store_id=conversation.store_id,
        conversation_id=conversation.id,
        recorded_at=now,
    )
