"""Adyen: links asked for, and webhooks that say of money only what is signed."""

import base64
import hashlib
import hmac
import json
import random
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from chalicelib.domain.carts import Link, Payment
from chalicelib.domain.errors import BadSignature, InvalidInput
from chalicelib.domain.events import CartPaid, Ignored
from chalicelib.domain.merchants import Connection
from chalicelib.payments.adyen import OTHER_UNITS, TEST_API, Adyen
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

PAID = json.loads((Path(__file__).parent / "fixtures" / "paid.json").read_text("utf-8"))
KEY = "DFB1EB5485895CFA84146406857104ABB4CBCABDC8AAF103A624C8F6A3EAAB00"
SECRETS = {"api_key": "AQEyhmfxK-secret", "hmac_key": KEY}
TILL = Connection(
    id="till", merchant_id="m1", provider="adyen", secret_ref="/x/till", store_id="s1", account="PineShoesECOM"
)
LINKS = f"{TEST_API}/paymentLinks"
MADE = HttpResponse(201, b'{"id": "PL61C53A8B97E6915A", "url": "https://test.adyen.link/PL61C53A8B97E6915A"}')
LINK = Link(connection_id="till", id="PL61C53A8B97E6915A", url="https://test.adyen.link/PL61C53A8B97E6915A")


def signed(item: dict[str, Any], key: str = KEY) -> str:
    """As Adyen makes it, written independently of the adapter."""
    amount = item["amount"]
    fields = [
        item["pspReference"], item.get("originalReference") or "", item["merchantAccountCode"],
        item["merchantReference"], str(amount["value"]), amount["currency"], item["eventCode"], item["success"],
    ]  # fmt: skip
    text = ":".join(each.replace("\\", "\\\\").replace(":", "\\:") for each in fields)
    return base64.b64encode(hmac.new(bytes.fromhex(key), text.encode(), hashlib.sha256).digest()).decode()


def notification(*items: dict[str, Any], key: str = KEY) -> bytes:
    """Signed; without any: the fixture's one item."""
    wrapped = []
    for changed in items or ({},):
        item = {**PAID["notificationItems"][0]["NotificationRequestItem"], **changed}
        item["additionalData"] = {"hmacSignature": signed(item, key)}
        wrapped.append({"NotificationRequestItem": item})
    return json.dumps({"live": "false", "notificationItems": wrapped}).encode()


def request(body: bytes) -> WebhookRequest:
    url = "https://shop.example/webhooks/adyen/till"
    return WebhookRequest(method="POST", url=url, headers={"content-type": "application/json"}, body=body)


def read(body: bytes, now: int = NOW) -> list[Any]:
    Adyen().verify(request(body), TILL, SECRETS)
    return Adyen().parse(request(body), TILL, now)


def test_the_signature_is_adyens() -> None:
    """The example of Adyen's own library."""
    item = {
        "pspReference": "7914073381342284", "merchantAccountCode": "TestMerchant", "eventCode": "AUTHORISATION",
        "merchantReference": "TestPayment-1407325143704", "amount": {"value": 1130, "currency": "EUR"},
        "success": "true", "additionalData": {"hmacSignature": "coqCmt/IZ4E3CzPvMY8zTjQVL5hYJUiBRg8UU+iCWo0="},
    }  # fmt: skip
    key = "44782DEF547AAA06C910C43932B1EB0C71FC68D9D0C057550C48EC2ACF6BA056"
    body = json.dumps({"notificationItems": [{"NotificationRequestItem": item}]}).encode()
    Adyen().verify(request(body), replace(TILL, account="TestMerchant"), {"hmac_key": key})


def test_a_payment_is_read() -> None:
    made = Payment(reference="NC6HT9CRT65ZGN82", amount=2480, currency="USD", at=1_795_185_000_000)
    assert read(notification()) == [CartPaid(connection_id="till", reference="c-1.cart-1.1", payment=made)]


def test_a_time_to_come_is_not_believed() -> None:
    (event,) = read(notification({"eventDate": "2030-01-01T00:00:00+00:00"}))
    assert event.payment.at == NOW


@pytest.mark.parametrize(
    "changed",
    [{"success": "false"}, {"eventCode": "CAPTURE"}, {"eventCode": "REFUND"}, {"merchantReference": ""}],
)
def test_what_is_no_payment_is_ignored(changed: dict[str, Any]) -> None:
    assert [type(event) for event in read(notification(changed))] == [Ignored]


def test_batches_are_read_and_refused_as_a_whole() -> None:
    two = notification({}, {"pspReference": "B2", "merchantReference": "a:b\\c.d.1"})
    assert [event.payment.reference for event in read(two)] == ["NC6HT9CRT65ZGN82", "B2"]
    forged = json.loads(two)
    forged["notificationItems"][1]["NotificationRequestItem"]["amount"]["value"] = 1
    with pytest.raises(BadSignature):
        Adyen().verify(request(json.dumps(forged).encode()), TILL, SECRETS)


@pytest.mark.parametrize("field", ["pspReference", "merchantAccountCode", "merchantReference", "eventCode", "success"])
def test_each_signed_field_counts(field: str) -> None:
    body = json.loads(notification())
    body["notificationItems"][0]["NotificationRequestItem"][field] += "x"
    with pytest.raises(BadSignature):
        Adyen().verify(request(json.dumps(body).encode()), TILL, SECRETS)


def test_boundaries_between_fields_cannot_move() -> None:
    body = json.loads(notification({"merchantReference": "c-1.cart-1.1:2480"}))
    item = body["notificationItems"][0]["NotificationRequestItem"]
    item["merchantReference"], item["amount"]["value"] = "c-1.cart-1.1", 2480
    with pytest.raises(BadSignature):
        Adyen().verify(request(json.dumps(body).encode()), TILL, SECRETS)


@pytest.mark.parametrize("key", ["", "  ", "zz", "00", KEY[2:], KEY.replace("D", "E")])
def test_without_the_right_key_nothing_is_accepted(key: str) -> None:
    for secrets in ({"hmac_key": key}, {}):
        with pytest.raises(BadSignature):
            Adyen().verify(request(notification()), TILL, secrets)


def test_another_merchant_account_is_refused() -> None:
    for account in ("", "HatsECOM"):
        with pytest.raises(BadSignature):
            Adyen().verify(request(notification()), replace(TILL, account=account), SECRETS)


@pytest.mark.parametrize("body", [b"", b"null", b"[]", b'"\xff"', b"[" * 99_999, b'{"notificationItems": []}', b"{}"])
def test_hostile_bodies_are_refused_before_and_after(body: bytes) -> None:
    with pytest.raises(BadSignature):
        Adyen().verify(request(body), TILL, SECRETS)
    with pytest.raises(InvalidInput):
        Adyen().parse(request(body), TILL, NOW)


def test_tampered_bodies_mean_the_same_or_are_refused() -> None:
    chance, true = random.Random(5), notification()
    meaning = read(true)
    for _ in range(FUZZ):
        body = mutated(true, chance)
        try:
            Adyen().verify(request(body), TILL, SECRETS)
        except BadSignature:
            continue
        for mine, theirs in zip(read(body), meaning, strict=True):
            assert replace(mine.payment, at=0) == replace(theirs.payment, at=0), "the date alone is not signed"
            assert mine.reference == theirs.reference


def test_a_link_is_asked_for_once_by_its_reference() -> None:
    http = FakeHttp(Exchange("POST", LINKS, MADE))
    assert Adyen().payment_link(BILL, TILL, SECRETS, http) == LINK
    (asked,) = http.requests
    assert (asked.headers["Idempotency-Key"], asked.headers["X-API-Key"]) == ("c-1.cart-1.1", "AQEyhmfxK-secret")
    body = json.loads(asked.body)
    assert body["amount"] == {"value": 2480, "currency": "USD"}
    assert (body["reference"], body["merchantAccount"], body["reusable"]) == ("c-1.cart-1.1", "PineShoesECOM", False)
    assert body["expiresAt"] == "2026-11-22T21:26:40Z"
    assert sum(line["quantity"] * line["amountIncludingTax"] for line in body["lineItems"]) == 2480


def test_live_accounts_have_an_address_of_their_own() -> None:
    http = FakeHttp(Exchange("POST", "https://pine-live.example.com/checkout/v71/paymentLinks", MADE))
    Adyen().payment_link(BILL, replace(TILL, site="pine-live.example.com"), SECRETS, http)


def test_a_link_is_closed() -> None:
    http = FakeHttp(Exchange("PATCH", f"{LINKS}/{LINK.id}", HttpResponse(200, b"{}")))
    Adyen().close_link(LINK, TILL, SECRETS, http)
    assert json.loads(http.requests[0].body) == {"status": "expired"}


@pytest.mark.parametrize("currency", sorted(OTHER_UNITS))
def test_currencies_that_are_counted_otherwise_are_refused(currency: str) -> None:
    bill = replace(BILL, totals=replace(BILL.totals, currency=currency))
    with pytest.raises(PaymentsRefused):
        Adyen().payment_link(bill, TILL, SECRETS, FakeHttp())


@pytest.mark.parametrize(
    ("answer", "error"),
    [
        (NoAnswer(), PaymentsBusy),
        (NotConnected(), PaymentsBusy),
        (HttpResponse(500, b"oops"), PaymentsBusy),
        (HttpResponse(429, b""), PaymentsBusy),
        (HttpResponse(409, b""), PaymentsBusy),
        (HttpResponse(201, b"oops"), PaymentsBusy),
        (HttpResponse(201, b'{"id": "../x", "url": "https://x"}'), PaymentsBusy),
        (HttpResponse(201, b'{"id": "PL1", "url": "javascript:1"}'), PaymentsBusy),
        (HttpResponse(401, b""), PaymentsRefused),
        (HttpResponse(422, b""), PaymentsRefused),
    ],
)
def test_who_does_not_answer_is_asked_again_and_who_refuses_is_not(
    answer: HttpResponse | Exception, error: type[Exception]
) -> None:
    with pytest.raises(error) as raised:
        Adyen().payment_link(BILL, TILL, SECRETS, FakeHttp(Exchange("POST", LINKS, answer)))
    assert "secret" not in repr(raised.value)


def test_without_a_key_nobody_is_asked() -> None:
    with pytest.raises(PaymentsRefused):
        Adyen().payment_link(BILL, TILL, {}, FakeHttp())


def test_it_is_answered_as_adyen_wants_it() -> None:
    assert Adyen().acknowledge().body == "[accepted]"
