"""Bulk texts: one text to the customers of many orders, or to many contacts (L13)."""

from chalice.app import Blueprint

from chalicelib.domain import errors
from chalicelib.domain.bulk import MOST, PART
from chalicelib.usecases import manage_bulk as managing
from chalicelib.usecases.send_bulk import StartBulk, start_bulk

from . import bulk_schemas as schemas
from . import present_bulk as present
from .routing import Call, Query, Route, endpoint

blueprint = Blueprint(__name__)
_ALL = "/stores/{store_id}/bulk"
_ONE = "/stores/{store_id}/bulk/{bulk_id}"
_OFF = (errors.MessagingDisabled,)
_PARTS = -(-MOST // PART)
_STEERED = (*_OFF, errors.ChangedMeanwhile)


@endpoint(
    blueprint,
    Route(
        method="POST",
        path=_ALL,
        summary="Send one text to the customers of many orders, or to many contacts, each number once (L13).",
        request=schemas.StartBulk,
        answer=schemas.BulkView,
        status=201,
        idempotent=True,
        errors=(*_OFF, errors.IdempotencyConflict, errors.TooFewCredits),
    ),
)
def start_one_bulk(call: Call, store_id: str) -> schemas.BulkView:
    command = StartBulk(
        store_id=store_id,
        associate_id=call.associate_id,
        idempotency_key=call.idempotency_key,
        text=call.body.text,
        ids=tuple(call.body.ids),
        to=call.body.to,
    )
    return present.bulk(start_bulk(command, call.deps))


@endpoint(
    blueprint,
    Route(
        method="GET",
        path=_ALL,
        summary="Bulk texts of the past ninety days, the newest fifty.",
        answer=schemas.BulkList,
        errors=_OFF,
    ),
)
def list_store_bulks(call: Call, store_id: str) -> schemas.BulkList:
    found = managing.list_bulks(store_id, call.associate_id, call.deps)
    return schemas.BulkList(rows=[present.bulk(each) for each in found])


@endpoint(
    blueprint,
    Route(method="GET", path=_ONE, summary="How far a bulk text is.", answer=schemas.BulkView, errors=_OFF),
)
def show_one_bulk(call: Call, store_id: str, bulk_id: str) -> schemas.BulkView:
    return present.bulk(managing.show_bulk(_which(call, store_id, bulk_id), call.deps))


@endpoint(
    blueprint,
    Route(
        method="GET",
        path=f"{_ONE}/results",
        summary="What became of each: 25 to a part.",
        query={"part": Query("Number of the part; the first is 1, as is the default.", "integer", maximum=_PARTS)},
        answer=schemas.BulkPart,
        errors=_OFF,
    ),
)
def list_bulk_results(call: Call, store_id: str, bulk_id: str) -> schemas.BulkPart:
    return present.part(managing.show_part(_which(call, store_id, bulk_id), call.query.get("part", 1) - 1, call.deps))


@endpoint(
    blueprint,
    Route(method="POST", path=f"{_ONE}/pause", summary="Pause it.", answer=schemas.BulkView, errors=_STEERED),
)
def pause_one_bulk(call: Call, store_id: str, bulk_id: str) -> schemas.BulkView:
    return present.bulk(managing.pause_bulk(_which(call, store_id, bulk_id), call.deps))


@endpoint(
    blueprint,
    Route(method="POST", path=f"{_ONE}/resume", summary="Let it go on.", answer=schemas.BulkView, errors=_STEERED),
)
def resume_one_bulk(call: Call, store_id: str, bulk_id: str) -> schemas.BulkView:
    return present.bulk(managing.resume_bulk(_which(call, store_id, bulk_id), call.deps))


@endpoint(
    blueprint,
    Route(
        method="POST",
        path=f"{_ONE}/cancel",
        summary="Send no more of it, for good.",
        answer=schemas.BulkView,
        errors=_STEERED,
    ),
)
def cancel_one_bulk(call: Call, store_id: str, bulk_id: str) -> schemas.BulkView:
    return present.bulk(managing.cancel_bulk(_which(call, store_id, bulk_id), call.deps))


def _which(call: Call, store_id: str, bulk_id: str) -> managing.Steering:
    return managing.Steering(store_id, bulk_id, call.associate_id)
