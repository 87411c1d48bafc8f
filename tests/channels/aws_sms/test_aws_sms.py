"""AWS End User Messaging SMS: what its answers mean, and what it publishes. Formats: botocore's model of it."""

import json
import random
import traceback
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from botocore.session import get_session
from botocore.validate import ParamValidator
from msgspec.structs import replace

from chalicelib.channels.aws_sms import BY_ERROR, FAILURE, REPORTED_FAILURE, STATUS, AwsSms
from chalicelib.domain.addresses import Address, Channel
from chalicelib.domain.circuit import Trouble
from chalicelib.domain.errors import BadSignature, InvalidInput, Unavailable
from chalicelib.domain.events import DeliveryReported, Event, Ignored, MessageReceived
from chalicelib.domain.merchants import Connection, Proxy
from chalicelib.domain.messages import FailureReason, MessageStatus
from chalicelib.usecases.ports import (
    HttpResponse,
    NoAnswer,
    NotConnected,
    Publication,
    SendError,
    SendUnclear,
    Sent,
    WebhookRequest,
)
from tests.channels.runner import NOW, REF, TEXT, assert_same
from tests.fakes.http import Exchange, FakeHttp
from tests.support.mail import unsigned
from tests.support.signed_webhooks import FUZZ, mutated

URL = "https://sms.test/"
FIXTURES = Path(__file__).parent / "fixtures"
CONNECTION = Connection(
    id="con-sms", merchant_id="mer-1", provider="aws_sms", secret_ref="", store_id="sto-1", account="counterline"
)
PROXY = Proxy(
    channel="sms",
    address=Address("+15550001000"),
    merchant_id="mer-1",
    store_id="sto-1",
    connection_id="con-sms",
)
TEXT_ID, SENT_ID = "5f0c1f2e-6c1f-5b7a-9a37-0c9f6f1b2a1", "4a1d9f0c-2222-4ddd-8c8c-1f2e3d4c5b6a"
ACCEPTED = HttpResponse(200, json.dumps({"MessageId": SENT_ID}).encode())
CUSTOMER = Address("+15557654321")


def channel() -> AwsSms:
    return AwsSms("https://sms.test", unsigned)


@cache
def service() -> Any:
    """AWS's own description of the service."""
    return get_session().get_service_model("pinpoint-sms-voice-v2")


def published(fixture: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((FIXTURES / f"{fixture}.json").read_bytes())
    return found


def events(content: dict[str, Any], *, ours: bool = True) -> list[Event]:
    publication = Publication(
        published=content, proxy=PROXY, connection=CONNECTION, ref=REF if ours else None, content=None, now=NOW
    )
    return channel().parse_published(publication)


def received(number: int, body: str, sender: str = CUSTOMER) -> MessageReceived:
    return MessageReceived(
        connection_id="con-sms",
        provider_id=f"{TEXT_ID}{number}",
        channel=Channel.SMS,
        sender=Address(sender),
        recipient=PROXY.address,
        body=body,
        received_at=NOW,
    )


def reported(status: str, failure: str = "", code: str = "") -> DeliveryReported:
    return DeliveryReported(
        connection_id="con-sms",
        ref=REF,
        provider_id=SENT_ID,
        status=MessageStatus(status),
        failure=FailureReason(failure) if failure else None,
        provider_code=code,
    )


INCOMING: list[tuple[str, Event | type[Exception]]] = [
    ("text", received(1, "Do you have the boots in 44?")),
    ("text_in_answer", received(2, "Yes, please put them aside")),
    ("text_stop", received(3, "STOP")),
    ("text_of_many_parts", received(4, "I looked at the walnut boots. " * 40)),
    ("text_in_any_script", received(5, "Avez-vous la taille 44 ? 👢 はい שלום")),
    ("text_without_words", received(6, "")),
    ("text_from_a_short_code", received(7, "Your code is 1234", sender="40404")),
    ("text_from_nobody", InvalidInput),
    ("text_without_an_id", InvalidInput),
    ("text_queued", reported("sent")),
    ("text_pending", reported("sent")),
    ("text_successful", reported("sent")),
    ("text_delivered", reported("delivered")),
    ("text_blocked", reported("failed", "blocked", "TEXT_BLOCKED")),
    ("text_carrier_blocked", reported("failed", "blocked", "TEXT_CARRIER_BLOCKED")),
    ("text_carrier_unreachable", reported("failed", "unreachable", "TEXT_CARRIER_UNREACHABLE")),
    ("text_invalid", reported("failed", "invalid_number", "TEXT_INVALID")),
    ("text_invalid_message", reported("failed", "rejected", "TEXT_INVALID_MESSAGE")),
    ("text_protect_blocked", reported("failed", "blocked", "TEXT_PROTECT_BLOCKED")),
    ("text_spam", reported("failed", "blocked", "TEXT_SPAM")),
    ("text_ttl_expired", reported("failed", "unreachable", "TEXT_TTL_EXPIRED")),
    ("text_unreachable", reported("failed", "unreachable", "TEXT_UNREACHABLE")),
    ("text_unknown", Ignored(kind="TEXT_UNKNOWN")),
    ("text_of_a_new_kind", Ignored(kind="TEXT_FOLDED")),
    ("media_delivered", Ignored(kind="MEDIA_DELIVERED")),
    ("text_delivered_without_an_id", InvalidInput),
]


@pytest.mark.parametrize(("fixture", "expected"), INCOMING, ids=[name for name, _ in INCOMING])
def test_reads_what_is_published(fixture: str, expected: Event | type[Exception]) -> None:
    content = published(fixture)
    assert channel().addressed(content) == [(Channel.SMS, PROXY.address)]
    if isinstance(expected, type):
        with pytest.raises(expected):
            events(content)
    else:
        assert events(content) == [expected]


def test_every_fixture_is_in_a_table() -> None:
    others = {"text_to_no_number", "text_delivered_of_others", "voice_completed"}
    assert {file.stem for file in FIXTURES.iterdir()} == {name for name, _ in INCOMING} | others


def test_a_text_to_no_number_is_malformed() -> None:
    with pytest.raises(InvalidInput):
        channel().addressed(published("text_to_no_number"))


@pytest.mark.parametrize(
    "content",
    [
        {},
        {"eventType": "VOICE_COMPLETED"},
        {"eventType": 7},
        {"notificationType": "Received"},
        {"inboundMessageId": "x"},
    ],
)
def test_what_others_publish_is_left_to_them(content: dict[str, Any]) -> None:
    assert channel().addressed(content) is None
    assert channel().addressed(published("voice_completed")) is None


def test_a_report_carries_our_reference() -> None:
    assert channel().reference(published("text_delivered")) == "eyJhIjoxfQ.signed-reference"
    assert channel().reference(published("text_delivered_of_others")) == ""
    for context in (None, [], {"reference": 7}, {"other": "x"}):
        assert channel().reference(published("text_delivered") | {"context": context}) == ""
    assert channel().stored(published("text")) is None


def test_a_report_about_a_text_of_others_is_ignored() -> None:
    assert events(published("text_delivered"), ours=False) == [Ignored(kind="TEXT_DELIVERED")]


def test_mutated_publications_raise_nothing_but_refusals() -> None:
    chance = random.Random(5)
    files = sorted(FIXTURES.iterdir())
    for _ in range(FUZZ):
        try:
            content = json.loads(mutated(chance.choice(files).read_bytes(), chance))
        except (ValueError, RecursionError):
            continue
        if not isinstance(content, dict):
            continue
        try:
            if channel().addressed(content) is not None:
                channel().reference(content)
                events(content)
        except InvalidInput:
            pass


# --- what goes out ------------------------------------------------------------------------------------------------


def sending(answer: HttpResponse | Exception) -> Sent | SendUnclear | SendError:
    http = FakeHttp(Exchange("POST", URL, answer))
    try:
        return channel().send(TEXT, CONNECTION, {}, http)
    except (SendUnclear, SendError) as error:
        return error
    finally:
        http.assert_all_used()


def asked(connection: Connection = CONNECTION) -> dict[str, Any]:
    http = FakeHttp(Exchange("POST", URL, ACCEPTED))
    channel().send(TEXT, connection, {}, http)
    [request] = http.requests
    assert request.headers == {
        "Content-Type": "application/x-amz-json-1.0",
        "X-Amz-Target": "PinpointSMSVoiceV2.SendTextMessage",
        "Authorization": "signed for sms-voice",
    }
    assert 0 < request.timeout <= 10
    found: dict[str, Any] = json.loads(request.body)
    return found


def refused(status: int, kind: str, reason: str = "") -> HttpResponse:
    content = {"__type": kind, "Message": "No."} | ({"Reason": reason} if reason else {})
    return HttpResponse(status, json.dumps(content).encode())


def test_the_request_is_as_aws_describes_it() -> None:
    request = asked()
    report = ParamValidator().validate(request, service().operation_model("SendTextMessage").input_shape)
    assert not report.has_errors(), report.generate_report()
    assert request == {
        "DestinationPhoneNumber": TEXT.recipient,
        "OriginationIdentity": TEXT.sender,
        "MessageBody": TEXT.body,
        "MessageType": "TRANSACTIONAL",
        "Context": {"reference": "signed-reference"},
        "ConfigurationSetName": "counterline",
    }
    assert "ConfigurationSetName" not in asked(replace(CONNECTION, account=""))
    metadata = service().metadata
    assert (metadata["targetPrefix"], metadata["jsonVersion"], metadata["signingName"]) == (
        "PinpointSMSVoiceV2",
        "1.0",
        "sms-voice",
    )


def test_a_real_reference_fits_into_the_context() -> None:
    from chalicelib.signing import SignedReferences

    signed = SignedReferences(lambda: "k" * 43).sign("p", [REF.conversation_id, REF.message_id, 10], now=10**13 - 1)
    assert "/" not in signed
    assert len(signed) <= service().shape_for("ContextMap").value.metadata["max"]


def test_the_reasons_are_those_that_aws_names() -> None:
    named: set[str] = set()
    errors = service().operation_model("SendTextMessage").error_shapes
    for error in errors:
        reason = error.members.get("Reason")
        named |= set(reason.enum) if reason else set()
    assert set(FAILURE) <= named
    assert set(BY_ERROR) <= {error.name for error in errors}
    assert {kind for kind, status in STATUS.items() if status is MessageStatus.FAILED} == set(REPORTED_FAILURE)


BUSY = SendError(FailureReason.UNSPECIFIED, retryable=True, provider_code="ThrottlingException", trouble=Trouble.BUSY)
CONFLICT, INVALID, QUOTA = "ConflictException", "ValidationException", "ServiceQuotaExceededException"
OPTED_OUT, SPENT = "DESTINATION_PHONE_NUMBER_OPTED_OUT", "MONTHLY_SPEND_LIMIT_REACHED_FOR_TEXT"


def refusal(reason: FailureReason, code: str) -> SendError:
    return SendError(reason, provider_code=code)


OUTGOING: list[tuple[HttpResponse | Exception, Sent | SendUnclear | SendError]] = [
    (ACCEPTED, Sent(SENT_ID)),
    (refused(400, CONFLICT, OPTED_OUT), refusal(FailureReason.OPTED_OUT, OPTED_OUT)),
    (refused(400, f"com.amazonaws.sms#{CONFLICT}", OPTED_OUT), refusal(FailureReason.OPTED_OUT, OPTED_OUT)),
    (refused(400, CONFLICT, "RESOURCE_NOT_ACTIVE"), refusal(FailureReason.SENDER_UNUSABLE, "RESOURCE_NOT_ACTIVE")),
    (refused(400, CONFLICT, "A_NEW_REASON"), refusal(FailureReason.REJECTED, "A_NEW_REASON")),
    (refused(400, INVALID, "INVALID_PARAMETER"), refusal(FailureReason.REJECTED, "INVALID_PARAMETER")),
    (
        refused(400, INVALID, "DESTINATION_COUNTRY_BLOCKED"),
        refusal(FailureReason.BLOCKED, "DESTINATION_COUNTRY_BLOCKED"),
    ),
    (refused(400, QUOTA, SPENT), refusal(FailureReason.ACCOUNT_PROBLEM, SPENT)),
    (
        refused(400, "ResourceNotFoundException"),
        refusal(FailureReason.SENDER_UNUSABLE, "ResourceNotFoundException"),
    ),
    (refused(400, "AccessDeniedException"), refusal(FailureReason.ACCOUNT_PROBLEM, "AccessDeniedException")),
    (refused(403, "InvalidSignatureException"), refusal(FailureReason.ACCOUNT_PROBLEM, "InvalidSignatureException")),
    (HttpResponse(400, b"", {"x-amzn-errortype": "ThrottlingException:http://x"}), BUSY),
    (refused(400, "ThrottlingException"), BUSY),
    (refused(400, "x y\nz", "two words"), refusal(FailureReason.REJECTED, "")),
    (HttpResponse(400, b"<html>"), refusal(FailureReason.REJECTED, "")),
    (HttpResponse(400, b"[" * 100_000), refusal(FailureReason.REJECTED, "")),
    (HttpResponse(429, b""), SendError(FailureReason.UNSPECIFIED, retryable=True, trouble=Trouble.BUSY)),
    (NotConnected(), SendError(FailureReason.UNSPECIFIED, retryable=True, trouble=Trouble.DOWN)),
    (NoAnswer(), SendUnclear()),
    (refused(500, "InternalServerException"), SendUnclear()),
    (HttpResponse(503, b""), SendUnclear()),
    (HttpResponse(302, b""), SendUnclear()),
    (HttpResponse(200, b""), SendUnclear()),
    (HttpResponse(200, b'{"MessageId":7}'), SendUnclear()),
    (HttpResponse(200, b'{"MessageId":"a b"}'), SendUnclear()),
    (HttpResponse(200, b'"\xff"'), SendUnclear()),
    (HttpResponse(200, b"[" * 100_000), SendUnclear()),
]


@pytest.mark.parametrize(("answer", "outcome"), OUTGOING, ids=range(len(OUTGOING)))
def test_understands_the_answer(answer: HttpResponse | Exception, outcome: Sent | SendUnclear | SendError) -> None:
    found = sending(answer)
    assert_same(found, outcome)
    said = "".join(traceback.format_exception(found)) if isinstance(found, Exception) else repr(found)
    for private in (TEXT.recipient, TEXT.sender, TEXT.body, "signed-reference"):
        assert private not in said


def test_without_credentials_it_is_tried_again() -> None:
    def none(*_: object, **__: object) -> dict[str, str]:
        raise Unavailable

    without = AwsSms("https://sms.test", none)
    with pytest.raises(SendError) as refusal:
        without.send(TEXT, CONNECTION, {}, FakeHttp())
    assert (refusal.value.retryable, refusal.value.trouble) == (True, Trouble.DOWN)
    assert not without.is_up(CONNECTION, {}, FakeHttp())


@pytest.mark.parametrize(
    ("answer", "up"),
    [
        (HttpResponse(200, b"{}"), True),
        (HttpResponse(403, b""), True),
        (HttpResponse(429, b""), True),
        (HttpResponse(500, b""), False),
        (NoAnswer(), False),
        (NotConnected(), False),
    ],
)
def test_is_up_when_it_answers_a_question_that_changes_nothing(answer: HttpResponse | Exception, up: bool) -> None:
    http = FakeHttp(Exchange("POST", URL, answer))
    assert channel().is_up(CONNECTION, {}, http) is up
    assert http.requests[0].headers["X-Amz-Target"] == "PinpointSMSVoiceV2.DescribeAccountAttributes"
    assert (http.requests[0].body, 0 < http.requests[0].timeout <= 10) == (b"{}", True)


def test_it_calls_no_webhook() -> None:
    request = WebhookRequest(method="POST", url="https://x.test", headers={}, body=b"{}")
    with pytest.raises(BadSignature):
        channel().verify(request, CONNECTION, {})
    with pytest.raises(InvalidInput):
        channel().parse(request, CONNECTION, 0)
    with pytest.raises(InvalidInput):
        channel().parse_status(request, CONNECTION, REF)
