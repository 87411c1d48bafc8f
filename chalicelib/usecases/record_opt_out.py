"""An opt-out that comes by another way than a text of the customer's: into our ledger, once (X5)."""

from msgspec import Struct

from chalicelib.domain.consent import ConsentChange, ConsentKey, ConsentSource, ConsentState

from .ports import Deps


class OptOutAct(Struct, frozen=True, kw_only=True):
    """What happened. `at`: when the customer acted; `evidence`: the message or the provider's code that proves it;
    `store_id`, `conversation_id`: where."""

    source: ConsentSource
    evidence: str
    at: int
    store_id: str
    conversation_id: str


def record_opt_out(key: ConsentKey, act: OptOutAct, deps: Deps) -> bool:
    """Whether it holds: it is news, or was known. False: the customer has acted anew since. Safe to repeat."""
    consent = deps.consents.state(key)
    known = consent is not None and consent.state is ConsentState.OPTED_OUT
    if known and consent is not None and not consent.is_confirmed_by(act.source):
        return True
    return deps.consents.record(
        ConsentChange(
            id=deps.ids.ulid(act.at),
            key=key,
            state=ConsentState.OPTED_OUT,
            at=act.at,
            source=act.source,
            evidence=act.evidence,
            wording="",
            store_id=act.store_id,
            conversation_id=act.conversation_id,
            recorded_at=deps.clock.now(),
        )
    )
