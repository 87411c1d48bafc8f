"""The simulator against Vonage's documentation: tokens (judged by PyJWT), answers, the way of a text."""

import hashlib
import json
import re
from collections.abc import Iterator
from typing import Any

import httpx
import jwt
import pytest

from local.simulator import Simulator
from local.simulator.vonage.signing import token

from .conftest import (
    ACCOUNT,
    API_KEY,
    API_SECRET,
    NOW,
    PHONE,
    PUBLIC,
    SIGNATURE_SECRET,
    STORE,
    TOKEN,
    VONAGE_STORE,
    MakeSimulator,
    Receiver,
    Sleeper,
)

pytestmark = pytest.mark.anyio
STATUS_URL = f"{PUBLIC}/webhooks/vonage/vo1/status/ref.abc"
TEXT = {
    "channel": "sms",
    "message_type": "text",
    "to": PHONE.removeprefix("+"),
    "from": VONAGE_STORE.removeprefix("+"),
    "text": "Hello",
    "client_ref": "our-reference",
    "webhook_url": STATUS_URL,
    "webhook_version": "v1",
}


async def send(api: httpx.AsyncClient, auth: tuple[str, str] = (API_KEY, API_SECRET), **fields: Any) -> httpx.Response:
    return await api.post("/vonage/v1/messages", json=TEXT | fields, auth=auth)


async def arrived(api: httpx.AsyncClient) -> list[str]:
    return [text["body"] for text in (await api.get(f"/api/phones/{PHONE}")).json()["texts"]]


def contents(receiver: Receiver) -> Iterator[dict[str, Any]]:
    """What the webhooks say, each with its token checked."""
    for request in receiver.requests:
        assert request.headers["Content-Type"] == "application/json"
        scheme, given = request.headers["Authorization"].split(" ")
        claims = jwt.decode(
            given, SIGNATURE_SECRET, algorithms=["HS256"], issuer="Vonage", options={"verify_iat": False}
        )
        assert scheme == "Bearer"
        assert claims["payload_hash"] == hashlib.sha256(request.content).hexdigest()
        assert (claims["api_key"], claims["iat"]) == (API_KEY, NOW // 1000)
        yield json.loads(request.content)


async def test_a_token_of_another_secret_is_another() -> None:
    given = token("x" * 32, API_KEY, b"{}", NOW // 1000).removeprefix("Bearer ")
    with pytest.raises(jwt.InvalidSignatureError):
        jwt.decode(given, SIGNATURE_SECRET, algorithms=["HS256"])


async def test_a_text_goes_submitted_delivered_with_signed_reports(
    api: httpx.AsyncClient, simulator: Simulator, receiver: Receiver
) -> None:
    answer = await send(api)
    assert answer.status_code == 202
    assert re.fullmatch(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", answer.json()["message_uuid"])
    await simulator.settle()
    reports = list(contents(receiver))
    assert [report["status"] for report in reports] == ["submitted", "delivered"]
    for request, report in zip(receiver.requests, reports, strict=True):
        assert str(request.url) == STATUS_URL
        assert report["message_uuid"] == answer.json()["message_uuid"]
        assert (report["to"], report["from"], report["channel"]) == (TEXT["to"], TEXT["from"], "sms")
        assert report["client_ref"] == "our-reference"
        assert "error" not in report
    assert await arrived(api) == ["Hello"]


@pytest.mark.parametrize(("behaviour", "code"), [("landline", 1250), ("off", 1180), ("opted_out", 1240)])
async def test_what_does_not_arrive_is_reported(
    api: httpx.AsyncClient, simulator: Simulator, receiver: Receiver, behaviour: str, code: int
) -> None:
    await api.patch(f"/api/phones/{PHONE}", json={"behaviour": behaviour})
    assert (await send(api)).status_code == 202
    await simulator.settle()
    reports = list(contents(receiver))
    assert [report["status"] for report in reports] == ["submitted", "rejected"]
    assert reports[-1]["error"]["title"] == code
    assert reports[-1]["error"]["type"].endswith(f"/api-errors/messages#{code}")
    missed = (await api.get(f"/api/phones/{PHONE}")).json()["missed"]
    assert [(text["body"], text["error_code"]) for text in missed] == [("Hello", code)]


@pytest.mark.parametrize(
    ("behaviour", "status", "code", "delivered"),
    [
        ("not_mobile", 422, 1430, False),
        ("rate_limited", 429, 1000, False),
        ("server_error", 500, 1030, False),
        ("lost_reply", 500, 1030, True),
        ("unheard", 500, 1030, True),
    ],
)
async def test_refusal(
    api: httpx.AsyncClient,
    *,
    simulator: Simulator,
    receiver: Receiver,
    behaviour: str,
    status: int,
    code: int,
    delivered: bool,
) -> None:
    await api.patch(f"/api/phones/{PHONE}", json={"behaviour": behaviour})
    answer = await send(api)
    await simulator.settle()
    assert (answer.status_code, answer.headers["content-type"]) == (status, "application/problem+json")
    assert answer.json()["type"].endswith(f"/api-errors/messages#{code}")
    assert await arrived(api) == (["Hello"] if delivered else [])
    assert len(receiver.requests) == (2 if behaviour == "lost_reply" else 0)


async def test_time_out_answers_late_and_delivers(
    api: httpx.AsyncClient, simulator: Simulator, sleeper: Sleeper
) -> None:
    await api.patch(f"/api/phones/{PHONE}", json={"behaviour": "timeout"})
    assert (await send(api)).status_code == 202
    await simulator.settle()
    assert 20.0 in sleeper.waits
    assert await arrived(api) == ["Hello"]


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"to": "12"}, 1430),
        ({"to": PHONE}, 1430),
        ({"to": TEXT["from"]}, 1430),
        ({"from": "15005550006"}, 1420),
        ({"from": STORE.removeprefix("+")}, 1420),
        ({"text": ""}, 1020),
        ({"text": "x" * 1001}, 1020),
        ({"text": None}, 1010),
        ({"channel": "whatsapp"}, 1020),
        ({"client_ref": "x" * 101}, 1020),
        ({"webhook_url": "ftp://x"}, 1020),
        ({"webhook_version": "v0.1"}, 1020),
    ],
)
async def test_a_bad_message_is_refused(
    api: httpx.AsyncClient, simulator: Simulator, fields: dict[str, Any], code: int
) -> None:
    answer = await send(api, **fields)
    assert (answer.status_code, answer.json()["type"].rpartition("#")[2]) == (422, str(code))
    assert not simulator.state.messages


async def test_the_longest_text_is_taken(api: httpx.AsyncClient) -> None:
    assert (await send(api, text="x" * 1000, client_ref="x" * 100)).status_code == 202


@pytest.mark.parametrize("auth", [(API_KEY, "wrong"), ("wrong", API_SECRET), (ACCOUNT, TOKEN), (API_KEY, "")])
async def test_wrong_credentials_are_refused(
    api: httpx.AsyncClient, simulator: Simulator, auth: tuple[str, str]
) -> None:
    answer = await send(api, auth=auth)
    assert (answer.status_code, answer.json()["type"].rpartition("#")[2]) == (401, "unauthorized")
    assert not simulator.state.messages


async def test_whoever_asks_with_the_right_credentials_hears_that_it_is_up(api: httpx.AsyncClient) -> None:
    answer = await api.get("/vonage/v2/applications?page_size=1", auth=(API_KEY, API_SECRET))
    assert (answer.status_code, answer.json()["total_items"]) == (200, 0)
    assert (await api.get("/vonage/v2/applications", auth=(API_KEY, "wrong"))).status_code == 401


async def test_the_accounts_of_one_provider_open_no_other(api: httpx.AsyncClient) -> None:
    path = f"/twilio/2010-04-01/Accounts/{API_KEY}/Messages.json"
    answer = await api.post(path, data={"To": PHONE, "From": VONAGE_STORE, "Body": "x"}, auth=(API_KEY, API_SECRET))
    assert answer.status_code == 401
    path = f"/twilio/2010-04-01/Accounts/{ACCOUNT}/Messages.json"
    answer = await api.post(path, data={"To": PHONE, "From": VONAGE_STORE, "Body": "x"}, auth=(ACCOUNT, TOKEN))
    assert answer.json()["code"] == 21660


async def test_a_phones_text_is_announced(api: httpx.AsyncClient, simulator: Simulator, receiver: Receiver) -> None:
    text = await api.post(f"/api/phones/{PHONE}/texts", json={"to": VONAGE_STORE, "body": "Olá 😀 there"})
    await simulator.settle()
    [said] = contents(receiver)
    assert str(receiver.requests[0].url) == f"{PUBLIC}/webhooks/vonage/vo1"
    assert said == {
        "to": TEXT["from"],
        "from": TEXT["to"],
        "channel": "sms",
        "message_uuid": text.json()["sid"],
        "timestamp": "2026-11-22T09:34:56Z",
        "message_type": "text",
        "text": "Olá 😀 there",
        "sms": {"num_messages": "1", "keyword": "OLÁ"},
        "usage": {"currency": "EUR", "price": "0.0000"},
    }
    [kept] = (await api.get(f"/api/phones/{PHONE}")).json()["texts"]
    assert (kept["status"], kept["webhook_status"]) == ("delivered", 204)


@pytest.mark.parametrize("count", [1, 2])
async def test_media_come_as_mms(api: httpx.AsyncClient, simulator: Simulator, receiver: Receiver, count: int) -> None:
    urls = [f"https://media.example/{number}.jpg" for number in range(count)]
    await api.post(f"/api/phones/{PHONE}/texts", json={"to": VONAGE_STORE, "body": "Look", "media_urls": urls})
    await simulator.settle()
    [said] = contents(receiver)
    assert said["channel"] == "mms"
    if count == 1:
        assert (said["message_type"], said["image"]) == ("image", {"url": urls[0], "caption": "Look"})
    else:
        assert (said["text"], [part["url"] for part in said["content"]]) == ("Look", urls)


@pytest.mark.parametrize("answer", [429, 500, 503, httpx.ConnectError("no"), httpx.ReadTimeout("late")])
async def test_a_text_that_was_not_taken_is_announced_again(
    api: httpx.AsyncClient,
    *,
    simulator: Simulator,
    receiver: Receiver,
    sleeper: Sleeper,
    answer: int | Exception,
) -> None:
    receiver.answers = [answer, answer]
    await api.post(f"/api/phones/{PHONE}/texts", json={"to": VONAGE_STORE, "body": "x"})
    await simulator.settle()
    assert len(receiver.requests) == 3
    assert len({request.content for request in receiver.requests}) == 1
    assert len({request.headers["Authorization"] for request in receiver.requests}) == 3
    assert sleeper.waits == [1.0, 2.0]
    assert (await api.get(f"/api/phones/{PHONE}")).json()["texts"][0]["status"] == "delivered"


@pytest.mark.parametrize(("answer", "tries"), [(400, 1), (401, 1), (404, 1), (503, 9)])
async def test_a_text_that_is_refused_or_never_taken_has_failed(
    api: httpx.AsyncClient, *, simulator: Simulator, receiver: Receiver, answer: int, tries: int
) -> None:
    receiver.answers = [answer] * tries
    await api.post(f"/api/phones/{PHONE}/texts", json={"to": VONAGE_STORE, "body": "x"})
    await simulator.settle()
    assert len(receiver.requests) == tries
    assert (await api.get(f"/api/phones/{PHONE}")).json()["texts"][0]["status"] == "failed"


async def test_a_report_that_was_not_taken_comes_again_while_the_text_goes_on(
    api: httpx.AsyncClient, simulator: Simulator, receiver: Receiver
) -> None:
    receiver.answers = [503]
    await send(api)
    await simulator.settle()
    said = [report["status"] for report in contents(receiver)]
    assert sorted(said) == ["delivered", "submitted", "submitted"]
    assert await arrived(api) == ["Hello"]


async def test_a_repeat_is_one_request(api: httpx.AsyncClient, simulator: Simulator, receiver: Receiver) -> None:
    text = (await api.post(f"/api/phones/{PHONE}/texts", json={"to": VONAGE_STORE, "body": "x"})).json()["sid"]
    answer = (await send(api)).json()["message_uuid"]
    await simulator.settle()
    for sid in (text, answer):
        before = list(contents(receiver))
        receiver.answers = [503]
        assert (await api.post("/api/webhooks/repeat", json={"sid": sid})).json() == {"status": 503}
        await simulator.settle()
        again = list(contents(receiver))[len(before) :]
        assert [said["message_uuid"] for said in again] == [sid]


async def test_interrupted_work_goes_on_after_a_restart(make: MakeSimulator, receiver: Receiver) -> None:
    first = make()
    phone = first.seed_phone(PHONE, "Ana")
    connection = first.config.vonage_connections[0]
    outcome = first.network.outcome(connection, PHONE)
    first.network.accept(
        connection, to=PHONE, sender=VONAGE_STORE, body="Hello", callback_url=STATUS_URL, outcome=outcome
    )
    first.network.text(phone, VONAGE_STORE, "Hi", [])
    await first.stop()
    assert receiver.requests == []
    second = make()
    await second.start()
    await second.settle()
    assert sorted(said.get("status", "text") for said in contents(receiver)) == ["delivered", "submitted", "text"]
    await second.stop()


async def test_a_picture_comes_as_mms_and_nothing_else_does(api: httpx.AsyncClient, simulator: Simulator) -> None:
    url = "https://files.example/a"
    picture = {"channel": "mms", "message_type": "image", "image": {"url": url, "caption": "Look"}, "text": ""}
    assert (await send(api, **picture)).status_code == 202
    await simulator.settle()
    (text,) = (await api.get(f"/api/phones/{PHONE}")).json()["texts"]
    assert (text["body"], text["media_urls"]) == ("Look", [url])
    for wrong in ({"image": None}, {"channel": "sms"}, {"message_type": "video"}):
        assert (await send(api, **picture | wrong)).status_code == 422
