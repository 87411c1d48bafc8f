"""Mail over Amazon SES: sent by its API (v2), received into the bucket, reported on the topic `ProviderEvents`.

Sending: https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_SendEmail.html
"""

import base64
import binascii
from collections.abc import Sequence
from typing import Any, Protocol

import msgspec

from chalicelib.channels.asking import TIMEOUT, aws_id, hand_over, is_answering
from chalicelib.domain import reply_tokens
from chalicelib.domain.addresses import Address, Channel, email_address
from chalicelib.domain.circuit import Trouble
from chalicelib.domain.errors import BadSignature, InvalidInput
from chalicelib.domain.events import Event
from chalicelib.domain.merchants import Connection
from chalicelib.domain.messages import FailureReason, MessageRef
from chalicelib.usecases.ports import (
    Http,
    HttpResponse,
    Mails,
    OutgoingText,
    Publication,
    Published,
    SendError,
    Sent,
    WebhookReply,
    WebhookRequest,
)

from .arrival import received
from .enclosed import read_enclosed
from .reports import event_type, reported
from .writing import ascii_mailbox, write_mail

TAG = "reference"

# https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_SendEmail.html#API_SendEmail_Errors
FAILURE = {
    "AccountSuspendedException": FailureReason.ACCOUNT_PROBLEM,
    "SendingPausedException": FailureReason.ACCOUNT_PROBLEM,
    "NotFoundException": FailureReason.ACCOUNT_PROBLEM,  # the configuration set
    "MailFromDomainNotVerifiedException": FailureReason.SENDER_UNUSABLE,
    "MessageRejected": FailureReason.REJECTED,
    "BadRequestException": FailureReason.REJECTED,
}
RETRYABLE = {"TooManyRequestsException", "LimitExceededException", "ThrottlingException", "Throttling"}
ACCOUNT_STATUSES = {401, 403, 404}
_NOT_VERIFIED = b"not verified"
"""Of a MessageRejected: the domain is not (or no longer) verified, or the account is in SES's sandbox."""


class Sign(Protocol):
    """chalicelib.aws.sigv4.sign"""

    def __call__(
        self, method: str, url: str, headers: dict[str, str], body: bytes, *, service: str
    ) -> dict[str, str]: ...


class _Accepted(msgspec.Struct):
    message_id: str = msgspec.field(name="MessageId")


_ACCEPTED = msgspec.json.Decoder(_Accepted)


class Ses:
    """`connection.account` is the configuration set (empty: none). There are no secrets: the function's role counts."""

    def __init__(self, api_url: str, region: str, sign: Sign) -> None:
        self._api_url, self._sign = api_url.rstrip("/"), sign
        self._id_domain = "email.amazonses.com" if region == "us-east-1" else f"{region}.amazonses.com"

    # --- SES calls no webhook -------------------------------------------------------------------------------------

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
        """Of received mail, whom its envelope names; of reports, the sender."""
        if not isinstance(published.get("mail"), dict) or not event_type(published):
            return None
        mail = published["mail"]
        if not isinstance(mail.get("messageId"), str) or not mail["messageId"]:
            raise InvalidInput(parameter="messageId")
        if _is_received(published):
            return [(Channel.EMAIL, reply_tokens.split(each)[0]) for each in _recipients(published)]
        return [(Channel.EMAIL, reply_tokens.split(each)[0]) for each in _mailboxes([_bare(mail.get("source"))])]

    def reference(self, published: Published) -> str:
        """Our tag, as events of a configuration set carry it."""
        tags = published["mail"].get("tags")
        found = tags.get(TAG) if isinstance(tags, dict) else None
        tag = found[0] if isinstance(found, list) and found else ""
        try:
            return base64.urlsafe_b64decode(tag + "=" * (-len(tag) % 4)).decode("ascii")
        except (TypeError, ValueError, binascii.Error):
            return ""

    def stored(self, published: Published) -> tuple[str, str] | None:
        if not _is_received(published):
            return None
        receipt = published.get("receipt")
        action = receipt.get("action") if isinstance(receipt, dict) else None
        place = [action.get("bucketName"), action.get("objectKey")] if isinstance(action, dict) else []
        match place:
            case [str(bucket), str(key)]:
                return bucket, key
        raise InvalidInput("Mail that is not in a bucket cannot be received.")

    def parse_published(self, publication: Publication) -> list[Event]:
        if _is_received(publication.published):
            return received(publication, _recipients(publication.published))
        return reported(publication)

    def read_media(self, source: str, mails: Mails) -> bytes:
        return read_enclosed(source, mails)

    # --- what goes out --------------------------------------------------------------------------------------------

    def is_up(self, connection: Connection, secrets: dict[str, str], http: Http) -> bool:
        """https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_GetAccount.html (a refusal is an answer)"""
        url = f"{self._api_url}/v2/email/account"
        return is_answering(lambda: self._ask("GET", url, {}, b"", http))

    def send(self, text: OutgoingText, connection: Connection, secrets: dict[str, str], http: Http) -> Sent:
        """Raises SendError, SendUnclear."""
        url = f"{self._api_url}/v2/email/outbound-emails"
        body = self._request(text, connection)
        headers = {"Content-Type": "application/json"}
        return hand_over(lambda: self._ask("POST", url, headers, body, http), _accepted, _refusal)

    def _ask(self, method: str, url: str, headers: dict[str, str], body: bytes, http: Http) -> HttpResponse:
        signed = self._sign(method, url, headers, body, service="ses")
        return http.request(method, url, headers=signed, body=body, timeout=TIMEOUT)

    def carries(self, text: OutgoingText) -> bool:
        return True

    def _request(self, text: OutgoingText, connection: Connection) -> bytes:
        if text.mail is None:
            raise SendError(FailureReason.REJECTED)
        try:
            raw, recipient = write_mail(text, text.mail, self._id_domain), ascii_mailbox(text.recipient)
        except ValueError:
            raise SendError(FailureReason.NO_SUCH_MAILBOX) from None
        tag = base64.urlsafe_b64encode(text.mail.reference.encode()).decode("ascii").rstrip("=")
        wanted: dict[str, Any] = {
            "Content": {"Raw": {"Data": base64.b64encode(raw).decode("ascii")}},
            "Destination": {"ToAddresses": [recipient]},
            "FromEmailAddress": text.sender,
            "EmailTags": [{"Name": TAG, "Value": tag}],
        }
        if connection.account:
            wanted["ConfigurationSetName"] = connection.account
        return msgspec.json.encode(wanted)


def _is_received(published: Published) -> bool:
    return event_type(published) == "Received"


def _recipients(published: Published) -> list[Address]:
    receipt = published.get("receipt")
    named = receipt.get("recipients") if isinstance(receipt, dict) else None
    return _mailboxes(named if isinstance(named, list) else published["mail"].get("destination"))


def _mailboxes(named: object) -> list[Address]:
    found: list[Address] = []
    for each in named if isinstance(named, list) else []:
        try:
            found.append(email_address(each))
        except (ValueError, AttributeError):
            continue
    return found


def _bare(source: object) -> str:
    """The mailbox of `Name <mailbox>`."""
    text = source if isinstance(source, str) else ""
    return text.rpartition("<")[2].partition(">")[0] or text


def _accepted(body: bytes) -> str:
    return aws_id(_ACCEPTED.decode(body).message_id)


def _refusal(response: HttpResponse) -> SendError:
    """AWS names its error in a header: `MessageRejected`, perhaps with `:` and an address behind it."""
    code = response.headers.get("x-amzn-errortype", "").partition(":")[0].strip()
    code = code if code.isalnum() and len(code) < 60 else ""
    if response.status == 429 or code in RETRYABLE:
        return SendError(FailureReason.UNSPECIFIED, retryable=True, provider_code=code, trouble=Trouble.BUSY)
    if code == "MessageRejected" and _NOT_VERIFIED in response.body:
        return SendError(FailureReason.SENDER_UNUSABLE, provider_code=code)
    otherwise = FailureReason.ACCOUNT_PROBLEM if response.status in ACCOUNT_STATUSES else FailureReason.REJECTED
    return SendError(FAILURE.get(code, otherwise), provider_code=code)
