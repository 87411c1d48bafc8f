"""The simulator against Twilio's own library and documentation: signatures, answers, the way of a text."""

import re

import httpx
import pytest
from twilio.request_validator import RequestValidator

from local.simulator import Simulator
from local.simulator.twilio.signing import sign

from .conftest import (
    ACCOUNT,
    CALLBACK,
    OTHER_ACCOUNT,
    OTHER_STORE,
    PHONE,
    PUBLIC,
    STORE,
    TOKEN,
    MakeSimulator,
    Receiver,
    Sleeper,
)

pytestmark = pytest.mark.anyio
MESSAGES = f"/twilio/2010-04-01/Accounts/{ACCOUNT}/Messages"


async def send(api: httpx.AsyncClient, **form: str) -> httpx.Response:
    fields = {"To": PHONE, "From": STORE, "Body": "Hello", "StatusCallback": CALLBACK} | form
    return await api.post(f"{MESSAGES}.json", data=fields, auth=(ACCOUNT, TOKEN))


async def arrived(api: httpx.AsyncClient) -> list[str]:
    phone = (await api.get(f"/api/phones/{PHONE}")).json()
    return [text["body"] for text in phone["texts"]]


@pytest.mark.parametrize(
    "form",
    [
        {},
        {"Body": "Olá 😀 שלום &=+%", "From": PHONE, "Empty": ""},
        {"b": "2", "B": "1", "a": "\x00\n", "To": STORE},
    ],
)
async def test_signature_is_the_one_of_twilios_library(form: dict[str, str]) -> None:
    url = "https://api.example.com/webhooks/twilio/tw1?x=%20y"
    assert RequestValidator(TOKEN).validate(url, form, sign(TOKEN, url, form))


async def test_text_goes_queued_sent_delivered_with_signed_callbacks(
    api: httpx.AsyncClient, simulator: Simulator, receiver: Receiver
) -> None:
    answer = await send(api)
    assert answer.status_code == 201
    message = answer.json()
    assert re.fullmatch(r"SM[0-9a-f]{32}", message["sid"])
    assert (message["status"], message["direction"], message["error_code"]) == ("queued", "outbound-api", None)
    assert message["date_created"] == "Sun, 22 Nov 2026 09:34:56 +0000"
    assert await arrived(api) == []
    await simulator.settle()
    assert [form["MessageStatus"] for form in receiver.forms()] == ["queued", "sent", "delivered"]
    for request, form in zip(receiver.requests, receiver.forms(), strict=True):
        assert str(request.url) == CALLBACK
        assert RequestValidator(TOKEN).validate(CALLBACK, form, request.headers["X-Twilio-Signature"])
        assert (form["MessageSid"], form["To"], form["From"]) == (message["sid"], PHONE, STORE)
        assert "ErrorCode" not in form
    assert await arrived(api) == ["Hello"]


@pytest.mark.parametrize(("behaviour", "code"), [("landline", "30006"), ("off", "30003")])
async def test_unreachable_phone_is_reported_by_callback(
    api: httpx.AsyncClient, simulator: Simulator, receiver: Receiver, behaviour: str, code: str
) -> None:
    await api.patch(f"/api/phones/{PHONE}", json={"behaviour": behaviour})
    assert (await send(api)).status_code == 201
    await simulator.settle()
    assert [form["MessageStatus"] for form in receiver.forms()] == ["queued", "sent", "undelivered"]
    assert receiver.forms()[-1]["ErrorCode"] == code
    assert await arrived(api) == []
    missed = (await api.get(f"/api/phones/{PHONE}")).json()["missed"]
    assert [(text["body"], text["error_code"]) for text in missed] == [("Hello", int(code))]


@pytest.mark.parametrize(
    ("behaviour", "status", "code", "delivered"),
    [
        ("not_mobile", 400, 21614, False),
        ("opted_out", 400, 21610, False),
        ("rate_limited", 429, 20429, False),
        ("server_error", 500, 20500, False),
        ("lost_reply", 500, 20500, True),
        ("unheard", 500, 20500, True),
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
    assert (answer.status_code, answer.json()["code"], answer.json()["status"]) == (status, code, status)
    assert answer.json()["more_info"].endswith(str(code))
    assert await arrived(api) == (["Hello"] if delivered else [])
    assert len(receiver.requests) == (3 if behaviour == "lost_reply" else 0)


async def test_time_out_answers_late_and_delivers(
    api: httpx.AsyncClient, simulator: Simulator, sleeper: Sleeper
) -> None:
    await api.patch(f"/api/phones/{PHONE}", json={"behaviour": "timeout"})
    assert (await send(api)).json()["status"] == "queued"
    await simulator.settle()
    assert 20.0 in sleeper.waits
    assert await arrived(api) == ["Hello"]


async def test_slow_phone_gets_the_text_after_three_seconds(
    api: httpx.AsyncClient, simulator: Simulator, sleeper: Sleeper
) -> None:
    await api.patch(f"/api/phones/{PHONE}", json={"behaviour": "slow"})
    await send(api)
    await simulator.settle()
    assert sleeper.waits == [0.15, 3.0]
    assert await arrived(api) == ["Hello"]


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"To": ""}, 21604),
        ({"From": ""}, 21603),
        ({"Body": ""}, 21602),
        ({"To": "12"}, 21211),
        ({"To": STORE}, 21266),
        ({"Body": "x" * 1601}, 21617),
        ({"From": "+15005550006"}, 21606),
        ({"From": OTHER_STORE}, 21660),
        ({"StatusCallback": "ftp://x"}, 21609),
    ],
)
async def test_bad_message_is_refused(api: httpx.AsyncClient, fields: dict[str, str], code: int) -> None:
    answer = await send(api, **fields)
    assert (answer.status_code, answer.json()["code"]) == (400, code)


@pytest.mark.parametrize("auth", [None, (ACCOUNT, "wrong"), (OTHER_ACCOUNT, "other"), ("", ""), (ACCOUNT, "tökén")])
async def test_account_and_token_are_checked(api: httpx.AsyncClient, auth: tuple[str, str] | None) -> None:
    answer = await api.get(f"{MESSAGES}.json", auth=auth)
    assert (answer.status_code, answer.json()["code"]) == (401, 20003)


async def test_unknown_number_becomes_a_phone(api: httpx.AsyncClient, simulator: Simulator) -> None:
    await send(api, To="+447700900123")
    await simulator.settle()
    phone = (await api.get("/api/phones/+447700900123")).json()
    assert [text["body"] for text in phone["texts"]] == ["Hello"]


async def test_new_phone_is_named_as_the_shop_knows_its_owner(api: httpx.AsyncClient, simulator: Simulator) -> None:
    customer = {"first_name": "Priya", "last_name": "Nair", "phone": "+447700900124"}
    order = {"customer": customer, "store_id": "s1", "lines": [{"title": "Belt", "price": 100}]}
    await api.post("/api/shop/orders", json=order)
    await send(api, To="+447700900124")
    await simulator.settle()
    assert (await api.get("/api/phones/+447700900124")).json()["name"] == "Priya Nair"


async def test_messages_can_be_looked_up(api: httpx.AsyncClient, simulator: Simulator) -> None:
    sids = [(await send(api, Body=str(number))).json()["sid"] for number in range(3)]
    await simulator.settle()
    await api.post(f"/api/phones/{PHONE}/texts", json={"to": STORE, "body": "mine"})
    await simulator.settle()
    auth = (ACCOUNT, TOKEN)
    one = (await api.get(f"{MESSAGES}/{sids[0]}.json", auth=auth)).json()
    assert (one["status"], one["body"]) == ("delivered", "0")
    page = (await api.get(f"{MESSAGES}.json", params={"To": PHONE, "PageSize": "2"}, auth=auth)).json()
    assert [message["sid"] for message in page["messages"]] == [sids[2], sids[1]]
    rest = (await api.get("/twilio" + page["next_page_uri"], auth=auth)).json()
    assert [message["sid"] for message in rest["messages"]] == [sids[0]]
    assert rest["next_page_uri"] is None
    inbound = (await api.get(f"{MESSAGES}.json", params={"From": PHONE}, auth=auth)).json()["messages"]
    assert [(message["direction"], message["status"]) for message in inbound] == [("inbound", "received")]


@pytest.mark.parametrize(
    ("filters", "found"),
    [
        ({"DateSent": "2026-11-22"}, 1),
        ({"DateSent": "2026-11-21"}, 0),
        ({"DateSent>": "2026-11-22T00:00:00Z"}, 1),
        ({"DateSent>": "2026-11-23"}, 0),
        ({"DateSent<": "2026-11-23"}, 1),
    ],
)
async def test_messages_are_filtered_by_date(
    api: httpx.AsyncClient, simulator: Simulator, filters: dict[str, str], found: int
) -> None:
    await send(api)
    answer = await api.get(f"{MESSAGES}.json", params=filters, auth=(ACCOUNT, TOKEN))
    assert len(answer.json()["messages"]) == found


async def test_unknown_message_and_bad_date(api: httpx.AsyncClient) -> None:
    auth = (ACCOUNT, TOKEN)
    assert (await api.get(f"{MESSAGES}/SMnone.json", auth=auth)).json()["code"] == 20404
    assert (await api.get(f"{MESSAGES}.json", params={"DateSent": "soon"}, auth=auth)).status_code == 400


async def test_customers_text_is_a_signed_form(
    api: httpx.AsyncClient, simulator: Simulator, receiver: Receiver
) -> None:
    body = "Is it ready? \x00 😀 שלום"
    answer = await api.post(f"/api/phones/{PHONE}/texts", json={"to": STORE, "body": body})
    assert answer.status_code == 201
    assert (answer.json()["direction"], answer.json()["peer"], answer.json()["status"]) == ("out", STORE, "sending")
    await simulator.settle()
    [request], [form] = receiver.requests, receiver.forms()
    url = f"{PUBLIC}/webhooks/twilio/tw1"
    assert str(request.url) == url
    assert request.headers["content-type"].startswith("application/x-www-form-urlencoded")
    assert RequestValidator(TOKEN).validate(url, form, request.headers["X-Twilio-Signature"])
    sid = answer.json()["sid"]
    assert (form["MessageSid"], form["SmsMessageSid"], form["SmsSid"]) == (sid, sid, sid)
    assert (form["From"], form["To"], form["Body"], form["AccountSid"]) == (PHONE, STORE, body, ACCOUNT)
    assert (form["NumMedia"], form["NumSegments"], form["ApiVersion"]) == ("0", "1", "2010-04-01")
    [text] = (await api.get(f"/api/phones/{PHONE}")).json()["texts"]
    assert (text["status"], text["webhook_status"]) == ("delivered", 204)


async def test_customers_picture_names_its_media(
    api: httpx.AsyncClient, simulator: Simulator, receiver: Receiver
) -> None:
    url = "https://pictures.example/1.jpg"
    answer = await api.post(f"/api/phones/{PHONE}/texts", json={"to": STORE, "body": "", "media_urls": [url]})
    await simulator.settle()
    assert answer.json()["sid"].startswith("MM")
    assert (receiver.forms()[0]["NumMedia"], receiver.forms()[0]["MediaUrl0"]) == ("1", url)


async def test_refused_webhook_is_not_tried_again(
    api: httpx.AsyncClient, simulator: Simulator, receiver: Receiver
) -> None:
    receiver.answers = [503]
    await api.post(f"/api/phones/{PHONE}/texts", json={"to": STORE, "body": "x"})
    await simulator.settle()
    [text] = (await api.get(f"/api/phones/{PHONE}")).json()["texts"]
    assert (text["status"], text["webhook_status"], len(receiver.requests)) == ("failed", 503, 1)


async def test_failed_connection_is_tried_once_more(
    api: httpx.AsyncClient, simulator: Simulator, receiver: Receiver
) -> None:
    receiver.answers = [httpx.ConnectError("refused"), 200, httpx.ConnectError("a"), httpx.ConnectError("b")]
    for body in ("x", "y"):
        await api.post(f"/api/phones/{PHONE}/texts", json={"to": STORE, "body": body})
        await simulator.settle()
    texts = (await api.get(f"/api/phones/{PHONE}")).json()["texts"]
    assert [text["webhook_status"] for text in texts] == [200, 0]
    tokens = [request.headers["I-Twilio-Idempotency-Token"] for request in receiver.requests]
    assert tokens[0] == tokens[1] != tokens[2]


async def test_late_answer_counts_as_none(api: httpx.AsyncClient, simulator: Simulator, receiver: Receiver) -> None:
    receiver.answers = [httpx.ReadTimeout("late")]
    await api.post(f"/api/phones/{PHONE}/texts", json={"to": STORE, "body": "x"})
    await simulator.settle()
    assert (await api.get(f"/api/phones/{PHONE}")).json()["texts"][0]["webhook_status"] == 0
    assert len(receiver.requests) == 1


async def test_repeat_sends_the_same_text_again(
    api: httpx.AsyncClient, simulator: Simulator, receiver: Receiver
) -> None:
    sid = (await api.post(f"/api/phones/{PHONE}/texts", json={"to": STORE, "body": "x"})).json()["sid"]
    await simulator.settle()
    receiver.answers = [503]
    assert (await api.post("/api/webhooks/repeat", json={"sid": sid})).json() == {"status": 503}
    assert receiver.requests[0].content == receiver.requests[1].content
    [text] = (await api.get(f"/api/phones/{PHONE}")).json()["texts"]
    assert (text["status"], text["webhook_status"]) == ("delivered", 503)


async def test_repeat_sends_the_last_status_again(
    api: httpx.AsyncClient, simulator: Simulator, receiver: Receiver
) -> None:
    sid = (await send(api)).json()["sid"]
    await simulator.settle()
    assert (await api.post("/api/webhooks/repeat", json={"sid": sid})).json() == {"status": 204}
    assert receiver.forms()[-1] == receiver.forms()[-2]


async def test_interrupted_delivery_goes_on_after_a_restart(make: MakeSimulator, receiver: Receiver) -> None:
    first = make()
    first.seed_phone(PHONE, "Ana")
    connection = first.config.twilio_connections[0]
    outcome = first.network.outcome(connection, PHONE)
    first.network.accept(connection, to=PHONE, sender=STORE, body="Hello", callback_url=CALLBACK, outcome=outcome)
    await first.stop()
    assert receiver.requests == []
    second = make()
    await second.start()
    await second.settle()
    assert [form["MessageStatus"] for form in receiver.forms()] == ["queued", "sent", "delivered"]
    await second.stop()


async def test_pictures_come_along_and_need_no_words(api: httpx.AsyncClient, simulator: Simulator) -> None:
    urls = ["https://files.example/a", "https://files.example/b"]
    fields = {"To": PHONE, "From": STORE, "MediaUrl": urls}
    assert (await api.post(f"{MESSAGES}.json", data=fields, auth=(ACCOUNT, TOKEN))).status_code == 201
    await simulator.settle()
    (text,) = (await api.get(f"/api/phones/{PHONE}")).json()["texts"]
    assert (text["body"], text["media_urls"]) == ("", urls)
    assert (await send(api, Body="")).status_code == 400
