"""Orders, as the app lists and shows them (D3, D9-D11)."""

from chalice.app import Blueprint

from chalicelib.domain.errors import MessagingDisabled
from chalicelib.usecases.browse_orders import OrdersQuery, list_orders, show_order

from . import present, schemas
from .routing import Call, Query, Route, endpoint

blueprint = Blueprint(__name__)


@endpoint(
    blueprint,
    Route(
        method="GET",
        path="/stores/{store_id}/orders",
        summary="Active orders of a store, newest first.",
        query={
            "cursor": Query("Of the next page.", maximum=1024),
            "limit": Query("Rows, 25 by default.", "integer", maximum=100),
            "q": Query("Part of the customer's name or the order number, or `tag:` and a tag.", maximum=100),
            "startable": Query("Only orders of the past 72 hours.", choices=("true", "false")),
        },
        answer=schemas.OrderPage,
        errors=(MessagingDisabled,),
    ),
)
def list_store_orders(call: Call, store_id: str) -> schemas.OrderPage:
    found = list_orders(
        OrdersQuery(
            store_id=store_id,
            associate_id=call.associate_id,
            limit=call.query.get("limit", 25),
            startable=call.query.get("startable") == "true",
            cursor=call.query.get("cursor"),
            search=call.query.get("q", ""),
        ),
        call.deps,
    )
    return present.order_page(found, call.deps.clock.now())


@endpoint(
    blueprint,
    Route(method="GET", path="/orders/{order_id}", summary="One order.", answer=schemas.OrderView),
)
def show_one_order(call: Call, order_id: str) -> schemas.OrderView:
    return present.order(show_order(order_id, call.associate_id, call.deps), call.deps.clock.now())
