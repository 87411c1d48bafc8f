"""The simulator against Meta's documentation: signatures, answers, the way of a message at WhatsApp."""

import hashlib
import hmac
import json
from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from local.simulator import Simulator

from .conftest import (
    ACCESS_TOKEN,
    APP_SECRET,
    NOW,
    NUMBER_ID,
    PHONE,
    PUBLIC,
    STORE,
    WHATSAPP_ACCOUNT,
    WHATSAPP_STORE,
    Clock,
    MakeSimulator,
    Receiver,
    Sleeper,
)

pytestmark = pytest.mark.anyio
WEBHOOK_URL = f"{PUBLIC}/webhooks/meta/wa1"
DAY = 86_400_000
TEXT = {
    "messaging_product": "whatsapp",
    "recipient_type": "individual",
    "to": PHONE,
    "type": "text",
    "text": {"preview_url": True, "body": "Hello"},
    "biz_opaque_callback_data": "our-reference",
}
PARAMETERS = [{"type": "text", "text": "Ana"}, {"type": "text", "text": "#1"}]
READY: dict[str, Any] = {
    "name": "ready",
    "language": {"code": "en_US"},
    "components": [{"type": "body", "parameters": PARAMETERS}],
}
TEMPLATE: dict[str, Any] = {"type": "template", "template": READY}


async def send(api: httpx.AsyncClient, token: str = ACCESS_TOKEN, number_id: str = NUMBER_ID, **fields: Any) -> Any:
    headers = {"Authorization": f"Bearer {token}"}
    return await api.post(f"/meta/v25.0/{number_id}/messages", json=TEXT | fields, headers=headers)


async def write(api: httpx.AsyncClient, body: str = "Hi", **fields: Any) -> Any:
    answer = await api.post(f"/api/phones/{PHONE}/texts", json={"to": WHATSAPP_STORE, "body": body, **fields})
    return answer.json()


async def shown(api: httpx.AsyncClient, kind: str = "texts") -> list[tuple[str, str, int | None]]:
    texts = (await api.get(f"/api/phones/{PHONE}")).json()[kind]
    return [(text["body"], text["status"], text["error_code"]) for text in texts if text["direction"] == "in"]


def contents(receiver: Receiver) -> Iterator[dict[str, Any]]:
    """What the webhooks say, each with its signature checked."""
    for request in receiver.requests:
        mac = hmac.new(APP_SECRET.encode(), request.content, hashlib.sha256).hexdigest()
        assert request.headers["X-Hub-Signature-256"] == f"sha256={mac}"
        assert str(request.url) == WEBHOOK_URL
        batch = json.loads(request.content)
        [entry] = batch["entry"]
        [change] = entry["changes"]
        assert (batch["object"], entry["id"]) == ("whatsapp_business_account", WHATSAPP_ACCOUNT)
        assert change["field"] == "messages"
        number = WHATSAPP_STORE.removeprefix("+")
        assert change["value"]["metadata"] == {"display_phone_number": number, "phone_number_id": NUMBER_ID}
        yield change["value"]


def statuses(receiver: Receiver) -> list[dict[str, Any]]:
    return [status for value in contents(receiver) for status in value.get("statuses", [])]


async def test_a_message_goes_sent_delivered_read_with_signed_reports(
    api: httpx.AsyncClient, simulator: Simulator, receiver: Receiver
) -> None:
    await write(api)
    await simulator.settle()
    answer = await send(api)
    assert answer.status_code == 200
    [message] = answer.json()["messages"]
    assert message["id"].startswith("wamid.")
    await simulator.settle()
    reports = statuses(receiver)
    assert [report["status"] for report in reports] == ["sent", "delivered", "read"]
    assert {report["biz_opaque_callback_data"] for report in reports} == {"our-reference"}
    assert {report["id"] for report in reports} == {message["id"]}
    assert await shown(api) == [("Hello", "read", None)]


async def test_a_phone_writes_and_is_announced_with_its_owners_name(
    api: httpx.AsyncClient, simulator: Simulator, receiver: Receiver
) -> None:
    written = await write(api, "Grüße 🎉")
    await simulator.settle()
    [value] = contents(receiver)
    assert value["contacts"] == [{"profile": {"name": "Ana Souza"}, "wa_id": PHONE.removeprefix("+")}]
    [message] = value["messages"]
    assert (message["from"], message["id"]) == (PHONE.removeprefix("+"), written["sid"])
    assert (message["type"], message["text"]["body"]) == ("text", "Grüße 🎉")
    assert message["timestamp"] == str(NOW // 1000)


async def test_an_answer_names_what_it_answers(
    api: httpx.AsyncClient, simulator: Simulator, receiver: Receiver
) -> None:
    first = await write(api)
    second = await write(api, "This one", quoting=first["sid"])
    await simulator.settle()
    last = list(contents(receiver))[-1]["messages"][0]
    assert last["context"] == {"from": WHATSAPP_STORE.removeprefix("+"), "id": first["sid"]}
    assert second["quoted_sid"] == first["sid"]
    answer = await api.post(f"/api/phones/{PHONE}/texts", json={"to": STORE, "body": "x", "quoting": "nothing"})
    assert answer.status_code == 404


async def test_outside_the_window_a_text_fails_and_a_template_arrives(
    api: httpx.AsyncClient, simulator: Simulator, clock: Clock, receiver: Receiver
) -> None:
    await write(api)
    await simulator.settle()
    clock.now += DAY - 1
    await send(api)
    clock.now += 1
    await send(api, text={"body": "Too late"})
    await send(api, **TEMPLATE)
    await simulator.settle()
    assert await shown(api) == [("Hello", "read", None), ("Hi Ana, #1 is ready.", "read", None)]
    assert await shown(api, "missed") == [("Too late", "undelivered", 131047)]
    failed = [status for status in statuses(receiver) if status["status"] == "failed"]
    assert [status["errors"][0]["code"] for status in failed] == [131047]


async def test_who_never_wrote_gets_templates_only(api: httpx.AsyncClient, simulator: Simulator) -> None:
    await send(api)
    await simulator.settle()
    assert await shown(api, "missed") == [("Hello", "undelivered", 131047)]


@pytest.mark.parametrize(("behaviour", "code"), [("landline", 131026), ("off", 131026), ("opted_out", 131050)])
async def test_what_does_not_arrive_is_reported(
    api: httpx.AsyncClient, simulator: Simulator, receiver: Receiver, behaviour: str, code: int
) -> None:
    await api.patch(f"/api/phones/{PHONE}", json={"behaviour": behaviour})
    assert (await send(api, **TEMPLATE)).status_code == 200
    await simulator.settle()
    reports = statuses(receiver)
    assert [report["status"] for report in reports] == ["sent", "failed"]
    assert reports[-1]["errors"][0]["code"] == code


@pytest.mark.parametrize(
    ("behaviour", "status", "code", "delivered"),
    [
        ("not_mobile", 400, 131026, False),
        ("rate_limited", 400, 130429, False),
        ("server_error", 500, 131000, False),
        ("lost_reply", 500, 131000, True),
        ("unheard", 500, 131000, True),
    ],
)
async def test_refusals_and_lost_replies(
    api: httpx.AsyncClient, simulator: Simulator, *, behaviour: str, status: int, code: int, delivered: bool
) -> None:
    await api.patch(f"/api/phones/{PHONE}", json={"behaviour": behaviour})
    answer = await send(api, **TEMPLATE)
    assert (answer.status_code, answer.json()["error"]["code"]) == (status, code)
    await simulator.settle()
    assert bool(await shown(api)) is delivered


async def test_a_time_out_answers_late(api: httpx.AsyncClient, simulator: Simulator, sleeper: Sleeper) -> None:
    await api.patch(f"/api/phones/{PHONE}", json={"behaviour": "timeout"})
    assert (await send(api, **TEMPLATE)).status_code == 200
    assert 20.0 in sleeper.waits


def template(**changed: Any) -> dict[str, Any]:
    return {"type": "template", "template": {**READY, **changed}}


@pytest.mark.parametrize(
    ("fields", "status", "code"),
    [
        ({"messaging_product": "sms"}, 400, 100),
        ({"type": "audio"}, 400, 131051),
        ({"to": "me"}, 400, 131009),
        ({"text": {"body": ""}}, 400, 100),
        ({"text": {"body": "x" * 4097}}, 400, 100),
        ({"text": None}, 400, 100),
        ({"type": "template"}, 400, 100),
        ({"biz_opaque_callback_data": "x" * 513}, 400, 100),
        (template(name="other"), 404, 132001),
        (template(language={"code": "de"}), 404, 132001),
        (template(components=[]), 400, 132000),
        ({"text": 7}, 400, 100),
    ],
    ids=range(12),
)
async def test_what_meta_would_refuse(api: httpx.AsyncClient, fields: dict[str, Any], status: int, code: int) -> None:
    answer = await send(api, **fields)
    assert (answer.status_code, answer.json()["error"]["code"]) == (status, code)
    assert await shown(api) == []


async def test_only_the_accounts_token_opens_its_numbers(api: httpx.AsyncClient) -> None:
    assert (await send(api, token="x")).status_code == 401
    assert (await send(api, number_id="9")).json()["error"]["code"] == 100
    headers = {"Authorization": f"Bearer {ACCESS_TOKEN}"}
    account = await api.get(f"/meta/v25.0/{WHATSAPP_ACCOUNT}?fields=id", headers=headers)
    assert account.json() == {"id": WHATSAPP_ACCOUNT}
    assert (await api.get("/meta/v25.0/9", headers=headers)).status_code == 400
    assert (await api.get(f"/meta/v25.0/{WHATSAPP_ACCOUNT}")).status_code == 401


async def test_a_webhook_that_is_not_taken_comes_again(
    api: httpx.AsyncClient, simulator: Simulator, receiver: Receiver
) -> None:
    receiver.answers = [httpx.ConnectError("gone"), 500, 401, 200]
    written = await write(api)
    await simulator.settle()
    assert [value["messages"][0]["id"] for value in contents(receiver)] == [written["sid"]] * 4


async def test_a_restart_goes_on_where_it_was(make: MakeSimulator, receiver: Receiver) -> None:
    first = make()
    first.state.flush()
    phone = first.seed_phone(PHONE, "Ana Souza")
    first.seed_text(PHONE, WHATSAPP_STORE, "Hi", NOW, from_phone=True).status = "sending"
    assert phone.name == "Ana Souza"
    first.state.flush()
    second = make()
    await second.start()
    await second.settle()
    assert [value["messages"][0]["text"]["body"] for value in contents(receiver)] == ["Hi"]
    await second.stop()


async def test_a_picture_comes_with_its_caption(api: httpx.AsyncClient, simulator: Simulator) -> None:
    url = "https://files.example/a"
    await write(api)
    sent = await send(api, type="image", text=None, image={"link": url, "caption": "Look"})
    assert sent.status_code == 200
    await simulator.settle()
    texts = (await api.get(f"/api/phones/{PHONE}")).json()["texts"]
    assert [(text["body"], text["media_urls"]) for text in texts if text["direction"] == "in"] == [("Look", [url])]
    assert (await send(api, type="image", text=None)).status_code == 400
