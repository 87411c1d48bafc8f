"""The simulated payment page speaks as docs/credits.md says, to the adapter that a deployment has."""

import httpx
import pytest

from chalicelib.domain.credits import Purchase, PurchaseState
from chalicelib.payments.hosted import HostedPayments
from chalicelib.usecases.ports import HttpResponse
from tests.fakes.http import Exchange, FakeHttp

pytestmark = pytest.mark.anyio
PURCHASE = Purchase(id="p1", merchant_id="m", store_id="s", by_id="mia", pack=1000, price=1000, created_at=1)
BACK = "http://shop.test:8000/#/stores/s/settings/credits"


async def outcome(api: httpx.AsyncClient) -> PurchaseState:
    answer = await api.get("/payments/s/p1/state")
    told = Exchange("GET", "http://x.test/payments/s/p1/state", HttpResponse(answer.status_code, answer.content))
    return HostedPayments("http://x.test", FakeHttp(told)).outcome(PURCHASE)


@pytest.mark.parametrize("state", [PurchaseState.PAID, PurchaseState.DECLINED])
async def test_a_purchase_is_paid_or_declined_once_and_leads_back(api: httpx.AsyncClient, state: PurchaseState) -> None:
    address = HostedPayments("http://shop.test:8000", FakeHttp()).page(PURCHASE, BACK)
    assert await outcome(api) is PurchaseState.PENDING
    assert "1000 credits: 10.00 USD" in (await api.get(address)).text
    assert await outcome(api) is PurchaseState.PENDING
    answer = await api.post(address, content=f"state={state}")
    assert (answer.status_code, answer.headers["location"]) == (303, BACK)
    await api.post(address, content="state=paid")
    assert await outcome(api) is state


async def test_a_price_that_the_payer_made_up_is_not_the_price(api: httpx.AsyncClient) -> None:
    address = HostedPayments("http://shop.test:8000", FakeHttp()).page(PURCHASE, BACK)
    cheap = address.replace("amount=1000", "amount=1")
    await api.get(cheap)
    await api.post(cheap, content="state=paid")
    assert await outcome(api) is PurchaseState.DECLINED


async def test_it_leads_nowhere_else_and_knows_no_other_orders(api: httpx.AsyncClient) -> None:
    address = HostedPayments("http://shop.test:8000", FakeHttp()).page(PURCHASE, "https://evil.test/")
    assert (await api.post(address, content="state=paid")).status_code == 404
    await api.get(address)
    assert (await api.post(address, content="state=eaten")).status_code == 404
    assert (await api.post(address, content="state=paid")).headers["location"] == "/"
    assert (await api.get("/payments/s/p2?amount=x")).status_code == 400
