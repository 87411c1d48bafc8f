"""The shop's orders in its Admin API, as the adapter reads them; and a webhook that is lost."""

import asyncio

import httpx
import pytest
from msgspec.structs import replace

from chalicelib.domain.events import Event, OrderChanged
from chalicelib.shops.shopify import Shopify
from chalicelib.usecases.ports import WebhookRequest
from local.simulator import Simulator
from local.simulator.records import Customer, ShopOrder
from local.simulator.shopify.shop import NewLine, NewOrder

from .conftest import NOW, PHONE, Receiver
from .test_products import CONNECTION, TOKEN, InProcess
from .test_shop import ORDER

ANA = Customer(first_name="Ana", last_name="Souza", phone=PHONE, email="ana@example.com")


def placed(simulator: Simulator, platform: str = "shopify") -> ShopOrder:
    async def place() -> ShopOrder:
        lines = [NewLine(title="Belt", price=1905, quantity=2)]
        return simulator.desk.place(NewOrder(customer=ANA, store_id="s1", lines=lines, platform=platform))

    return asyncio.run(place())


def read(simulator: Simulator, since: int = 0) -> list[OrderChanged]:
    shop, http, found, after = Shopify("http://sim/shopify"), InProcess(simulator), list[OrderChanged](), ""
    while True:
        page = shop.orders_page(since, after, CONNECTION, {"access_token": TOKEN}, http)
        found += page.orders
        after = page.after
        if not after:
            return found


def told(order: ShopOrder) -> Event:
    last = order.events[-1]
    given = {"x-shopify-topic": last.topic, "x-shopify-event-id": last.event_id}
    request = WebhookRequest(method="POST", url="", headers=given, body=last.body.encode())
    [event] = Shopify().parse(request, CONNECTION, 1)
    return event


def test_it_says_what_the_webhooks_say(simulator: Simulator) -> None:
    orders = [placed(simulator) for _ in range(5)]

    async def move() -> None:
        simulator.desk.act(orders[1], "pay")
        simulator.desk.act(orders[1], "fulfil")
        simulator.desk.act(orders[2], "cancel")
        simulator.desk.act(orders[3], "close")

    asyncio.run(move())
    found = {each.external_id: replace(each, event_id="") for each in read(simulator)}
    assert len(found) == 5
    for order in orders:
        event = told(order)
        assert isinstance(event, OrderChanged)
        assert found[order.id] == replace(event, event_id="")


def test_only_what_changed_since_and_only_of_this_platform(simulator: Simulator) -> None:
    placed(simulator, "woocommerce")
    order = placed(simulator)
    assert [each.external_id for each in read(simulator, NOW - 1_000)] == [order.id]
    assert read(simulator, NOW + 1_000) == []


@pytest.mark.anyio
async def test_a_webhook_may_be_lost(api: httpx.AsyncClient, simulator: Simulator, receiver: Receiver) -> None:
    assert (await api.patch("/api/shop", json={"lose_next_webhook": True})).status_code == 204
    assert (await api.get("/api/state")).json()["shop"]["lose_next_webhook"] is True
    lost = (await api.post("/api/shop/orders", json=ORDER)).json()
    assert (await api.get("/api/state")).json()["shop"]["lose_next_webhook"] is False
    await simulator.settle()
    assert receiver.requests == []
    assert (lost["events"][0]["lost"], lost["events"][0]["done"]) == (True, True)
    await api.post("/api/shop/orders", json=ORDER)
    await simulator.settle()
    assert len(receiver.requests) == 1
    assert (await api.patch("/api/shop", json={"lose_next_webhook": "maybe"})).status_code == 400
