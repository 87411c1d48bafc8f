"""The audit log of a store, for its managers."""

from chalice.app import Blueprint

from chalicelib.domain.audit import AuditAct
from chalicelib.usecases.browse_audit import AuditQuery, browse_audit

from . import audit_schemas, present
from .routing import Call, Query, Route, endpoint

blueprint = Blueprint(__name__)


@endpoint(
    blueprint,
    Route(
        method="GET",
        path="/stores/{store_id}/audit",
        summary="Who did what in a store, newest first (X24).",
        query={
            "cursor": Query("Of the next page.", maximum=1024),
            "limit": Query("Entries, 50 by default.", "integer", maximum=100),
            "associate": Query("Only acts of this associate.", maximum=64),
            "act": Query("Only acts of this kind.", choices=tuple(AuditAct)),
        },
        answer=audit_schemas.AuditPage,
    ),
)
def list_store_audit(call: Call, store_id: str) -> audit_schemas.AuditPage:
    act = call.query.get("act")
    query = AuditQuery(
        store_id=store_id,
        associate_id=call.associate_id,
        limit=call.query.get("limit", 50),
        cursor=call.query.get("cursor"),
        who=call.query.get("associate"),
        act=None if act is None else AuditAct(act),
    )
    return present.audit_page(browse_audit(query, call.deps))
