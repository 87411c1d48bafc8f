"""The payment providers of remote carts (docs/carts.md): links made and closed by their APIs, a page to pay on, and the
webhooks that follow. Adyen: https://docs.adyen.com/api-explorer/Checkout/71/post/paymentLinks; Stripe:
https://docs.stripe.com/api/checkout/sessions. No money moves; forgotten at the end.
"""

import hmac
from collections.abc import Callable
from datetime import datetime
from html import escape

import httpx
import msgspec
from msgspec import Struct
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import Route

from local.simulator.config import PaymentConnection, SimulatorConfig
from local.simulator.payment_webhooks import adyen_webhook, stripe_webhook
from local.simulator.webhooks import NotConnected, post

_PAGE = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Simulated payment</title>
<meta name="viewport" content="width=device-width"></head><body><main>
<h1>Simulated payment</h1><p>{provider}: {lines}</p><p>Total {amount} {currency}. No money moves.</p>
<p role="status">{said}</p><form method="post"><button name="do" value="pay">Pay</button>
<button name="do" value="twice">Pay twice</button><button name="do" value="less">Pay one cent less</button>
<button name="do" value="expire">Let it expire</button></form></main></body></html>"""
_SAFE = {"Cache-Control": "no-store", "Content-Security-Policy": "default-src 'none'; form-action 'self'"}
_SAID = {"open": "Nothing is paid yet.", "paid": "This is paid.", "expired": "This link takes no money any more."}
_WITHIN = 15.0


class PayLink(Struct):
    id: str
    provider: str
    reference: str
    amount: int
    currency: str
    lines: str
    expires_at: int
    """Epoch milliseconds."""
    state: str = "open"
    payments: int = 0


class _Amount(Struct):
    value: int
    currency: str


class _Line(Struct):
    description: str
    quantity: int


class _AdyenLink(Struct, rename="camel"):
    reference: str
    merchant_account: str
    amount: _Amount
    expires_at: datetime
    line_items: list[_Line] = []


class PayByLink:
    def __init__(
        self, config: SimulatorConfig, client: Callable[[], httpx.AsyncClient], clock: Callable[[], int]
    ) -> None:
        self._config, self._client, self._clock = config, client, clock
        self._links: dict[str, PayLink] = {}
        self._by_key: dict[str, PayLink] = {}

    def routes(self, provider: str) -> list[Route]:
        page = [
            Route("/pay/{id}", self._page, methods=["GET"]),
            Route("/pay/{id}", self._decide, methods=["POST"]),
        ]
        if provider == "adyen":
            return [
                Route("/paymentLinks", self._adyen_make, methods=["POST"]),
                Route("/paymentLinks/{id}", self._adyen_close, methods=["PATCH"]),
                *page,
            ]
        return [
            Route("/v1/checkout/sessions", self._stripe_make, methods=["POST"]),
            Route("/v1/checkout/sessions/{id}/expire", self._stripe_close, methods=["POST"]),
            *page,
        ]

    def _at(self, provider: str) -> PaymentConnection | None:
        return next((each for each in self._config.payments if each.provider == provider), None)

    async def _adyen_make(self, request: Request) -> Response:
        known = self._at("adyen")
        if known is None or not _same(request.headers.get("x-api-key", ""), known.api_key):
            return JSONResponse({"status": 401, "errorCode": "000"}, status_code=401)
        try:
            asked = msgspec.json.decode(await request.body(), type=_AdyenLink)
        except msgspec.MsgspecError:
            return JSONResponse({"status": 422, "errorCode": "702"}, status_code=422)
        if asked.merchant_account != known.account:
            return JSONResponse({"status": 403, "errorCode": "901"}, status_code=403)
        lines = ", ".join(f"{line.quantity} x {line.description}" for line in asked.line_items)
        expires_at = int(asked.expires_at.timestamp() * 1000)
        link = self._made(request, "adyen", asked.reference, asked.amount, lines, expires_at)
        return JSONResponse({"id": link.id, "url": self._url(link), "status": "active"}, status_code=201)

    async def _adyen_close(self, request: Request) -> Response:
        link = self._links.get(request.path_params["id"])
        if link is None:
            return JSONResponse({"status": 404}, status_code=404)
        _expire(link)
        return JSONResponse({"id": link.id, "status": link.state})

    async def _stripe_make(self, request: Request) -> Response:
        known = self._at("stripe")
        if known is None or not _same(request.headers.get("authorization", ""), f"Bearer {known.api_key}"):
            return JSONResponse({"error": {"type": "invalid_request_error"}}, status_code=401)
        form = httpx.QueryParams((await request.body()).decode())
        price = "line_items[0][price_data]"
        try:
            amount = _Amount(int(form[f"{price}[unit_amount]"]), form[f"{price}[currency]"].upper())
            reference, expires_at = form["client_reference_id"], int(form["expires_at"]) * 1000
        except (KeyError, ValueError):
            return JSONResponse({"error": {"type": "invalid_request_error"}}, status_code=400)
        lines = form.get(f"{price}[product_data][description]", "")
        link = self._made(request, "stripe", reference, amount, lines, expires_at)
        return JSONResponse({"id": link.id, "object": "checkout.session", "url": self._url(link)})

    async def _stripe_close(self, request: Request) -> Response:
        link = self._links.get(request.path_params["id"])
        if link is None or link.state != "open":
            return JSONResponse({"error": {"type": "invalid_request_error"}}, status_code=400)
        _expire(link)
        return JSONResponse({"id": link.id, "status": "expired"})

    def _made(
        self, request: Request, provider: str, reference: str, amount: _Amount, lines: str, expires_at: int
    ) -> PayLink:
        """The same key again gets the same link."""
        key = f"{provider} {request.headers.get('idempotency-key', '')}"
        if key in self._by_key:
            return self._by_key[key]
        start = "PL" if provider == "adyen" else "cs_test_"
        link = PayLink(
            id=f"{start}{len(self._links) + 1:016d}",
            provider=provider,
            reference=reference,
            amount=amount.value,
            currency=amount.currency,
            lines=lines,
            expires_at=expires_at,
        )
        self._links[link.id] = self._by_key[key] = link
        return link

    def _url(self, link: PayLink) -> str:
        return f"{self._config.origin}/simulator/{link.provider}/pay/{link.id}"

    async def _page(self, request: Request) -> Response:
        link = self._links.get(request.path_params["id"])
        return self._shown(link) if link else JSONResponse({"error": "no such payment"}, status_code=404)

    def _shown(self, link: PayLink) -> Response:
        if link.state == "open" and self._clock() >= link.expires_at:
            _expire(link)
        page = _PAGE.format(
            provider=link.provider.capitalize(),
            lines=escape(link.lines),
            amount=f"{link.amount / 100:.2f}",
            currency=escape(link.currency),
            said=_SAID[link.state],
        )
        return HTMLResponse(page, headers=_SAFE)

    async def _decide(self, request: Request) -> Response:
        """A page takes money once; `twice` is what no page does, and happens all the same."""
        link = self._links.get(request.path_params["id"])
        act = (await request.body()).decode().removeprefix("do=")
        if link is None or act not in {"pay", "twice", "less", "expire"}:
            return JSONResponse({"error": "no such payment"}, status_code=404)
        self._shown(link)
        if act == "expire":
            _expire(link)
        elif link.state == "open":
            link.state = "paid"
            for _ in range(2 if act == "twice" else 1):
                await self._report(link, link.amount - 1 if act == "less" else link.amount)
        return self._shown(link)

    async def _report(self, link: PayLink, amount: int) -> None:
        known = self._at(link.provider)
        if known is None:
            return
        link.payments += 1
        number = f"{link.id[-8:]}{link.payments}"
        at = self._clock()
        made = adyen_webhook if link.provider == "adyen" else stripe_webhook
        body, headers = made(known, link.reference, number, amount, link.currency, at)
        url = f"{self._config.webhook_url}/webhooks/{known.provider}/{known.id}"
        try:
            await post(self._client(), url, body, headers, connect=_WITHIN, total=_WITHIN)
        except NotConnected:
            return


def _expire(link: PayLink) -> None:
    if link.state == "open":
        link.state = "expired"


def _same(given: str, expected: str) -> bool:
    return bool(expected) and hmac.compare_digest(given.encode(), expected.encode())
