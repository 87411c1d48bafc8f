"""The routes of one pair of addresses: one, or on a number that stores share one for each (H19; docs/routing.md).

Under the pair alone stands the one that comes first, under each other store's id its own. Whatever changes one of them
requires the first as it was read and writes its next turn, so that changes of one pair come one after the other.
"""

from msgspec.structs import replace

from chalicelib.domain.routing import Rerouting, Route, RouteKey, Routes

from . import codec
from .conditions import absent, route_unchanged
from .keys import META
from .rows import RouteRow, Row
from .table import Table
from .transaction import Transaction


def read_routes(table: Table, key: RouteKey) -> Routes:
    """One query, strongly consistent. What a store left beside when its own came first again counts no more."""
    raws = table.pages(codec.route_key(key).pk, consistent=True)
    rows = [row for raw in raws if isinstance(row := Row.from_raw_data(raw), RouteRow)]
    first = next((codec.route(row) for row in rows if row.sk == META), None)
    beside = (codec.route(row) for row in rows if row.sk != META)
    return Routes(first, tuple(each for each in beside if first is not None and each.store_id != first.store_id))


def add_rerouting(transaction: Transaction, rerouting: Rerouting) -> None:
    """The steps that make the routes what they are to be; none where nothing changes."""
    was, becomes = rerouting.was, rerouting.becomes
    if was == becomes:
        return
    transaction.put("route", codec.route_row(rerouting.written), route_unchanged(was.first))
    for route in becomes.beside:
        if route not in was.beside:
            _put_beside(transaction, replace(route, turn=None), was)


def _put_beside(transaction: Transaction, route: Route, was: Routes) -> None:
    """Of the store that came first so far, whatever is left there is out of date."""
    row = codec.route_row(route)
    if was.first is not None and was.first.store_id == route.store_id:
        unchanged = absent() | (RouteRow.merchant_id == route.merchant_id)
    else:
        unchanged = route_unchanged(was.of_store(route.store_id))
    transaction.put(f"route of {route.store_id}", row, unchanged)
