"""Stripe: pages asked for, and webhooks that say of money only what is signed."""

import hashlib
import hmac
import json
import random
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

import pytest
from msgspec.structs import replace

from chalicelib.domain.carts import Link, Payment
from chalicelib.domain.errors import BadSignature, InvalidInput
from chalicelib.domain.events import CartPaid, Ignored
from chalicelib.domain.merchants import Connection
from chalicelib.payments.stripe import OTHER_UNITS, PAID, Stripe
from chalicelib.usecases.ports import (
    HttpResponse,
    NoAnswer,
    NotConnected,
    PaymentsBusy,
    PaymentsRefused,
    WebhookRequest,
)
from tests.fakes.http import Exchange, FakeHttp
from tests.payments.samples import BILL, NOW
from tests.support.signed_webhooks import FUZZ, mutated

BODY = (Path(__file__).parent / "fixtures" / "paid.json").read_bytes()
SECRETS = {"api_key": "sk_test_secret", "webhook_secret": "whsec_secret"}
TILL = Connection(id="till", merchant_id="m1", provider="stripe", secret_ref="/x/till", store_id="s1")
PAGES = "https://api.stripe.com/v1/checkout/sessions"
MADE = HttpResponse(200, b'{"id": "cs_test_a1", "url": "https://checkout.stripe.com/c/pay/cs_test_a1#fid"}')
LINK = Link(connection_id="till", id="cs_test_a1", url="https://checkout.stripe.com/c/pay/cs_test_a1#fid")


def header(body: bytes, secret: str = "whsec_secret", at: int = 1_795_300_000) -> str:
    mac = hmac.new(secret.encode(), f"{at}.".encode() + body, hashlib.sha256).hexdigest()
    return f"t={at},v1={mac},v0={'0' * 64}"


def request(body: bytes = BODY, signature: str | None = None) -> WebhookRequest:
    headers = {"stripe-signature": header(body) if signature is None else signature}
    return WebhookRequest(method="POST", url="https://shop.example/webhooks/stripe/till", headers=headers, body=body)


def changed(**session: Any) -> bytes:
    body = json.loads(BODY)
    body["type"] = session.pop("type", body["type"])
    body["data"]["object"] |= session
    return json.dumps(body).encode()


def read(body: bytes = BODY) -> list[Any]:
    Stripe().verify(request(body), TILL, SECRETS)
    return Stripe().parse(request(body), TILL, NOW)


@pytest.mark.parametrize("kind", PAID)
def test_a_payment_is_read(kind: str) -> None:
    made = Payment(reference="pi_1GszsK2eZvKYlo2CfhZyoZLp", amount=2480, currency="USD", at=1_795_300_000_000)
    assert read(changed(type=kind)) == [CartPaid(connection_id="till", reference="c-1.cart-1.1", payment=made)]


@pytest.mark.parametrize(
    "body",
    [
        changed(payment_status="unpaid"),
        changed(client_reference_id=None),
        changed(type="checkout.session.expired"),
        b'{"type": "charge.refunded", "data": {"object": {"id": 5}}}',
    ],
)
def test_what_is_no_payment_of_ours_is_ignored(body: bytes) -> None:
    assert [type(event) for event in read(body)] == [Ignored]


def test_no_amount_is_no_amount_of_ours() -> None:
    (event,) = read(changed(amount_total=None, currency=None))
    assert (event.payment.amount, event.payment.currency) == (-1, "")


@pytest.mark.parametrize(
    "given",
    [
        "", " ", "nonsense", "t=1,v1=", f"t=1795300000,v0={'0' * 64}", header(BODY, "other"), header(BODY) + ",",
        header(BODY, at=1).replace("t=1,", "t=2,"), header(BODY).upper(), "ünïcödé", "A" * 100_000,
    ],
)  # fmt: skip
def test_what_is_no_signature_is_refused(given: str) -> None:
    with pytest.raises(BadSignature):
        Stripe().verify(request(signature=given), TILL, SECRETS)


def test_one_of_several_signatures_is_enough_while_a_secret_is_changed() -> None:
    both = header(BODY, "old").replace(f",v0={'0' * 64}", "") + "," + header(BODY).split(",")[1]
    Stripe().verify(request(signature=both), TILL, SECRETS)


@pytest.mark.parametrize("secret", ["", "  ", "whsec_other"])
def test_without_the_right_secret_nothing_is_accepted(secret: str) -> None:
    for secrets in ({"webhook_secret": secret}, {}):
        with pytest.raises(BadSignature):
            Stripe().verify(request(), TILL, secrets)


def test_tampered_bodies_and_signatures_are_never_accepted() -> None:
    chance, true = random.Random(6), header(BODY)
    for _ in range(FUZZ):
        body, signature = mutated(BODY, chance), mutated(true.encode(), chance).decode("latin-1")
        tampered = [] if body == BODY else [request(body, true)]
        if signature.split(",")[:2] != true.split(",")[:2]:
            tampered.append(request(BODY, signature))
        for each in tampered:
            with pytest.raises(BadSignature):
                Stripe().verify(each, TILL, SECRETS)


@pytest.mark.parametrize("body", [b"", b"null", b"[]", b'"\xff"', b"[" * 99_999, b"{}", changed(amount_total="x")])
def test_hostile_bodies_are_invalid(body: bytes) -> None:
    with pytest.raises(InvalidInput):
        Stripe().parse(request(body), TILL, NOW)


def test_a_page_is_asked_for_once_by_its_reference() -> None:
    http = FakeHttp(Exchange("POST", PAGES, MADE))
    assert Stripe().payment_link(BILL, TILL, SECRETS, http) == LINK
    (asked,) = http.requests
    assert (asked.headers["Idempotency-Key"], asked.headers["Authorization"]) == (
        "c-1.cart-1.1",
        "Bearer sk_test_secret",
    )
    form = {name: value for name, (value,) in parse_qs(asked.body.decode()).items()}
    assert form["line_items[0][price_data][unit_amount]"] == "2480"
    assert form["line_items[0][price_data][currency]"] == "usd"
    assert form["line_items[0][price_data][product_data][description]"] == "2 x Boots"
    assert (form["client_reference_id"], form["expires_at"]) == ("c-1.cart-1.1", str(BILL.expires_at // 1000))


@pytest.mark.parametrize("status", [200, 400])
def test_a_page_is_closed_if_it_is_open(status: int) -> None:
    http = FakeHttp(Exchange("POST", f"{PAGES}/cs_test_a1/expire", HttpResponse(status, b"{}")))
    Stripe().close_link(LINK, TILL, SECRETS, http)


@pytest.mark.parametrize("currency", sorted(OTHER_UNITS))
def test_currencies_that_are_counted_otherwise_are_refused(currency: str) -> None:
    bill = replace(BILL, totals=replace(BILL.totals, currency=currency))
    with pytest.raises(PaymentsRefused):
        Stripe().payment_link(bill, TILL, SECRETS, FakeHttp())


@pytest.mark.parametrize(
    ("answer", "error"),
    [
        (NoAnswer(), PaymentsBusy),
        (NotConnected(), PaymentsBusy),
        (HttpResponse(503, b"oops"), PaymentsBusy),
        (HttpResponse(429, b""), PaymentsBusy),
        (HttpResponse(409, b""), PaymentsBusy),
        (HttpResponse(200, b"oops"), PaymentsBusy),
        (HttpResponse(401, b""), PaymentsRefused),
        (HttpResponse(400, b""), PaymentsRefused),
    ],
)
def test_who_does_not_answer_is_asked_again_and_who_refuses_is_not(
    answer: HttpResponse | Exception, error: type[Exception]
) -> None:
    with pytest.raises(error):
        Stripe().payment_link(BILL, TILL, SECRETS, FakeHttp(Exchange("POST", PAGES, answer)))


def test_without_a_key_nobody_is_asked() -> None:
    with pytest.raises(PaymentsRefused):
        Stripe().payment_link(BILL, TILL, {}, FakeHttp())
