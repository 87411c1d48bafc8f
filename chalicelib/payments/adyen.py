"""Adyen's Pay by Link, and what its webhooks say of payments.

Links: https://docs.adyen.com/api-explorer/Checkout/71/post/paymentLinks; a repeat with the same `Idempotency-Key` gets
the same link, for a week: https://docs.adyen.com/development-resources/api-idempotency
Webhooks: https://docs.adyen.com/development-resources/webhooks/webhook-types, signed item by item:
https://docs.adyen.com/development-resources/webhooks/secure-webhooks/verify-hmac-signatures
"""

import base64
import binascii
import hmac
from datetime import UTC, datetime
from typing import Annotated, Any

from msgspec import Meta, MsgspecError, Struct, convert, json

from chalicelib.domain.carts import Link, Payment
from chalicelib.domain.errors import BadSignature, InvalidInput
from chalicelib.domain.events import CartPaid, Event, Ignored
from chalicelib.domain.merchants import Connection
from chalicelib.domain.signatures import require_match
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

TEST_API = "https://checkout-test.adyen.com/v71"
"""Of accounts without an address of their own; live ones have one (`Connection.site`)."""
TIMEOUT = 10.0
OTHER_UNITS = frozenset({"CLP", "CVE", "IDR", "ISK"})
"""Whose minor unit Adyen counts otherwise than ISO 4217: https://docs.adyen.com/development-resources/currency-codes"""
PAID = "AUTHORISATION"
# The eight fields that are signed, in this order; colons and backslashes in them stand behind a backslash.
_ACCEPTED = "[accepted]"

_Text = Annotated[str, Meta(max_length=256)]


class _Amount(Struct):
    value: int
    currency: str


class _Additional(Struct, rename={"signature": "hmacSignature"}):
    signature: str = ""


class _Item(Struct, rename="camel"):
    psp_reference: _Text
    event_code: _Text
    success: _Text
    amount: _Amount
    event_date: datetime | None = None
    merchant_account_code: _Text = ""
    merchant_reference: _Text = ""
    original_reference: str | None = None
    additional_data: _Additional | None = None

    @property
    def signed(self) -> bytes:
        fields = (
            self.psp_reference, self.original_reference or "", self.merchant_account_code, self.merchant_reference,
            str(self.amount.value), self.amount.currency, self.event_code, self.success,
        )  # fmt: skip
        return ":".join(each.replace("\\", "\\\\").replace(":", "\\:") for each in fields).encode()


class _Wrapped(Struct, rename={"item": "NotificationRequestItem"}):
    item: _Item


class _Notification(Struct, rename="camel"):
    notification_items: Annotated[list[_Wrapped], Meta(min_length=1, max_length=100)]


class _Link(Struct):
    id: Annotated[str, Meta(pattern=r"^[A-Za-z0-9_-]{1,64}$")]
    url: Annotated[str, Meta(pattern=r"^https?://", max_length=512)]


class Adyen:
    """Implements ports.TakesPayments and ports.Shop. `connection.account` is the merchant account; secrets: `api_key`,
    and `hmac_key` in hexadecimal digits, as Adyen shows it."""

    def __init__(self, api_url: str = "") -> None:
        self._api_url = api_url

    def payment_link(self, bill: Bill, connection: Connection, secrets: dict[str, str], http: Http) -> Link:
        if bill.totals.currency in OTHER_UNITS:
            raise PaymentsRefused
        body = {
            "reference": bill.reference,
            "merchantAccount": connection.account,
            "amount": {"value": bill.totals.total, "currency": bill.totals.currency},
            "expiresAt": _time(bill.expires_at),
            "returnUrl": bill.back_to,
            "reusable": False,
            "lineItems": _lines(bill),
        }
        answer = self._asked("POST", "/paymentLinks", body, bill.reference, connection, secrets, http)
        try:
            made = json.decode(answer.body, type=_Link)
        except (MsgspecError, UnicodeDecodeError, RecursionError):
            raise PaymentsBusy from None  # made or not: the same key finds out
        return Link(connection_id=connection.id, id=made.id, url=made.url)

    def close_link(self, link: Link, connection: Connection, secrets: dict[str, str], http: Http) -> None:
        path = f"/paymentLinks/{link.id}"
        self._asked("PATCH", path, {"status": "expired"}, "", connection, secrets, http)

    def verify(self, request: WebhookRequest, connection: Connection, secrets: dict[str, str]) -> None:
        """Raises BadSignature unless each item is signed with this connection's key and of its merchant account."""
        key = _key(secrets)
        for item in _items(request.body, BadSignature):
            expected = base64.b64encode(hmac.new(key, item.signed, "sha256").digest()).decode()
            require_match(None if item.additional_data is None else item.additional_data.signature, [expected])
            if not connection.account or item.merchant_account_code != connection.account:
                raise BadSignature

    def parse(self, request: WebhookRequest, connection: Connection, now: int) -> list[Event]:
        """Raises InvalidInput."""
        return [_event(item, connection, now) for item in _items(request.body, InvalidInput)]

    def acknowledge(self) -> WebhookReply:
        return WebhookReply(body=_ACCEPTED)

    def _asked(
        self,
        method: str,
        path: str,
        body: dict[str, Any],
        key: str,
        connection: Connection,
        secrets: dict[str, str],
        http: Http,
    ) -> HttpResponse:
        if not secrets.get("api_key"):
            raise PaymentsRefused
        own = f"https://{connection.site}/checkout/v71" if connection.site else TEST_API
        headers = {"Content-Type": "application/json", "X-API-Key": secrets["api_key"]}
        if key:
            headers["Idempotency-Key"] = key
        try:
            url = f"{self._api_url or own}{path}"
            answer = http.request(method, url, headers=headers, body=json.encode(body), timeout=TIMEOUT)
        except (NoAnswer, NotConnected):
            raise PaymentsBusy from None
        if answer.status in (409, 429) or answer.status >= 500:
            raise PaymentsBusy
        if not 200 <= answer.status < 300:
            raise PaymentsRefused
        return answer


def _lines(bill: Bill) -> list[dict[str, Any]]:
    """What the page lists; what is added or taken away stands below the lines, so that they come to the amount."""
    totals = bill.totals
    taxes = 0 if totals.taxes_included else totals.taxes
    further = (("Discounts", -totals.discounts), ("Shipping", totals.shipping), ("Taxes", taxes))
    shown = [(_title(line.title, line.variant_title), line.quantity, line.price) for line in bill.lines]
    shown += [(name, 1, figure) for name, figure in further if figure]
    return [{"description": name, "quantity": pieces, "amountIncludingTax": price} for name, pieces, price in shown]


def _title(title: str, variant: str) -> str:
    return " ".join(part for part in (title, variant) if part)[:100]


def _time(at: int) -> str:
    """Seconds are enough: rounded down, so that no link outlives its cart."""
    return datetime.fromtimestamp(at // 1000, UTC).isoformat().replace("+00:00", "Z")


def _key(secrets: dict[str, str]) -> bytes:
    try:
        key = binascii.unhexlify(secrets.get("hmac_key", "").strip())
    except (binascii.Error, ValueError):
        raise BadSignature from None
    if len(key) < 16:
        raise BadSignature
    return key


def _items(body: bytes, error: type[BadSignature | InvalidInput]) -> list[_Item]:
    """The signature is within: what cannot be read is not signed."""
    try:
        decoded = convert(json.decode(body), _Notification)
        return [each.item for each in decoded.notification_items]
    except (MsgspecError, UnicodeDecodeError, RecursionError):
        raise error from None


def _event(item: _Item, connection: Connection, now: int) -> Event:
    """Refusals and what comes after (captures, refunds) change nothing here."""
    if item.event_code != PAID or item.success != "true" or not item.merchant_reference:
        return Ignored(kind=item.event_code[:64])
    at = now if item.event_date is None else int(item.event_date.timestamp() * 1000)
    made = Payment(
        reference=item.psp_reference, amount=item.amount.value, currency=item.amount.currency, at=min(at, now)
    )
    return CartPaid(connection_id=connection.id, reference=item.merchant_reference, payment=made)
