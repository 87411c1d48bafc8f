"""Bulk texts as the app sees them."""

from chalicelib.domain.bulk import Bulk, Result
from chalicelib.usecases.manage_bulk import PartShown

from . import bulk_schemas as schemas


def bulk(item: Bulk) -> schemas.BulkView:
    return schemas.BulkView(
        id=item.id,
        text=item.text,
        to=item.to,
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


def part(item: PartShown) -> schemas.BulkPart:
    known = {each.id: each for each in item.part.results or ()}
    return schemas.BulkPart(
        rows=[_result(item, known.get(each, Result(each)), settled=each in known) for each in item.part.ids]
    )


def _result(shown: PartShown, item: Result, *, settled: bool) -> schemas.BulkResult:
    order, contact = shown.orders.get(item.id), shown.contacts.get(item.id)
    whose = order or contact
    return schemas.BulkResult(
        id=item.id,
        order_number=None if order is None else order.number,
        customer_name=None if whose is None else whose.customer_name,
        settled=settled,
        conversation_id=item.conversation_id,
        message_id=item.message_id,
        unsent=item.unsent,
    )
