"""The simulator's shop at other platforms: what our adapters make of what it says is what it meant."""

from typing import Any

import httpx
import pytest

from chalicelib.domain.events import OrderChanged
from chalicelib.domain.merchants import Connection
from chalicelib.domain.orders import Fulfilment, Payment
from chalicelib.shops import shop
from chalicelib.usecases.ports import WebhookRequest
from local.simulator import Simulator

from .conftest import NOW, PHONE, PUBLIC, SECRET, SITE, Clock, Receiver
from .test_shop import ORDER, place

pytestmark = pytest.mark.anyio
PLACES = {"woocommerce": ("woo1", SITE), "generic": ("own1", "harbour")}


def heard(receiver: Receiver, platform: str, now: int) -> list[OrderChanged]:
    """What our adapter reads, signatures and all."""
    connection_id, account = PLACES[platform]
    connection = Connection(
        id=connection_id, merchant_id="m1", provider=platform, secret_ref="x", store_id="s1", account=account
    )
    adapter, events = shop(platform), []
    for request in receiver.requests:
        assert str(request.url) == f"{PUBLIC}/webhooks/{platform}/{connection_id}"
        headers = {name.lower(): value for name, value in request.headers.items()}
        webhook = WebhookRequest(method="POST", url=str(request.url), headers=headers, body=request.content)
        adapter.verify(webhook, connection, {"webhook_secret": SECRET})
        [event] = adapter.parse(webhook, connection, now)
        assert isinstance(event, OrderChanged)
        events.append(event)
    return events


@pytest.mark.parametrize("platform", PLACES)
async def test_an_order_is_announced_as_the_platform_does(
    platform: str, api: httpx.AsyncClient, simulator: Simulator, receiver: Receiver
) -> None:
    order = await place(api, platform=platform)
    assert order["platform"] == platform
    await simulator.settle()
    [event] = heard(receiver, platform, NOW)
    assert (event.external_id, event.number, event.total) == (order["id"], "#1001", 11885)
    assert (event.payment, event.fulfilment) == (Payment.PENDING, Fulfilment.UNFULFILLED)
    assert (event.customer.first_name, event.customer.phone) == ("Ana", PHONE)
    assert [(line.title, line.quantity, line.price) for line in event.lines] == [
        ("Linen shirt", 2, 4990),
        ("Belt", 1, 1905),
    ]


@pytest.mark.parametrize("platform", PLACES)
@pytest.mark.parametrize(
    ("actions", "payment", "fulfilment", "ended"),
    [
        (("pay", "fulfil"), Payment.PAID, Fulfilment.FULFILLED, (False, False)),
        (("pay", "close"), Payment.PAID, Fulfilment.UNFULFILLED, (False, True)),
        (("cancel",), Payment.PENDING, Fulfilment.UNFULFILLED, (True, False)),
    ],
)
async def test_every_change_is_announced(
    platform: str,
    actions: tuple[str, ...],
    payment: Payment,
    fulfilment: Fulfilment,
    ended: tuple[bool, bool],
    api: httpx.AsyncClient,
    simulator: Simulator,
    receiver: Receiver,
    clock: Clock,
) -> None:
    order = await place(api, platform=platform)
    for action in actions:
        clock.now += 1000
        assert (await api.post(f"/api/shop/orders/{order['id']}/{action}")).status_code == 200
    await simulator.settle()
    events = heard(receiver, platform, clock.now)
    assert len(events) == len({event.event_id for event in events}) == 1 + len(actions)
    last = events[-1]
    assert (last.payment, last.fulfilment) == (payment, fulfilment)
    assert (last.cancelled_at is not None, last.closed_at is not None) == ended


async def test_the_page_is_told_where_the_shop_is(api: httpx.AsyncClient) -> None:
    state: dict[str, Any] = (await api.get("/api/state")).json()
    assert state["platforms"] == ["shopify", "woocommerce", "generic"]


async def test_an_order_at_no_platform_of_the_shops_is_refused(api: httpx.AsyncClient, receiver: Receiver) -> None:
    answer = await api.post("/api/shop/orders", json={**ORDER, "platform": "market-stall"})
    assert (answer.status_code, receiver.requests) == (400, [])


async def test_an_order_at_woocommerce_belongs_to_the_connections_store(api: httpx.AsyncClient) -> None:
    stores = {store["id"] for store in (await api.get("/api/state")).json()["stores"]}
    assert len(stores) > 1
    for store in stores:
        assert (await place(api, platform="woocommerce", store_id=store))["store_id"] == "s1"
        assert (await place(api, platform="generic", store_id=store))["store_id"] == store
