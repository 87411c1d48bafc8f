"""The simulated shop and payment providers speak as the adapters do, so that a cart can be tried from end to end."""

from typing import Any

import anyio.from_thread
import httpx
import pytest
from msgspec.structs import replace

from chalicelib.domain.cart_contents import CartLine, Contents, Destination, LineProblem
from chalicelib.domain.events import CartPaid
from chalicelib.domain.merchants import Connection
from chalicelib.payments.adyen import Adyen
from chalicelib.payments.stripe import Stripe
from chalicelib.shops.shopify import Shopify
from chalicelib.usecases.ports import Basket, Bill, HttpResponse, WebhookRequest
from local.simulator import Simulator
from tests.payments.samples import BILL
from tests.simulator.conftest import NOW, PUBLIC, Receiver

pytestmark = pytest.mark.anyio
SHOP = Connection(
    id="shop1", merchant_id="m", provider="shopify", secret_ref="", store_id="s1", account="harbour.myshopify.com"
)
TOKEN = {"access_token": "shpat-of-the-simulator"}
ADYEN = replace(SHOP, id="ad1", provider="adyen", account="HarbourECOM")
STRIPE = replace(SHOP, id="st1", provider="stripe", account="")
KEYS = {
    "ad1": {"api_key": "a-key", "hmac_key": "ab" * 32},
    "st1": {"api_key": "s-key", "webhook_secret": "whsec-of-stripe"},
}
BASE = "http://shop.test:8000"
OPEN = replace(BILL, expires_at=NOW + 3_600_000)
AT = Destination(address1="1 Pike St", city="Seattle", zip="98101", country_code="US")


ACTS = [("pay", [2480]), ("twice", [2480, 2480]), ("less", [2479]), ("expire", [])]


class Through:
    """The adapters' HTTP, into the simulator."""

    def __init__(self, api: httpx.AsyncClient) -> None:
        self._api = api

    def request(self, method: str, url: str, *, headers: dict[str, str], body: bytes, timeout: float) -> HttpResponse:
        answer = anyio.from_thread.run(self._ask, method, url, headers, body)
        return HttpResponse(answer.status_code, answer.content)

    async def _ask(self, method: str, url: str, headers: dict[str, str], body: bytes) -> httpx.Response:
        return await self._api.request(method, url, headers=headers, content=body)


async def of(ask: Any, *given: Any) -> Any:
    return await anyio.to_thread.run_sync(lambda: ask(*given))


def basket(simulator: Simulator, **fields: Any) -> Basket:
    simulator.products.stock_up()
    belt = simulator.products.all()[8]
    return Basket(contents=Contents(lines=(CartLine(product_id="p", quantity=2),), **fields), product_ids=(belt.id,))


async def test_a_cart_is_calculated_drafted_once_and_becomes_one_order(
    simulator: Simulator, api: httpx.AsyncClient, receiver: Receiver
) -> None:
    shop, http = Shopify(f"{BASE}/shopify"), Through(api)
    asked = basket(simulator, discount_code="TEN", destination=AT, rate="standard")
    offer = await of(shop.cart_offer, asked, SHOP, TOKEN, http)
    assert offer.totals.adds_up(offer.lines)
    assert (offer.totals.subtotal, offer.totals.total) == (7900, 7900 - 790 + 500 + 568)
    assert [rate.handle for rate in offer.rates] == ["standard", "express"]
    ready = replace(asked, contents=replace(asked.contents, lines=offer.lines))
    draft = await of(shop.draft_order, ready, "c.k.1", SHOP, TOKEN, http)
    assert await of(shop.draft_order, ready, "c.k.1", SHOP, TOKEN, http) == draft
    assert draft.offer.totals == offer.totals
    number = await of(shop.make_order, draft.id, SHOP, TOKEN, http)
    assert await of(shop.make_order, draft.id, SHOP, TOKEN, http) == number
    (order,) = simulator.state.orders.values()
    assert (order.number, order.total, order.payment) == (number, offer.totals.total, "paid")


async def test_variants_are_to_be_chosen_and_what_is_gone_is_named(
    simulator: Simulator, api: httpx.AsyncClient
) -> None:
    shop, http = Shopify(f"{BASE}/shopify"), Through(api)
    belts = basket(simulator)
    shirt, shoes = simulator.products.all()[0], simulator.products.all()[12]
    for product_id, problem in (
        (shirt.id, LineProblem.CHOOSE),
        (shoes.id, LineProblem.SOLD_OUT),
        ("1", LineProblem.GONE),
    ):
        offer = await of(shop.cart_offer, replace(belts, product_ids=(product_id,)), SHOP, TOKEN, http)
        assert offer.lines[0].problem is problem


@pytest.mark.parametrize(("adapter", "till"), [(Adyen, ADYEN), (Stripe, STRIPE)])
@pytest.mark.parametrize(
    ("act", "amounts"), [("pay", [2480]), ("twice", [2480, 2480]), ("less", [2479]), ("expire", [])]
)
async def test_a_link_is_paid_on_its_page_and_reported_as_it_was(
    adapter: Any, till: Connection, act: str, amounts: list[int], api: httpx.AsyncClient, receiver: Receiver
) -> None:
    made, http = adapter(f"{BASE}/{till.provider}"), Through(api)
    link = await of(made.payment_link, OPEN, till, KEYS[till.id], http)
    assert await of(made.payment_link, OPEN, till, KEYS[till.id], http) == link, "one for its key"
    page = link.url.replace("/simulator/", "/")
    assert "24.80 USD" in (await api.get(page)).text
    await api.post(page, content=f"do={act}")
    await api.post(page, content="do=pay")
    reports = [_read(request, made, till) for request in receiver.requests]
    assert [each.payment.amount for each in reports] == amounts
    assert {each.reference for each in reports} <= {OPEN.reference}
    assert len({each.payment.reference for each in reports}) == len(reports)


def _read(request: httpx.Request, made: Any, till: Connection) -> CartPaid:
    assert str(request.url) == f"{PUBLIC}/webhooks/{till.provider}/{till.id}"
    headers = {name.lower(): value for name, value in request.headers.items()}
    came = WebhookRequest(method="POST", url=str(request.url), headers=headers, body=request.content)
    made.verify(came, till, KEYS[till.id])
    (event,) = made.parse(came, till, NOW)
    assert isinstance(event, CartPaid)
    return event


@pytest.mark.parametrize(("adapter", "till"), [(Adyen, ADYEN), (Stripe, STRIPE)])
async def test_a_link_that_is_closed_or_too_old_takes_no_money(
    adapter: Any, till: Connection, api: httpx.AsyncClient, receiver: Receiver
) -> None:
    made, http = adapter(f"{BASE}/{till.provider}"), Through(api)

    async def page(bill: Bill) -> str:
        link = await of(made.payment_link, bill, till, KEYS[till.id], http)
        if bill is OPEN:
            await of(made.close_link, link, till, KEYS[till.id], http)
            await of(made.close_link, link, till, KEYS[till.id], http)
        return str(link.url).replace("/simulator/", "/")

    for bill in (OPEN, replace(OPEN, reference="c.old.1", expires_at=NOW)):
        answer = await api.post(await page(bill), content="do=pay")
        assert "no money any more" in answer.text
    assert receiver.requests == []


async def test_what_is_not_allowed_is_refused(api: httpx.AsyncClient) -> None:
    for path in ("/adyen/paymentLinks", "/stripe/v1/checkout/sessions"):
        assert (await api.post(path, content="{}")).status_code == 401
    right = {"x-api-key": "a-key"}
    assert (await api.post("/adyen/paymentLinks", content="{}", headers=right)).status_code == 422
    bearer = {"authorization": "Bearer s-key"}
    assert (await api.post("/stripe/v1/checkout/sessions", content="", headers=bearer)).status_code == 400
    assert (await api.get("/adyen/pay/none")).status_code == 404
    assert (await api.post("/adyen/pay/none", content="do=pay")).status_code == 404
