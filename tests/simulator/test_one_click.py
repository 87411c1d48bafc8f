"""The button "Unsubscribe" of a simulated mailbox, as RFC 8058 has mail programs show and send it."""

import email.message
import email.policy

import httpx
import pytest

from local.simulator import Simulator
from local.simulator.mail.one_click import one_click_url

from .conftest import ANA, OURS, PUBLIC, Receiver

pytestmark = pytest.mark.anyio
URL = f"{PUBLIC}/unsubscribe/abc"
BOTH = {"List-Unsubscribe": f"<{URL}>, <mailto:x@shop.example>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}


def arrived(simulator: Simulator, headers: dict[str, str]) -> str:
    """The id of a mail of ours that lies in Ana's mailbox."""
    mail = email.message.EmailMessage(policy=email.policy.SMTP.clone(max_line_length=900))
    mail["From"], mail["To"], mail["Subject"] = OURS, ANA, "A message is waiting"
    for name, value in headers.items():
        mail[name] = value
    mail.set_content("Hello")
    return simulator.mail.accept(mail.as_bytes(), to=ANA, tags={}, configuration_set="counterline").id


async def shown(api: httpx.AsyncClient, mail_id: str) -> tuple[bool, bool]:
    mails = (await api.get(f"/api/mailboxes/{ANA}")).json()["mails"]
    (mail,) = [each for each in mails if each["id"] == mail_id]
    return mail["can_unsubscribe"], mail["unsubscribed"]


async def press(api: httpx.AsyncClient, mail_id: str) -> httpx.Response:
    headers = {"Origin": "http://shop.test:8000"}
    return await api.post(f"/api/mails/{mail_id}/unsubscribe", headers=headers)


async def test_the_button_posts_what_a_mail_provider_posts(
    api: httpx.AsyncClient, simulator: Simulator, receiver: Receiver
) -> None:
    mail_id = arrived(simulator, BOTH)
    await simulator.settle()
    assert await shown(api, mail_id) == (True, False)
    answer = await press(api, mail_id)
    assert (answer.status_code, answer.json()) == (200, {"status": 204})
    (request,) = receiver.requests
    assert (request.method, str(request.url), request.content) == ("POST", URL, b"List-Unsubscribe=One-Click")
    assert request.headers["Content-Type"] == "application/x-www-form-urlencoded"
    assert "Cookie" not in request.headers
    assert await shown(api, mail_id) == (True, True)


@pytest.mark.parametrize("status", [404, 500])
async def test_a_click_that_nobody_took_is_none(
    api: httpx.AsyncClient, simulator: Simulator, receiver: Receiver, status: int
) -> None:
    mail_id = arrived(simulator, BOTH)
    await simulator.settle()
    receiver.answers = [status, httpx.ConnectError("away")]
    assert (await press(api, mail_id)).json() == {"status": status}
    assert (await press(api, mail_id)).json() == {"status": 0}
    assert await shown(api, mail_id) == (True, False)


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"List-Unsubscribe": BOTH["List-Unsubscribe"]},
        {"List-Unsubscribe-Post": BOTH["List-Unsubscribe-Post"]},
        {**BOTH, "List-Unsubscribe-Post": "Yes"},
        {**BOTH, "List-Unsubscribe": "<mailto:x@shop.example>"},
    ],
)
async def test_other_mails_have_no_button(
    api: httpx.AsyncClient, simulator: Simulator, receiver: Receiver, headers: dict[str, str]
) -> None:
    mail_id = arrived(simulator, headers)
    await simulator.settle()
    assert await shown(api, mail_id) == (False, False)
    assert (await press(api, mail_id)).status_code == 409
    assert receiver.requests == []


async def test_nothing_is_posted_to_others(api: httpx.AsyncClient, simulator: Simulator, receiver: Receiver) -> None:
    mail_id = arrived(simulator, {**BOTH, "List-Unsubscribe": "<https://elsewhere.test/unsubscribe/abc>"})
    await simulator.settle()
    assert (await press(api, mail_id)).json() == {"status": 0}
    assert receiver.requests == []
    assert (await press(api, "no-mail")).status_code == 404


def test_the_address_is_read_as_it_stands() -> None:
    assert one_click_url(list(BOTH.items())) == URL
    encoded = "=?utf-8?q?=3Chttps=3A//shop.test/unsubscribe/abc=3E?="
    assert one_click_url([("List-Unsubscribe", encoded), *list(BOTH.items())[1:]]) == ""
    assert one_click_url([("LIST-UNSUBSCRIBE", f"<{URL}>"), ("list-unsubscribe-post", BOTH["List-Unsubscribe-Post"])])
