"""Consent: its ledger (X5), and what associates may set right of it (X6)."""

from chalice.app import Blueprint

from chalicelib.domain import errors
from chalicelib.usecases.browse_consent import LedgerQuery, browse_ledger, consent_history, unmask_ledger
from chalicelib.usecases.set_right_opt_out import set_right_opt_out

from . import consent_schemas, present, present_consent, schemas
from .routing import Call, Query, Route, endpoint

blueprint = Blueprint(__name__)
_PAGE = {
    "cursor": Query("Of the next page.", maximum=1024),
    "limit": Query("Lines, 50 by default.", "integer", maximum=100),
    "since": Query("Only what was written down at this instant or later.", "integer", maximum=10**13 - 1),
    "until": Query("Only what was written down before this instant.", "integer", maximum=10**13 - 1),
}


@endpoint(
    blueprint,
    Route(
        method="POST",
        path="/conversations/{conversation_id}/opt-out/set-right",
        summary="The customer did not mean to opt out: what held before their sentence holds again (X6).",
        answer=schemas.ConversationView,
        errors=(errors.MessagingDisabled, errors.OptOutStands, errors.ChangedMeanwhile),
    ),
)
def set_right_conversation_opt_out(call: Call, conversation_id: str) -> schemas.ConversationView:
    conversation = set_right_opt_out(conversation_id, call.associate_id, call.deps)
    return present.conversation(conversation, call.deps.clock.now())


@endpoint(
    blueprint,
    Route(
        method="GET",
        path="/conversations/{conversation_id}/consent",
        summary="The consent ledger of the customer's address, newest first (X5); at most 200 lines.",
        answer=consent_schemas.LedgerPage,
        errors=(errors.MessagingDisabled,),
    ),
)
def list_conversation_consent(call: Call, conversation_id: str) -> consent_schemas.LedgerPage:
    return present_consent.ledger(consent_history(conversation_id, call.associate_id, call.deps))


@endpoint(
    blueprint,
    Route(
        method="GET",
        path="/stores/{store_id}/consent",
        summary="The consent ledger of a store, newest first, addresses masked (X5).",
        query=_PAGE,
        answer=consent_schemas.LedgerPage,
    ),
)
def list_store_consent(call: Call, store_id: str) -> consent_schemas.LedgerPage:
    return present_consent.ledger(browse_ledger(_query(call, store_id), call.deps))


@endpoint(
    blueprint,
    Route(
        method="POST",
        path="/stores/{store_id}/consent/unmask",
        summary="The same with real addresses, for those with the permission; it is written down (X5, X7).",
        query=_PAGE,
        answer=consent_schemas.LedgerPage,
    ),
)
def unmask_store_consent(call: Call, store_id: str) -> consent_schemas.LedgerPage:
    return present_consent.ledger(unmask_ledger(_query(call, store_id), call.deps), real=True)


def _query(call: Call, store_id: str) -> LedgerQuery:
    found = call.query
    return LedgerQuery(
        store_id=store_id,
        associate_id=call.associate_id,
        limit=found.get("limit", 50),
        cursor=found.get("cursor"),
        since=found.get("since", 0),
        until=found.get("until", 10**13 - 1),
    )
