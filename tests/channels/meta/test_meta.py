"""WhatsApp at Meta: what its webhooks say, and what its answers to a send mean."""

import hashlib
import hmac
import json
from pathlib import Path
from typing import Any, ClassVar

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from chalicelib.channels.meta_whatsapp import MetaWhatsApp
from chalicelib.channels.meta_whatsapp_words import KINDS
from chalicelib.domain.addresses import Address, Channel
from chalicelib.domain.circuit import Trouble
from chalicelib.domain.errors import BadSignature, InvalidInput
from chalicelib.domain.events import Event, Ignored, MessageReceived, StatusReported
from chalicelib.domain.media import MediaReference
from chalicelib.domain.merchants import Connection
from chalicelib.domain.message_templates import TemplateUse
from chalicelib.domain.messages import FailureReason, MessageStatus
from chalicelib.usecases.ports import HttpResponse, NoAnswer, NotConnected, SendError, SendUnclear, Sent, WebhookRequest
from tests.channels.runner import (
    AUSTRALIAN,
    GERMAN,
    NOW,
    PICTURE,
    TEXT,
    ChannelContract,
    Incoming,
    Outgoing,
    with_pictures,
)
from tests.fakes.http import Exchange, FakeHttp, Request

ACCOUNT, NUMBER_ID = "104996122399160", "106540352242922"
SECRET, VERIFY_TOKEN = "the-app-secret-of-the-merchant", "a-token-made-up-by-the-merchant"
URL = "https://shop.example/webhooks/meta/c1"
ID = "wamid.HBgLMTU1NTc2NTQzMjEVAgASGBQzQTdCNjk4RDBDRkE4MTg3"
QUOTED = "wamid.HBgLQUOTED"
SENT_URL = f"https://graph.facebook.com/v25.0/{NUMBER_ID}/messages"


def text(body: str = "Is my order ready?", **changed: object) -> list[Event]:
    event = MessageReceived(
        connection_id="c1",
        provider_id=ID,
        channel=Channel.WHATSAPP,
        sender=Address("+15557654321"),
        sender_name="Carla Diaz",
        recipient=Address("+15550001000"),
        body=body,
        received_at=NOW,
        written_at=NOW - 10_000,
    )
    return [replace(event, **changed)]


def quoting(body: str, **changed: object) -> list[Event]:
    return text(body, quoted_id=QUOTED, **changed)


def with_media(body: str, media_id: str, content_type: str, name: str = "") -> list[Event]:
    return text(body, media=(MediaReference(source=media_id, content_type=content_type, name=name),))


def notice(body: str, **changed: object) -> list[Event]:
    """What WhatsApp tells of itself: nobody wrote, so nothing is answered and no window opens."""
    return text(body, automatic=True, written_at=None, **changed)


def report(status: MessageStatus, failure: FailureReason | None = None, code: str = "") -> list[Event]:
    return [
        StatusReported(
            connection_id="c1",
            reference="signed-reference",
            provider_id=ID,
            status=status,
            failure=failure,
            provider_code=code,
        )
    ]


def failed(name: str, reason: FailureReason, code: str = "") -> Incoming:
    return Incoming(f"status_failed_{name}", report(MessageStatus.FAILED, reason, code))


def ignored(name: str, *kinds: str) -> Incoming:
    return Incoming(name, [Ignored(kind=kind) for kind in kinds])


def refused(
    status: int, code: int, reason: FailureReason, *, retryable: bool = False, trouble: Trouble | None = None
) -> Outgoing:
    error = {"message": f"(#{code}) to 15557654321", "type": "OAuthException", "code": code, "fbtrace_id": "A"}
    outcome = SendError(reason, retryable=retryable, provider_code=str(code), trouble=trouble)
    return Outgoing(f"{status} {code}", HttpResponse(status, json.dumps({"error": error}).encode()), outcome)


def unclear(name: str, status: int, body: bytes) -> Outgoing:
    return Outgoing(name, HttpResponse(status, body), SendUnclear())


ACCEPTED = HttpResponse(
    200,
    json.dumps(
        {
            "messaging_product": "whatsapp",
            "contacts": [{"input": TEXT.recipient, "wa_id": "15557654321"}],
            "messages": [{"id": ID, "message_status": "accepted"}],
        }
    ).encode(),
)
NEW_NUMBER = "[WhatsApp: This customer has a new phone number at WhatsApp and may write from there.]"


class TestMeta(ChannelContract):
    make = MetaWhatsApp
    connection = Connection(
        id="c1",
        merchant_id="m1",
        provider="meta",
        secret_ref="/x/connections/c1",
        store_id="s1",
        account=ACCOUNT,
        number_ids={"+15550001000": NUMBER_ID},
    )
    secrets: ClassVar = {"app_secret": SECRET, "verify_token": VERIFY_TOKEN, "access_token": "EAAJB-the-access-token"}
    fixtures = Path(__file__).parent / "fixtures"
    url = URL
    content_type = "application/json"
    signature_header = "x-hub-signature-256"
    signs_the_address = False
    send_url = SENT_URL
    ask_url = f"https://graph.facebook.com/v25.0/{ACCOUNT}?fields=id"
    accepted = ACCEPTED

    incoming: ClassVar = [
        Incoming("inbound_text", text()),
        Incoming("inbound_text_of_signs", text("Größe 50% + 3 & more = ok? 👍🏽\r\nשלום")),
        Incoming("inbound_text_of_nothing", text("")),
        Incoming("inbound_stop", text("STOP")),
        Incoming("inbound_quoting", quoting("This one, please")),
        Incoming("inbound_forwarded", text("See what they say")),
        Incoming(
            "inbound_about_a_product", quoting("Still there in 42?\n[About the product BOOT-42 of the catalogue]")
        ),
        Incoming("inbound_from_an_advert", text("Hi, more about this?")),
        Incoming(
            "inbound_without_a_number", text("Hello without a number", sender=Address("id:US.13491208655302741918"))
        ),
        Incoming(
            "inbound_from_a_parent_user_id",
            text("Hello from a large house", sender=Address("id:US.ENT.11815799212886844830"), sender_name=""),
        ),
        Incoming("inbound_without_contacts", text(sender_name="")),
        Incoming("inbound_number_not_set_up", text(recipient=Address("+15550002000"))),
        Incoming("inbound_from_the_future", text(written_at=NOW)),
        Incoming("inbound_odd_time", text(written_at=NOW)),
        Incoming("inbound_image", with_media("Does this fit?", "2754859441498128", "image/jpeg")),
        Incoming("inbound_video", with_media("", "1166846181421424", "video/mp4")),
        Incoming("inbound_voice", with_media("", "1908647269898587", "audio/ogg")),
        Incoming("inbound_sticker", with_media("", "798882015472548", "image/webp")),
        Incoming("inbound_document", with_media("The receipt", "1376223850470843", "application/pdf", "receipt.pdf")),
        Incoming("inbound_image_that_cannot_be_fetched", text("Does this fit?", media_count=1)),
        Incoming(
            "inbound_location",
            text("[Location: Pike Place, 85 Pike St, Seattle]\nhttps://maps.google.com/?q=47.609722,-122.333056"),
        ),
        Incoming("inbound_location_bare", text("[Location]\nhttps://maps.google.com/?q=47.609722,-122.333056")),
        Incoming(
            "inbound_contacts", text("[Contact: Dean Moss, +1 555-222-3333, dean@moss.example]\n[Contact: Carla Diaz]")
        ),
        Incoming("inbound_button", quoting("Yes, please")),
        Incoming("inbound_button_stop", quoting("STOP")),
        Incoming("inbound_button_reply", quoting("Pick up")),
        Incoming("inbound_list_reply", text("Tuesday\n9 to 12")),
        Incoming("inbound_form", text('[Filled in a form: {"size":"42"}]')),
        Incoming("inbound_reaction", quoting("[Reacted with 👍]")),
        Incoming("inbound_reaction_removed", quoting("[Took a reaction back]")),
        Incoming(
            "inbound_order",
            text("[Orders from the catalogue: 2 products]\n2 × BOOT-42 (42.5 USD)\n1 × LACES (3 USD)\nFor Friday"),
        ),
        Incoming("inbound_edit", quoting("[Corrected an earlier message]\nWednesday, not Tuesday")),
        Incoming("inbound_revoke", notice("[Deleted an earlier message at WhatsApp]", quoted_id=QUOTED)),
        Incoming("inbound_system_new_number", notice(NEW_NUMBER)),
        Incoming("inbound_system_other", notice("[WhatsApp: Something about this customer's account has changed.]")),
        Incoming("inbound_welcome", notice("[Opened the chat at WhatsApp for the first time]")),
        Incoming("inbound_unsupported_poll", text("[Sent something we cannot show: a poll]")),
        Incoming("inbound_unsupported", text("[Sent something we cannot show]")),
        Incoming("inbound_unknown", text("[Sent something we cannot show]")),
        Incoming("inbound_of_tomorrow", text("[Sent something we cannot show: hologram]")),
        Incoming("inbound_of_an_odd_kind", text("[Sent something we cannot show]")),
        Incoming("inbound_text_without_its_text", text("[Sent something we cannot show: text]")),
        Incoming("inbound_image_without_its_image", text("[Sent something we cannot show: image]")),
        ignored("inbound_group", "group_message"),
        Incoming(
            "batch",
            [
                *text("One"),
                Ignored(kind="malformed_message"),
                *text("Two", provider_id=f"{ID}2"),
                *report(MessageStatus.DELIVERED),
                Ignored(kind="malformed_status"),
                *report(MessageStatus.READ),
                Ignored(kind="other_account"),
                Ignored(kind="malformed_change"),
                Ignored(kind="malformed_change"),
                Ignored(kind="message_template_status_update"),
                Ignored(kind="malformed_entry"),
            ],
        ),
        ignored("account_update", "account_update"),
        ignored("account_field_of_an_odd_name", "other_field"),
        ignored("account_error", "account_error"),
        ignored("malformed_no_sender", "malformed_message"),
        ignored("malformed_sender", "malformed_message"),
        ignored("malformed_id", "malformed_message"),
        ignored("malformed_no_metadata", "malformed_change"),
        Incoming("malformed_object", InvalidInput),
        Incoming("malformed_no_object", InvalidInput),
        Incoming("status_sent", report(MessageStatus.SENT)),
        Incoming("status_delivered", report(MessageStatus.DELIVERED)),
        Incoming("status_read", report(MessageStatus.READ)),
        Incoming("status_played", report(MessageStatus.READ)),
        failed("outside_window", FailureReason.OUTSIDE_WINDOW, "131047"),
        failed("undeliverable", FailureReason.NOT_ON_CHANNEL, "131026"),
        failed("not_healthy", FailureReason.BLOCKED, "131049"),
        failed("payment", FailureReason.ACCOUNT_PROBLEM, "131042"),
        failed("template", FailureReason.TEMPLATE_REFUSED, "132015"),
        failed("unknown_code", FailureReason.UNSPECIFIED, "999999"),
        failed("without_a_code", FailureReason.UNSPECIFIED),
        ignored("status_deleted", "status"),
        ignored("status_of_another_program", "status_without_reference"),
    ]

    outgoing: ClassVar = [
        Outgoing("accepted", ACCEPTED, Sent(ID)),
        unclear("accepted without an id", 200, b'{"messages": []}'),
        unclear("accepted under two ids", 200, b'{"messages": [{"id": "a"}, {"id": "b"}]}'),
        unclear("accepted under an odd id", 200, b'{"messages": [{"id": "to 15557654321"}]}'),
        Outgoing("no answer", NoAnswer(), SendUnclear()),
        Outgoing(
            "not connected", NotConnected(), SendError(FailureReason.UNSPECIFIED, retryable=True, trouble=Trouble.DOWN)
        ),
        refused(400, 130429, FailureReason.UNSPECIFIED, retryable=True, trouble=Trouble.BUSY),
        refused(429, 130429, FailureReason.UNSPECIFIED, retryable=True, trouble=Trouble.BUSY),
        refused(400, 80007, FailureReason.UNSPECIFIED, retryable=True, trouble=Trouble.BUSY),
        refused(400, 4, FailureReason.UNSPECIFIED, retryable=True, trouble=Trouble.BUSY),
        refused(400, 131056, FailureReason.UNSPECIFIED, retryable=True),
        refused(400, 131047, FailureReason.OUTSIDE_WINDOW),
        refused(400, 131026, FailureReason.NOT_ON_CHANNEL),
        refused(400, 131030, FailureReason.ACCOUNT_PROBLEM),
        refused(400, 131048, FailureReason.SENDER_UNUSABLE),
        refused(400, 131050, FailureReason.BLOCKED),
        refused(404, 132001, FailureReason.TEMPLATE_REFUSED),
        refused(400, 100, FailureReason.REJECTED),
        refused(400, 133010, FailureReason.SENDER_UNUSABLE),
        refused(401, 190, FailureReason.ACCOUNT_PROBLEM),
        refused(400, 190, FailureReason.ACCOUNT_PROBLEM),
        refused(403, 10, FailureReason.ACCOUNT_PROBLEM),
        refused(400, 0, FailureReason.ACCOUNT_PROBLEM),
        refused(403, 999_999, FailureReason.ACCOUNT_PROBLEM),
        Outgoing("401 without a code", HttpResponse(401, b""), SendError(FailureReason.ACCOUNT_PROBLEM)),
        Outgoing("an error of nulls", HttpResponse(400, b'{"error": null}'), SendError(FailureReason.REJECTED)),
        Outgoing(
            "a code that is none", HttpResponse(400, b'{"error": {"code": -1}}'), SendError(FailureReason.REJECTED)
        ),
    ]

    def signed(self, url: str, body: bytes) -> dict[str, str]:
        return {"x-hub-signature-256": signature(self.secrets["app_secret"], body)}

    def assert_request(self, request: Request) -> None:
        assert request.headers["Authorization"] == f"Bearer {self.secrets['access_token']}"
        assert request.headers["Content-Type"] == "application/json"
        assert json.loads(request.body) == {
            "messaging_product": "whatsapp",
            "recipient_type": "individual",
            "to": TEXT.recipient,
            "type": "text",
            "text": {"preview_url": True, "body": TEXT.body},
            "biz_opaque_callback_data": "signed-reference",
        }

    # --- pictures ------------------------------------------------------------------------------------------------

    def test_carries_one_picture_anywhere(self) -> None:
        assert MetaWhatsApp().carries(with_pictures(GERMAN, AUSTRALIAN))
        assert not MetaWhatsApp().carries(with_pictures(GERMAN, AUSTRALIAN, 2))

    @pytest.mark.parametrize("body", [TEXT.body, ""])
    def test_a_picture_goes_out_by_its_address_with_the_words_below(self, body: str) -> None:
        sent = self.sent(replace(TEXT, pictures=(PICTURE,), body=body))
        assert (sent["type"], "text" in sent) == ("image", False)
        assert sent["image"] == {"link": PICTURE.url, **({"caption": body} if body else {})}
        assert sent["biz_opaque_callback_data"] == "signed-reference"

    # --- peculiar to Meta -------------------------------------------------------------------------------------

    def test_every_fixture_is_in_a_table(self) -> None:
        files = {path.stem for path in self.fixtures.iterdir()}
        assert files == {row.fixture for row in self.incoming}

    def test_every_kind_that_is_read_has_a_fixture(self) -> None:
        seen = {
            message.get("type")
            for row in self.incoming
            for entry in json.loads(self.body(row))["entry"]
            for change in entry["changes"]
            if isinstance(change, dict)
            for message in change["value"].get("messages", [])
        }
        assert set(KINDS) - seen <= {"voice"}

    @pytest.mark.parametrize("kind", KINDS)
    @pytest.mark.parametrize("content", [None, {}, [], "x", 7, [None], [{}], {"type": 7}, {"name": ["x"]}])
    def test_no_content_of_any_kind_loses_the_message(self, kind: str, content: Any) -> None:
        """Whatever stands where the content should be: the associate is told that something came."""
        [event] = self.parsed(kind, **{kind: content})
        assert isinstance(event, MessageReceived)
        assert event.body.strip() or event.media or event.media_count

    @given(
        st.recursive(
            st.none() | st.booleans() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=8),
            lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
            max_leaves=12,
        ),
        st.sampled_from(KINDS),
    )
    def test_whatever_a_message_holds_it_is_told(self, content: Any, kind: str) -> None:
        [event] = self.parsed(kind, **{kind: content, "context": content})
        assert isinstance(event, MessageReceived)

    def test_what_is_told_is_never_longer_than_a_text(self) -> None:
        items = [{"product_retailer_id": "x" * 1000, "quantity": 1}] * 50
        [event] = self.parsed("order", order={"product_items": items})
        assert isinstance(event, MessageReceived)
        assert len(event.body) == 4_096

    def test_another_base_address_is_used_as_configured(self) -> None:
        url = f"http://localhost:8000/simulator/meta/v25.0/{NUMBER_ID}/messages"
        channel = MetaWhatsApp("http://localhost:8000/simulator/meta/")
        http = FakeHttp(Exchange("POST", url, ACCEPTED))
        assert channel.send(TEXT, self.connection, self.secrets, http) == Sent(ID)

    def test_the_webhook_is_answered_with_json(self) -> None:
        reply = MetaWhatsApp().acknowledge()
        assert (reply.content_type, reply.body) == ("application/json", "{}")

    def test_somebody_without_a_number_is_written_to_by_their_user_id(self) -> None:
        sent = self.sent(replace(TEXT, recipient=Address("id:US.13491208655302741918")))
        assert sent["recipient"] == "US.13491208655302741918"
        assert "to" not in sent

    def test_a_template_is_sent_by_its_name_with_its_values(self) -> None:
        use = TemplateUse(name="ready", language="en_US", values=("Carla", "#1\ud83d"))
        sent = self.sent(replace(TEXT, template=use))
        parameters = [{"type": "text", "text": "Carla"}, {"type": "text", "text": "#1?"}]
        assert sent["type"] == "template"
        assert sent["template"] == {
            "name": "ready",
            "language": {"code": "en_US"},
            "components": [{"type": "body", "parameters": parameters}],
        }
        assert "text" not in sent
        assert self.sent(replace(TEXT, template=replace(use, values=())))["template"]["components"] == []

    def test_half_a_character_does_not_stop_a_text(self) -> None:
        assert self.sent(replace(TEXT, body="a\ud83d"))["text"]["body"] == "a?"

    def test_a_number_that_is_not_set_up_at_meta_sends_nothing(self) -> None:
        elsewhere = replace(TEXT, sender=Address("+15550009999"))
        with pytest.raises(SendError) as refusal:
            MetaWhatsApp().send(elsewhere, self.connection, self.secrets, FakeHttp())
        assert refusal.value.reason is FailureReason.SENDER_UNUSABLE

    def test_one_secret_does_not_stand_for_another(self) -> None:
        request = self.request(self.incoming[0])
        for name in ("verify_token", "access_token"):
            with pytest.raises(BadSignature):
                MetaWhatsApp().verify(request, self.connection, {name: SECRET})
        with pytest.raises(SendError):
            MetaWhatsApp().send(TEXT, self.connection, {"app_secret": "x", "verify_token": "x"}, FakeHttp())

    @pytest.mark.parametrize("form", ["sha1={}", "sha256={} ", "SHA256={}", "{}", "sha256=sha256={}", "sha256={}00"])
    def test_the_signature_has_one_form(self, form: str) -> None:
        request = self.request(self.incoming[0])
        mac = request.headers["x-hub-signature-256"].removeprefix("sha256=")
        self.assert_refused(self.with_signature(request, form.format(mac)))
        self.assert_refused(self.with_signature(request, f"sha256={mac.upper()}"))

    # --- the challenge ----------------------------------------------------------------------------------------

    def test_the_challenge_is_answered_to_who_knows_the_token(self) -> None:
        reply = self.challenged(f"hub.mode=subscribe&hub.challenge=1158201444&hub.verify_token={VERIFY_TOKEN}")
        assert (reply.content_type, reply.body) == ("text/plain", "1158201444")

    @pytest.mark.parametrize("token", ["", " ", "x", VERIFY_TOKEN[:-1], VERIFY_TOKEN + "x", VERIFY_TOKEN.upper(), "ü"])
    def test_a_wrong_token_is_refused(self, token: str) -> None:
        with pytest.raises(BadSignature):
            self.challenged(f"hub.mode=subscribe&hub.challenge=1&hub.verify_token={token}")

    @pytest.mark.parametrize("secret", ["", "  ", "ü"])
    def test_without_a_token_of_ours_every_challenge_is_refused(self, secret: str) -> None:
        request = self.asked(f"hub.mode=subscribe&hub.challenge=1&hub.verify_token={secret}")
        for secrets in ({}, {"verify_token": secret}, {"app_secret": "x"}):
            with pytest.raises(BadSignature):
                MetaWhatsApp().challenge(request, self.connection, secrets)

    def test_a_token_given_twice_is_refused(self) -> None:
        with pytest.raises(BadSignature):
            self.challenged(f"hub.mode=subscribe&hub.challenge=1&hub.verify_token={VERIFY_TOKEN}&hub.verify_token=x")

    @pytest.mark.parametrize(
        "query", ["hub.mode=unsubscribe&hub.challenge=1", "hub.challenge=1", "hub.mode=subscribe",
                  "hub.mode=subscribe&hub.challenge=%3Cscript%3E", "hub.mode=subscribe&hub.challenge=" + "1" * 257]
    )  # fmt: skip
    def test_nothing_but_a_challenge_is_repeated(self, query: str) -> None:
        with pytest.raises(InvalidInput):
            self.challenged(f"{query}&hub.verify_token={VERIFY_TOKEN}")

    # --- how --------------------------------------------------------------------------------------------------

    def challenged(self, query: str) -> Any:
        return MetaWhatsApp().challenge(self.asked(query), self.connection, self.secrets)

    def asked(self, query: str) -> WebhookRequest:
        return WebhookRequest(method="GET", url=f"{URL}?{query}", headers={}, body=b"")

    def parsed(self, kind: str, **content: Any) -> list[Event]:
        message = {"from": "15557654321", "id": ID, "timestamp": "1795299990", **content, "type": kind}
        value = {"metadata": {"phone_number_id": NUMBER_ID}, "messages": [message]}
        entry = {"id": ACCOUNT, "changes": [{"field": "messages", "value": value}]}
        body = json.dumps({"object": "whatsapp_business_account", "entry": [entry]}).encode()
        request = WebhookRequest(method="POST", url=URL, headers={}, body=body)
        return MetaWhatsApp().parse(request, self.connection, NOW)

    def sent(self, text: Any) -> Any:
        http = FakeHttp(Exchange("POST", SENT_URL, ACCEPTED))
        MetaWhatsApp().send(text, self.connection, self.secrets, http)
        return json.loads(http.requests[0].body)


def signature(secret: str, body: bytes) -> str:
    """Written from Meta's page, not from the adapter:
    https://developers.facebook.com/documentation/business-messaging/whatsapp/webhooks/create-webhook-endpoint
    """
    return "sha256=" + hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()
