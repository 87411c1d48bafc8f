"""Products from Shopify: the table of its webhooks, and what the Admin API answers."""

import base64
import hashlib
import hmac
import json
from pathlib import Path
from typing import Any, ClassVar

import pytest
from msgspec.structs import replace

from chalicelib.domain.errors import InvalidInput
from chalicelib.domain.events import ProductChanged
from chalicelib.domain.media import MediaRefused
from chalicelib.domain.merchants import Connection
from chalicelib.domain.products import MOST_CODES, Product, ProductState, product_id
from chalicelib.shops.shopify import Shopify
from chalicelib.shops.shopify_api import API_VERSION
from chalicelib.usecases.ports import CatalogueBusy, CatalogueRefused, HttpResponse, NoAnswer, NotConnected
from tests.fakes.http import Exchange, FakeHttp
from tests.fakes.media import FakeDownloads
from tests.shops.runner import Incoming, ShopContract
from tests.shops.shopify.test_shopify import SHOP, TEN_THIRTY, headers

CONNECTION = Connection(
    id="c2", merchant_id="m1", provider="shopify", secret_ref="/x/connections/c2", store_id="s1", account=SHOP,
    currency="USD",
)  # fmt: skip
BOOTS = Product(
    id=product_id("c2", "7012345678901"),
    merchant_id="m1",
    connection_id="c2",
    external_id="7012345678901",
    title="Trail boots – Größe 42",
    url=f"https://{SHOP}/products/trail-boots-gr%C3%B6%C3%9Fe-42",
    picture="https://cdn.shopify.com/s/files/1/0001/trail.jpg?v=17",
    price_from=12900,
    price_to=14900,
    currency="USD",
    codes=("4006381333931", "TB-41", "TB-42"),
    vendor="Pine & Co",
    updated_at=TEN_THIRTY,
)
BARE = Product(
    id=product_id("c2", "1"),
    merchant_id="m1",
    connection_id="c2",
    external_id="1",
    title="Gift card",
    url=f"https://{SHOP}/products/gift-card",
    updated_at=TEN_THIRTY,
)
GONE = Product(
    id=BOOTS.id, merchant_id="m1", connection_id="c2", external_id="7012345678901", state=ProductState.DELETED
)
UPDATE = headers("products/update")


def changed(variant: str, expected: Product, old: str, new: str) -> Incoming:
    return Incoming("products_update", UPDATE, [ProductChanged(product=expected)], variant, {old: new})


def invalid(variant: str, old: str, new: str) -> Incoming:
    return Incoming("products_update", UPDATE, InvalidInput, variant, {old: new})


SRC = '"https://cdn.shopify.com/s/files/1/0001/trail.jpg?v=17"'
HIDDEN = replace(BOOTS, state=ProductState.HIDDEN)


class TestShopifyProducts(ShopContract):
    make = Shopify
    connection = CONNECTION
    secrets: ClassVar = {"webhook_secret": "hush-7f1c2a"}
    fixtures = Path(__file__).parent / "fixtures"
    signature_header = "x-shopify-hmac-sha256"

    incoming: ClassVar = [
        Incoming("products_update", UPDATE, [ProductChanged(product=BOOTS)]),
        Incoming("products_update", headers("products/create"), [ProductChanged(product=BOOTS)], "created"),
        Incoming("products_update", headers("products/update", event_id=None), [ProductChanged(product=BOOTS)], "bare"),
        Incoming("products_create_bare", UPDATE, [ProductChanged(product=BARE)]),
        Incoming("products_delete", headers("products/delete"), [ProductChanged(product=GONE)]),
        changed("a draft", HIDDEN, '"active"', '"draft"'),
        changed("archived", HIDDEN, '"active"', '"archived"'),
        changed("not published", HIDDEN, '"published_at": "2026-11-01T10:00:00-05:00"', '"published_at": null'),
        changed("no title", replace(HIDDEN, title=""), '" Trail  boots – Größe\\t42 "', "null"),
        changed("no page", replace(BOOTS, url=""), '"trail-boots-größe-42"', "null"),
        changed(
            "a page made to lead away",
            replace(BOOTS, url=f"https://{SHOP}/products/..%2F..%2F%40evil.example%3Fx"),
            "trail-boots-größe-42",
            "../../@evil.example?x",
        ),
        changed("sold out", replace(BOOTS, available=False), '"inventory_quantity": 3', '"inventory_quantity": 0'),
        changed("sold on", BOOTS, '"deny", "inventory_quantity": 3', '"continue", "inventory_quantity": -1'),
        changed("not counted", BOOTS, '3, "inventory_management": "shopify"', '0, "inventory_management": null'),
        changed("a script for a picture", replace(BOOTS, picture=""), SRC, '"javascript:alert(1)"'),
        changed("a picture without https", replace(BOOTS, picture=""), SRC, '"http://cdn.shopify.com/a.jpg"'),
        changed(
            "a picture without a scheme",
            replace(BOOTS, picture="https://cdn.shopify.com/a.jpg"), SRC, '"//cdn.shopify.com/a.jpg"',
        ),
        changed("no prices", replace(BOOTS, price_to=12900), '"price": "149.00"', '"price": null'),
        invalid("no id", '"id": 7012345678901,', ""),
        invalid("no time of change", '"updated_at": "2026-11-20T10:30:00-05:00",', ""),
        invalid("a time before 1970", "2026-11-20T10:30:00-05:00", "1969-12-31T23:59:59Z"),
        invalid("a number for money", '"129.00"', "129.0"),
        invalid("no money", '"129.00"', '"NaN"'),
        invalid("money finer than the currency", '"129.00"', '"129.001"'),
        invalid("a list for a title", '" Trail  boots – Größe\\t42 "', "[]"),
    ]  # fmt: skip

    def signed(self, body: bytes, secret: str) -> str:
        return base64.b64encode(hmac.new(secret.encode(), body, hashlib.sha256).digest()).decode()

    def test_ten_thousand_variants_are_as_many_as_are_kept(self) -> None:
        variants = [{"price": "1.00", "sku": f"S-{number}", "barcode": str(number + 10**9)} for number in range(10_000)]
        row = Incoming("products_update", UPDATE, [])
        body = json.dumps({**json.loads(self.body(row)), "variants": variants}).encode()
        [event] = Shopify().parse(replace(self.request(row), body=body), CONNECTION, 1)
        assert isinstance(event, ProductChanged)
        assert len(event.product.codes) == MOST_CODES

    def test_without_a_currency_there_is_no_price(self) -> None:
        [event] = Shopify().parse(self.request(self.incoming[0]), replace(CONNECTION, currency=""), 1)
        assert event == ProductChanged(product=replace(BOOTS, price_from=None, price_to=None, currency=""))

    def test_the_page_is_at_the_address_that_customers_know(self) -> None:
        [event] = Shopify().parse(self.request(self.incoming[3]), replace(CONNECTION, site="pine.example"), 1)
        assert isinstance(event, ProductChanged)
        assert event.product.url == "https://pine.example/products/gift-card"

    def test_a_huge_title_is_cut(self) -> None:
        row = Incoming("products_update", UPDATE, [], "", {"Trail": "x" * 500_000})
        [event] = Shopify().parse(self.request(row), CONNECTION, 1)
        assert isinstance(event, ProductChanged)
        assert event.product.title == "x" * 255


API = f"https://{SHOP}/admin/api/{API_VERSION}/graphql.json"
SECRETS = {"webhook_secret": "w", "access_token": "shpat-1"}
NODE = {
    "legacyResourceId": "7012345678901",
    "title": "Trail boots – Größe 42",
    "handle": "trail-boots-größe-42",
    "vendor": "Pine & Co",
    "status": "ACTIVE",
    "publishedAt": "2026-11-01T15:00:00Z",
    "updatedAt": "2026-11-20T15:30:00Z",
    "featuredMedia": {"preview": {"image": {"url": "https://cdn.shopify.com/s/files/1/0001/trail.jpg?v=17"}}},
    "priceRangeV2": {"minVariantPrice": {"amount": "129.0"}, "maxVariantPrice": {"amount": "149.0"}},
    "variants": {
        "nodes": [
            {"sku": "TB-41", "barcode": "4006381333931", "availableForSale": False},
            {"sku": "TB-42", "barcode": None, "availableForSale": True},
        ]
    },
}


def answer(*nodes: dict[str, Any], more: bool = False) -> HttpResponse:
    info = {"hasNextPage": more, "endCursor": "cursor-1" if more else None}
    data = {
        "shop": {"currencyCode": "USD"},
        "productsCount": {"count": 40},
        "products": {"pageInfo": info, "nodes": list(nodes)},
    }
    return HttpResponse(200, json.dumps({"data": data, "extensions": {"cost": {"actualQueryCost": 12}}}).encode())


def asked(given: HttpResponse | Exception) -> FakeHttp:
    return FakeHttp(Exchange("POST", API, given))


def test_the_api_says_the_same_as_a_webhook() -> None:
    page = Shopify().products_page("", CONNECTION, SECRETS, asked(answer(NODE)))
    assert page.products == (BOOTS,)
    assert (page.after, page.total) == ("", 40)


def test_pages_follow_each_other() -> None:
    http = asked(answer(NODE, more=True))
    assert Shopify().products_page("cursor-0", CONNECTION, SECRETS, http).after == "cursor-1"
    [request] = http.requests
    assert json.loads(request.body)["variables"] == {"after": "cursor-0"}
    assert request.headers["X-Shopify-Access-Token"] == "shpat-1"


@pytest.mark.parametrize(
    "broken",
    [
        {"legacyResourceId": "x"},
        {"priceRangeV2": {"minVariantPrice": {"amount": "NaN"}, "maxVariantPrice": {"amount": "1"}}},
    ],
)  # fmt: skip
def test_one_that_cannot_be_read_does_not_keep_the_others(broken: dict[str, Any]) -> None:
    page = Shopify().products_page("", CONNECTION, SECRETS, asked(answer({**NODE, **broken}, NODE)))
    assert page.products == (BOOTS,)


def test_a_product_with_next_to_nothing_is_read() -> None:
    bare = {"legacyResourceId": "1", "updatedAt": "2026-11-20T15:30:00Z"}
    [found] = Shopify().products_page("", CONNECTION, SECRETS, asked(answer(bare))).products
    assert (found.title, found.state) == ("", ProductState.HIDDEN)


THROTTLED = b'{"errors": [{"message": "Throttled", "extensions": {"code": "THROTTLED"}}]}'


@pytest.mark.parametrize(
    ("given", "error"),
    [
        (NotConnected(), CatalogueBusy),
        (NoAnswer(), CatalogueBusy),
        (HttpResponse(429, b""), CatalogueBusy),
        (HttpResponse(503, b"<html>"), CatalogueBusy),
        (HttpResponse(200, THROTTLED), CatalogueBusy),
        (HttpResponse(401, b"{}"), CatalogueRefused),
        (HttpResponse(302, b""), CatalogueRefused),
        (HttpResponse(200, b'{"errors": [{"message": "Access denied"}]}'), CatalogueRefused),
        (HttpResponse(200, b"nonsense"), CatalogueRefused),
        (HttpResponse(200, b'{"data": null}'), CatalogueRefused),
        (HttpResponse(200, b"[" * 100_000), CatalogueRefused),
    ],
)
def test_what_the_shop_may_say_instead(given: HttpResponse | Exception, error: type[Exception]) -> None:
    with pytest.raises(error) as raised:
        Shopify().products_page("", CONNECTION, SECRETS, asked(given))
    assert "shpat" not in repr(raised.value)


def test_without_an_access_token_nobody_is_asked() -> None:
    with pytest.raises(CatalogueRefused):
        Shopify().products_page("", CONNECTION, {"webhook_secret": "w"}, FakeHttp())


def test_the_shop_says_which_it_no_longer_has() -> None:
    nodes = {"data": {"nodes": [{"id": "gid://shopify/Product/1"}, None]}}
    http = asked(HttpResponse(200, json.dumps(nodes).encode()))
    assert Shopify().missing(("1", "2"), CONNECTION, SECRETS, http) == ("2",)
    with pytest.raises(CatalogueRefused):
        Shopify().missing(("1", "2", "3"), CONNECTION, SECRETS, asked(HttpResponse(200, json.dumps(nodes).encode())))


def test_pictures_are_fetched_where_the_shop_keeps_them_only() -> None:
    downloads = FakeDownloads()
    downloads.content = {BOOTS.picture: b"jpg"}
    assert Shopify().fetch_picture(BOOTS.picture, CONNECTION, downloads) == b"jpg"
    assert {origin.prefix for origin in downloads.origins} == {"https://cdn.shopify.com/", f"https://{SHOP}/cdn/"}
    assert not any(origin.private for origin in downloads.origins)


def test_a_simulator_hands_out_what_the_shop_would() -> None:
    downloads = FakeDownloads()
    downloads.content = {"http://127.0.0.1:9/shopify/cdn/s/a.jpg": b"jpg"}
    shop = Shopify("http://127.0.0.1:9/shopify")
    assert shop.fetch_picture("https://cdn.shopify.com/s/a.jpg", CONNECTION, downloads) == b"jpg"


def test_another_place_is_refused_by_who_fetches() -> None:
    from chalicelib.downloads import SafeDownloads

    with pytest.raises(MediaRefused):
        Shopify().fetch_picture("https://evil.example/a.jpg", CONNECTION, SafeDownloads(lambda *_: ["127.0.0.1"]))
