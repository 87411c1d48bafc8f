"""The payment provider's page for packs of credits. Implements ports.CreditPurchases.

What it is asked is small: a page for an order of ours, and what became of that. `local/` has one to try it with.
"""

from urllib.parse import quote, urlencode

import msgspec
from msgspec import Struct

from chalicelib.domain.credits import Purchase, PurchaseState
from chalicelib.domain.errors import Unavailable
from chalicelib.usecases.ports import Http, NoAnswer, NotConnected

_TIMEOUT = 5.0


class _Payment(Struct):
    state: PurchaseState
    amount: int
    currency: str


class HostedPayments:
    def __init__(self, url: str, http: Http) -> None:
        """`url`: of the provider's API, empty where none is set up."""
        self._url, self._http = url, http

    def page(self, purchase: Purchase, back_to: str) -> str:
        order = {"amount": purchase.price, "currency": purchase.currency, "credits": purchase.pack, "back": back_to}
        return f"{self._of(purchase)}?{urlencode(order)}"

    def outcome(self, purchase: Purchase) -> PurchaseState:
        """Paid is what was paid in full: the address of the page is in the payer's hands."""
        try:
            answer = self._http.request("GET", f"{self._of(purchase)}/state", headers={}, body=b"", timeout=_TIMEOUT)
            if answer.status == 404:
                return PurchaseState.PENDING
            payment = msgspec.json.decode(answer.body, type=_Payment)
        except (NoAnswer, NotConnected, msgspec.DecodeError) as error:
            raise Unavailable from error
        in_full = (payment.amount, payment.currency) == (purchase.price, purchase.currency)
        return payment.state if payment.state is not PurchaseState.PAID or in_full else PurchaseState.DECLINED

    def _of(self, purchase: Purchase) -> str:
        if not self._url:
            raise Unavailable
        return f"{self._url}/payments/{quote(purchase.store_id, safe='')}/{quote(purchase.id, safe='')}"
