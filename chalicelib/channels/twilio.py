"""Texts over Twilio's Programmable Messaging.

Webhook fields: https://www.twilio.com/docs/messaging/guides/webhook-request
Sending and looking up: https://www.twilio.com/docs/messaging/api/message-resource
Signatures: https://www.twilio.com/docs/usage/security#validating-requests
"""

import base64
import re
from collections.abc import Sequence
from urllib.parse import quote, urlencode, urlsplit

import msgspec

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
from chalicelib.domain.mms import LARGEST_MMS, mms_area
from chalicelib.domain.signatures import require_match, signature
from chalicelib.usecases.ports import (
    Downloads,
    Http,
    HttpResponse,
    OutgoingText,
    SendError,
    Sent,
    TextSearch,
    Trace,
    WebhookReply,
    WebhookRequest,
)

from . import twilio_whatsapp as whatsapp
from .asking import GARBLED, TIMEOUT, hand_over, is_answering
from .forms import Form, one, optional, read_form
from .twilio_media import media_count, references

API_URL = "https://api.twilio.com"

# https://www.twilio.com/docs/messaging/guides/outbound-message-status-in-status-callbacks
STATUS = {
    "sent": MessageStatus.SENT,
    "delivered": MessageStatus.DELIVERED,
    "read": MessageStatus.READ,
    "undelivered": MessageStatus.FAILED,
    "failed": MessageStatus.FAILED,
}

# https://www.twilio.com/docs/api/errors (the same codes come in refusals and in delivery callbacks)
FAILURE = {
    "20003": FailureReason.ACCOUNT_PROBLEM,  # authentication failed
    "20005": FailureReason.ACCOUNT_PROBLEM,  # account not active
    "20403": FailureReason.ACCOUNT_PROBLEM,  # forbidden
    "20404": FailureReason.ACCOUNT_PROBLEM,  # no such account
    "21211": FailureReason.INVALID_NUMBER,  # recipient is no phone number
    "21212": FailureReason.SENDER_UNUSABLE,  # sender is no phone number
    "21265": FailureReason.NOT_MOBILE,  # recipient is a short code
    "21408": FailureReason.ACCOUNT_PROBLEM,  # country not enabled for the account
    "21606": FailureReason.SENDER_UNUSABLE,  # sender cannot text
    "21608": FailureReason.ACCOUNT_PROBLEM,  # trial account, recipient not verified
    "21610": FailureReason.OPTED_OUT,
    "21612": FailureReason.REJECTED,  # no way from this sender to this recipient
    "21614": FailureReason.NOT_MOBILE,
    "21635": FailureReason.LANDLINE,
    "21657": FailureReason.SENDER_UNUSABLE,  # invalid sender id
    "21659": FailureReason.SENDER_UNUSABLE,  # sender is no Twilio number
    "21660": FailureReason.SENDER_UNUSABLE,  # sender belongs to another account
    "21661": FailureReason.SENDER_UNUSABLE,  # sender is not SMS-capable
    "30002": FailureReason.ACCOUNT_PROBLEM,  # account suspended
    "30003": FailureReason.UNREACHABLE,
    "30004": FailureReason.BLOCKED,
    "30005": FailureReason.INVALID_NUMBER,  # unknown or no longer in service
    "30006": FailureReason.LANDLINE,
    "30007": FailureReason.BLOCKED,  # filtered
    "30018": FailureReason.SENDER_UNUSABLE,  # sender not registered with the carrier
    "30024": FailureReason.SENDER_UNUSABLE,  # sender not provisioned at the carrier
    "30032": FailureReason.SENDER_UNUSABLE,  # toll-free number not verified
    "30033": FailureReason.SENDER_UNUSABLE,  # 10DLC campaign suspended
    "30034": FailureReason.SENDER_UNUSABLE,  # 10DLC number not registered
    "30035": FailureReason.SENDER_UNUSABLE,  # 10DLC number still being set up
    "30036": FailureReason.UNREACHABLE,  # not delivered within its validity
    "30037": FailureReason.ACCOUNT_PROBLEM,  # outbound messaging disabled
    "30038": FailureReason.BLOCKED,  # filtered
    "30039": FailureReason.BLOCKED,  # filtered as a loop
    "30040": FailureReason.SENDER_UNUSABLE,  # sender not registered with the carrier
    "30041": FailureReason.SENDER_UNUSABLE,  # sender restricted or not registered
}
FAILURE |= whatsapp.FAILURE
RETRYABLE = {"20429", "21611", "63018"}  # too many requests; too many texts queued for this sender, at WhatsApp
ONE_SENDER = {"21611", "63018"}  # the account's other numbers can send
ACCOUNT_STATUSES = {401, 403, 404}  # the path names only the account

LOOKUP_LAG = 60_000
"""Milliseconds until a text that was taken shows in Twilio's list. No figure is documented; it is usually there at
once, so this is generous."""

MESSAGE_SID = re.compile(r"(SM|MM)[0-9a-fA-F]{32}", re.ASCII)
_CODE = re.compile(r"[0-9]{1,6}", re.ASCII)


class _Created(msgspec.Struct):
    sid: str


class _Refused(msgspec.Struct):
    code: int = 0


_CREATED = msgspec.json.Decoder(_Created)
_REFUSED = msgspec.json.Decoder(_Refused)


class Twilio:
    """Adapter of one Twilio-shaped API. `connection.account` is the account SID, its secret the `auth_token`."""

    lookup_lag = LOOKUP_LAG

    def __init__(self, api_url: str = API_URL) -> None:
        self._api_url = api_url.rstrip("/")

    def verify(self, request: WebhookRequest, connection: Connection, secrets: dict[str, str]) -> None:
        """Raises BadSignature unless Twilio signed exactly this, for this address and this account."""
        form = read_form(request.body)
        secret = secrets.get("auth_token", "")
        expected = [signature(secret, _signed(url, form), "sha1") for url in _spellings(request.url)]
        require_match(request.headers.get("x-twilio-signature"), expected)
        if not connection.account or form.get("AccountSid") != [connection.account]:
            raise BadSignature

    def parse(self, request: WebhookRequest, connection: Connection, now: int) -> list[Event]:
        """A text, or Ignored for calls, delivery reports and other channels. Raises InvalidInput."""
        form = read_form(request.body)
        if "MessageSid" not in form and "CallSid" in form:
            return [Ignored(kind="call")]
        if "MessageStatus" in form:
            return [Ignored(kind="status")]
        sender, recipient = one(form, "From"), one(form, "To")
        if whatsapp.is_whatsapp(sender, recipient):
            return [_at_whatsapp(form, connection, now)]
        if ":" in sender or ":" in recipient:
            return [Ignored(kind="other_channel")]
        if "Body" not in form and "EventType" in form:
            return [Ignored(kind="event")]
        media = references(form)
        return [
            MessageReceived(
                connection_id=connection.id,
                provider_id=_message_sid(form),
                channel=Channel.SMS,
                sender=_address(sender),
                recipient=_address(recipient),
                body=one(form, "Body"),
                received_at=now,
                media=media,
                media_count=media_count(form) - len(media),
            )
        ]

    def parse_status(self, request: WebhookRequest, connection: Connection, ref: MessageRef) -> list[Event]:
        """How far a text of ours has come; Ignored for what comes before `sent`. Raises InvalidInput."""
        form = read_form(request.body)
        provider_id = _message_sid(form)
        status = STATUS.get(one(form, "MessageStatus"))
        if status is None:
            return [Ignored(kind="status")]
        code = optional(form, "ErrorCode")
        code = code if _CODE.fullmatch(code) else ""
        failed = status is MessageStatus.FAILED
        return [
            DeliveryReported(
                connection_id=connection.id,
                ref=ref,
                provider_id=provider_id,
                status=status,
                failure=FAILURE.get(code, FailureReason.UNSPECIFIED) if failed else None,
                provider_code=code if failed else "",
            )
        ]

    def acknowledge(self) -> WebhookReply:
        """Empty TwiML: nothing is answered in the webhook's reply."""
        return WebhookReply(content_type="text/xml", body="<Response/>")

    def is_up(self, connection: Connection, secrets: dict[str, str], http: Http) -> bool:
        """Reads the account: https://www.twilio.com/docs/iam/api/account#fetch-an-account-resource"""
        url = f"{self._api_url}/2010-04-01/Accounts/{quote(connection.account, safe='')}.json"
        headers = basic_auth(connection.account, secrets.get("auth_token", ""))
        return is_answering(lambda: http.request("GET", url, headers=headers, body=b"", timeout=TIMEOUT))

    def send(self, text: OutgoingText, connection: Connection, secrets: dict[str, str], http: Http) -> Sent:
        """Raises SendError, SendUnclear."""
        token = secrets.get("auth_token", "")
        if not connection.account or not token.strip():
            raise SendError(FailureReason.ACCOUNT_PROBLEM)
        account = quote(connection.account, safe="")
        url = f"{self._api_url}/2010-04-01/Accounts/{account}/Messages.json"
        headers, body = basic_auth(connection.account, token), _message(text)
        return hand_over(
            lambda: http.request("POST", url, headers=headers, body=body, timeout=TIMEOUT), _accepted, _refusal
        )

    def carries(self, text: OutgoingText) -> bool:
        """https://www.twilio.com/docs/messaging/guides/accepted-mime-types, and for WhatsApp one picture a message:
        https://www.twilio.com/docs/whatsapp/guidance-whatsapp-media-messages"""
        if text.channel is Channel.WHATSAPP:
            return len(text.pictures) == 1
        within = sum(each.size for each in text.pictures) <= LARGEST_MMS
        return within and mms_area(text.sender, text.recipient) is not None

    def fetch_media(self, source: str, connection: Connection, secrets: dict[str, str], downloads: Downloads) -> bytes:
        """Raises MediaUnavailable, MediaRefused."""
        from .twilio_media import origins

        credentials = basic_auth(connection.account, secrets.get("auth_token", ""))
        return downloads.get(source, origins(self._api_url, connection.account, credentials["Authorization"]))

    def find(self, search: TextSearch, connection: Connection, secrets: dict[str, str], http: Http) -> Sequence[Trace]:
        """Raises LookupUnclear."""
        from .twilio_lookup import find

        return find(self._api_url, search, connection, secrets, http)


def _signed(url: str, form: Form) -> bytes:
    """What Twilio signs: the address, then names and values without separators; repeated values count once."""
    values = (name + value for name in sorted(form) for value in sorted(set(form[name])))
    return (url + "".join(values)).encode("utf-8", "surrogatepass")  # an address may hold anything; this never matches


def _spellings(url: str) -> tuple[str, str]:
    """The address without and with its port: Twilio signs either, and its own libraries accept both."""
    parts = urlsplit(url)
    port = parts.port or (443 if parts.scheme == "https" else 80)
    host = parts.netloc.removesuffix(f":{port}")
    return parts._replace(netloc=host).geturl(), parts._replace(netloc=f"{host}:{port}").geturl()


def _message_sid(form: Form) -> str:
    """Of fixed length: a parameter that follows it cannot be signed over into it and make a new message of a replay."""
    sid = one(form, "MessageSid")
    if not MESSAGE_SID.fullmatch(sid):
        raise InvalidInput(parameter="MessageSid")
    return sid


def _at_whatsapp(form: Form, connection: Connection, now: int) -> MessageReceived:
    """Twilio does not tell when the customer wrote: the window counts from now."""
    media, count = references(form), media_count(form)
    return MessageReceived(
        connection_id=connection.id,
        provider_id=_message_sid(form),
        channel=Channel.WHATSAPP,
        sender=whatsapp.address(one(form, "From")),
        sender_name=whatsapp.sender_name(form),
        recipient=whatsapp.address(one(form, "To")),
        body=whatsapp.body(form, media=count > 0),
        received_at=now,
        written_at=now,
        quoted_id=whatsapp.quoted_id(form),
        media=media,
        media_count=count - len(media),
    )


def _address(raw: str) -> Address:
    try:
        return sms_address(raw)
    except ValueError:
        raise InvalidInput from None


def basic_auth(account: str, token: str) -> dict[str, str]:
    credentials = base64.b64encode(f"{account}:{token}".encode()).decode("ascii")
    return {
        "Authorization": f"Basic {credentials}",
        "Content-Type": "application/x-www-form-urlencoded",
        "Accept": "application/json",
    }


def address_of(address: Address, channel: Channel) -> str:
    """As Twilio writes it."""
    return whatsapp.written(address) if channel is Channel.WHATSAPP else address


def _message(text: OutgoingText) -> bytes:
    words = {"Body": text.body} if text.body or not text.pictures else {}
    fields = {
        "To": address_of(text.recipient, text.channel),
        "From": address_of(text.sender, text.channel),
        **(words if text.template is None else whatsapp.template_fields(text.template)),
        "StatusCallback": text.callback_url,
    }
    pictures = [("MediaUrl", each.url) for each in text.pictures]
    return urlencode([*fields.items(), *pictures], errors="replace").encode("ascii")


def _accepted(body: bytes) -> str:
    sid = _CREATED.decode(body).sid
    if not MESSAGE_SID.fullmatch(sid):
        raise ValueError("no id of a message")
    return sid


def _refusal(response: HttpResponse) -> SendError:
    try:
        number = _REFUSED.decode(response.body).code
    except GARBLED:
        number = 0
    code = str(number) if 0 < number < 1_000_000 else ""
    if response.status == 429 or code in RETRYABLE:
        busy = None if code in ONE_SENDER else Trouble.BUSY
        return SendError(FailureReason.UNSPECIFIED, retryable=True, provider_code=code, trouble=busy)
    otherwise = FailureReason.ACCOUNT_PROBLEM if response.status in ACCOUNT_STATUSES else FailureReason.REJECTED
    return SendError(FAILURE.get(code, otherwise), provider_code=code)
