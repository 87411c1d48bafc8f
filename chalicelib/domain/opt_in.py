"""Asking a customer whether they want messages (N6, N7): the words, and how often. docs/consent.md says why."""

from collections.abc import Sequence

from msgspec.structs import replace

from .consent import Consent, ConsentChange, ConsentSource, ConsentState
from .conversations import LIFETIME
from .errors import InvalidInput, OptedOut, OptInPending
from .messages import BODY_LIMIT, Message

REQUEST_WORDING = "sms-request-1"
"""Version of the words below; kept in the consent ledger. Change both together."""
REQUEST_PAUSE = LIFETIME
"""Milliseconds in which an address is asked once in a scope: as long as a request waits for its answer."""


INVITE_PAUSE = 600_000
"""Milliseconds in which an address that was given on the page of an invitation is asked once."""


def pause_of(source: ConsentSource) -> int:
    return INVITE_PAUSE if source is ConsentSource.INVITATION else REQUEST_PAUSE


def request_text(store_name: str, body: str) -> str:
    """The associate's words, and how to answer (CTIA Messaging Principles, 5.1). Raises InvalidInput when too long."""
    text = (
        f"{store_name}: {body}\nReply YES to get messages from {store_name}, STOP to opt out. "
        "Msg & data rates may apply."
    )
    if len(text) > BODY_LIMIT:
        raise InvalidInput("This text is too long for a request.", limit=BODY_LIMIT - (len(text) - len(body)))
    return text


def must_be_asked(consent: Consent | None, now: int) -> bool:
    """Whether somebody who is to be written to first must be asked; no: they have opted in.

    Raises OptedOut, and OptInPending where they were asked within REQUEST_PAUSE.
    """
    if consent is None or consent.state is ConsentState.NONE:
        return True
    if consent.state is ConsentState.OPTED_OUT:
        raise OptedOut
    if consent.state is ConsentState.REQUESTED and now < consent.changed_at + REQUEST_PAUSE:
        raise OptInPending(until=consent.changed_at + REQUEST_PAUSE)
    return consent.state is ConsentState.REQUESTED


def agreed(yes: ConsentChange, ledger: Sequence[ConsentChange]) -> ConsentChange:
    """The customer's yes, with the request that it answers as its evidence. `yes.id` is the message that says it."""
    requests = [line for line in ledger if line.state is ConsentState.REQUESTED]
    if not requests:
        return yes
    request = requests[-1]
    return replace(yes, source=request.source, evidence=request.evidence, wording=request.wording)


def asked(
    request: Message, source: ConsentSource = ConsentSource.REQUEST, version: str = REQUEST_WORDING
) -> ConsentChange:
    """The line of the ledger that goes with a request, and is there before it leaves."""
    return ConsentChange(
        id=request.id,
        key=request.consent_key,
        state=ConsentState.REQUESTED,
        at=request.created_at,
        source=source,
        evidence=request.id,
        wording=version,
        store_id=request.store_id,
        conversation_id=request.conversation_id,
        recorded_at=request.created_at,
    )
