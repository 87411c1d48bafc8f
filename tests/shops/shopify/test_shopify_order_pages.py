"""What Shopify's Admin API says of orders means what its webhooks say."""

import json
from typing import Any

import pytest
from msgspec.structs import replace

from chalicelib.domain.orders import Fulfilment, Payment
from chalicelib.shops.shopify import Shopify
from chalicelib.shops.shopify_order_pages import LINES, PAGE
from chalicelib.usecases.ports import CatalogueBusy, CatalogueRefused, HttpResponse, NoAnswer
from tests.fakes.http import Exchange, FakeHttp
from tests.shops.shopify.test_shopify import ORDER, TEN_THIRTY
from tests.shops.shopify.test_shopify_products import API, CONNECTION, SECRETS, THROTTLED

NODE = {
    "legacyResourceId": "5940139491234",
    "name": "#1042",
    "createdAt": "2026-11-20T15:30:00Z",
    "updatedAt": "2026-11-20T15:30:01Z",
    "cancelledAt": None,
    "closedAt": None,
    "currencyCode": "USD",
    "customerLocale": None,
    "email": "jo@example.com",
    "phone": None,
    "displayFinancialStatus": "PENDING",
    "displayFulfillmentStatus": "UNFULFILLED",
    "totalPriceSet": {"shopMoney": {"amount": "59.9"}},
    "retailLocation": {"legacyResourceId": "655441491"},
    "customer": {
        "legacyResourceId": "207119551",
        "firstName": "Jo",
        "lastName": "Mitchell",
        "defaultPhoneNumber": {"phoneNumber": "+15557654321"},
        "defaultEmailAddress": {"emailAddress": "jo@example.com"},
    },
    "shippingAddress": None,
    "billingAddress": {"firstName": "Jo", "lastName": None, "phone": None},
    "lineItems": {
        "nodes": [
            {"title": "Linen shirt", "quantity": 1, "originalUnitPriceSet": {"shopMoney": {"amount": "49.9"}}},
            {"title": "Socks – Größe 42", "quantity": 2, "originalUnitPriceSet": {"shopMoney": {"amount": "5.0"}}},
        ]
    },
}


def answer(*nodes: dict[str, Any], more: bool = False) -> HttpResponse:
    info = {"hasNextPage": more, "endCursor": "cursor-1" if more else None}
    return HttpResponse(200, json.dumps({"data": {"orders": {"pageInfo": info, "nodes": list(nodes)}}}).encode())


def asked(given: HttpResponse | Exception) -> FakeHttp:
    return FakeHttp(Exchange("POST", API, given))


def read(**changed: Any) -> Any:
    [found] = Shopify().orders_page(TEN_THIRTY, "", CONNECTION, SECRETS, asked(answer({**NODE, **changed}))).orders
    return found


def test_it_says_the_same_as_a_webhook() -> None:
    found = read()
    assert replace(found, event_id=ORDER.event_id) == replace(ORDER, customer=found.customer)
    assert replace(found.customer, language=ORDER.customer.language) == ORDER.customer


def test_the_same_state_has_the_same_id_and_another_state_another() -> None:
    assert read().event_id == read().event_id
    assert read(displayFinancialStatus="PAID").event_id != read().event_id


@pytest.mark.parametrize(
    ("changed", "field", "expected"),
    [
        ({"displayFinancialStatus": "PAID"}, "payment", Payment.PAID),
        ({"displayFinancialStatus": "PARTIALLY_REFUNDED"}, "payment", Payment.PAID),
        ({"displayFinancialStatus": "REFUNDED"}, "payment", Payment.REFUNDED),
        ({"displayFinancialStatus": "VOIDED"}, "payment", Payment.PENDING),
        ({"displayFinancialStatus": None}, "payment", Payment.PENDING),
        ({"displayFulfillmentStatus": "PARTIALLY_FULFILLED"}, "fulfilment", Fulfilment.PARTIAL),
        ({"displayFulfillmentStatus": "FULFILLED"}, "fulfilment", Fulfilment.FULFILLED),
        ({"displayFulfillmentStatus": "ON_HOLD"}, "fulfilment", Fulfilment.UNFULFILLED),
        ({"cancelledAt": "2026-11-20T15:30:00Z"}, "cancelled_at", TEN_THIRTY),
        ({"closedAt": "2026-11-20T15:30:00Z"}, "closed_at", TEN_THIRTY),
        ({"retailLocation": None}, "location", ""),
        ({"lineItems": {"nodes": []}}, "lines", ()),
    ],
)
def test_what_it_says(changed: dict[str, Any], field: str, expected: object) -> None:
    assert getattr(read(**changed), field) == expected


def test_it_asks_for_what_changed_since_and_goes_on_where_it_was() -> None:
    http = asked(answer(NODE, more=True))
    page = Shopify().orders_page(TEN_THIRTY, "cursor-0", CONNECTION, SECRETS, http)
    assert page.after == "cursor-1"
    [request] = http.requests
    said = json.loads(request.body)
    assert said["variables"] == {"after": "cursor-0", "changed": "updated_at:>='2026-11-20T15:30:00Z'"}
    assert "sortKey: UPDATED_AT" in said["query"]


def test_a_page_costs_no_more_points_than_a_query_may() -> None:
    objects_of_a_line, objects_of_an_order = 3, 9
    assert 2 + PAGE * (objects_of_an_order + LINES * objects_of_a_line) <= 1_000


@pytest.mark.parametrize(
    "broken",
    [
        {"legacyResourceId": "x"},
        {"createdAt": "1969-01-01T00:00:00Z"},
        {"totalPriceSet": {"shopMoney": {"amount": "NaN"}}},
    ],
)
def test_one_that_cannot_be_read_does_not_keep_the_others(broken: dict[str, Any]) -> None:
    page = Shopify().orders_page(0, "", CONNECTION, SECRETS, asked(answer({**NODE, **broken}, NODE)))
    assert [each.number for each in page.orders] == ["#1042"]


@pytest.mark.parametrize(
    ("given", "error"),
    [
        (NoAnswer(), CatalogueBusy),
        (HttpResponse(200, THROTTLED), CatalogueBusy),
        (HttpResponse(403, b""), CatalogueRefused),
        (HttpResponse(200, b'{"data": {"orders": {}}}'), CatalogueRefused),
    ],
)
def test_what_the_shop_may_say_instead(given: HttpResponse | Exception, error: type[Exception]) -> None:
    with pytest.raises(error):
        Shopify().orders_page(0, "", CONNECTION, SECRETS, asked(given))


def test_without_a_token_it_is_not_asked() -> None:
    assert not Shopify().may_list_orders({"webhook_secret": "w"})
    with pytest.raises(CatalogueRefused):
        Shopify().orders_page(0, "", CONNECTION, {}, FakeHttp())
