"""The simulator's shop: orders, and webhooks as Shopify sends them."""

import base64
import hashlib
import hmac
import json
from datetime import datetime
from typing import Any

import httpx
import pytest

from local.simulator import Simulator

from .conftest import NOW, PHONE, PUBLIC, SECRET, Clock, MakeSimulator, Receiver, Sleeper

pytestmark = pytest.mark.anyio
ORDER: dict[str, Any] = {
    "customer": {"first_name": "Ana", "last_name": "Souza", "phone": PHONE, "email": "ana@example.com"},
    "store_id": "s1",
    "lines": [
        {"title": "Linen shirt", "quantity": 2, "price": 4990},
        {"title": "Belt", "quantity": 1, "price": "19.05"},
    ],
}


async def place(api: httpx.AsyncClient, **changes: Any) -> dict[str, Any]:
    answer = await api.post("/api/shop/orders", json=ORDER | changes)
    assert answer.status_code == 201, answer.text
    return dict(answer.json())


def bodies(receiver: Receiver) -> list[dict[str, Any]]:
    return [json.loads(request.content) for request in receiver.requests]


def topics(receiver: Receiver) -> list[str]:
    return [request.headers["X-Shopify-Topic"] for request in receiver.requests]


async def test_order_is_announced_as_shopify_does(
    api: httpx.AsyncClient, simulator: Simulator, receiver: Receiver
) -> None:
    order = await place(api)
    assert (order["number"], order["total"], order["currency"]) == ("#1001", 11885, "USD")
    assert (order["payment"], order["fulfilment"], order["last_webhook_status"]) == ("pending", "unfulfilled", None)
    await simulator.settle()
    [request], [body] = receiver.requests, bodies(receiver)
    assert str(request.url) == f"{PUBLIC}/webhooks/shopify/shop1"
    digest = hmac.new(SECRET.encode(), request.content, hashlib.sha256).digest()
    assert request.headers["X-Shopify-Hmac-Sha256"] == base64.b64encode(digest).decode()
    assert request.headers["X-Shopify-Topic"] == "orders/create"
    assert request.headers["X-Shopify-Shop-Domain"] == "harbour.myshopify.com"
    assert request.headers["X-Shopify-Triggered-At"] == "2026-11-22T09:34:56.789000Z"
    assert request.headers["X-Shopify-Event-Id"] != request.headers["X-Shopify-Webhook-Id"]
    assert (str(body["id"]), body["name"], body["order_number"]) == (order["id"], "#1001", 1001)
    assert (body["total_price"], body["currency"], body["location_id"]) == ("118.85", "USD", 70011)
    assert (body["financial_status"], body["fulfillment_status"]) == ("pending", None)
    assert (body["cancelled_at"], body["closed_at"]) == (None, None)
    assert datetime.fromisoformat(body["created_at"]).timestamp() == NOW // 1000
    assert body["created_at"].endswith("-05:00")
    assert (body["customer"]["first_name"], body["customer"]["phone"]) == ("Ana", PHONE)
    assert [(line["title"], line["quantity"], line["price"]) for line in body["line_items"]] == [
        ("Linen shirt", 2, "49.90"),
        ("Belt", 1, "19.05"),
    ]


async def test_every_action_sends_its_webhook_in_order(
    api: httpx.AsyncClient, simulator: Simulator, receiver: Receiver, clock: Clock
) -> None:
    order = await place(api)
    for action in ("pay", "fulfil", "close"):
        clock.now += 1000
        assert (await api.post(f"/api/shop/orders/{order['id']}/{action}")).status_code == 200
    await simulator.settle()
    assert topics(receiver) == ["orders/create", "orders/paid", "orders/fulfilled", "orders/updated"]
    last = bodies(receiver)[-1]
    assert (last["financial_status"], last["fulfillment_status"]) == ("paid", "fulfilled")
    assert datetime.fromisoformat(last["closed_at"]).timestamp() == (NOW + 3000) // 1000
    assert last["updated_at"] == last["closed_at"]
    # The first body is of the moment of placing, though all were delivered later.
    assert bodies(receiver)[0]["financial_status"] == "pending"


@pytest.mark.parametrize(("paid", "financial"), [(False, "voided"), (True, "refunded")])
async def test_cancelling(
    api: httpx.AsyncClient, simulator: Simulator, receiver: Receiver, paid: bool, financial: str
) -> None:
    order = await place(api)
    if paid:
        await api.post(f"/api/shop/orders/{order['id']}/pay")
    cancelled = (await api.post(f"/api/shop/orders/{order['id']}/cancel")).json()
    assert (cancelled["cancelled_at"], cancelled["payment"]) == (NOW, financial)
    await simulator.settle()
    assert topics(receiver)[-1] == "orders/cancelled"
    assert bodies(receiver)[-1]["cancel_reason"] == "customer"


@pytest.mark.parametrize(
    ("before", "action"),
    [
        (["pay"], "pay"),
        (["fulfil"], "fulfil"),
        (["fulfil"], "cancel"),
        (["cancel"], "pay"),
        (["close"], "close"),
        (["close"], "pay"),
    ],
)
async def test_impossible_action_is_refused(
    api: httpx.AsyncClient, simulator: Simulator, receiver: Receiver, before: list[str], action: str
) -> None:
    order = await place(api)
    for earlier in before:
        await api.post(f"/api/shop/orders/{order['id']}/{earlier}")
    answer = await api.post(f"/api/shop/orders/{order['id']}/{action}")
    assert (answer.status_code, answer.json()["error"]["code"]) == (409, "not_possible")
    await simulator.settle()
    assert len(receiver.requests) == 1 + len(before)


async def test_webhook_is_tried_again_with_the_same_event_and_body(
    api: httpx.AsyncClient, simulator: Simulator, receiver: Receiver, sleeper: Sleeper
) -> None:
    receiver.answers = [503, httpx.ConnectTimeout("1 s"), httpx.ReadTimeout("5 s"), 200]
    order = await place(api)
    await api.post(f"/api/shop/orders/{order['id']}/pay")
    await simulator.settle()
    assert topics(receiver) == ["orders/create"] * 4 + ["orders/paid"]
    assert len({(r.headers["X-Shopify-Event-Id"], r.content) for r in receiver.requests[:4]}) == 1
    assert sleeper.waits == [1.0, 2.0, 4.0]
    [shown] = (await api.get("/api/state")).json()["orders"]
    assert [(event["attempts"], event["status"]) for event in shown["events"]] == [(4, 200), (1, 204)]
    assert shown["last_webhook_status"] == 204


async def test_webhook_is_given_up_after_eight_more_tries(
    api: httpx.AsyncClient, simulator: Simulator, receiver: Receiver, sleeper: Sleeper
) -> None:
    receiver.answers = [500] * 9
    order = await place(api)
    await api.post(f"/api/shop/orders/{order['id']}/pay")
    await simulator.settle()
    assert len(sleeper.waits) == 8
    assert topics(receiver) == ["orders/create"] * 9 + ["orders/paid"]


async def test_repeat_sends_the_same_event_again(
    api: httpx.AsyncClient, simulator: Simulator, receiver: Receiver
) -> None:
    await place(api)
    await simulator.settle()
    [order] = (await api.get("/api/state")).json()["orders"]
    answer = await api.post("/api/webhooks/repeat", json={"event_id": order["events"][0]["event_id"]})
    assert answer.json() == {"status": 204}
    first, second = receiver.requests
    assert (first.headers["X-Shopify-Event-Id"], first.content) == (
        second.headers["X-Shopify-Event-Id"],
        second.content,
    )


async def test_order_of_the_past(api: httpx.AsyncClient) -> None:
    assert (await place(api, placed_hours_ago=71.5))["placed_at"] == NOW - int(71.5 * 3_600_000)


async def test_customer_keeps_their_id(api: httpx.AsyncClient, simulator: Simulator, receiver: Receiver) -> None:
    for customer in ({}, {"first_name": "A."}, {"email": "else@example.com"}):
        await place(api, customer=ORDER["customer"] | customer)
        await simulator.settle()
    ids = [body["customer"]["id"] for body in bodies(receiver)]
    assert ids[0] == ids[1] != ids[2]


@pytest.mark.parametrize(
    "change",
    [
        {"store_id": "nowhere"},
        {"lines": []},
        {"lines": [{"title": " ", "quantity": 1, "price": 1}]},
        {"lines": [{"title": "x", "quantity": 0, "price": 1}]},
        {"lines": [{"title": "x", "quantity": 1, "price": -1}]},
        {"lines": [{"title": "x", "quantity": 1, "price": "1.005"}]},
        {"lines": [{"title": "x", "quantity": 1, "price": "NaN"}]},
        {"lines": [{"title": "x", "quantity": 1, "price": 1.5}]},
        {"lines": [{"title": "x" * 201, "quantity": 1, "price": 1}]},
        {"placed_hours_ago": -1},
        {"customer": {"nickname": "A"}},
        {"extra": 1},
    ],
)
async def test_bad_order_is_refused(
    api: httpx.AsyncClient, simulator: Simulator, receiver: Receiver, change: dict[str, Any]
) -> None:
    answer = await api.post("/api/shop/orders", json=ORDER | change)
    assert (answer.status_code, answer.json()["error"]["code"]) == (400, "invalid_input")
    assert simulator.state.orders == {}


async def test_interrupted_webhook_goes_on_after_a_restart(
    make: MakeSimulator, api: httpx.AsyncClient, simulator: Simulator, receiver: Receiver
) -> None:
    order = await place(api)
    await simulator.stop()
    assert receiver.requests == []
    second = make()
    await second.start()
    await second.settle()
    assert topics(receiver) == ["orders/create"]
    assert second.state.orders[order["id"]].events[0].status == 204
    assert second.state.next_order_number() == 1002
    await second.stop()


@pytest.mark.parametrize(
    ("action", "topic", "keys"),
    [
        ("request-data", "customers/data_request", {"customer", "orders_requested", "data_request"}),
        ("redact", "customers/redact", {"customer", "orders_to_redact"}),
        ("redact-shop", "shop/redact", set[str]()),
    ],
)
async def test_what_shopify_asks_for_of_a_customer(
    api: httpx.AsyncClient, simulator: Simulator, receiver: Receiver, action: str, topic: str, keys: set[str]
) -> None:
    order = await place(api)
    await simulator.settle()
    answer = await api.post(f"/api/shop/orders/{order['id']}/{action}")
    assert answer.status_code == 200, answer.text
    await simulator.settle()
    assert topics(receiver)[-1] == topic
    first, asked = bodies(receiver)[0], bodies(receiver)[-1]
    assert set(asked) == keys | {"shop_id", "shop_domain"}
    if keys:
        assert asked["customer"]["id"] == first["customer"]["id"]


async def test_another_platform_asks_for_nothing(api: httpx.AsyncClient) -> None:
    order = await place(api, platform="generic")
    assert (await api.post(f"/api/shop/orders/{order['id']}/redact")).status_code == 409
