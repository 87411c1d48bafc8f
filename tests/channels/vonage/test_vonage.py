"""Vonage: the two tables, and what is peculiar to it."""

import json
from base64 import b64encode
from hashlib import sha256
from pathlib import Path
from typing import Any, ClassVar

import jwt
import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from chalicelib.channels.vonage import Vonage
from chalicelib.domain.addresses import Address, Channel
from chalicelib.domain.circuit import Trouble
from chalicelib.domain.errors import BadSignature, InvalidInput
from chalicelib.domain.events import DeliveryReported, Event, Ignored, MessageReceived
from chalicelib.domain.media import MediaReference
from chalicelib.domain.merchants import Connection
from chalicelib.domain.messages import FailureReason, MessageStatus
from chalicelib.usecases.ports import HttpResponse, NoAnswer, NotConnected, SendError, SendUnclear, Sent, WebhookRequest
from tests.channels.runner import (
    AMERICAN,
    AUSTRALIAN,
    CANADIAN,
    GERMAN,
    NOW,
    PICTURE,
    REF,
    TEXT,
    ChannelContract,
    Incoming,
    Outgoing,
    with_pictures,
)
from tests.fakes.http import Exchange, FakeHttp, Request
from tests.support.vonage import ALGORITHM, signed, token

ACCOUNT = "a1b2c3d4"
UUID = "7d1c0f4e-52b3-4a6f-9c38-e1f2a3b4c5d6"
SECRET = "a-signature-secret-of-more-than-32-bytes"
URL = "https://shop.example/api/webhooks/vonage/c1/status/signed-reference"
DAY = 86_400


def text(body: str = "Is my order ready?", **changed: object) -> list[Event]:
    event = MessageReceived(
        connection_id="c1",
        provider_id=UUID,
        channel=Channel.SMS,
        sender=Address("+15557654321"),
        recipient=Address("+15550001000"),
        body=body,
        received_at=NOW,
    )
    return [replace(event, **changed)]


def report(status: MessageStatus, failure: FailureReason | None = None, code: str = "") -> list[Event]:
    return [
        DeliveryReported(
            connection_id="c1", ref=REF, provider_id=UUID, status=status, failure=failure, provider_code=code
        )
    ]


def failed(name: str, reason: FailureReason, code: str = "") -> Incoming:
    return Incoming(f"status_{name}", report(MessageStatus.FAILED, reason, code), status=True)


def refused(status: int, code: str, reason: FailureReason, *, trouble: Trouble | None = None) -> Outgoing:
    kind = f"/messages#{code}" if code.isdigit() else f"#{code}"
    problem = {
        "type": f"https://developer.vonage.com/api-errors{kind}",
        "title": "Refused",
        "detail": "to 15557654321",
        "instance": "5c7d0e3a9b1f4c62",
    }
    outcome = SendError(reason, retryable=trouble is not None, provider_code=code, trouble=trouble)
    return Outgoing(f"{status} {code} {reason}", HttpResponse(status, json.dumps(problem).encode()), outcome)


def picture(path: str, name: str = "") -> MediaReference:
    return MediaReference(source=f"https://api-us.nexmo.com/v3/media/{path}", name=name)


CREATED = HttpResponse(202, b'{"message_uuid": "%s"}' % UUID.encode())
SAID = (
    b'{"channel":"sms","message_type":"text","text":"Hi","message_uuid":"%s","from":"15557654321","to":"15550001000"}'
)


class TestVonage(ChannelContract):
    make = Vonage
    connection = Connection(
        id="c1", merchant_id="m1", provider="vonage", secret_ref="/x/connections/c1", store_id="s1", account=ACCOUNT
    )
    secrets: ClassVar = {"signature_secret": SECRET, "api_secret": "the-api-secret-of-the-account"}
    fixtures = Path(__file__).parent / "fixtures"
    url = URL
    content_type = "application/json"
    signature_header = "authorization"
    signs_the_address = False
    send_url = "https://api.nexmo.com/v1/messages"
    ask_url = "https://api.nexmo.com/v2/applications?page_size=1"
    accepted = CREATED

    incoming: ClassVar = [
        Incoming("inbound_text", text()),
        Incoming("inbound_text_of_signs", text("Größe 50% + 3 & more = ok? 👍🏽\r\nשלום")),
        Incoming("inbound_text_escaped", text("Größe 👍🏽\r\nשלום\0")),
        Incoming("inbound_text_in_many_parts", text("All right. " * 70)),
        Incoming("inbound_text_of_nothing", text("")),
        Incoming("inbound_from_short_code", text(sender=Address("40404"))),
        Incoming("inbound_from_a_name", text(sender=Address("PARCEL CO"))),
        Incoming("inbound_with_plus_signs", text()),
        Incoming("inbound_uuid_in_capitals", text()),
        Incoming("inbound_stop", text("STOP")),
        Incoming("inbound_picture", text("Does this fit?", media=(picture("a.jpg", "a.jpg"),))),
        Incoming("inbound_contact_card", text("", media=(picture("a.vcf", "a.vcf"),))),
        Incoming("inbound_several_media", text("Both of these", media=(picture("a.jpg"), picture("b.jpg")))),
        Incoming("inbound_media_some_without_address", text("", media=(picture("a.jpg"),), media_count=2)),
        Incoming("inbound_unsupported", text("", media_count=1)),
        Incoming("inbound_whatsapp", [Ignored(kind="other_channel")]),
        Incoming("inbound_messenger", [Ignored(kind="other_channel")]),
        Incoming("status_at_the_message_address", [Ignored(kind="status")]),
        Incoming("malformed_no_uuid", InvalidInput),
        Incoming("malformed_uuid", InvalidInput),
        Incoming("malformed_no_text", InvalidInput),
        Incoming("malformed_text", InvalidInput),
        Incoming("malformed_no_sender", InvalidInput),
        Incoming("malformed_sender", InvalidInput),
        Incoming("malformed_no_channel", InvalidInput),
        Incoming("malformed_old_version", InvalidInput),
        Incoming("malformed_no_object", InvalidInput),
        Incoming("status_submitted", report(MessageStatus.SENT), status=True),
        Incoming("status_delivered", report(MessageStatus.DELIVERED), status=True),
        Incoming("status_delivered_with_error", report(MessageStatus.DELIVERED), status=True),
        Incoming("status_read", report(MessageStatus.READ), status=True),
        Incoming("status_queued", [Ignored(kind="status")], status=True),
        failed("rejected_landline", FailureReason.LANDLINE, "1250"),
        failed("rejected_unreachable", FailureReason.UNREACHABLE, "1180"),
        failed("rejected_opted_out", FailureReason.OPTED_OUT, "1240"),
        failed("rejected_by_its_type_only", FailureReason.BLOCKED, "1210"),
        failed("rejected_unknown_code", FailureReason.UNSPECIFIED, "1999"),
        failed("rejected_odd_error", FailureReason.UNSPECIFIED),
        failed("rejected_error_of_null", FailureReason.UNSPECIFIED),
        failed("undeliverable", FailureReason.UNSPECIFIED),
        Incoming("status_malformed_no_status", InvalidInput, status=True),
        Incoming("status_malformed_no_uuid", InvalidInput, status=True),
        Incoming("status_malformed_reference", InvalidInput, status=True),
    ]

    outgoing: ClassVar = [
        Outgoing("accepted", CREATED, Sent(UUID)),
        Outgoing(
            "accepted, the id in capitals",
            HttpResponse(202, CREATED.body.upper().replace(b"MESSAGE", b"message").replace(b"UUID", b"uuid")),
            Sent(UUID),
        ),
        Outgoing("accepted without an id of theirs", HttpResponse(202, b'{"message_uuid": "x"}'), SendUnclear()),
        Outgoing("garbled, naming the customer", HttpResponse(202, b"to 15557654321"), SendUnclear()),
        Outgoing("no answer", NoAnswer(), SendUnclear()),
        Outgoing(
            "not connected", NotConnected(), SendError(FailureReason.UNSPECIFIED, retryable=True, trouble=Trouble.DOWN)
        ),
        refused(429, "1000", FailureReason.UNSPECIFIED, trouble=Trouble.BUSY),
        refused(422, "1000", FailureReason.UNSPECIFIED, trouble=Trouble.BUSY),
        refused(422, "1100", FailureReason.UNSPECIFIED, trouble=Trouble.DOWN),
        refused(429, "rate-limit", FailureReason.UNSPECIFIED, trouble=Trouble.BUSY),
        refused(422, "1020", FailureReason.REJECTED),
        refused(422, "1120", FailureReason.SENDER_UNUSABLE),
        refused(422, "1170", FailureReason.INVALID_NUMBER),
        refused(422, "1240", FailureReason.OPTED_OUT),
        refused(422, "1250", FailureReason.LANDLINE),
        refused(422, "1420", FailureReason.SENDER_UNUSABLE),
        refused(422, "1430", FailureReason.INVALID_NUMBER),
        refused(422, "1999", FailureReason.REJECTED),
        refused(401, "unauthorized", FailureReason.ACCOUNT_PROBLEM),
        refused(402, "low-balance", FailureReason.ACCOUNT_PROBLEM),
        refused(403, "forbidden", FailureReason.ACCOUNT_PROBLEM),
        refused(403, "1160", FailureReason.ACCOUNT_PROBLEM),
        Outgoing("401 without a code", HttpResponse(401, b""), SendError(FailureReason.ACCOUNT_PROBLEM)),
        Outgoing("a problem of nulls", HttpResponse(422, b'{"type": null}'), SendError(FailureReason.REJECTED)),
        Outgoing(
            "a problem that names the customer",
            HttpResponse(422, b'{"type": "https://x/#to-15557654321", "title": "15557654321"}'),
            SendError(FailureReason.REJECTED),
        ),
    ]

    def signed(self, url: str, body: bytes) -> dict[str, str]:
        return {"authorization": token(self.secrets["signature_secret"], ACCOUNT, body, NOW // 1000)}

    def assert_request(self, request: Request) -> None:
        credentials = f"{ACCOUNT}:{self.secrets['api_secret']}".encode()
        assert request.headers["Authorization"] == "Basic " + b64encode(credentials).decode()
        assert request.headers["Content-Type"] == "application/json"
        assert json.loads(request.body) == {
            "channel": "sms",
            "message_type": "text",
            "to": "15557654321",
            "from": "15550001000",
            "text": TEXT.body,
            "client_ref": sha256(b"signed-reference").hexdigest(),
            "webhook_url": TEXT.callback_url,
            "webhook_version": "v1",
        }

    # --- pictures ------------------------------------------------------------------------------------------------

    @pytest.mark.parametrize(
        ("sender", "recipient", "count", "carried"),
        [
            (AMERICAN, CANADIAN, 1, True),
            (AMERICAN, CANADIAN, 2, False),
            (AUSTRALIAN, AUSTRALIAN, 1, False),
            (AMERICAN, GERMAN, 1, False),
        ],
    )
    def test_carries_one_picture_within_north_america(
        self, sender: str, recipient: str, count: int, carried: bool
    ) -> None:
        assert Vonage().carries(with_pictures(sender, recipient, count)) is carried

    @pytest.mark.parametrize("body", [TEXT.body, ""])
    def test_a_picture_goes_out_as_mms_with_the_words_below(self, body: str) -> None:
        http = FakeHttp(Exchange("POST", self.send_url, self.accepted))
        Vonage().send(with_pictures(AMERICAN, CANADIAN, body=body), self.connection, self.secrets, http)
        sent = json.loads(http.requests[0].body)
        assert (sent["channel"], sent["message_type"], "text" in sent) == ("mms", "image", False)
        assert sent["image"] == {"url": PICTURE.url, **({"caption": body} if body else {})}

    # --- peculiar to Vonage ----------------------------------------------------------------------------------

    def test_another_base_address_is_used_as_configured(self) -> None:
        http = FakeHttp(Exchange("POST", "http://localhost:8000/simulator/vonage/v1/messages", CREATED))
        channel = Vonage("http://localhost:8000/simulator/vonage/")
        assert channel.send(TEXT, self.connection, self.secrets, http) == Sent(UUID)

    def test_the_webhook_is_answered_with_json(self) -> None:
        reply = Vonage().acknowledge()
        assert (reply.content_type, reply.body) == ("application/json", "{}")

    def test_half_a_character_does_not_stop_a_text(self) -> None:
        http = FakeHttp(Exchange("POST", self.send_url, CREATED))
        Vonage().send(replace(TEXT, body="a\ud83d"), self.connection, self.secrets, http)
        assert json.loads(http.requests[0].body)["text"] == "a?"

    def test_a_short_code_is_sent_as_it_is(self) -> None:
        http = FakeHttp(Exchange("POST", self.send_url, CREATED))
        Vonage().send(replace(TEXT, sender=Address("40404")), self.connection, self.secrets, http)
        assert json.loads(http.requests[0].body)["from"] == "40404"

    @pytest.mark.parametrize("secrets", [{"api_secret": "x"}, {"signature_secret": "x"}])
    def test_one_secret_does_not_stand_for_the_other(self, secrets: dict[str, str]) -> None:
        request = self.of(SAID, token("x", ACCOUNT, SAID, NOW // 1000))
        if "signature_secret" in secrets:
            Vonage().verify(request, self.connection, secrets)
            with pytest.raises(SendError):
                Vonage().send(TEXT, self.connection, secrets, FakeHttp())
        else:
            with pytest.raises(BadSignature):
                Vonage().verify(request, self.connection, secrets)

    @pytest.mark.parametrize(
        "header",
        [
            {"alg": "none"},
            {"alg": "HS512", "typ": "JWT"},
            {"alg": "RS256", "typ": "JWT"},
            {"alg": "hs256"},
            {"typ": "JWT"},
            {"alg": None},
            {**ALGORITHM, "crit": ["exp"]},
        ],
        ids=str,
    )
    def test_only_hs256_counts_whatever_the_header_proposes(self, header: dict[str, Any]) -> None:
        self.refuse(token(SECRET, ACCOUNT, SAID, NOW // 1000, header=header))

    def test_a_token_without_a_signature_is_refused(self) -> None:
        true = token(SECRET, ACCOUNT, SAID, NOW // 1000, header={"alg": "none"})
        unsigned = true.rpartition(".")[0]
        for stripped in (f"{unsigned}.", unsigned, f"{unsigned}.{'A' * 43}"):
            self.refuse(stripped)

    @pytest.mark.parametrize(
        "claims",
        [
            {"payload_hash": None},
            {"payload_hash": sha256(b"another body").hexdigest()},
            {"payload_hash": ""},
            {"payload_hash": sha256(SAID).hexdigest().upper()},
            {"api_key": None},
            {"api_key": "another"},
            {"api_key": ""},
            {"iss": None},
            {"iss": "Somebody"},
            {"iat": None},
            {"iat": "1795300000"},
            {"iat": 1e300},
        ],
        ids=str,
    )
    def test_every_claim_must_be_right(self, claims: dict[str, Any]) -> None:
        self.refuse(token(SECRET, ACCOUNT, SAID, NOW // 1000, **claims))

    @pytest.mark.parametrize("given", [["iss"], "Vonage", None, 7])
    def test_claims_that_are_no_object_are_refused(self, given: Any) -> None:
        self.refuse("Bearer " + signed(SECRET, ALGORITHM, given))

    def test_another_spelling_of_the_same_signature_is_refused(self) -> None:
        """The last of 43 characters has two bits to spare."""
        true = token(SECRET, ACCOUNT, SAID, NOW // 1000)
        for last in "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_":
            if not true.endswith(last):
                self.refuse(true[:-1] + last)

    def test_a_connection_without_an_account_accepts_nothing(self) -> None:
        request = self.of(SAID, token(SECRET, "", SAID, NOW // 1000))
        with pytest.raises(BadSignature):
            Vonage().verify(request, replace(self.connection, account=""), self.secrets)

    @pytest.mark.parametrize(("age", "taken"), [(-3_600, True), (-3_601, False), (7 * DAY, True), (7 * DAY + 1, False)])
    def test_a_text_of_another_week_is_no_text_of_now(self, age: int, taken: bool) -> None:
        body = SAID % UUID.encode()
        request = self.of(body, token(SECRET, ACCOUNT, body, NOW // 1000 - age))
        Vonage().verify(request, self.connection, self.secrets)
        if taken:
            assert Vonage().parse(request, self.connection, NOW) == text("Hi")
        else:
            with pytest.raises(BadSignature):
                Vonage().parse(request, self.connection, NOW)

    @pytest.mark.parametrize("client_ref", ["", "x", sha256(b"another-reference").hexdigest(), "signed-reference"])
    def test_a_report_counts_only_at_the_address_of_its_message(self, client_ref: str) -> None:
        body = json.dumps({"message_uuid": UUID, "status": "delivered", "client_ref": client_ref}).encode()
        request = self.of(body, token(SECRET, ACCOUNT, body, NOW // 1000))
        with pytest.raises(BadSignature):
            Vonage().parse_status(request, self.connection, REF)

    def test_a_report_finds_back_to_the_address_that_was_sent_along(self) -> None:
        http = FakeHttp(Exchange("POST", self.send_url, CREATED))
        Vonage().send(TEXT, self.connection, self.secrets, http)
        sent = json.loads(http.requests[0].body)
        body = json.dumps({"message_uuid": UUID, "status": "delivered", "client_ref": sent["client_ref"]}).encode()
        request = replace(self.of(body, token(SECRET, ACCOUNT, body, NOW // 1000)), url=sent["webhook_url"])
        assert Vonage().parse_status(request, self.connection, REF) == report(MessageStatus.DELIVERED)
        assert len(sent["client_ref"]) <= 100

    @given(st.dictionaries(st.text(max_size=20), st.text(st.characters(exclude_categories=["Cs"]), max_size=60)))
    def test_whatever_vonage_signs_is_accepted(self, content: dict[str, str]) -> None:
        body = json.dumps(content).encode()
        given = token(SECRET, ACCOUNT, body, NOW // 1000)
        Vonage().verify(self.of(body, given), self.connection, self.secrets)
        claims = jwt.decode(given.removeprefix("Bearer "), SECRET, algorithms=["HS256"], options={"verify_iat": False})
        assert claims["payload_hash"] == sha256(body).hexdigest()

    def refuse(self, given: str) -> None:
        with pytest.raises(BadSignature):
            Vonage().verify(self.of(SAID, given), self.connection, self.secrets)

    def of(self, body: bytes, given: str) -> WebhookRequest:
        return WebhookRequest(method="POST", url=URL, headers={"authorization": given}, body=body)
