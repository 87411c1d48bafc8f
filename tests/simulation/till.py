"""A shop that makes draft orders and a payment provider that makes links, each request a boundary, with memory.

What they remember is in `history.till`: the checker of N24 looks at it.
"""

from typing import Any
from urllib.parse import urlsplit

import msgspec

from chalicelib.usecases.ports import Http, HttpResponse, NoAnswer, NotConnected

from .faults import Call
from .history import History
from .scheduler import Scheduler

PAYMENTS = "checkout-test.adyen.com"
PRICE, TOTAL = "10.00", 2200
_ASKED = ("products", "calculate", "tagged", "create", "complete", "draft", "delete")


class Till:
    """Implements ports.Http. What is for others goes on to them."""

    def __init__(self, scheduler: Scheduler, history: History, others: Http) -> None:
        self._scheduler, self._history, self._others = scheduler, history, others

    def request(self, method: str, url: str, *, headers: dict[str, str], body: bytes, timeout: float) -> HttpResponse:
        if urlsplit(url).netloc == PAYMENTS:
            key, path = headers.get("Idempotency-Key", ""), urlsplit(url).path
            operation = "link" if method == "POST" else "close"
            answer = self._cross("till", operation, lambda: self._link(key) if key else self._close(path))
            return HttpResponse(201, msgspec.json.encode(answer))
        variables = msgspec.json.decode(body).get("variables", {}) if body[:1] == b"{" else {}
        kind = next((each for each in _ASKED if each in variables), None)
        if kind is None:
            return self._others.request(method, url, headers=headers, body=body, timeout=timeout)
        data = self._cross("shop", kind, lambda: getattr(self, f"_{kind}")(variables[kind]))
        return HttpResponse(200, msgspec.json.encode({"data": data}))

    def _cross(self, service: str, operation: str, answer: Any) -> Any:
        call = Call(service, operation, "", lambda random: NotConnected(), NoAnswer())
        return self._scheduler.cross(call, answer)

    def _link(self, key: str) -> dict[str, str]:
        links = self._history.till.links
        name = links.setdefault(key, f"PL{len(links) + 1}")
        return {"id": name, "url": f"https://pay.example.test/{name}"}

    def _close(self, path: str) -> dict[str, str]:
        self._history.till.closed.add(path.rpartition("/")[2])
        return {"status": "expired"}

    def _products(self, ids: list[str]) -> dict[str, Any]:
        def node(gid: str) -> dict[str, Any]:
            variant = {"legacyResourceId": gid.rpartition("/")[2], "title": "Default Title", "price": PRICE}
            return {"id": gid, "title": "Boots", "variants": {"nodes": [variant]}}

        return {"shop": {"currencyCode": "USD"}, "nodes": [node(each) for each in ids]}

    def _calculate(self, asked: dict[str, Any]) -> dict[str, Any]:
        return {"answer": {"calculatedDraftOrder": _figures(asked), "userErrors": []}}

    def _tagged(self, asked: str) -> dict[str, Any]:
        known = self._history.till.drafts
        found = [each for each, (tag, _) in known.items() if asked == f"tag:{tag}"]
        return {"draftOrders": {"nodes": [self._draft_of(each) for each in found[:1]]}}

    def _create(self, asked: dict[str, Any]) -> dict[str, Any]:
        drafts = self._history.till.drafts
        name = f"gid://shopify/DraftOrder/{len(drafts) + 1}"
        drafts[name] = (asked["tags"][0], asked)
        return {"answer": {"draftOrder": self._draft_of(name), "userErrors": []}}

    def _complete(self, name: str) -> dict[str, Any]:
        orders = self._history.till.orders
        if name in orders:
            return {"answer": {"draftOrder": None, "userErrors": [{"message": "paid already"}]}}
        orders[name] = f"#{2001 + len(orders)}"
        return {"answer": {"draftOrder": {"order": {"name": orders[name]}}, "userErrors": []}}

    def _draft(self, name: str) -> dict[str, Any]:
        number = self._history.till.orders.get(name)
        return {"draftOrder": {"order": {"name": number} if number else None}}

    def _delete(self, asked: dict[str, Any]) -> dict[str, Any]:
        self._history.till.discarded.add(asked["id"])
        return {"answer": {"userErrors": []}}

    def _draft_of(self, name: str) -> dict[str, Any]:
        figures = _figures(self._history.till.drafts[name][1])
        return {**figures, "id": name, "lineItems": {"nodes": figures["lineItems"]}}


def _figures(asked: dict[str, Any]) -> dict[str, Any]:
    def money(cents: int) -> dict[str, Any]:
        return {"shopMoney": {"amount": f"{cents // 100}.{cents % 100:02d}"}}

    lines = [
        {
            "title": "Boots", "variantTitle": None, "quantity": each["quantity"],
            "variant": {"legacyResourceId": each["variantId"].rpartition("/")[2]},
            "originalUnitPriceSet": money(1000), "originalTotalSet": money(1000 * each["quantity"]),
        }
        for each in asked["lineItems"]
    ]  # fmt: skip
    subtotal = sum(1000 * each["quantity"] for each in asked["lineItems"])
    return {
        "currencyCode": "USD", "taxesIncluded": False, "lineItems": lines,
        "totalLineItemsPriceSet": money(subtotal), "totalDiscountsSet": money(0), "totalShippingPriceSet": money(0),
        "totalTaxSet": money(subtotal // 10), "totalPriceSet": money(subtotal + subtotal // 10),
    }  # fmt: skip
