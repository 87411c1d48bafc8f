"""Sales and whose doing they are, and products that were shared (H24, X21), for a store's managers."""

from chalice.app import Blueprint

from chalicelib.domain.product_links import ProductLink
from chalicelib.usecases.report_sales import SaleLine, SalesQuery, report_links, report_sales

from . import sales_schemas
from .routing import Call, Query, Route, endpoint

blueprint = Blueprint(__name__)
_LATEST = 10**13 - 1
_SPAN = {
    "cursor": Query("Of the next page.", maximum=1024),
    "limit": Query("Rows, 100 by default.", "integer", maximum=100),
    "since": Query("Only what was placed, or made, at this instant or later.", "integer", maximum=_LATEST),
    "until": Query("Only what was placed, or made, before this instant.", "integer", maximum=_LATEST),
}


@endpoint(
    blueprint,
    Route(
        method="GET",
        path="/stores/{store_id}/sales",
        summary="Orders whose customers were written to before, or came by a link, newest first; whose doing each is.",
        query=_SPAN,
        answer=sales_schemas.SalePage,
    ),
)
def list_store_sales(call: Call, store_id: str) -> sales_schemas.SalePage:
    page = report_sales(_asked(call, store_id), call.deps)
    return sales_schemas.SalePage(rows=[_sale(line) for line in page.rows], next=page.cursor)


@endpoint(
    blueprint,
    Route(
        method="GET",
        path="/stores/{store_id}/product-links",
        summary="Links to products that associates gave to customers, newest first, and who made them (X21).",
        query=_SPAN,
        answer=sales_schemas.ProductLinkPage,
    ),
)
def list_store_product_links(call: Call, store_id: str) -> sales_schemas.ProductLinkPage:
    page = report_links(_asked(call, store_id), call.deps)
    return sales_schemas.ProductLinkPage(rows=[_link(each) for each in page.rows], next=page.cursor)


def _asked(call: Call, store_id: str) -> SalesQuery:
    return SalesQuery(
        store_id=store_id,
        associate_id=call.associate_id,
        since=call.query.get("since", 0),
        until=call.query.get("until", _LATEST),
        limit=call.query.get("limit", 100),
        cursor=call.query.get("cursor"),
    )


def _sale(line: SaleLine) -> sales_schemas.SaleView:
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


def _link(of: ProductLink) -> sales_schemas.ProductLinkView:
    return sales_schemas.ProductLinkView(
        product_id=of.product_id,
        title=of.title,
        associate_id=of.associate_id,
        associate_name=of.associate_name,
        created_at=of.created_at,
        in_person=of.in_person,
        clicks=of.clicks,
        clicked_at=of.clicked_at,
    )
