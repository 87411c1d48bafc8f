"""Sales and whose doing they are (H24, X21), for a store's managers."""

from chalice.app import Blueprint

from chalicelib.usecases.report_sales import SaleLine, SalesQuery, report_sales

from . import sales_schemas
from .routing import Call, Query, Route, endpoint

blueprint = Blueprint(__name__)
_LATEST = 10**13 - 1


@endpoint(
    blueprint,
    Route(
        method="GET",
        path="/stores/{store_id}/sales",
        summary="Orders whose customers were written to before, or came by a link, newest first; whose doing each is.",
        query={
            "cursor": Query("Of the next page.", maximum=1024),
            "limit": Query("Orders, 100 by default.", "integer", maximum=100),
            "since": Query("Only orders placed at this instant or later.", "integer", maximum=_LATEST),
            "until": Query("Only orders placed before this instant.", "integer", maximum=_LATEST),
        },
        answer=sales_schemas.SalePage,
    ),
)
def list_store_sales(call: Call, store_id: str) -> sales_schemas.SalePage:
    query = SalesQuery(
        store_id=store_id,
        associate_id=call.associate_id,
        since=call.query.get("since", 0),
        until=call.query.get("until", _LATEST),
        limit=call.query.get("limit", 100),
        cursor=call.query.get("cursor"),
    )
    page = report_sales(query, call.deps)
    return sales_schemas.SalePage(rows=[_shown(line) for line in page.rows], next=page.cursor)


def _shown(line: SaleLine) -> sales_schemas.SaleView:
    return sales_schemas.SaleView(
        order_id=line.order_id,
        order_number=line.number or None,
        placed_at=line.placed_at,
        total=line.total,
        currency=line.currency,
        counts=line.counts,
        by_link=line.by_link,
        credited=[
            sales_schemas.CreditedView(associate_id=each.seller.id, associate_name=each.seller.name, amount=each.amount)
            for each in line.credited
        ],
    )
