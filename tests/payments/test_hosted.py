"""The payment provider is asked, and believed only about what was paid in full."""

import msgspec
import pytest

from chalicelib.domain.credits import Purchase, PurchaseState
from chalicelib.domain.errors import Unavailable
from chalicelib.payments.hosted import HostedPayments
from chalicelib.usecases.ports import HttpResponse, NoAnswer, NotConnected
from tests.fakes.http import Exchange, FakeHttp

PURCHASE = Purchase(id="p1", merchant_id="m", store_id="s", by_id="mia", pack=1000, price=1000, created_at=1)
STATE = "https://pay.example.test/payments/s/p1/state"


def asked(answer: HttpResponse | Exception) -> PurchaseState:
    http = FakeHttp(Exchange("GET", STATE, answer))
    return HostedPayments("https://pay.example.test", http).outcome(PURCHASE)


def said(state: str, amount: int = 1000, currency: str = "USD") -> HttpResponse:
    return HttpResponse(200, msgspec.json.encode({"state": state, "amount": amount, "currency": currency}))


def test_the_page_is_the_same_for_the_same_purchase() -> None:
    payments = HostedPayments("https://pay.example.test", FakeHttp())
    page = payments.page(PURCHASE, "https://shop.example.test/settings")
    assert page == payments.page(PURCHASE, "https://shop.example.test/settings")
    assert page.startswith("https://pay.example.test/payments/s/p1?amount=1000&currency=USD&credits=1000&back=https%3A")


@pytest.mark.parametrize("state", list(PurchaseState))
def test_it_says_what_became_of_it(state: PurchaseState) -> None:
    assert asked(said(state)) is state


def test_nobody_has_opened_the_page_yet() -> None:
    assert asked(HttpResponse(404, b"")) is PurchaseState.PENDING


@pytest.mark.parametrize("answer", [said("paid", amount=1), said("paid", currency="VND")])
def test_less_than_the_price_is_not_paid(answer: HttpResponse) -> None:
    assert asked(answer) is PurchaseState.DECLINED


@pytest.mark.parametrize(
    "answer", [NoAnswer(), NotConnected(), HttpResponse(500, b"oops"), HttpResponse(200, b"{}"), said("eaten")]
)
def test_anything_else_says_nothing(answer: HttpResponse | Exception) -> None:
    with pytest.raises(Unavailable):
        asked(answer)


def test_without_a_provider_nothing_is_bought() -> None:
    with pytest.raises(Unavailable):
        HostedPayments("", FakeHttp()).page(PURCHASE, "https://shop.example.test")
