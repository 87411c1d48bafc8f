"""The control API: phones, state, events, errors, and that docs/simulator.md names every route."""

import asyncio
import re
from pathlib import Path
from typing import Any

import httpx
import pytest

from local.simulator import Behaviour, Customer, OrderLine, Simulator, app_of, create_app
from local.simulator.app import control_routes
from local.simulator.behaviours import (
    AWS_SMS_ERRORS,
    AWS_SMS_EVENTS,
    AWS_SMS_OUTCOMES,
    ERROR_TEXTS,
    TWILIO_OUTCOMES,
    VONAGE_OUTCOMES,
)
from local.simulator.mail.behaviours import MAIL_OUTCOMES
from local.simulator.phonebook import DEMO_PHONES

from .conftest import NOW, PHONE, STORE, MakeSimulator, Receiver

pytestmark = pytest.mark.anyio
DOCUMENT = (Path(__file__).parents[2] / "docs" / "simulator.md").read_text()


async def test_document_names_every_route(simulator: Simulator) -> None:
    routes = {
        f"{method} {route.path}"
        for route in control_routes(simulator)
        for method in (route.methods or set()) - {"HEAD"}
    }
    assert set(re.findall(r"^### `(.+)`$", DOCUMENT, re.MULTILINE)) == routes


async def test_document_names_every_behaviour() -> None:
    rows = _behaviours("a phone")
    assert set(TWILIO_OUTCOMES) == set(VONAGE_OUTCOMES) == set(Behaviour) == set(rows)
    for outcomes in (TWILIO_OUTCOMES, VONAGE_OUTCOMES):
        for behaviour, outcome in outcomes.items():
            assert str(outcome.answer_status) in rows[behaviour]
            for code in (outcome.answer_code, outcome.callback_code):
                assert not code or (code in ERROR_TEXTS and str(code) in rows[behaviour])


async def test_document_names_what_aws_says_of_each() -> None:
    rows = _behaviours("a phone")
    assert set(AWS_SMS_OUTCOMES) == set(rows)
    for behaviour, outcome in AWS_SMS_OUTCOMES.items():
        refusal = ", ".join(filter(None, AWS_SMS_ERRORS.get(outcome.answer_code, ())))
        for fact in (str(outcome.answer_status), refusal, AWS_SMS_EVENTS.get(outcome.callback_code, "")):
            assert fact in rows[behaviour]


async def test_document_names_every_behaviour_of_a_mailbox() -> None:
    rows = _behaviours("a mailbox")
    assert set(rows) == set(MAIL_OUTCOMES)
    for behaviour, outcome in MAIL_OUTCOMES.items():
        bounce = f"{outcome.bounce.kind}, {outcome.bounce.detail}" if outcome.bounce else ""
        for fact in (str(outcome.answer_status), outcome.error, bounce):
            assert fact in rows[behaviour]


def _behaviours(whose: str) -> dict[str, str]:
    section = DOCUMENT.split(f"## Behaviours of {whose}\n")[1].split("\n## ")[0]
    return dict(re.findall(r"^\| `(\w+)` \| (\d{3}.*)$", section, re.MULTILINE))


async def test_demo_has_a_phone_for_every_behaviour(simulator: Simulator) -> None:
    simulator.seed_demo_phones()
    assert {phone.behaviour for phone in simulator.state.phones.values()} == set(Behaviour)
    assert len({number for number, _, _ in DEMO_PHONES}) == len(DEMO_PHONES)


async def test_state_shows_everything(api: httpx.AsyncClient) -> None:
    state = (await api.get("/api/state")).json()
    assert state["stores"][0] == {"id": "s1", "name": "Harbour", "number": STORE, "channel": "sms"}
    assert state["shop"] == {"connection_id": "shop1", "domain": "harbour.myshopify.com", "lose_next_webhook": False}
    [phone] = state["phones"]
    assert (phone["number"], phone["name"], phone["behaviour"], phone["texts"]) == (PHONE, "Ana Souza", "normal", [])


async def test_phone_is_added_changed_and_removed(api: httpx.AsyncClient) -> None:
    added = await api.post("/api/phones", json={})
    assert (added.status_code, added.json()["number"]) == (201, "+12125550150")
    path = f"/api/phones/{added.json()['number'].replace('+', '%2B')}"
    changed = (await api.patch(path, json={"name": " Ben ", "behaviour": "off"})).json()
    assert (changed["name"], changed["behaviour"]) == ("Ben", "off")
    assert (await api.delete(path)).status_code == 204
    assert (await api.get(path)).status_code == 404


async def test_removed_phone_takes_its_texts_along(api: httpx.AsyncClient, simulator: Simulator) -> None:
    await api.post(f"/api/phones/{PHONE}/texts", json={"to": STORE, "body": "x"})
    await simulator.settle()
    await api.delete(f"/api/phones/{PHONE}")
    await api.post("/api/phones", json={"number": PHONE})
    assert (await api.get(f"/api/phones/{PHONE}")).json()["texts"] == []
    assert simulator.state.messages == {}


BAD: list[tuple[str, str, Any, int, str]] = [
    ("POST", "/api/phones", {"number": "0123"}, 400, "invalid_input"),
    ("POST", "/api/phones", {"number": PHONE}, 409, "already_exists"),
    ("POST", "/api/phones", {"name": " "}, 400, "invalid_input"),
    ("POST", "/api/phones", {"name": "x" * 81}, 400, "invalid_input"),
    ("POST", "/api/phones", {"behaviour": "moody"}, 400, "invalid_input"),
    ("POST", "/api/phones", {"colour": "red"}, 400, "invalid_input"),
    ("POST", "/api/phones", [], 400, "invalid_input"),
    ("PATCH", "/api/phones/+1999", {"name": "x"}, 404, "not_found"),
    ("DELETE", "/api/phones/+1999", None, 404, "not_found"),
    ("POST", f"/api/phones/{PHONE}/texts", {"to": "+19999999999", "body": "x"}, 400, "invalid_input"),
    ("POST", f"/api/phones/{PHONE}/texts", {"to": STORE, "body": ""}, 400, "invalid_input"),
    ("POST", f"/api/phones/{PHONE}/texts", {"to": STORE, "body": "x" * 1601}, 400, "invalid_input"),
    ("POST", f"/api/phones/{PHONE}/texts", {"to": STORE, "media_urls": ["x:y"]}, 400, "invalid_input"),
    ("POST", f"/api/phones/{PHONE}/texts", {"to": STORE, "media_urls": ["http://x"] * 11}, 400, "invalid_input"),
    ("POST", f"/api/phones/{PHONE}/texts", {"body": "x" * 70_000}, 413, "too_large"),
    ("POST", "/api/shop/orders/1/pay", None, 404, "not_found"),
    ("POST", "/api/webhooks/repeat", {}, 400, "invalid_input"),
    ("POST", "/api/webhooks/repeat", {"sid": "a", "event_id": "b"}, 400, "invalid_input"),
    ("POST", "/api/webhooks/repeat", {"sid": "a"}, 404, "not_found"),
    ("POST", "/api/webhooks/repeat", {"event_id": "b"}, 404, "not_found"),
    ("GET", "/api/nothing", None, 404, "not_found"),
    ("PUT", "/api/state", {}, 405, "method_not_allowed"),
]


@pytest.mark.parametrize(("method", "path", "body", "status", "code"), BAD)
async def test_bad_request_gets_one_shape(
    api: httpx.AsyncClient, *, method: str, path: str, body: Any, status: int, code: str
) -> None:
    answer = await api.request(method, path, json=body)
    assert (answer.status_code, answer.json()["error"]["code"]) == (status, code)
    assert answer.json()["error"]["message"]


async def test_body_must_be_json(api: httpx.AsyncClient) -> None:
    plain = await api.post("/api/phones", content="{}", headers={"Content-Type": "text/plain"})
    assert plain.status_code == 415
    for content in (b"{", b"\xff\xfe", b""):
        broken = await api.post("/api/phones", content=content, headers={"Content-Type": "application/json"})
        assert broken.status_code == 400


@pytest.mark.parametrize(
    ("origin", "status"),
    [
        ("http://shop.test:8000", 201),
        ("http://127.0.0.1:5173", 201),
        ("https://evil.example", 403),
        ("null", 403),
        ("http://localhost.evil.example", 403),
    ],
)
async def test_other_sites_are_refused(api: httpx.AsyncClient, origin: str, status: int) -> None:
    answer = await api.post("/api/phones", json={}, headers={"Origin": origin})
    assert answer.status_code == status


async def test_spaces_only_and_longest_text_are_texts(api: httpx.AsyncClient) -> None:
    for body in ("   ", "x" * 1600):
        assert (await api.post(f"/api/phones/{PHONE}/texts", json={"to": STORE, "body": body})).status_code == 201


async def test_events_tell_of_changes_and_end_with_the_simulator(simulator: Simulator) -> None:
    stream = simulator.feed.stream()
    assert "event: changed" in await anext(stream)
    assert (await anext(stream)).startswith(":")
    simulator.seed_phone("+12125550177", "New")
    assert "event: changed" in await anext(stream)
    simulator.feed.close()
    assert [chunk async for chunk in stream if not chunk.startswith(":")] == []


async def test_events_are_served_as_an_event_stream(simulator: Simulator) -> None:
    sent: list[dict[str, Any]] = []
    scope = {
        "type": "http", "method": "GET", "path": "/api/events", "raw_path": b"/api/events", "root_path": "",
        "query_string": b"", "headers": [], "scheme": "http", "server": ("test", 80), "http_version": "1.1",
    }  # fmt: skip

    async def receive() -> dict[str, Any]:
        await asyncio.Event().wait()
        return {}

    async def send(message: Any) -> None:
        sent.append(message)
        if message.get("body"):
            simulator.feed.close()

    await app_of(simulator)(scope, receive, send)
    assert (b"content-type", b"text/event-stream; charset=utf-8") in sent[0]["headers"]
    assert b"event: changed" in sent[1]["body"]


async def test_everything_survives_a_restart(make: MakeSimulator, api: httpx.AsyncClient, simulator: Simulator) -> None:
    await api.patch(f"/api/phones/{PHONE}", json={"behaviour": "slow", "name": "Ana S."})
    await api.post(f"/api/phones/{PHONE}/texts", json={"to": STORE, "body": "kept"})
    order = {"customer": {"phone": PHONE}, "store_id": "s1", "lines": [{"title": "Belt", "price": 100}]}
    await api.post("/api/shop/orders", json=order)
    await simulator.settle()
    await simulator.stop()
    second = make()
    second.seed_phone(PHONE, "Ana Souza")
    assert second.public_state() == simulator.public_state()
    second.state.remove_phone(PHONE)
    assert second.state.messages == {}


async def test_changes_are_saved_soon_without_a_stop(make: MakeSimulator, simulator: Simulator) -> None:
    await simulator.start()
    await asyncio.sleep(0.02)
    assert list(make().state.phones) == [PHONE]


async def test_unreadable_state_file_is_moved_aside(make: MakeSimulator, simulator: Simulator) -> None:
    path = simulator.config.state_file
    assert path is not None
    simulator.state.flush()
    path.write_text("{")
    assert make().state.phones == {}
    assert path.with_name("simulator.json.unreadable").read_text() == "{"


async def test_seeding_sends_nothing(simulator: Simulator, receiver: Receiver) -> None:
    customer = Customer(first_name="Ana", phone=PHONE)
    line = OrderLine(title="Belt", quantity=1, price=100)
    order = simulator.seed_order(customer, "s1", [line], NOW, payment="paid")
    simulator.seed_text(PHONE, STORE, "Hi", NOW, from_phone=True)
    await simulator.start()
    await simulator.settle()
    assert receiver.requests == []
    assert simulator.payload(order)["financial_status"] == "paid"
    assert simulator.public_state()["phones"][0]["texts"][0]["status"] == "delivered"
    await simulator.stop()


async def test_alone_it_starts_and_stops_itself(simulator: Simulator) -> None:
    app = create_app(simulator.config)
    async with app.router.lifespan_context(app):
        assert isinstance(app.state.simulator, Simulator)
