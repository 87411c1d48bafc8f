"""Bulk texts as the app sees them."""

from chalicelib.domain.bulk import Bulk, Result
from chalicelib.domain.orders import Order
from chalicelib.usecases.manage_bulk import PartOfOrders

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


def part(item: PartOfOrders) -> schemas.BulkPart:
    known = {each.order_id: each for each in item.part.results or ()}
    rows = [(known.get(each, Result(each)), item.orders.get(each), each in known) for each in item.part.order_ids]
    return schemas.BulkPart(rows=[_result(result, order, settled=settled) for result, order, settled in rows])


def _result(item: Result, order: Order | None, *, settled: bool) -> schemas.BulkResult:
    return schemas.BulkResult(
        order_id=item.order_id,
        order_number=None if order is None else order.number,
        customer_name=None if order is None else order.customer_name,
        settled=settled,
        conversation_id=item.conversation_id,
        message_id=item.message_id,
        unsent=item.unsent,
    )
