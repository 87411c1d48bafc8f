"""Bulk texts as the app sees them."""

from chalicelib.domain.bulk import Bulk, Part, Result

from . import bulk_schemas as schemas


def bulk(item: Bulk) -> schemas.BulkView:
    return schemas.BulkView(
        id=item.id,
        text=item.text,
        state=item.state,
        paused_by=item.paused_by,
        sender_name=item.sender_name,
        total=item.total,
        sent=item.sent,
        unsent=item.unsent,
        parts=item.parts,
        made_at=item.made_at,
        due_at=item.due_at,
    )


def part(item: Part) -> schemas.BulkPart:
    if item.results is None:
        return schemas.BulkPart(rows=[_result(Result(each), False) for each in item.order_ids])
    return schemas.BulkPart(rows=[_result(each, True) for each in item.results])


def _result(item: Result, settled: bool) -> schemas.BulkResult:
    return schemas.BulkResult(
        order_id=item.order_id,
        settled=settled,
        conversation_id=item.conversation_id,
        message_id=item.message_id,
        unsent=item.unsent,
    )
