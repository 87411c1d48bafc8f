"""Stripe's Checkout pages, and what its webhooks say of payments.

Pages: https://docs.stripe.com/api/checkout/sessions/create, alive for 24 hours at most; a repeat with the same
`Idempotency-Key` gets the same page: https://docs.stripe.com/api/idempotent_requests
Webhooks: https://docs.stripe.com/webhooks#verify-manually
"""

import re
from typing import Annotated
from urllib.parse import urlencode

from msgspec import Meta, MsgspecError, Struct, json

from chalicelib.domain.carts import Link, Payment
from chalicelib.domain.errors import BadSignature, InvalidInput
from chalicelib.domain.events import CartPaid, Event, Ignored
from chalicelib.domain.merchants import Connection
from chalicelib.domain.signatures import hex_signature, require_match
from chalicelib.usecases.ports import (
    Bill,
    Http,
    HttpResponse,
    NoAnswer,
    NotConnected,
    PaymentsBusy,
    PaymentsRefused,
    WebhookReply,
    WebhookRequest,
)

API = "https://api.stripe.com"
TIMEOUT = 10.0
OTHER_UNITS = frozenset({"ISK", "UGX"})
"""Whose minor unit Stripe counts otherwise than ISO 4217: https://docs.stripe.com/currencies#special-cases"""
PAID = ("checkout.session.completed", "checkout.session.async_payment_succeeded")
"""Of these, those whose payment is made: with some ways of paying it follows later."""
_HEADER = re.compile(r"t=[0-9]{1,12}(?:,v[01]=[0-9a-f]{64}){1,10}", re.ASCII)


class _Page(Struct):
    id: Annotated[str, Meta(pattern=r"^[A-Za-z0-9_]{1,128}$")]
    url: Annotated[str, Meta(pattern=r"^https?://", max_length=1024)]


class _Session(Struct):
    id: Annotated[str, Meta(max_length=128)]
    payment_status: str = ""
    client_reference_id: str | None = None
    amount_total: int | None = None
    currency: str | None = None
    payment_intent: str | None = None


class _Kind(Struct):
    type: Annotated[str, Meta(max_length=128)]


class _Data(Struct):
    object: _Session


class _Event(Struct):
    created: Annotated[int, Meta(ge=0, le=10**11)]
    data: _Data


class Stripe:
    """Implements ports.TakesPayments and ports.Shop. Secrets: `api_key`, `webhook_secret`."""

    def __init__(self, api_url: str = "") -> None:
        self._api_url = api_url or API

    def payment_link(self, bill: Bill, connection: Connection, secrets: dict[str, str], http: Http) -> Link:
        """One line with the whole total: Stripe takes no negative ones, and figures the shop gave stay as they are."""
        if bill.totals.currency in OTHER_UNITS:
            raise PaymentsRefused
        form = {
            "mode": "payment",
            "client_reference_id": bill.reference,
            "expires_at": str(bill.expires_at // 1000),
            "success_url": bill.back_to,
            "line_items[0][quantity]": "1",
            "line_items[0][price_data][currency]": bill.totals.currency.lower(),
            "line_items[0][price_data][unit_amount]": str(bill.totals.total),
            "line_items[0][price_data][product_data][name]": _name(bill),
            "line_items[0][price_data][product_data][description]": _description(bill),
        }
        answer = self._asked("/v1/checkout/sessions", form, bill.reference, secrets, http)
        if answer.status != 200:
            raise PaymentsRefused
        try:
            page = json.decode(answer.body, type=_Page)
        except (MsgspecError, UnicodeDecodeError, RecursionError):
            raise PaymentsBusy from None  # made or not: the same key finds out
        return Link(connection_id=connection.id, id=page.id, url=page.url)

    def close_link(self, link: Link, connection: Connection, secrets: dict[str, str], http: Http) -> None:
        answer = self._asked(f"/v1/checkout/sessions/{link.id}/expire", {}, "", secrets, http)
        if answer.status not in (200, 400):  # 400: it is paid, or has expired
            raise PaymentsRefused

    def verify(self, request: WebhookRequest, connection: Connection, secrets: dict[str, str]) -> None:
        """Raises BadSignature. However old it is: a payment is known by its id, and a repeat has no effect."""
        header = request.headers.get("stripe-signature", "")
        if not _HEADER.fullmatch(header):
            raise BadSignature
        at, *given = header.split(",")
        expected = hex_signature(secrets.get("webhook_secret", ""), at[2:].encode() + b"." + request.body, "sha256")
        require_match(expected, [each[3:] for each in given if each.startswith("v1=")])

    def parse(self, request: WebhookRequest, connection: Connection, now: int) -> list[Event]:
        """Raises InvalidInput."""
        try:
            kind = json.decode(request.body, type=_Kind).type
            if kind not in PAID:
                return [Ignored(kind=kind)]
            found = json.decode(request.body, type=_Event)
        except (MsgspecError, UnicodeDecodeError, RecursionError):
            raise InvalidInput from None
        return [_event(found.data.object, kind, min(found.created * 1000, now), connection)]

    def acknowledge(self) -> WebhookReply:
        return WebhookReply()

    def _asked(self, path: str, form: dict[str, str], key: str, secrets: dict[str, str], http: Http) -> HttpResponse:
        if not secrets.get("api_key"):
            raise PaymentsRefused
        headers = {
            "Content-Type": "application/x-www-form-urlencoded",
            "Authorization": f"Bearer {secrets['api_key']}",
        }
        if key:
            headers["Idempotency-Key"] = key
        try:
            url, body = f"{self._api_url}{path}", urlencode(form).encode()
            answer = http.request("POST", url, headers=headers, body=body, timeout=TIMEOUT)
        except (NoAnswer, NotConnected):
            raise PaymentsBusy from None
        if answer.status in (409, 429) or answer.status >= 500:
            raise PaymentsBusy
        return answer


def _name(bill: Bill) -> str:
    pieces = sum(line.quantity for line in bill.lines)
    return f"{bill.lines[0].title}"[:100] if len(bill.lines) == 1 else f"{pieces} items"


def _description(bill: Bill) -> str:
    """What is in it; the page shows it below the name."""
    listed = ", ".join(f"{line.quantity} x {line.title} {line.variant_title}".strip() for line in bill.lines)
    return listed[:500]


def _event(session: _Session, kind: str, at: int, connection: Connection) -> Event:
    if session.payment_status != "paid" or not session.client_reference_id:
        return Ignored(kind=kind)
    made = Payment(
        reference=session.payment_intent or session.id,
        amount=session.amount_total if session.amount_total is not None else -1,
        currency=(session.currency or "").upper(),
        at=at,
    )
    return CartPaid(connection_id=connection.id, reference=session.client_reference_id, payment=made)
