"""A payment provider's page for packs of credits (docs/credits.md): pay, or decline. Forgotten at the end."""

from html import escape

from msgspec import Struct
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from local.simulator.config import SimulatorConfig

_PAGE = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Simulated payment</title>
<meta name="viewport" content="width=device-width"></head><body><main>
<h1>Simulated payment</h1><p>{credits} credits: {amount} {currency}. No money moves.</p>
<form method="post" action="?{query}"><button name="state" value="paid">Pay</button>
<button name="state" value="declined">Decline</button></form></main></body></html>"""
_SAFE = {"Cache-Control": "no-store", "Content-Security-Policy": "default-src 'none'; form-action 'self'"}


class Payment(Struct):
    amount: int
    currency: str
    state: str = "pending"


class Payments:
    def __init__(self, config: SimulatorConfig) -> None:
        self._config = config
        self._known: dict[tuple[str, str], Payment] = {}

    def routes(self) -> list[Route]:
        return [
            Route("/{store}/{purchase}", self._page, methods=["GET"]),
            Route("/{store}/{purchase}", self._decide, methods=["POST"]),
            Route("/{store}/{purchase}/state", self._state, methods=["GET"]),
        ]

    async def _page(self, request: Request) -> Response:
        asked = request.query_params
        try:
            amount, credits_bought = int(asked["amount"]), int(asked["credits"])
        except (KeyError, ValueError):
            return JSONResponse({"error": "no such order"}, status_code=400)
        payment = Payment(amount, asked.get("currency", ""))
        self._known.setdefault(_key(request), payment)
        page = _PAGE.format(
            credits=credits_bought,
            amount=f"{amount / 100:.2f}",
            currency=escape(payment.currency),
            query=escape(str(asked)),
        )
        return HTMLResponse(page, headers=_SAFE)

    async def _decide(self, request: Request) -> Response:
        """What is decided stays; then back to where the order came from, if that is the app."""
        payment, form = self._known.get(_key(request)), (await request.body()).decode()
        state = form.removeprefix("state=")
        if payment is None or state not in {"paid", "declined"}:
            return JSONResponse({"error": "no such payment"}, status_code=404)
        if payment.state == "pending":
            payment.state = state
        back = request.query_params.get("back", "")
        return RedirectResponse(back if back.startswith(f"{self._config.origin}/") else "/", status_code=303)

    async def _state(self, request: Request) -> Response:
        payment = self._known.get(_key(request))
        if payment is None:
            return JSONResponse({"error": "no such payment"}, status_code=404)
        return JSONResponse({"state": payment.state, "amount": payment.amount, "currency": payment.currency})


def _key(request: Request) -> tuple[str, str]:
    return request.path_params["store"], request.path_params["purchase"]
