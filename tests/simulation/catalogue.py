"""A shop that hands out its catalogue, in two pages, and no order that webhooks lost: its Admin API, as Shopify has it.

Each request is a boundary.
"""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

import msgspec

from chalicelib.usecases.ports import Http, HttpResponse, NoAnswer, NotConnected

from .faults import Call
from .history import History
from .scheduler import Scheduler
from .senders import time_of

_API = "/admin/api/"
_PAGE = 2
PRODUCTS = ("601", "602", "603")


class Catalogue:
    """Implements ports.Http. What is for others goes on to them. `history.catalogue`: what it hands out."""

    def __init__(self, scheduler: Scheduler, history: History, others: Http) -> None:
        self._scheduler, self._history, self._others = scheduler, history, others

    def request(self, method: str, url: str, *, headers: dict[str, str], body: bytes, timeout: float) -> HttpResponse:
        if not urlsplit(url).path.startswith(_API):
            return self._others.request(method, url, headers=headers, body=body, timeout=timeout)
        variables = msgspec.json.decode(body)["variables"]
        about, answer = self._asked(variables)
        call = Call("shop", about, "", lambda random: NotConnected(), NoAnswer())
        data: Any = self._scheduler.cross(call, lambda: answer(**variables))
        return HttpResponse(200, msgspec.json.encode({"data": data}))

    def _asked(self, variables: dict[str, Any]) -> tuple[str, Callable[..., dict[str, Any]]]:
        if "changed" in variables:
            return "orders", lambda **_: {"orders": {"pageInfo": {"hasNextPage": False}, "nodes": []}}
        return ("known", self._known) if "ids" in variables else ("page", self._page)

    def _page(self, after: str | None) -> dict[str, Any]:
        every = sorted(self._history.catalogue)
        ahead = [each for each in every if each > (after or "")]
        shown = ahead[:_PAGE]
        info = {"hasNextPage": len(ahead) > _PAGE, "endCursor": shown[-1]}
        return {
            "shop": {"currencyCode": "USD"},
            "productsCount": {"count": len(every)},
            "products": {"pageInfo": info, "nodes": [self._node(each) for each in shown]},
        }

    def _node(self, product: str) -> dict[str, Any]:
        at = time_of(self._history.catalogue[product])
        variants = {"nodes": [{"sku": f"HB-{product}", "availableForSale": True}]}
        named = {"title": f"Harbor boots {product}", "handle": f"boots-{product}", "status": "ACTIVE"}
        return {"legacyResourceId": product, "updatedAt": at, "publishedAt": at, **named, "variants": variants}

    def _known(self, ids: list[str]) -> dict[str, Any]:
        known = (each if each.rpartition("/")[2] in self._history.catalogue else None for each in ids)
        return {"nodes": [each and {"id": each} for each in known]}
