"""Carts in a Shopify shop: variants found, figures read, drafts made once and completed once."""

import json
from typing import Any

import pytest
from msgspec.structs import replace

from chalicelib.domain.cart_contents import CartLine, Contents, Destination, LineProblem
from chalicelib.shops.shopify import Shopify
from chalicelib.usecases.ports import Basket, CatalogueBusy, CatalogueRefused, HttpResponse, NoAnswer
from tests.fakes.http import Exchange, FakeHttp
from tests.shops.shopify.test_shopify_products import API, CONNECTION, SECRETS

LINE = CartLine(product_id="p-1", quantity=2)
CHOSEN = replace(LINE, variant="43")
BASKET = Basket(contents=Contents(lines=(LINE,)), product_ids=("501",))
READY = replace(BASKET, contents=Contents(lines=(CHOSEN,)))


def variant(number: int, **fields: Any) -> dict[str, Any]:
    given = {"legacyResourceId": str(number), "title": f"Size {number}", "price": "10.00", "availableForSale": True}
    return {**given, "barcode": f"400638133393{number % 10}", "sku": f"HB-{number}", **fields}


def products(*variants: dict[str, Any]) -> dict[str, Any]:
    node = {"id": "gid://shopify/Product/501", "title": "Boots", "variants": {"nodes": list(variants)}}
    return {"shop": {"currencyCode": "USD"}, "nodes": [node]}


def money(amount: str) -> dict[str, Any]:
    return {"shopMoney": {"amount": amount}}


SAID_LINE = {
    "title": "Boots", "variantTitle": "Size 43", "quantity": 2, "variant": {"legacyResourceId": "43"},
    "originalUnitPriceSet": money("10.0"), "originalTotalSet": money("20.00"),
}  # fmt: skip
FIGURES = {
    "currencyCode": "USD", "taxesIncluded": False, "totalLineItemsPriceSet": money("20.0"),
    "totalDiscountsSet": money("2.0"), "totalShippingPriceSet": money("5.00"), "totalTaxSet": money("1.8"),
    "totalPriceSet": money("24.80"),
}  # fmt: skip
RATES = [{"handle": "std", "title": "Standard", "price": {"amount": "5.00"}}]
CALCULATED = {**FIGURES, "lineItems": [SAID_LINE], "availableShippingRates": RATES}
DRAFT = {"id": "gid://shopify/DraftOrder/9", **FIGURES, "lineItems": {"nodes": [SAID_LINE]}}


def calculation(found: Any = CALCULATED, errors: list[Any] | None = None) -> dict[str, Any]:
    return {"answer": {"calculatedDraftOrder": found, "userErrors": errors or []}}


def asked(*answers: dict[str, Any] | Exception) -> FakeHttp:
    return FakeHttp(*(Exchange("POST", API, _answer(each)) for each in answers))


def _answer(said: dict[str, Any] | Exception) -> HttpResponse | Exception:
    return said if isinstance(said, Exception) else HttpResponse(200, json.dumps({"data": said}).encode())


def offer(http: FakeHttp, basket: Basket = BASKET) -> Any:
    return Shopify().cart_offer(basket, CONNECTION, SECRETS, http)


def sent(http: FakeHttp, place: int = -1) -> dict[str, Any]:
    variables: dict[str, Any] = json.loads(http.requests[place].body)["variables"]
    return variables


def test_the_shops_figures_are_read_and_add_up() -> None:
    found = offer(asked(products(variant(43)), calculation()))
    assert found.totals.adds_up(found.lines)
    assert (found.totals.total, found.totals.taxes, found.lines[0].variant_title) == (2480, 180, "Size 43")
    assert [(rate.handle, rate.price) for rate in found.rates] == [("std", 500)]


def test_the_shop_is_asked_with_what_is_known() -> None:
    to = Destination(address1="1 Pike St", city="Seattle", zip="98101", country_code="US")
    contents = Contents(lines=(CHOSEN,), discount_code="TEN", destination=to, rate="std")
    http = asked(products(variant(42), variant(43)), calculation())
    offer(http, Basket(contents=contents, product_ids=("501",), customer_id="7", phone="+15557654321"))
    assert sent(http)["calculate"] == {
        "lineItems": [{"variantId": "gid://shopify/ProductVariant/43", "quantity": 2}],
        "acceptAutomaticDiscounts": True,
        "discountCodes": ["TEN"],
        "purchasingEntity": {"customerId": "gid://shopify/Customer/7"},
        "useCustomerDefaultAddress": False,
        "phone": "+15557654321",
        "shippingAddress": {"address1": "1 Pike St", "city": "Seattle", "zip": "98101", "countryCode": "US"},
        "shippingLine": {"shippingRateHandle": "std"},
    }


def test_of_several_variants_one_is_to_be_chosen() -> None:
    (line,) = offer(asked(products(variant(42), variant(43, price="12.50")))).lines
    assert line.problem is LineProblem.CHOOSE
    assert [(each.variant, each.price) for each in line.choices] == [("42", 1000), ("43", 1250)]


@pytest.mark.parametrize("code", ["4006381333933", "hb-43", "04006381333933"])
def test_a_scanned_code_tells_the_variant(code: str) -> None:
    basket = replace(BASKET, contents=Contents(lines=(replace(LINE, code=code),)))
    (line,) = offer(asked(products(variant(42), variant(43)), calculation()), basket).lines
    assert (line.variant, line.problem) == ("43", None)


def test_the_one_variant_of_a_product_without_any_has_no_name() -> None:
    said = {**SAID_LINE, "variantTitle": None}
    found = offer(asked(products(variant(43, title="Default Title")), calculation({**CALCULATED, "lineItems": [said]})))
    assert found.lines[0].variant_title == ""


@pytest.mark.parametrize(
    ("answer", "problem"),
    [
        ({"shop": {"currencyCode": "USD"}, "nodes": [None]}, LineProblem.GONE),
        (products(), LineProblem.GONE),
        (products(variant(43, availableForSale=False)), LineProblem.SOLD_OUT),
    ],
)
def test_what_cannot_be_sold_is_named(answer: dict[str, Any], problem: LineProblem) -> None:
    found = offer(asked(answer))
    assert (found.totals, found.lines[0].problem) == (None, problem)


def test_a_line_that_the_shop_refuses_is_named() -> None:
    errors = [{"field": ["input", "lineItems", "0", "variantId"], "message": "is gone"}]
    assert offer(asked(products(variant(43)), calculation(None, errors))).lines[0].problem is LineProblem.GONE


@pytest.mark.parametrize(
    "answer",
    [
        calculation(None, [{"field": ["input", "phone"], "message": "is invalid"}]),
        calculation(None),
        calculation({**CALCULATED, "lineItems": []}),
        calculation({**CALCULATED, "lineItems": [{**SAID_LINE, "quantity": 3}]}),
        calculation({**CALCULATED, "lineItems": [{**SAID_LINE, "variant": {"legacyResourceId": "42"}}]}),
        calculation({**CALCULATED, "totalPriceSet": money("24.805")}),
        calculation({**CALCULATED, "totalPriceSet": money("-1.00")}),
        calculation({**CALCULATED, "currencyCode": "dollars"}),
    ],
)
def test_answers_that_make_no_sense_are_refused(answer: dict[str, Any]) -> None:
    with pytest.raises(CatalogueRefused):
        offer(asked(products(variant(43)), answer))


def test_yen_have_no_cents() -> None:
    yen = {name: money("20") for name in ("totalLineItemsPriceSet", "totalPriceSet")}
    rest = {name: money("0") for name in ("totalDiscountsSet", "totalShippingPriceSet", "totalTaxSet")}
    line = {**SAID_LINE, "originalUnitPriceSet": money("10"), "originalTotalSet": money("20.0")}
    said = {"currencyCode": "JPY", "taxesIncluded": True, **yen, **rest, "lineItems": [line]}
    found = offer(asked({**products(variant(43, price="10")), "shop": {"currencyCode": "JPY"}}, calculation(said)))
    assert (found.totals.total, found.totals.currency) == (20, "JPY")


def draft(http: FakeHttp) -> Any:
    return Shopify().draft_order(READY, "c-1.cart-1.1", CONNECTION, SECRETS, http)


def test_a_draft_is_made_with_a_tag_that_finds_it_again() -> None:
    made = {"answer": {"draftOrder": DRAFT, "userErrors": []}}
    http = asked({"draftOrders": {"nodes": []}}, made)
    found = draft(http)
    assert (found.id, found.offer.totals.total) == ("gid://shopify/DraftOrder/9", 2480)
    (tag,) = sent(http)["create"]["tags"]
    assert sent(http, 0) == {"tagged": f"tag:{tag}"}
    assert len(tag) <= 40
    again = asked({"draftOrders": {"nodes": [DRAFT]}})
    assert draft(again) == found


def test_a_draft_that_is_refused_says_of_which_line() -> None:
    errors = [{"field": ["lineItems", "0"], "message": "is gone"}]
    found = draft(asked({"draftOrders": {"nodes": []}}, {"answer": {"draftOrder": None, "userErrors": errors}}))
    assert (found.id, found.offer.lines[0].problem) == ("", LineProblem.GONE)


def order(http: FakeHttp) -> str:
    return Shopify().make_order("gid://shopify/DraftOrder/9", CONNECTION, SECRETS, http)


def test_completed_it_is_an_order_and_the_same_one_the_second_time() -> None:
    assert order(asked({"answer": {"draftOrder": {"order": {"name": "#1042"}}, "userErrors": []}})) == "#1042"
    paid_already = {"answer": {"draftOrder": None, "userErrors": [{"message": "This order has been paid"}]}}
    assert order(asked(paid_already, {"draftOrder": {"order": {"name": "#1042"}}})) == "#1042"


def test_a_draft_that_is_gone_makes_no_order() -> None:
    with pytest.raises(CatalogueRefused):
        order(asked({"answer": {"draftOrder": None, "userErrors": [{}]}}, {"draftOrder": None}))


def test_a_lost_answer_is_asked_again() -> None:
    with pytest.raises(CatalogueBusy):
        order(asked(NoAnswer()))


def test_what_is_not_wanted_is_deleted_and_nothing_for_no_draft() -> None:
    http = asked({"answer": {"userErrors": []}})
    Shopify().discard_draft("gid://shopify/DraftOrder/9", CONNECTION, SECRETS, http)
    assert sent(http) == {"delete": {"id": "gid://shopify/DraftOrder/9"}}
    Shopify().discard_draft("", CONNECTION, SECRETS, FakeHttp())


def test_without_a_token_nobody_is_asked() -> None:
    with pytest.raises(CatalogueRefused):
        Shopify().cart_offer(BASKET, CONNECTION, {}, FakeHttp())
