"""No name, address, text or secret in any line we log (I14), whatever comes and whatever breaks."""

from typing import Any, cast

import pytest

import app
from chalicelib.domain.addresses import Address
from chalicelib.domain.messages import FailureReason
from chalicelib.observability import JsonLog
from chalicelib.usecases.ports import SendError, SendUnclear
from tests.api.client import call, every_route
from tests.api.shop_senders import from_generic, from_woocommerce, generic_event, generic_order, woo_order
from tests.api.story import Objects, good_request
from tests.api.test_triggers import Context, inbound_body, outbound, queued, records, socket_event
from tests.api.webhook_senders import (
    from_meta,
    from_shopify,
    from_twilio,
    from_vonage,
    meta_batch,
    meta_message,
    meta_status,
    order,
    status,
    text,
    vonage_text,
)
from tests.support.world import ADA, World

CANARY = "canarytext"
PHONE = "+12065559753"
NAME, EMAIL = "Canaryname", "canary@mail.test"
SECRETS = ("twilio-secret-1", "shop-secret-1", "vonage-secret-1", "meta-secret-1", "k" * 43)
CANARIES = (CANARY, PHONE, PHONE[1:], PHONE[-7:], NAME, EMAIL, *SECRETS)


@pytest.fixture
def logged(world: World, monkeypatch: pytest.MonkeyPatch) -> World:
    cast(Any, world).log = JsonLog()
    monkeypatch.setenv("AWS_REGION", "us-east-1")
    return world


def silent(capsys: pytest.CaptureFixture[str], *events: str) -> None:
    """The lines name the events, and none of the canaries."""
    said = "".join(capsys.readouterr())
    assert [event for event in events if event not in said] == []
    assert [canary for canary in CANARIES if canary in said] == []


def test_webhooks_good_and_bad(logged: World, capsys: pytest.CaptureFixture[str]) -> None:
    customer = {"id": 7, "first_name": NAME, "last_name": NAME, "phone": PHONE, "email": EMAIL}
    from_twilio(text(CANARY, From=PHONE))
    from_twilio(text(CANARY, From=PHONE, To="+19995550000", MessageSid="SM" + "c" * 32))
    from_twilio(text(CANARY, From=PHONE), secret="x")
    from_twilio(text(CANARY, From=f"{CANARY} {PHONE} {NAME} {EMAIL}"))
    from_twilio(text(CANARY, From=PHONE, MessageSid=CANARY))
    from_twilio(text(CANARY, From=PHONE), path=f"/webhooks/twilio/{CANARY}")
    from_vonage(vonage_text(CANARY, **{"from": PHONE}))
    from_vonage(vonage_text(CANARY, **{"from": PHONE}), secret="x" * 32)
    from_vonage(vonage_text(CANARY, **{"from": f"{CANARY} {PHONE} {NAME} {EMAIL}"}))
    from_vonage(vonage_text(CANARY, **{"from": PHONE, "message_uuid": CANARY}))
    odd = {"id": CANARY, "timestamp": CANARY, "type": CANARY, "from": PHONE}
    from_meta(meta_batch(meta_message(CANARY), {"id": CANARY, "from": NAME}, odd))
    from_meta(meta_batch(meta_message(CANARY, type="system", system={"type": CANARY, "body": PHONE})))
    from_meta(meta_batch(statuses=(meta_status("failed", CANARY), meta_status(CANARY, PHONE))))
    from_meta({**meta_batch(), "object": CANARY})
    from_shopify(order(customer=customer, email=EMAIL))
    from_shopify(order(customer=customer, total_price=CANARY), event_id="event-2")
    from_shopify(order(customer=customer), event_id="event-3", headers={"X-Shopify-Topic": f"orders/{CANARY}!"})
    from_shopify(order(customer=customer), event_id="event-4", topic="orders/create", headers={"X-Note": CANARY})
    silent(capsys, "message_rejected", "webhook_malformed")


def test_webhooks_of_other_shops_good_and_bad(logged: World, capsys: pytest.CaptureFixture[str]) -> None:
    who = {"first_name": NAME, "last_name": NAME, "phone": PHONE, "email": EMAIL}
    from_woocommerce(woo_order(billing=who))
    from_woocommerce(woo_order(billing=who, total=CANARY))
    from_woocommerce(woo_order(billing=who), topic=f"order.{CANARY}!")
    from_woocommerce(woo_order(billing=who), topic="order.deleted", headers={"X-WC-Webhook-Source": CANARY})
    from_woocommerce({"code": CANARY, "message": f"{PHONE} {EMAIL}"})
    from_woocommerce(woo_order(billing=who), secret="x")
    from_generic(generic_event(generic_order(customer=who)))
    from_generic(generic_event(generic_order(customer=who, total=CANARY)))
    from_generic(generic_event(generic_order(customer=who, payment=CANARY)))
    from_generic(generic_event(generic_order(customer={**who, CANARY: PHONE})))
    from_generic(generic_event(generic_order(customer=who), shop=CANARY))
    from_generic(generic_event(generic_order(customer=who)), secret="x")
    silent(capsys, "event_ignored", "webhook_malformed")


def test_a_refusing_table_and_mistakes_of_ours(logged: World, capsys: pytest.CaptureFixture[str]) -> None:
    logged.table.refuse(20)
    from_twilio(text(CANARY, From=PHONE))
    logged.table.refuse(0)

    def broken(*_: object, **__: object) -> None:
        raise ValueError(f"{CANARY} {PHONE} {NAME} {EMAIL} {SECRETS}")

    logged.conversations.find_route = broken  # type: ignore[method-assign]  # its message quotes a customer
    from_twilio(text(CANARY, From=PHONE, MessageSid="SM" + "c" * 32))
    logged.table.request = broken  # type: ignore[method-assign]  # the same, everywhere
    for route in every_route():
        good_request(route, {"store_id": "s", "order_id": "o", "conversation_id": "c", "message_id": "m"})
    silent(capsys, "event_deferred", "unhandled", "ValueError", "receive_message")


def test_sending(logged: World, capsys: pytest.CaptureFixture[str]) -> None:
    logged.text(CANARY, sender=Address(PHONE))
    conversation_id = logged.conversation_of(PHONE).id
    errors = [
        SendError(FailureReason.REJECTED, provider_code="21612"),
        SendUnclear(f"{CANARY} {PHONE}"),
        RuntimeError(f"{CANARY} {PHONE}"),
    ]
    for error in errors:
        logged.channel.answers = [error]
        logged.send(conversation_id, CANARY)
        outbound(queued(logged))
    path = "/webhooks/twilio/con-twilio/status/" + logged.references.sign(
        "delivery.con-twilio", [conversation_id, "m", 1], now=logged.clock.now()
    )
    from_twilio(status("failed", ErrorCode="30006", To=PHONE, From=PHONE), path=path)
    silent(capsys, "send_refused", "send_unclear", "outbound_failed", "status_not_news")


def test_queues_and_sockets(logged: World, capsys: pytest.CaptureFixture[str]) -> None:
    event = inbound_body(logged.text_event(CANARY, sender=Address(PHONE)))
    app.inbound(records(event, event[:-9], f'{{"event":"{CANARY} {PHONE}"}}'), None)
    app.outbound(records(f'{{"message":"{CANARY} {PHONE}"}}', groups=["c"]), Context())
    app.websocket_connect(socket_event("socket-1", queryStringParameters={"ticket": CANARY}), None)
    app.websocket_message(socket_event("socket-1", CANARY), None)
    app.fan_out({"Records": [{"dynamodb": {"SequenceNumber": "1", "NewImage": {"t": {"S": "m"}, "b": CANARY}}}]}, None)
    silent(capsys, "inbound_failed", "outbound_failed", "socket_refused", "fan_out_failed")


def test_bad_requests(logged: World, capsys: pytest.CaptureFixture[str]) -> None:
    ids = Objects(logged).ids
    for route in every_route():
        good_request(route, ids, body=f'{{"{CANARY}":"{PHONE}"}}'.encode())
        good_request(route, ids, query={CANARY: PHONE})
        good_request(route, {**ids, "conversation_id": CANARY, "store_id": CANARY, "order_id": CANARY})
    call("GET", "/stores/sto-seattle/conversations", sub=ADA, query={"q": CANARY})
    silent(capsys)


def test_the_stories_above_would_notice(logged: World, capsys: pytest.CaptureFixture[str]) -> None:
    logged.log.info("leak", body=CANARY)
    with pytest.raises(AssertionError):
        silent(capsys)
