"""Webhooks as providers send them (docs/requirements.md, Repeats and bad input)."""

from collections.abc import Callable

import pytest

from chalicelib.domain.consent import ConsentState
from chalicelib.domain.errors import Unavailable
from chalicelib.domain.messages import Message, MessageStatus
from tests.api.client import JSON, Answer, call
from tests.api.webhook_senders import (
    FORM,
    ORIGIN,
    from_meta,
    from_shopify,
    from_twilio,
    from_vonage,
    meta_batch,
    meta_message,
    order,
    status,
    text,
    vonage_text,
)
from tests.support.world import (
    CARLA,
    OTHER_SHOP,
    OTHER_TWILIO,
    SHOP,
    TWILIO,
    VONAGE,
    World,
)

Send = Callable[..., Answer]
SENDERS = [
    pytest.param(lambda **changes: from_twilio(text(), **changes), "X-Twilio-Signature", id="twilio"),
    pytest.param(lambda **changes: from_shopify(order(), **changes), "X-Shopify-Hmac-Sha256", id="shopify"),
    pytest.param(lambda **changes: from_vonage(vonage_text(), **changes), "Authorization", id="vonage"),
    pytest.param(lambda **changes: from_meta(meta_batch(meta_message()), **changes), "X-Hub-Signature-256", id="meta"),
]
NO_SIGNATURES = ["", " ", "x", "AAAA", "ü", "\x00", "=" * 28, "a" * 5000]


def untouched(world: World) -> bool:
    """No request to the table, nothing on a queue."""
    return world.table.requests == 0 and not world.inbound.events and not world.outbound.messages


def test_a_signed_text_is_stored_and_acknowledged_with_empty_twiml(world: World) -> None:
    answer = from_twilio(text("Hello there"))
    assert (answer.status, answer.text, answer.headers["Content-Type"]) == (200, "<Response/>", "text/xml")
    assert world.bodies(world.conversation_of().id) == ["Hello there"]


def test_a_signed_order_is_stored(world: World) -> None:
    assert from_shopify(order()).status == 200
    assert world.orders.find_external(SHOP, "1001") is not None


@pytest.mark.parametrize("body", ["nul\x00inside", "🎉 ما", "+&=%", "x" * 1600, " ", ""], ids=range(6))
def test_any_text_survives_the_way(world: World, body: str) -> None:
    assert from_twilio(text(body)).status == 200
    assert world.bodies(world.conversation_of().id) == [body]


@pytest.mark.parametrize(("send", "header"), SENDERS)
@pytest.mark.parametrize("signature", NO_SIGNATURES, ids=repr)
def test_a_wrong_signature_is_401_and_touches_nothing(world: World, send: Send, header: str, signature: str) -> None:
    answer = send(headers={header: signature})
    assert (answer.status, answer.code) == (401, "bad_signature")
    assert untouched(world)


@pytest.mark.parametrize(("send", "header"), SENDERS)
def test_a_missing_signature_is_401_and_touches_nothing(world: World, send: Send, header: str) -> None:
    answer = send(headers={header: ""})
    assert answer.status == 401
    places = ((f"twilio/{TWILIO}", FORM), (f"shopify/{SHOP}", JSON), (f"vonage/{VONAGE}", JSON))
    for path, kind in ((f"/webhooks/{place}", kind) for place, kind in places):
        assert call("POST", path, body=b"Body=Hello", headers=kind).status == 401
        assert call("POST", path, headers=kind).status == 401
    assert untouched(world)


@pytest.mark.parametrize(("send", "header"), SENDERS)
def test_a_doubled_signature_is_401(world: World, send: Send, header: str) -> None:
    from twilio.request_validator import RequestValidator

    good = RequestValidator("twilio-secret-1").compute_signature(f"{ORIGIN}/webhooks/twilio/{TWILIO}", text())
    for doubled in (f"{good},{good}", f"{good}, {good}", f"{good} ", f" {good}", good.rstrip("=")):
        assert send(headers={header: doubled}).status == 401
    assert untouched(world)


def test_a_signature_over_another_body_is_401(world: World) -> None:
    from twilio.request_validator import RequestValidator

    signature = RequestValidator("twilio-secret-1").compute_signature(f"{ORIGIN}/webhooks/twilio/{TWILIO}", text())
    assert from_twilio(text("Other"), headers={"X-Twilio-Signature": signature}).status == 401
    assert untouched(world)


def test_the_secret_of_one_connection_opens_no_other(world: World) -> None:
    for answer in (
        from_twilio(text(), secret="twilio-secret-2"),
        from_twilio(text(), path=f"/webhooks/twilio/{OTHER_TWILIO}"),
        from_twilio(text(), path=f"/webhooks/twilio/{OTHER_TWILIO}", secret="twilio-secret-2"),
        from_shopify(order(), secret="shop-secret-2"),
        from_shopify(order(), path=f"/webhooks/shopify/{OTHER_SHOP}"),
        from_shopify(order(), path=f"/webhooks/shopify/{OTHER_SHOP}", secret="shop-secret-2"),
        from_twilio(text(), secret="shop-secret-1"),
    ):
        assert (answer.status, answer.code) == (401, "bad_signature")
    assert untouched(world)


@pytest.mark.parametrize("secrets", [{}, {"auth_token": ""}, {"auth_token": "  "}, {"other": "x"}])
def test_a_missing_or_blank_secret_fails_closed(world: World, secrets: dict[str, str]) -> None:
    world.table.secrets["connections/con-twilio"] = secrets
    for secret in ("", " ", "x"):
        assert from_twilio(text(), secret=secret).status in {401, 503}
    assert untouched(world)


def test_what_host_and_forwarded_say_is_irrelevant(world: World) -> None:
    spoofed = {
        "Host": "evil.test",
        "X-Forwarded-Host": "evil.test",
        "X-Forwarded-Proto": "http",
        "Forwarded": "host=evil.test",
        "X-Original-Url": "/other",
    }
    assert from_twilio(text(), headers=spoofed).status == 200


def test_a_signature_for_a_spoofed_host_is_401(world: World) -> None:
    from twilio.request_validator import RequestValidator

    path = f"/webhooks/twilio/{TWILIO}"
    signature = RequestValidator("twilio-secret-1").compute_signature(f"https://evil.test{path}", text())
    assert from_twilio(text(), headers={"Host": "evil.test", "X-Twilio-Signature": signature}).status == 401


@pytest.mark.parametrize(
    "path",
    [
        "/webhooks/twilio/con-gone",
        f"/webhooks/shopify/{TWILIO}",
        f"/webhooks/twilio/{SHOP}",
        f"/webhooks/carrier-pigeon/{TWILIO}",
        f"/webhooks/twilio/{TWILIO}%23x",
        "/webhooks/twilio/%00",
        f"/webhooks/shopify/{SHOP}/status/x",
        "/webhooks/twilio/con-gone/status/x",
    ],
)
def test_an_unknown_connection_or_another_provider_is_404(world: World, path: str) -> None:
    answer = from_twilio(text(), path=path)
    assert (answer.status, answer.code) == (404, "not_found")
    assert untouched(world)


@pytest.mark.parametrize(
    "parameters",
    [
        {name: value for name, value in text().items() if name != "MessageSid"},
        {name: value for name, value in text().items() if name != "From"},
        {name: value for name, value in text().items() if name != "Body"},
        text(MessageSid="SM123"),
        text(From="not a number at all"),
        text(To=""),
        text(NumMedia="many"),
    ],
)
def test_a_signed_but_malformed_text_is_400_and_logged_without_content(
    world: World, parameters: dict[str, str]
) -> None:
    answer = from_twilio(parameters)
    assert (answer.status, answer.code) == (400, "invalid_input")
    assert untouched(world)
    assert [line.event for line in world.log.lines] == ["webhook_malformed"]
    assert world.log.lines[0].fields == {"provider": "twilio", "connection_id": TWILIO}


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b"null", b"\xff", b'{"id":1}', b"[" * 100_000], ids=repr)
def test_a_signed_but_malformed_order_is_400(world: World, content: bytes) -> None:
    answer = from_shopify(content)
    assert (answer.status, answer.code) == (400, "invalid_input")
    assert untouched(world)


def test_an_order_without_an_event_id_is_400(world: World) -> None:
    assert from_shopify(order(), event_id="").status == 400


@pytest.mark.parametrize("topic", ["collections/update", "themes/publish", "app/uninstalled"])
def test_a_genuine_but_unknown_event_is_200_without_effect(world: World, topic: str) -> None:
    assert from_shopify({"id": 1}, topic=topic).status == 200
    assert untouched(world)


@pytest.mark.parametrize("parameters", [status("delivered"), text(From="whatsapp:+12065550177")])
def test_twilios_other_events_are_200_without_effect(world: World, parameters: dict[str, str]) -> None:
    assert from_twilio(parameters).status == 200
    assert untouched(world)


def test_the_same_webhook_again_is_200_without_effect(world: World) -> None:
    for send in (lambda: from_twilio(text("STOP")), lambda: from_shopify(order())):
        assert send().status == 200
        before = len(world.table.changes)
        assert send().status == 200
        assert len(world.table.changes) == before
    assert len(world.table.ledger) == 1


def test_a_refusing_table_leaves_the_event_on_the_queue(world: World) -> None:
    world.table.refuse(20)
    assert from_twilio(text("Hello")).status == 200
    world.table.refuse(20)
    assert from_shopify(order()).status == 200
    assert len(world.inbound.events) == 2
    assert world.log.events() == ["event_deferred"] * 2


def test_a_mistake_of_ours_leaves_the_event_on_the_queue(world: World) -> None:
    world.conversations.find_route = None  # type: ignore[assignment,method-assign]  # a mistake: not callable
    assert from_twilio(text("Hello")).status == 200
    assert len(world.inbound.events) == 1


def test_when_the_queue_refuses_too_the_provider_is_told(world: World) -> None:
    world.table.refuse(20)
    world.inbound.failure = Unavailable()
    answer = from_twilio(text("Hello"))
    assert (answer.status, answer.code) == (503, "unavailable")


def test_secrets_that_cannot_be_read_are_503(world: World) -> None:
    world.directory.unreadable = True
    assert (from_twilio(text()).status, from_shopify(order()).status) == (503, 503)
    assert untouched(world)


@pytest.mark.parametrize("reference", ["\ud800", "%ED%A0%80", "x\ud800.y"], ids=ascii)
def test_an_address_that_is_no_text_is_401(world: World, reference: str) -> None:
    path = f"/webhooks/twilio/{TWILIO}/status/{reference}"
    answer = call("POST", path, body=b"MessageSid=1", headers={**FORM, "X-Twilio-Signature": "AAAA"})
    assert (answer.status, answer.code) == (401, "bad_signature")
    assert untouched(world)


# --- delivery callbacks -------------------------------------------------------------------------------------------


@pytest.fixture
def sent(world: World) -> Message:
    message = world.send(world.talk(), "Hello")
    world.deliver()
    return message


def callback(world: World) -> str:
    """The path the provider was told for the last text."""
    return world.channel.sent[-1].callback_url.removeprefix(ORIGIN)


def test_a_callback_raises_the_status_of_its_message(world: World, sent: Message) -> None:
    assert from_twilio(status("delivered"), path=callback(world)).status == 200
    assert world.message(sent).status is MessageStatus.DELIVERED


def test_a_landline_is_a_failure_with_a_reason_for_people(world: World, sent: Message) -> None:
    assert from_twilio(status("undelivered", ErrorCode="30006"), path=callback(world)).status == 200
    answer = call("GET", f"/conversations/{sent.conversation_id}", sub="ada").json
    bubble = answer["messages"][-1]
    assert (bubble["status"], bubble["failure"]["code"], bubble["can_retry"]) == ("failed", "landline", True)
    assert bubble["failure"]["text"]


def test_21610_in_a_callback_writes_the_ledger(world: World, sent: Message) -> None:
    from_twilio(status("failed", ErrorCode="21610"), path=callback(world))
    assert world.consent() is ConsentState.OPTED_OUT


@pytest.mark.parametrize("state", ["queued", "accepted", "sending", "something-new"])
def test_a_callback_that_says_nothing_new_is_200(world: World, sent: Message, state: str) -> None:
    assert from_twilio(status(state), path=callback(world)).status == 200
    assert world.message(sent).status is MessageStatus.SENT


def test_a_forged_reference_is_401_though_the_request_is_signed(world: World, sent: Message) -> None:
    path = callback(world)
    ticket = world.references.sign("socket", [sent.conversation_id, sent.id, 1], now=world.clock.now())
    base = path.rpartition("/")[0]
    before = world.table.requests
    for reference in ("x", path.rpartition("/")[2][:-3] + "abc", ticket, "%00", "a.b", f"{base}%2e"):
        answer = from_twilio(status("delivered"), path=f"{base}/{reference.replace('/', '')}")
        assert (answer.status, answer.code) == (401, "bad_signature")
    assert world.table.requests == before
    assert world.message(sent).status is MessageStatus.SENT


@pytest.mark.parametrize("value", [None, [], ["c", "m"], ["c", "m", "1"], [1, 2, 3], ["c", "m", 1, 1]])
def test_a_reference_of_another_shape_is_401(world: World, value: object) -> None:
    reference = world.references.sign(f"delivery.{TWILIO}", value, now=world.clock.now())
    path = f"/webhooks/twilio/{TWILIO}/status/{reference}"
    assert from_twilio(status("delivered"), path=path).status == 401


def test_a_callback_is_signed_by_its_own_connection(world: World, sent: Message) -> None:
    path = callback(world)
    assert from_twilio(status("delivered"), path=path, secret="twilio-secret-2").status == 401
    assert from_twilio(status("delivered"), path=path.replace(TWILIO, OTHER_TWILIO)).status == 401
    assert from_twilio(status("delivered"), path=path.replace(f"twilio/{TWILIO}", f"shopify/{SHOP}")).status == 404


def test_another_merchants_connection_cannot_report_about_our_message(world: World, sent: Message) -> None:
    """Signed by themselves, with a reference they got hold of."""
    path = callback(world).replace(TWILIO, OTHER_TWILIO)
    theirs = status("failed", ErrorCode="21610", AccountSid="AC" + "2" * 32)
    assert from_twilio(theirs, path=path, secret="twilio-secret-2").status == 401
    assert world.message(sent).status is MessageStatus.SENT
    assert world.consent() is ConsentState.NONE


def test_a_callback_about_an_erased_message_is_200(world: World, sent: Message) -> None:
    world.table.messages.clear()
    assert from_twilio(status("delivered"), path=callback(world)).status == 200


def test_a_callback_waits_on_the_queue_when_the_table_refuses(world: World, sent: Message) -> None:
    world.table.refuse(5)
    assert from_twilio(status("delivered"), path=callback(world)).status == 200
    assert len(world.inbound.events) == 1


def test_the_customer_never_sees_an_address_in_an_answer(world: World) -> None:
    for answer in (from_twilio(text("STOP")), from_twilio(text("Hi"), secret="x"), from_shopify(order())):
        assert CARLA not in answer.text
