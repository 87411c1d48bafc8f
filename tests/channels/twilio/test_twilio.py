"""Twilio: the two tables, and what is peculiar to it. Signatures are made by Twilio's own validator."""

import json
from base64 import b64encode
from collections.abc import Iterator
from email.utils import formatdate
from pathlib import Path
from typing import ClassVar
from urllib.parse import parse_qs, quote_plus, urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace
from twilio.request_validator import RequestValidator

from chalicelib.channels.twilio import Twilio
from chalicelib.domain.addresses import Address, Channel
from chalicelib.domain.circuit import Trouble
from chalicelib.domain.errors import BadSignature, InvalidInput
from chalicelib.domain.events import DeliveryReported, Event, Ignored, MessageReceived
from chalicelib.domain.media import MediaReference
from chalicelib.domain.merchants import Connection
from chalicelib.domain.message_templates import TemplateUse
from chalicelib.domain.messages import FailureReason, MessageStatus
from chalicelib.usecases.ports import (
    HttpResponse,
    LookupUnclear,
    NoAnswer,
    NotConnected,
    OutgoingText,
    SendError,
    SendUnclear,
    Sent,
    Trace,
    WebhookRequest,
)
from tests.channels.runner import (
    AMERICAN,
    AUSTRALIAN,
    CANADIAN,
    GERMAN,
    NOW,
    PICTURE,
    REF,
    SEARCH,
    TEXT,
    Incoming,
    LookedUp,
    LookUpContract,
    Outgoing,
    Pages,
    with_pictures,
)
from tests.fakes.http import Exchange, FakeHttp, Request

ACCOUNT = "ACa1b2c3d4e5f60718293a4b5c6d7e8f90"
SID = "SM0f1e2d3c4b5a69788796a5b4c3d2e1f0"
TOKEN = "0123456789abcdef0123456789abcdef"
URL = "https://shop.example/webhooks/twilio/c1"


class Params(dict[str, list[str]]):
    """A form as web frameworks give it to Twilio's validator."""

    def getlist(self, name: str) -> list[str]:
        return self[name]


def sign(url: str, body: bytes, token: str = TOKEN) -> str:
    params = Params(parse_qs(body.decode("utf-8", "replace"), keep_blank_values=True))
    return str(RequestValidator(token).compute_signature(url, params))


def text(body: str = "Is my order ready?", **changed: object) -> list[Event]:
    event = MessageReceived(
        connection_id="c1",
        provider_id=SID,
        channel=Channel.SMS,
        sender=Address("+15557654321"),
        recipient=Address("+15550001000"),
        body=body,
        received_at=NOW,
    )
    return [replace(event, **changed)]


def at_whatsapp(body: str = "Is my order ready?", **changed: object) -> list[Event]:
    [event] = text(body)
    fields = {"channel": Channel.WHATSAPP, "sender_name": "Carla Diaz", "written_at": NOW}
    return [replace(event, **{**fields, **changed})]


def report(status: MessageStatus, failure: FailureReason | None = None, code: str = "") -> list[Event]:
    return [
        DeliveryReported(
            connection_id="c1", ref=REF, provider_id=SID, status=status, failure=failure, provider_code=code
        )
    ]


def refused(
    status: int, code: int, reason: FailureReason, *, retryable: bool = False, trouble: Trouble | None = None
) -> Outgoing:
    answer = HttpResponse(status, b'{"code": %d, "message": "to +15557654321", "status": %d}' % (code, status))
    outcome = SendError(reason, retryable=retryable, provider_code=str(code), trouble=trouble)
    return Outgoing(f"{status} {code} {reason}", answer, outcome)


CREATED = HttpResponse(201, b'{"sid": "%s", "status": "queued", "error_code": null}' % SID.encode())


MEDIA_URL = f"https://api.twilio.com/2010-04-01/Accounts/{ACCOUNT}/Messages/{SID.replace('SM', 'MM')}/Media/ME"
PICTURES = (
    MediaReference(source=f"{MEDIA_URL}{'0' * 32}", content_type="image/jpeg"),
    MediaReference(source=f"{MEDIA_URL}{'1' * 32}", content_type="image/png"),
)
OTHER = "SM" + "9" * 32
PAGE_2 = f"/2010-04-01/Accounts/{ACCOUNT}/Messages.json?Page=1&PageToken=PASM0f"


def resource(sid: str = SID, at: int = 0, **changed: object) -> dict[str, object]:
    """One text as Twilio lists it, `at` seconds after NOW."""
    created = formatdate(NOW // 1000 + at)
    return {
        "account_sid": ACCOUNT,
        "api_version": "2010-04-01",
        "body": TEXT.body,
        "date_created": created.replace("-0000", "+0000"),
        "date_sent": created,
        "date_updated": created,
        "direction": "outbound-api",
        "error_code": None,
        "error_message": None,
        "from": TEXT.sender,
        "messaging_service_sid": None,
        "num_media": "0",
        "num_segments": "1",
        "price": "-0.00750",
        "price_unit": "USD",
        "sid": sid,
        "status": "delivered",
        "subresource_uris": {"media": f"/2010-04-01/Accounts/{ACCOUNT}/Messages/{sid}/Media.json"},
        "to": TEXT.recipient,
        "uri": f"/2010-04-01/Accounts/{ACCOUNT}/Messages/{sid}.json",
        **changed,
    }


def listed(*resources: dict[str, object], next: str | None = None) -> HttpResponse:  # noqa: A002 - Twilio's word
    """A page of the list, in Twilio's shape."""
    page = {
        "end": max(len(resources) - 1, 0),
        "first_page_uri": f"/2010-04-01/Accounts/{ACCOUNT}/Messages.json?PageSize=200&Page=0",
        "messages": resources,
        "next_page_uri": next,
        "page": 0,
        "page_size": 200,
        "previous_page_uri": None,
        "start": 0,
        "uri": f"/2010-04-01/Accounts/{ACCOUNT}/Messages.json?PageSize=200&Page=0",
    }
    return HttpResponse(200, json.dumps(page).encode())


def found(status: str = "delivered", sid: str = SID, at: int = 0, **changed: object) -> Trace:
    trace = Trace(provider_id=sid, created_at=NOW + at * 1000, status=MessageStatus(status))
    return replace(trace, **changed)


class TestTwilio(LookUpContract):
    make = Twilio
    connection = Connection(
        id="c1", merchant_id="m1", provider="twilio", secret_ref="/x/connections/c1", store_id="s1", account=ACCOUNT
    )
    secrets: ClassVar = {"auth_token": TOKEN}
    fixtures = Path(__file__).parent / "fixtures"
    url = URL
    content_type = "application/x-www-form-urlencoded"
    signature_header = "x-twilio-signature"
    send_url = f"https://api.twilio.com/2010-04-01/Accounts/{ACCOUNT}/Messages.json"
    ask_url = f"https://api.twilio.com/2010-04-01/Accounts/{ACCOUNT}.json"
    accepted = CREATED

    incoming: ClassVar = [
        Incoming("inbound_text", text()),
        Incoming("inbound_text_of_signs", text("Größe 50% + 3 & more = ok? 👍🏽\r\nשלום")),
        Incoming("inbound_text_with_nul", text("a\0b")),
        Incoming("inbound_text_of_spaces", text("   ")),
        Incoming("inbound_pictures", text("", provider_id=SID.replace("SM", "MM"), media=PICTURES)),
        Incoming(
            "inbound_pictures_some_without_address",
            text("", provider_id=SID.replace("SM", "MM"), media=PICTURES[:1], media_count=11),
        ),
        Incoming("malformed_two_media_addresses", InvalidInput),
        Incoming("inbound_from_short_code", text(sender=Address("40404"))),
        Incoming("inbound_stop_with_opt_out_type", text("STOP")),
        Incoming("inbound_whatsapp", at_whatsapp()),
        Incoming("inbound_whatsapp_without_a_number", at_whatsapp(sender=Address("id:US.13491208655302741918"))),
        Incoming("inbound_whatsapp_quoting", at_whatsapp(quoted_id="SM" + "7" * 32)),
        Incoming("inbound_whatsapp_button", at_whatsapp("Yes, please")),
        Incoming(
            "inbound_whatsapp_location",
            at_whatsapp("[Location: Pike Place, 85 Pike St]\nhttps://maps.google.com/?q=47.609722,-122.333056"),
        ),
        Incoming("inbound_whatsapp_picture", at_whatsapp("", media=PICTURES[:1])),
        Incoming("inbound_whatsapp_of_nothing", at_whatsapp("[Sent something we cannot show]")),
        Incoming("malformed_whatsapp_sender", InvalidInput),
        Incoming("inbound_messenger", [Ignored(kind="other_channel")]),
        Incoming(
            "status_undelivered_outside_window",
            report(MessageStatus.FAILED, FailureReason.OUTSIDE_WINDOW, "63016"),
            status=True,
        ),
        Incoming("incoming_call", [Ignored(kind="call")]),
        Incoming("status_at_the_message_address", [Ignored(kind="status")]),
        Incoming("event_without_body", [Ignored(kind="event")]),
        Incoming("malformed_no_sid", InvalidInput),
        Incoming("malformed_short_sid", InvalidInput),
        Incoming("malformed_no_body", InvalidInput),
        Incoming("malformed_no_sender", InvalidInput),
        Incoming("malformed_sender", InvalidInput),
        Incoming("malformed_media_count", InvalidInput),
        Incoming("malformed_two_bodies", InvalidInput),
        Incoming("malformed_same_body_twice", InvalidInput),
        Incoming("status_queued", [Ignored(kind="status")], status=True),
        Incoming("status_accepted", [Ignored(kind="status")], status=True),
        Incoming("status_sending", [Ignored(kind="status")], status=True),
        Incoming("status_canceled", [Ignored(kind="status")], status=True),
        Incoming("status_sent", report(MessageStatus.SENT), status=True),
        Incoming("status_delivered", report(MessageStatus.DELIVERED), status=True),
        Incoming("status_delivered_with_code", report(MessageStatus.DELIVERED), status=True),
        Incoming("status_read", report(MessageStatus.READ), status=True),
        Incoming(
            "status_undelivered_landline",
            report(MessageStatus.FAILED, FailureReason.LANDLINE, "30006"),
            status=True,
        ),
        Incoming(
            "status_undelivered_unreachable",
            report(MessageStatus.FAILED, FailureReason.UNREACHABLE, "30003"),
            status=True,
        ),
        Incoming(
            "status_undelivered_unknown_code",
            report(MessageStatus.FAILED, FailureReason.UNSPECIFIED, "30999"),
            status=True,
        ),
        Incoming("status_failed_without_code", report(MessageStatus.FAILED, FailureReason.UNSPECIFIED), status=True),
        Incoming("status_failed_odd_code", report(MessageStatus.FAILED, FailureReason.UNSPECIFIED), status=True),
        Incoming("status_malformed_no_status", InvalidInput, status=True),
        Incoming("status_malformed_no_sid", InvalidInput, status=True),
    ]

    outgoing: ClassVar = [
        Outgoing("created", CREATED, Sent(SID)),
        Outgoing("created without an id of theirs", HttpResponse(201, b'{"sid": "x"}'), SendUnclear()),
        Outgoing("garbled, naming the customer", HttpResponse(201, b"to +15557654321"), SendUnclear()),
        Outgoing("no answer", NoAnswer(), SendUnclear()),
        Outgoing(
            "not connected", NotConnected(), SendError(FailureReason.UNSPECIFIED, retryable=True, trouble=Trouble.DOWN)
        ),
        refused(429, 20429, FailureReason.UNSPECIFIED, retryable=True, trouble=Trouble.BUSY),
        refused(400, 20429, FailureReason.UNSPECIFIED, retryable=True, trouble=Trouble.BUSY),
        refused(400, 21611, FailureReason.UNSPECIFIED, retryable=True),
        refused(400, 21610, FailureReason.OPTED_OUT),
        refused(400, 21614, FailureReason.NOT_MOBILE),
        refused(400, 21635, FailureReason.LANDLINE),
        refused(400, 21211, FailureReason.INVALID_NUMBER),
        refused(400, 21612, FailureReason.REJECTED),
        refused(400, 21606, FailureReason.SENDER_UNUSABLE),
        refused(400, 21660, FailureReason.SENDER_UNUSABLE),
        refused(400, 21408, FailureReason.ACCOUNT_PROBLEM),
        refused(400, 21617, FailureReason.REJECTED),
        refused(401, 20003, FailureReason.ACCOUNT_PROBLEM),
        refused(404, 20404, FailureReason.ACCOUNT_PROBLEM),
        refused(400, 30003, FailureReason.UNREACHABLE),
        refused(400, 30005, FailureReason.INVALID_NUMBER),
        refused(400, 30006, FailureReason.LANDLINE),
        refused(400, 30007, FailureReason.BLOCKED),
        refused(400, 63016, FailureReason.OUTSIDE_WINDOW),
        refused(400, 63018, FailureReason.UNSPECIFIED, retryable=True),
        refused(400, 63024, FailureReason.NOT_ON_CHANNEL),
        refused(400, 63041, FailureReason.TEMPLATE_REFUSED),
        Outgoing("401 without a code", HttpResponse(401, b""), SendError(FailureReason.ACCOUNT_PROBLEM)),
        Outgoing("a code of null", HttpResponse(400, b'{"code": null}'), SendError(FailureReason.REJECTED)),
    ]

    lookups: ClassVar = [
        LookedUp("nothing between the two", [listed()], []),
        LookedUp("delivered", [listed(resource())], [found()]),
        LookedUp("still waiting at Twilio", [listed(resource(status="queued", date_sent=None))], [found("sent")]),
        LookedUp("a status nobody knows", [listed(resource(status="levitating"))], [found("sent")]),
        LookedUp(
            "undelivered",
            [listed(resource(status="undelivered", error_code=30006))],
            [found("failed", failure=FailureReason.LANDLINE, provider_code="30006")],
        ),
        LookedUp(
            "failed without a code",
            [listed(resource(status="failed"))],
            [found("failed", failure=FailureReason.UNSPECIFIED)],
        ),
        LookedUp(
            "canceled", [listed(resource(status="canceled"))], [found("failed", failure=FailureReason.UNSPECIFIED)]
        ),
        LookedUp(
            "from a trial account",
            [listed(resource(body=f"Sent from your Twilio trial account - {TEXT.body}"))],
            [found()],
        ),
        LookedUp("other white space", [listed(resource(body=f" {TEXT.body}\r\n".replace(" ", "  ")))], [found()]),
        LookedUp("other words", [listed(resource(body="Something else"))], []),
        LookedUp(
            "from the customer",
            [listed(resource(direction="inbound", **{"from": TEXT.recipient, "to": TEXT.sender}))],
            [],
        ),
        LookedUp("of another number", [listed(resource(**{"from": "+15550009999"}))], []),
        LookedUp("as early as clocks may differ", [listed(resource(at=-30))], [found(at=-30)]),
        LookedUp("too early", [listed(resource(at=-31))], []),
        LookedUp("as late as a worker may live", [listed(resource(at=120))], [found(at=120)]),
        LookedUp("too late", [listed(resource(at=121))], []),
        LookedUp(
            "twice, the oldest first",
            [listed(resource(OTHER, at=9), resource(at=3))],
            [found(at=3), found(sid=OTHER, at=9)],
        ),
        LookedUp("on the second page", [listed(next=PAGE_2), listed(resource())], [found()]),
        LookedUp("more pages than are read", [listed(next=PAGE_2)], LookupUnclear("")),
        LookedUp("more pages, but there it is", [listed(resource(), next=PAGE_2), listed(next=PAGE_2)], [found()]),
        LookedUp("no answer to the second page", [listed(next=PAGE_2), NoAnswer()], LookupUnclear("", silent=True)),
        LookedUp("not connected", [NotConnected()], LookupUnclear("", silent=True)),
        LookedUp(
            "the next page is elsewhere", [listed(next="https://evil.example/2010-04-01/Accounts/")], LookupUnclear("")
        ),
        LookedUp("the next page is at another host", [listed(next="@evil.example/")], LookupUnclear("")),
        LookedUp("words are redacted", [listed(resource(body=""))], LookupUnclear("")),
        LookedUp("words are starred out", [listed(resource(body="*****"))], LookupUnclear("")),
        LookedUp("words are replaced", [listed(resource(body="REDACTED"))], LookupUnclear("")),
        LookedUp("the number is redacted", [listed(resource(to=TEXT.recipient[:-4] + "XXXX"))], LookupUnclear("")),
        LookedUp("the number is left out", [listed(resource(to=""))], LookupUnclear("")),
        LookedUp("words are redacted in another time", [listed(resource(body="", at=-999))], []),
        LookedUp("no date", [listed(resource(date_created="yesterday"))], LookupUnclear("")),
        LookedUp("no id of theirs", [listed(resource("SM1"))], LookupUnclear("")),
        LookedUp("no word on further pages", [HttpResponse(200, b'{"messages": []}')], LookupUnclear("")),
    ]

    def test_all_texts_between_the_two_numbers_are_asked_for(self) -> None:
        http = Pages([listed(next=PAGE_2), listed()])
        self.make().find(SEARCH, self.connection, self.secrets, http)
        first, second = http.urls
        assert first.startswith(f"{self.send_url}?")
        assert parse_qs(first.partition("?")[2]) == {
            "To": [SEARCH.recipient],
            "From": [SEARCH.sender],
            "PageSize": ["200"],
        }
        assert second == f"https://api.twilio.com{PAGE_2}"

    def signed(self, url: str, body: bytes) -> dict[str, str]:
        return {"x-twilio-signature": sign(url, body, self.secrets["auth_token"])}

    def assert_request(self, request: Request) -> None:
        assert request.headers["Authorization"] == "Basic " + b64encode(f"{ACCOUNT}:{TOKEN}".encode()).decode()
        assert request.headers["Content-Type"] == "application/x-www-form-urlencoded"
        assert parse_qs(request.body.decode("ascii")) == {
            "To": [TEXT.recipient],
            "From": [TEXT.sender],
            "Body": [TEXT.body],
            "StatusCallback": [TEXT.callback_url],
        }

    # --- pictures ------------------------------------------------------------------------------------------------

    @pytest.mark.parametrize(
        ("text", "carried"),
        [
            (with_pictures(AMERICAN, CANADIAN, 5), True),
            (with_pictures(AUSTRALIAN, AUSTRALIAN), True),
            (with_pictures(AMERICAN, GERMAN), False),
            (with_pictures(AMERICAN, AUSTRALIAN), False),
            (with_pictures(AMERICAN, AMERICAN, 8), False),  # 5.6 MB
            (with_pictures(GERMAN, GERMAN, channel=Channel.WHATSAPP), True),
            (with_pictures(GERMAN, GERMAN, 2, channel=Channel.WHATSAPP), False),
        ],
    )
    def test_carries_pictures_where_twilio_does(self, text: OutgoingText, carried: bool) -> None:
        assert Twilio().carries(text) is carried

    def test_pictures_are_named_beside_the_words(self) -> None:
        sent = self.sent_form(with_pictures(AMERICAN, AMERICAN, 2))
        assert (sent["Body"], sent["MediaUrl"]) == ([TEXT.body], [PICTURE.url, PICTURE.url])
        assert "Body" not in self.sent_form(with_pictures(AMERICAN, AMERICAN, body=""))

    def sent_form(self, text: OutgoingText) -> dict[str, list[str]]:
        http = FakeHttp(Exchange("POST", self.send_url, self.accepted))
        Twilio().send(text, self.connection, self.secrets, http)
        return parse_qs(http.requests[0].body.decode("ascii"), keep_blank_values=True)

    # --- WhatsApp through Twilio -----------------------------------------------------------------------------

    @pytest.mark.parametrize(
        ("recipient", "to"),
        [
            ("+15557654321", "whatsapp:+15557654321"),
            ("id:US.13491208655302741918", "whatsapp:US.13491208655302741918"),
        ],
    )
    def test_addresses_at_whatsapp_are_written_as_twilio_does(self, recipient: str, to: str) -> None:
        sent = self.sent(replace(TEXT, channel=Channel.WHATSAPP, recipient=Address(recipient)))
        assert (sent["To"], sent["From"], sent["Body"]) == ([to], ["whatsapp:+15550001000"], [TEXT.body])

    def test_a_template_is_sent_by_twilios_id_of_it(self) -> None:
        use = TemplateUse(name="ready", language="en_US", values=("Carla", "#1 & more"), content_id="HX" + "a" * 32)
        sent = self.sent(replace(TEXT, channel=Channel.WHATSAPP, template=use))
        assert sent["ContentSid"] == ["HX" + "a" * 32]
        assert json.loads(sent["ContentVariables"][0]) == {"1": "Carla", "2": "#1 & more"}
        assert "Body" not in sent
        without = self.sent(replace(TEXT, channel=Channel.WHATSAPP, template=replace(use, values=())))
        assert "ContentVariables" not in without

    def test_a_message_at_whatsapp_is_looked_up_between_its_addresses_there(self) -> None:
        between = {"to": f"whatsapp:{TEXT.recipient}", "from": f"whatsapp:{TEXT.sender}"}
        http = Pages([listed(resource(**between), resource(OTHER))])
        search = replace(SEARCH, channel=Channel.WHATSAPP)
        traces = self.make().find(search, self.connection, self.secrets, http)
        assert [trace.provider_id for trace in traces] == [SID]
        assert parse_qs(http.urls[0].partition("?")[2])["To"] == [f"whatsapp:{TEXT.recipient}"]

    def sent(self, text: OutgoingText) -> dict[str, list[str]]:
        http = FakeHttp(Exchange("POST", self.send_url, CREATED))
        self.make().send(text, self.connection, self.secrets, http)
        return parse_qs(http.requests[0].body.decode("ascii"))

    # --- peculiar to Twilio ----------------------------------------------------------------------------------

    def test_another_base_address_is_used_as_configured(self) -> None:
        url = f"http://localhost:8000/simulator/twilio/2010-04-01/Accounts/{ACCOUNT}/Messages.json"
        http = FakeHttp(Exchange("POST", url, CREATED))
        channel = Twilio("http://localhost:8000/simulator/twilio/")
        assert channel.send(TEXT, self.connection, self.secrets, http) == Sent(SID)

    def test_the_webhook_is_answered_with_empty_twiml(self) -> None:
        reply = Twilio().acknowledge()
        assert (reply.content_type, reply.body) == ("text/xml", "<Response/>")

    @pytest.mark.parametrize(
        ("signed_as", "received_as"),
        [
            ("https://shop.example/x?a=1", "https://shop.example:443/x?a=1"),
            ("https://shop.example:443/x?a=1", "https://shop.example/x?a=1"),
            ("https://shop.example/x", "https://shop.example:8443/x"),
            ("http://localhost:8000/x", "http://localhost:8000/x"),
            ("http://localhost/x", "http://localhost:8000/x"),
            ("http://localhost:80/x", "http://localhost/x"),
        ],
    )
    def test_signatures_count_with_and_without_the_port(self, signed_as: str, received_as: str) -> None:
        body = urlencode({"AccountSid": ACCOUNT}).encode()
        self.verify(body, received_as, sign(signed_as, body))

    def test_repeated_parameters_are_signed_once_each_and_sorted(self) -> None:
        body = f"b=2&AccountSid={ACCOUNT}&b=1&b=2&a=".encode()
        self.verify(body, URL, sign(URL, body))

    @pytest.mark.parametrize("accounts", ["", "AccountSid=", f"AccountSid={ACCOUNT}&AccountSid={ACCOUNT}"])
    def test_the_account_must_be_named_once(self, accounts: str) -> None:
        body = f"Body=x&{accounts}".encode().rstrip(b"&")
        with pytest.raises(BadSignature):
            self.verify(body, URL, sign(URL, body))

    def test_a_connection_without_an_account_accepts_nothing(self) -> None:
        body = b"AccountSid=&Body=x"
        with pytest.raises(BadSignature):
            Twilio().verify(self.of(body, sign(URL, body)), replace(self.connection, account=""), self.secrets)

    def test_text_that_is_not_utf_8_is_refused(self) -> None:
        for body in (f"AccountSid={ACCOUNT}&Body=%FF".encode(), f"AccountSid={ACCOUNT}&Body=\xff".encode("latin-1")):
            with pytest.raises(BadSignature):
                self.verify(body, URL, sign(URL, body))

    @pytest.mark.parametrize("prefix", [b"\x1f\x8b\x08\x00", b"\xef\xbb\xbf", b"\xff\xfe", b"&", b"{}", b"\n"])
    def test_bodies_in_disguise_are_refused(self, prefix: bytes) -> None:
        body = self.body(self.incoming[0])
        for signature in (sign(URL, body), sign(URL, prefix + body)):
            assert self.read(prefix + body, signature) is None

    def test_a_body_of_countless_parameters_is_refused(self) -> None:
        body = f"AccountSid={ACCOUNT}&{'&'.join(f'a{n}=' for n in range(5_000))}".encode()
        with pytest.raises(BadSignature):
            self.verify(body, URL, sign(URL, body))

    def test_moved_boundaries_never_make_another_message(self) -> None:
        """Names and values are signed without separators, so one signature fits several forms."""
        body = self.body(self.incoming[0])
        signature, tried = sign(URL, body), 0
        for moved in moved_boundaries(body):
            tried += 1
            events = self.read(moved, signature)
            assert events is None or [replace(event, body="") for event in events] == text("")
        assert tried > 300

    @given(
        st.dictionaries(
            st.from_regex(r"[A-Za-z][A-Za-z0-9_]{0,20}", fullmatch=True).filter(lambda name: name != "AccountSid"),
            st.lists(st.text(st.characters(exclude_categories=["Cs"]), max_size=40), min_size=1, max_size=3),
            max_size=8,
        )
    )
    def test_whatever_twilio_signs_is_accepted(self, form: dict[str, list[str]]) -> None:
        body = urlencode({**form, "AccountSid": [ACCOUNT]}, doseq=True).encode()
        self.verify(body, URL, sign(URL, body))

    def read(self, body: bytes, signature: str) -> list[Event] | None:
        """What a webhook comes to; None where it is refused."""
        try:
            self.verify(body, URL, signature)
            return Twilio().parse(self.of(body, signature), self.connection, NOW)
        except (BadSignature, InvalidInput):
            return None

    def verify(self, body: bytes, url: str, signature: str) -> None:
        Twilio().verify(replace(self.of(body, signature), url=url), self.connection, self.secrets)

    def of(self, body: bytes, signature: str) -> WebhookRequest:
        return WebhookRequest(method="POST", url=URL, headers={"x-twilio-signature": signature}, body=body)


def moved_boundaries(body: bytes) -> Iterator[bytes]:
    """Other forms with the same signed text: a boundary left out, or a new one inside a value."""
    pairs = sorted((name, values[0]) for name, values in parse_qs(body.decode(), keep_blank_values=True).items())

    def encoded(form: list[tuple[str, str]]) -> bytes:
        return "&".join(f"{quote_plus(name)}={quote_plus(value)}" for name, value in form).encode()

    for at in range(len(pairs) - 1):
        (name, value), (swallowed, rest) = pairs[at : at + 2]
        yield encoded([*pairs[:at], (name, value + swallowed + rest), *pairs[at + 2 :]])
    for at, (name, value) in enumerate(pairs):
        for start in range(len(value)):
            for end in range(start + 1, len(value) + 1):
                new = [(name, value[:start]), (value[start:end], value[end:])]
                yield encoded([*pairs[:at], *new, *pairs[at + 1 :]])
