"""The shop's catalogue: its Admin API as the adapter reads it, its pictures, and its webhooks."""

import asyncio
from typing import Any

import httpx
import msgspec
import pytest

from chalicelib.domain.events import ProductChanged
from chalicelib.domain.media import kind_of
from chalicelib.domain.merchants import Connection
from chalicelib.domain.products import Product
from chalicelib.shops.shopify import Shopify
from chalicelib.usecases.ports import CatalogueRefused, HttpResponse, WebhookRequest
from local.simulator.app import app_of
from local.simulator.shopify.api import drawn
from local.simulator.shopify.products import ProductChange
from local.simulator.simulator import Simulator

TOKEN = "shpat-of-the-simulator"
CONNECTION = Connection(
    id="shop1", merchant_id="m", provider="shopify", secret_ref="r", store_id="s1", account="harbour.myshopify.com",
    currency="USD",
)  # fmt: skip


class InProcess:
    """ports.Http, whose requests reach the simulator without a socket."""

    def __init__(self, simulator: Simulator) -> None:
        self._app = app_of(simulator)

    def request(self, method: str, url: str, *, headers: dict[str, str], body: bytes, timeout: float) -> HttpResponse:
        async def ask() -> httpx.Response:
            async with httpx.AsyncClient(transport=httpx.ASGITransport(self._app)) as client:
                return await client.request(method, url, headers=headers, content=body)

        answer = asyncio.run(ask())
        return HttpResponse(answer.status_code, answer.content)


@pytest.fixture
def stocked(simulator: Simulator) -> Simulator:
    simulator.products.stock_up()
    return simulator


def catalogue(simulator: Simulator, token: str = TOKEN) -> list[Product]:
    shop, http, found, after = Shopify("http://sim/shopify"), InProcess(simulator), list[Product](), ""
    while True:
        page = shop.products_page(after, CONNECTION, {"access_token": token}, http)
        found += page.products
        after = page.after
        if not after:
            assert page.total == len(found)
            return found


def test_the_whole_catalogue_is_read_page_by_page(stocked: Simulator) -> None:
    found = catalogue(stocked)
    assert len(found) == 40
    assert all(each.is_listed and each.price and each.url and each.codes for each in found)
    assert sum(not each.available for each in found) == 2
    assert [each.title for each in found if not each.picture] == ["Gift card"]
    assert any(len(each.title) > 150 for each in found)
    assert len({code for each in found for code in each.codes}) == sum(len(each.codes) for each in found)


def test_a_webhook_says_the_same_as_the_api(stocked: Simulator) -> None:
    product = stocked.products.all()[0]

    async def change() -> None:
        stocked.products.change(product, ProductChange(price=100))
        stocked.products.change(product, ProductChange(title="Renamed", stock=0))

    asyncio.run(change())
    [told] = Shopify().parse(
        WebhookRequest(
            method="POST",
            url="",
            headers={"x-shopify-topic": product.events[-1].topic},
            body=product.events[-1].body.encode(),
        ),
        CONNECTION,
        1,
    )
    assert isinstance(told, ProductChanged)
    assert catalogue(stocked)[0] == told.product
    assert (told.product.title, told.product.price, told.product.available) == ("Renamed", "$1.00", False)


def test_what_is_deleted_is_gone_and_said_to_be(stocked: Simulator) -> None:
    product = stocked.products.all()[3]

    async def delete() -> None:
        stocked.products.delete(product)

    asyncio.run(delete())
    assert (product.events[-1].topic, msgspec.json.decode(product.events[-1].body)) == (
        "products/delete",
        {"id": int(product.id)},
    )
    ids = tuple(each.id for each in (product, stocked.products.all()[0]))
    missing = Shopify("http://sim/shopify").missing(ids, CONNECTION, {"access_token": TOKEN}, InProcess(stocked))
    assert missing == (product.id,)
    assert product.id not in {each.external_id for each in catalogue(stocked)}


def test_another_token_is_refused(stocked: Simulator) -> None:
    with pytest.raises(CatalogueRefused):
        catalogue(stocked, "wrong")


def test_its_pictures_are_pictures(stocked: Simulator) -> None:
    content = drawn("#7a8b69")
    assert kind_of(content) == "image/png"
    product = stocked.products.all()[0]
    http = InProcess(stocked)
    url = f"http://sim/shopify/cdn/simulator/{product.id}.png"
    answer = http.request("GET", url, headers={}, body=b"", timeout=1)
    assert (answer.status, kind_of(answer.body)) == (200, "image/png")


@pytest.mark.parametrize("wrong", [{"title": " "}, {"title": "x" * 201}, {"price": -1}, {"stock": -1}, {"stock": 1001}])
def test_nonsense_is_refused(stocked: Simulator, wrong: dict[str, Any]) -> None:
    from local.simulator.errors import ControlError

    with pytest.raises(ControlError):
        stocked.products.change(stocked.products.all()[0], ProductChange(**wrong))
