"""Texts over Vonage's Messages API, version 1. Why this one and not Vonage's older SMS API: docs/channels.md.

Sending: https://developer.vonage.com/en/api/messages#SendMessage
Webhook fields: https://developer.vonage.com/en/api/messages#inbound-message and #message-status
Signatures: https://developer.vonage.com/en/getting-started/concepts/webhooks#decoding-signed-webhooks
"""

import base64
import binascii
import re
from hashlib import sha256
from typing import TypeVar

import msgspec
from msgspec import Raw, Struct, field

from chalicelib.domain.addresses import Address, Channel, sms_address
from chalicelib.domain.circuit import Trouble
from chalicelib.domain.errors import BadSignature, InvalidInput
from chalicelib.domain.events import (
    DeliveryReported,
    Event,
    Ignored,
    MessageReceived,
)
from chalicelib.domain.merchants import Connection
from chalicelib.domain.messages import FailureReason, MessageRef, MessageStatus
from chalicelib.domain.signatures import require_match, signature
from chalicelib.usecases.ports import (
    Downloads,
    Http,
    HttpResponse,
    OutgoingText,
    SendError,
    Sent,
    WebhookReply,
    WebhookRequest,
)

from .asking import GARBLED, TIMEOUT, hand_over, is_answering
from .vonage_media import Media, carries_pictures, content, origins, references

API_URL = "https://api.nexmo.com"
OLDEST, NEWEST = 7 * 86_400, 3_600
"""Seconds that the token of an incoming text may be old, and ahead of our clock.

Vonage repeats an unanswered webhook for a day. Repeats are recognised for nine days: an older token could be a text
that was forgotten, and would come in a second time.
"""

# https://developer.vonage.com/en/messages/concepts/messages-status-callbacks
STATUS = {
    "submitted": MessageStatus.SENT,
    "delivered": MessageStatus.DELIVERED,
    "read": MessageStatus.READ,
    "rejected": MessageStatus.FAILED,
    "undeliverable": MessageStatus.FAILED,
}

# https://developer.vonage.com/en/api-errors/messages (the same codes come in refusals and in status webhooks)
FAILURE = {
    "1010": FailureReason.REJECTED,  # a parameter is missing
    "1020": FailureReason.REJECTED,  # a parameter is invalid; also a text that is too long
    "1040": FailureReason.INVALID_NUMBER,  # prefix of the recipient unknown
    "1050": FailureReason.BLOCKED,  # recipient on Vonage's own list
    "1060": FailureReason.ACCOUNT_PROBLEM,  # account barred
    "1070": FailureReason.ACCOUNT_PROBLEM,  # no credit left
    "1080": FailureReason.ACCOUNT_PROBLEM,  # account not enabled for this API
    "1090": FailureReason.REJECTED,  # too long
    "1120": FailureReason.SENDER_UNUSABLE,  # sender not allowed in this country
    "1140": FailureReason.ACCOUNT_PROBLEM,  # feature not enabled for the account
    "1160": FailureReason.ACCOUNT_PROBLEM,  # trial account, recipient not on its list
    "1170": FailureReason.INVALID_NUMBER,  # recipient is no phone number
    "1180": FailureReason.UNREACHABLE,  # out of reach for now
    "1190": FailureReason.INVALID_NUMBER,  # no longer in service
    "1210": FailureReason.BLOCKED,  # filtered by the carrier
    "1220": FailureReason.UNREACHABLE,  # phone busy
    "1240": FailureReason.OPTED_OUT,  # the customer texted STOP to this sender
    "1241": FailureReason.BLOCKED,  # too many texts to this recipient
    "1250": FailureReason.LANDLINE,  # a network or plan that takes no texts
    "1251": FailureReason.REJECTED,  # routing rules of the account
    "1260": FailureReason.UNREACHABLE,  # destination unreachable
    "1270": FailureReason.BLOCKED,  # age restriction
    "1280": FailureReason.BLOCKED,  # recipient's plan or carrier
    "1282": FailureReason.BLOCKED,  # filtered
    "1290": FailureReason.BLOCKED,  # recipient's prepaid plan is used up
    "1310": FailureReason.LANDLINE,  # a device that takes no texts
    "1360": FailureReason.UNREACHABLE,  # not delivered within its validity
    "1420": FailureReason.SENDER_UNUSABLE,  # sender is no number of the account
    "1430": FailureReason.INVALID_NUMBER,  # recipient cannot be texted
    "1460": FailureReason.SENDER_UNUSABLE,  # daily limit of a 10DLC campaign
    "1470": FailureReason.REJECTED,  # Fraud Defender: country blocked by the account
    "1472": FailureReason.REJECTED,  # Fraud Defender: burst
    "1473": FailureReason.REJECTED,  # Fraud Defender: artificial traffic
    "1480": FailureReason.SENDER_UNUSABLE,  # sender not registered as the country demands
    "1481": FailureReason.SENDER_UNUSABLE,  # as above
    "1482": FailureReason.REJECTED,  # content not registered as the country demands
    "1483": FailureReason.REJECTED,  # consent not registered as the country demands
}
COMMUNICATION_FAILED = "1100"  # not submitted
RETRYABLE = {"1000", COMMUNICATION_FAILED}  # 1000: too many requests
ACCOUNT_STATUSES = {401, 402, 403, 404}  # 402: no credit left; the path names no recipient

_UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.ASCII)
_NUMBER = re.compile(r"[1-9][0-9]{6,14}", re.ASCII)
_CODE = re.compile(r"[0-9]{4}|[a-z][a-z-]{1,39}", re.ASCII)
_TOKEN = re.compile(r"Bearer ([A-Za-z0-9_-]{1,512})\.([A-Za-z0-9_-]{1,4096})\.[A-Za-z0-9_-]{43}", re.ASCII)


class _Header(Struct):
    alg: str
    crit: list[str] | None = None


class _Claims(Struct):
    iss: str
    api_key: str
    payload_hash: str
    iat: int


class _Kind(Struct):
    channel: str = ""
    message_type: str | None = None
    status: str | None = None


class _Inbound(Struct):
    message_uuid: str
    message_type: str
    to: str
    sender: str = field(name="from")
    text: str | None = None
    image: Media | None = None
    audio: Media | None = None
    video: Media | None = None
    file: Media | None = None
    vcard: Media | None = None
    content: list[Media] = []

    @property
    def media(self) -> list[Media]:
        single = (self.image, self.audio, self.video, self.file, self.vcard)
        return [*(each for each in single if each is not None), *self.content]


class _Status(Struct):
    message_uuid: str
    status: str
    client_ref: str = ""
    error: Raw = Raw(b"{}")


class _Problem(Struct):
    """In status webhooks the code is the title, in refusals it ends the type; `error`: some webhooks wrap it twice."""

    type: str | None = None
    title: str | int | None = None
    error: Raw = Raw(b"")


class _Accepted(Struct):
    message_uuid: str


_T = TypeVar("_T")


class Vonage:
    """Adapter of Vonage. `connection.account` is the account's API key.

    Its secrets: `signature_secret` signs webhooks, `api_secret` opens the API.
    """

    def __init__(self, api_url: str = API_URL) -> None:
        self._api_url = api_url.rstrip("/")

    def verify(self, request: WebhookRequest, connection: Connection, secrets: dict[str, str]) -> None:
        """Raises BadSignature unless Vonage signed exactly this body for this account.

        The address is not signed: `parse_status` sees that a report stays with its message.
        """
        _require_signature(request, secrets.get("signature_secret", ""))
        claims = _claims(request)
        require_match(claims.payload_hash, [sha256(request.body).hexdigest()])
        if claims.iss != "Vonage" or not connection.account or claims.api_key != connection.account:
            raise BadSignature

    def parse(self, request: WebhookRequest, connection: Connection, now: int) -> list[Event]:
        """A text, or Ignored for delivery reports and other channels. Raises InvalidInput, BadSignature (too old)."""
        if not -NEWEST <= now // 1000 - _claims(request).iat <= OLDEST:
            raise BadSignature
        kind = _decoded(request.body, _Kind)
        if kind.message_type is None and kind.status is not None:
            return [Ignored(kind="status")]
        if kind.channel not in ("sms", "mms"):
            if not kind.channel:
                raise InvalidInput(field="channel")
            return [Ignored(kind="other_channel")]
        return [_received(_decoded(request.body, _Inbound), connection, now)]

    def parse_status(self, request: WebhookRequest, connection: Connection, ref: MessageRef) -> list[Event]:
        """How far a text of ours has come; Ignored for an unknown status. Raises InvalidInput, BadSignature."""
        report = _decoded(request.body, _Status)
        require_match(report.client_ref, [_reference_of(request.url)])
        provider_id = _message_uuid(report.message_uuid)
        status = STATUS.get(report.status)
        if status is None:
            return [Ignored(kind="status")]
        failed = status is MessageStatus.FAILED
        code = _code(bytes(report.error)) if failed else ""
        return [
            DeliveryReported(
                connection_id=connection.id,
                ref=ref,
                provider_id=provider_id,
                status=status,
                failure=FAILURE.get(code, FailureReason.UNSPECIFIED) if failed else None,
                provider_code=code,
            )
        ]

    def acknowledge(self) -> WebhookReply:
        return WebhookReply()

    def is_up(self, connection: Connection, secrets: dict[str, str], http: Http) -> bool:
        """Reads one of the account's applications: https://developer.vonage.com/en/api/application.v2#listApplication"""
        url = f"{self._api_url}/v2/applications?page_size=1"
        headers = _headers(connection.account, secrets.get("api_secret", ""))
        return is_answering(lambda: http.request("GET", url, headers=headers, body=b"", timeout=TIMEOUT))

    def send(self, text: OutgoingText, connection: Connection, secrets: dict[str, str], http: Http) -> Sent:
        """Raises SendError, SendUnclear."""
        secret = secrets.get("api_secret", "")
        if not connection.account or not secret.strip():
            raise SendError(FailureReason.ACCOUNT_PROBLEM)
        url, headers, body = f"{self._api_url}/v1/messages", _headers(connection.account, secret), _message(text)
        return hand_over(
            lambda: http.request("POST", url, headers=headers, body=body, timeout=TIMEOUT), _accepted, _refusal
        )

    def carries(self, text: OutgoingText) -> bool:
        return carries_pictures(text)

    def fetch_media(self, source: str, connection: Connection, secrets: dict[str, str], downloads: Downloads) -> bytes:
        """Raises MediaUnavailable, MediaRefused."""
        return downloads.get(source, origins(self._api_url))


def _require_signature(request: WebhookRequest, secret: str) -> None:
    """The token is a JWT (RFC 7519) signed with HS256, whatever else its header may propose."""
    given = request.headers.get("authorization", "")
    token = _TOKEN.fullmatch(given)
    if token is None:
        raise BadSignature
    signed = f"{token[1]}.{token[2]}"
    mac = signature(secret, signed.encode("ascii"), "sha256").rstrip("=").replace("+", "-").replace("/", "_")
    require_match(given, [f"Bearer {signed}.{mac}"])
    header = _part(token[1], _Header)
    if header.alg != "HS256" or header.crit is not None:
        raise BadSignature


def _claims(request: WebhookRequest) -> _Claims:
    token = _TOKEN.fullmatch(request.headers.get("authorization", ""))
    if token is None:
        raise BadSignature
    return _part(token[2], _Claims)


def _part(encoded: str, kind: type[_T]) -> _T:
    """A part of the token. Raises BadSignature."""
    try:
        return msgspec.json.decode(base64.urlsafe_b64decode(encoded + "=" * (-len(encoded) % 4)), type=kind)
    except (binascii.Error, msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        raise BadSignature from None


def _decoded(body: bytes, kind: type[_T]) -> _T:
    try:
        return msgspec.json.decode(body, type=kind)
    except GARBLED:
        raise InvalidInput from None


def _received(message: _Inbound, connection: Connection, now: int) -> MessageReceived:
    """Long texts come in one piece: Vonage puts their parts together. What is no text is counted."""
    media = message.media
    if message.message_type == "text" and message.text is None:
        raise InvalidInput(field="text")
    kept = references(media)
    captions = (each.caption for each in media if each.caption)
    return MessageReceived(
        connection_id=connection.id,
        provider_id=_message_uuid(message.message_uuid),
        channel=Channel.SMS,
        sender=_address(message.sender),
        recipient=_address(message.to),
        body=message.text or next(captions, ""),
        received_at=now,
        media=kept,
        media_count=len(media) - len(kept) or int(message.message_type != "text" and not media),
    )


def _message_uuid(raw: str) -> str:
    uuid = raw.lower()
    if not _UUID.fullmatch(uuid):
        raise InvalidInput(field="message_uuid")
    return uuid


def _address(raw: str) -> Address:
    """Vonage writes numbers without their plus sign; what is shorter than any number is a short code."""
    try:
        return sms_address(f"+{raw}" if _NUMBER.fullmatch(raw) else raw)
    except ValueError:
        raise InvalidInput from None


def _reference_of(url: str) -> str:
    """What ties a report to its message: the reference in its address, in the 100 characters of a `client_ref`."""
    return sha256(url.rsplit("/", 1)[-1].encode("utf-8", "surrogatepass")).hexdigest()


def _headers(account: str, secret: str) -> dict[str, str]:
    credentials = base64.b64encode(f"{account}:{secret}".encode()).decode("ascii")
    return {
        "Authorization": f"Basic {credentials}",
        "Content-Type": "application/json",
        "Accept": "application/json",
    }


def _message(text: OutgoingText) -> bytes:
    """Whether it needs Unicode is Vonage's to find out (`encoding_type` is `auto` unless said otherwise)."""
    fields = {
        **content(text),
        "to": text.recipient.removeprefix("+"),
        "from": text.sender.removeprefix("+"),
        "client_ref": _reference_of(text.callback_url),
        "webhook_url": text.callback_url,
        "webhook_version": "v1",
    }
    return msgspec.json.encode(fields)


def _accepted(body: bytes) -> str:
    return _message_uuid(_decoded(body, _Accepted).message_uuid)


def _refusal(response: HttpResponse) -> SendError:
    code = _code(response.body)
    if response.status == 429 or code in RETRYABLE:
        trouble = Trouble.DOWN if code == COMMUNICATION_FAILED else Trouble.BUSY
        return SendError(FailureReason.UNSPECIFIED, retryable=True, provider_code=code, trouble=trouble)
    otherwise = FailureReason.ACCOUNT_PROBLEM if response.status in ACCOUNT_STATUSES else FailureReason.REJECTED
    return SendError(FAILURE.get(code, otherwise), provider_code=code)


def _code(body: bytes) -> str:
    """The code of a problem (RFC 9457), four digits or a name such as `low-balance`; empty where there is none."""
    try:
        problem = _decoded(body, _Problem)
        if bytes(problem.error):
            problem = _decoded(bytes(problem.error), _Problem)
    except InvalidInput:
        return ""
    named = ((problem.type or "").rpartition("#")[2], str(problem.title or ""))
    return next((code for code in named if _CODE.fullmatch(code)), "")
