"""Web chat has no provider: what is stored is sent, and no webhook is genuine."""

import pytest

from chalicelib import channels
from chalicelib.domain import web_chat
from chalicelib.domain.addresses import Address
from chalicelib.domain.errors import BadSignature
from chalicelib.domain.merchants import Store
from chalicelib.usecases.ports import SendsPictures, Sent, WebhookRequest
from tests.channels.runner import NOW, TEXT, with_pictures
from tests.fakes.http import FakeHttp

STORE = Store(id="sto-1", merchant_id="mer-1", name="Main Street", timezone="UTC", phone=Address("+12065550100"))
CONNECTION = web_chat.connection(STORE)


def test_what_is_stored_is_sent_without_asking_anybody() -> None:
    http = FakeHttp()
    channel = channels.channel("webchat")
    assert channel.send(TEXT, CONNECTION, {}, http) == Sent("")
    assert channel.is_up(CONNECTION, {}, http)
    assert isinstance(channel, SendsPictures)
    assert channel.carries(with_pictures(STORE.id, "customer", 5))
    http.assert_all_used()


@pytest.mark.parametrize("headers", [{}, {"authorization": "x"}, {"x-twilio-signature": "x"}])
def test_nothing_comes_in_by_webhook(headers: dict[str, str]) -> None:
    request = WebhookRequest(method="POST", url="https://shop.example/webhooks/webchat/x", headers=headers, body=b"{}")
    channel = channels.channel("webchat")
    with pytest.raises(BadSignature):
        channel.verify(request, CONNECTION, {})
    assert channel.parse(request, CONNECTION, NOW) == []


def test_its_connection_has_a_name_that_no_other_can_have() -> None:
    """Names of the set-up have letters, digits, - and _ only (docs/deploying.md)."""
    assert CONNECTION.id == "chat.sto-1"
    assert web_chat.proxy(STORE).connection_id == CONNECTION.id
