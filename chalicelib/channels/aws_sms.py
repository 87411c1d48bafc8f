"""Texts over AWS End User Messaging SMS: sent by its API (PinpointSMSVoiceV2), received and reported on our topic.

Sending: https://docs.aws.amazon.com/pinpoint/latest/apireference_smsvoicev2/API_SendTextMessage.html
Texts in: https://docs.aws.amazon.com/sms-voice/latest/userguide/two-way-sms-payload.html
Reports: https://docs.aws.amazon.com/sms-voice/latest/userguide/configuration-sets-event-format.html
"""

from collections.abc import Sequence
from typing import Any, Protocol

import msgspec
from msgspec import Struct, field

from chalicelib.domain.addresses import Address, Channel, sms_address
from chalicelib.domain.circuit import Trouble
from chalicelib.domain.errors import BadSignature, InvalidInput
from chalicelib.domain.events import DeliveryReported, Event, Ignored, MessageReceived
from chalicelib.domain.merchants import Connection
from chalicelib.domain.messages import FailureReason, MessageRef, MessageStatus
from chalicelib.usecases.ports import (
    Http,
    HttpResponse,
    OutgoingText,
    Publication,
    Published,
    SendError,
    Sent,
    WebhookReply,
    WebhookRequest,
)

from .asking import TIMEOUT, aws_id, hand_over, is_answering

SERVICE, TARGET = "sms-voice", "PinpointSMSVoiceV2"
REFERENCE = "reference"
"""Name of our reference in a text's context, which its reports repeat."""
LONGEST_BODY = 10_000
"""Characters kept of a text from a customer; a text of ten parts has 1,530."""

# https://docs.aws.amazon.com/sms-voice/latest/userguide/configuration-sets-event-types.html
STATUS = {
    "TEXT_QUEUED": MessageStatus.SENT,
    "TEXT_PENDING": MessageStatus.SENT,
    "TEXT_SUCCESSFUL": MessageStatus.SENT,  # the carrier has it; in some countries nothing more is ever said
    "TEXT_DELIVERED": MessageStatus.DELIVERED,
    "TEXT_BLOCKED": MessageStatus.FAILED,
    "TEXT_CARRIER_BLOCKED": MessageStatus.FAILED,
    "TEXT_CARRIER_UNREACHABLE": MessageStatus.FAILED,
    "TEXT_INVALID": MessageStatus.FAILED,
    "TEXT_INVALID_MESSAGE": MessageStatus.FAILED,
    "TEXT_PROTECT_BLOCKED": MessageStatus.FAILED,
    "TEXT_SPAM": MessageStatus.FAILED,
    "TEXT_TTL_EXPIRED": MessageStatus.FAILED,
    "TEXT_UNREACHABLE": MessageStatus.FAILED,
}
REPORTED_FAILURE = {
    "TEXT_BLOCKED": FailureReason.BLOCKED,  # the phone takes no texts, or its owner has blocked them
    "TEXT_CARRIER_BLOCKED": FailureReason.BLOCKED,
    "TEXT_CARRIER_UNREACHABLE": FailureReason.UNREACHABLE,
    "TEXT_INVALID": FailureReason.INVALID_NUMBER,
    "TEXT_INVALID_MESSAGE": FailureReason.REJECTED,
    "TEXT_PROTECT_BLOCKED": FailureReason.BLOCKED,  # by the account's own protect configuration
    "TEXT_SPAM": FailureReason.BLOCKED,
    "TEXT_TTL_EXPIRED": FailureReason.UNREACHABLE,
    "TEXT_UNREACHABLE": FailureReason.UNREACHABLE,
}

# The reasons of its errors, each on the page of the error, such as
# https://docs.aws.amazon.com/pinpoint/latest/apireference_smsvoicev2/API_ConflictException.html
FAILURE = {
    "DESTINATION_PHONE_NUMBER_OPTED_OUT": FailureReason.OPTED_OUT,
    "DESTINATION_PHONE_NUMBER_NOT_VERIFIED": FailureReason.ACCOUNT_PROBLEM,  # the account is in its sandbox
    "DESTINATION_COUNTRY_BLOCKED": FailureReason.BLOCKED,
    "DESTINATION_COUNTRY_BLOCKED_BY_PROTECT_CONFIGURATION": FailureReason.BLOCKED,
    "DESTINATION_PHONE_NUMBER_BLOCKED_BY_PROTECT_NUMBER_OVERRIDE": FailureReason.BLOCKED,
    "COUNTRY_NOT_ENABLED": FailureReason.BLOCKED,
    "INTERNATIONAL_SENDING_NOT_SUPPORTED": FailureReason.SENDER_UNUSABLE,
    "INVALID_IDENTITY_FOR_DESTINATION_COUNTRY": FailureReason.SENDER_UNUSABLE,
    "MESSAGE_TYPE_MISMATCH": FailureReason.SENDER_UNUSABLE,
    "NO_ORIGINATION_IDENTITIES_FOUND": FailureReason.SENDER_UNUSABLE,
    "NUMBER_CAPABILITIES_MISMATCH": FailureReason.SENDER_UNUSABLE,
    "RESOURCE_NOT_ACTIVE": FailureReason.SENDER_UNUSABLE,  # its registration is not through
    "RESOURCE_NOT_ACCESSIBLE": FailureReason.SENDER_UNUSABLE,
    "SENDER_ID_NOT_REGISTERED": FailureReason.SENDER_UNUSABLE,
    "SENDER_ID_NOT_SUPPORTED": FailureReason.SENDER_UNUSABLE,
    "SENDER_ID_REQUIRES_REGISTRATION": FailureReason.SENDER_UNUSABLE,
    "MONTHLY_SPEND_LIMIT_REACHED_FOR_TEXT": FailureReason.ACCOUNT_PROBLEM,
    "ACCOUNT_DISABLED": FailureReason.ACCOUNT_PROBLEM,
    "INSUFFICIENT_ACCOUNT_REPUTATION": FailureReason.ACCOUNT_PROBLEM,
}
BY_ERROR = {
    "ResourceNotFoundException": FailureReason.SENDER_UNUSABLE,  # the number, or the configuration set
    "AccessDeniedException": FailureReason.ACCOUNT_PROBLEM,
    "ServiceQuotaExceededException": FailureReason.ACCOUNT_PROBLEM,
}
"""Where the reason is none of FAILURE."""
RETRYABLE = {"ThrottlingException", "TooManyRequestsException", "Throttling"}
ACCOUNT_STATUSES = {401, 403, 404}


class Sign(Protocol):
    """chalicelib.aws.sigv4.sign"""

    def __call__(
        self, method: str, url: str, headers: dict[str, str], body: bytes, *, service: str
    ) -> dict[str, str]: ...


class _Accepted(Struct):
    message_id: str = field(name="MessageId")


class _Refused(Struct):
    kind: str = field(name="__type", default="")
    reason: str = field(name="Reason", default="")


class AwsSms:
    """`connection.account` is the configuration set (empty: none). There are no secrets: the function's role counts."""

    def __init__(self, api_url: str, sign: Sign) -> None:
        self._api_url, self._sign = api_url.rstrip("/") + "/", sign

    # --- it calls no webhook --------------------------------------------------------------------------------------

    def verify(self, request: WebhookRequest, connection: Connection, secrets: dict[str, str]) -> None:
        raise BadSignature

    def parse(self, request: WebhookRequest, connection: Connection, now: int) -> list[Event]:
        raise InvalidInput

    def parse_status(self, request: WebhookRequest, connection: Connection, ref: MessageRef) -> list[Event]:
        raise InvalidInput

    def acknowledge(self) -> WebhookReply:
        return WebhookReply()

    # --- what it publishes ----------------------------------------------------------------------------------------

    def addressed(self, published: Published) -> Sequence[tuple[Channel, Address]] | None:
        """Of a customer's text, whom it is to; of a report, the sender."""
        if "inboundMessageId" in published and "messageBody" in published:
            return [(Channel.SMS, _number(published, "destinationNumber"))]
        if not _event_type(published).startswith(("TEXT_", "MEDIA_")) or "originationPhoneNumber" not in published:
            return None
        return [(Channel.SMS, _number(published, "originationPhoneNumber"))]

    def reference(self, published: Published) -> str:
        context = published.get("context")
        found = context.get(REFERENCE) if isinstance(context, dict) else None
        return found if isinstance(found, str) else ""

    def stored(self, published: Published) -> tuple[str, str] | None:
        return None

    def parse_published(self, publication: Publication) -> list[Event]:
        if "inboundMessageId" in publication.published:
            return [_received(publication)]
        return [_reported(publication)]

    # --- what goes out --------------------------------------------------------------------------------------------

    def is_up(self, connection: Connection, secrets: dict[str, str], http: Http) -> bool:
        """https://docs.aws.amazon.com/pinpoint/latest/apireference_smsvoicev2/API_DescribeAccountAttributes.html

        A refusal is an answer.
        """
        return is_answering(lambda: self._ask("DescribeAccountAttributes", {}, http))

    def send(self, text: OutgoingText, connection: Connection, secrets: dict[str, str], http: Http) -> Sent:
        """Raises SendError, SendUnclear."""
        wanted: dict[str, Any] = {
            "DestinationPhoneNumber": text.recipient,
            "OriginationIdentity": text.sender,
            "MessageBody": text.body,
            "MessageType": "TRANSACTIONAL",
            "Context": {REFERENCE: text.callback_url.rpartition("/")[2]},
        }
        if connection.account:
            wanted["ConfigurationSetName"] = connection.account
        return hand_over(lambda: self._ask("SendTextMessage", wanted, http), _accepted, _refusal)

    def _ask(self, operation: str, content: dict[str, Any], http: Http) -> HttpResponse:
        body = msgspec.json.encode(content)
        headers = {"Content-Type": "application/x-amz-json-1.0", "X-Amz-Target": f"{TARGET}.{operation}"}
        signed = self._sign("POST", self._api_url, headers, body, service=SERVICE)
        return http.request("POST", self._api_url, headers=signed, body=body, timeout=TIMEOUT)


def _received(publication: Publication) -> Event:
    published = publication.published
    message_id, body = published["inboundMessageId"], published["messageBody"]
    if not isinstance(message_id, str) or not 1 <= len(message_id) <= 200 or not isinstance(body, str):
        raise InvalidInput(parameter="inboundMessageId")
    return MessageReceived(
        connection_id=publication.connection.id,
        provider_id=message_id,
        channel=Channel.SMS,
        sender=_number(published, "originationNumber"),
        recipient=publication.proxy.address,
        body=body[:LONGEST_BODY],
        received_at=publication.now,  # the payload names no time
    )


def _reported(publication: Publication) -> Event:
    """Ignored where it is about no text of ours, or says that nobody knows (TEXT_UNKNOWN, after 72 hours)."""
    published, kind = publication.published, _event_type(publication.published)
    message_id, status = published.get("messageId"), STATUS.get(kind)
    if publication.ref is None or status is None:
        return Ignored(kind=kind)
    if not isinstance(message_id, str) or not 1 <= len(message_id) <= 200:
        raise InvalidInput(parameter="messageId")
    failed = status is MessageStatus.FAILED
    return DeliveryReported(
        connection_id=publication.connection.id,
        ref=publication.ref,
        provider_id=message_id,
        status=status,
        failure=REPORTED_FAILURE[kind] if failed else None,
        provider_code=kind if failed else "",
    )


def _event_type(published: Published) -> str:
    kind = published.get("eventType")
    return kind[:60] if isinstance(kind, str) else ""


def _number(published: Published, name: str) -> Address:
    found = published.get(name)
    try:
        return sms_address(found if isinstance(found, str) else "")
    except ValueError:
        raise InvalidInput(parameter=name) from None


def _accepted(body: bytes) -> str:
    return aws_id(msgspec.json.decode(body, type=_Accepted).message_id)


def _refusal(response: HttpResponse) -> SendError:
    """The error's name stands in `__type`, perhaps behind a namespace and `#`; its reason in `Reason`."""
    try:
        refused = msgspec.json.decode(response.body, type=_Refused)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        refused = _Refused()
    kind = _word((refused.kind or response.headers.get("x-amzn-errortype", "")).rpartition("#")[2].partition(":")[0])
    reason = _word(refused.reason)
    if response.status == 429 or kind in RETRYABLE:
        return SendError(FailureReason.UNSPECIFIED, retryable=True, provider_code=kind, trouble=Trouble.BUSY)
    otherwise = FailureReason.ACCOUNT_PROBLEM if response.status in ACCOUNT_STATUSES else FailureReason.REJECTED
    return SendError(FAILURE.get(reason, BY_ERROR.get(kind, otherwise)), provider_code=reason or kind)


def _word(text: str) -> str:
    """A code, or nothing: an answer must not bring its own words into our logs."""
    return text if text.replace("_", "").isalnum() and text.isascii() and len(text) <= 80 else ""
