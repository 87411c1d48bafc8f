"""WhatsApp over Meta's Cloud API. `connection.account` is the id of the WhatsApp Business account.

Webhooks: https://developers.facebook.com/documentation/business-messaging/whatsapp/webhooks/overview
Sending: https://developers.facebook.com/documentation/business-messaging/whatsapp/messages/send-messages
Errors: https://developers.facebook.com/documentation/business-messaging/whatsapp/support/error-codes
"""

import re
from urllib.parse import parse_qs, quote, urlsplit

import msgspec
from msgspec import Struct

from chalicelib.domain.addresses import Address
from chalicelib.domain.circuit import Trouble
from chalicelib.domain.errors import BadSignature, InvalidInput
from chalicelib.domain.events import Event, Ignored
from chalicelib.domain.merchants import Connection
from chalicelib.domain.message_templates import TemplateUse
from chalicelib.domain.messages import FailureReason, MessageRef
from chalicelib.domain.signatures import hex_signature, require_match
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

from . import meta_whatsapp_webhooks as webhooks
from .asking import GARBLED, TIMEOUT, hand_over, is_answering
from .meta_whatsapp_errors import FAILURE, ONE_PAIR, RETRYABLE

API_URL = "https://graph.facebook.com"
API_VERSION = "v25.0"
LONGEST_REFERENCE = 512
"""Characters of `biz_opaque_callback_data`."""
ACCOUNT_STATUSES = {401, 403}
_CHALLENGE = re.compile(r"[A-Za-z0-9_.:-]{1,256}", re.ASCII)
_MESSAGE_ID = re.compile(r"[!-~]{1,256}", re.ASCII)


class _Account(Struct):
    id: str = ""


class _Accounts(Struct):
    entry: list[_Account]


class _Id(Struct):
    id: str


class _Accepted(Struct):
    messages: list[_Id]


class _Error(Struct):
    code: int = 0


class _Refused(Struct):
    error: _Error


_ACCOUNTS = msgspec.json.Decoder(_Accounts)
_ACCEPTED = msgspec.json.Decoder(_Accepted)
_REFUSED = msgspec.json.Decoder(_Refused)


class MetaWhatsApp:
    """Adapter of the Cloud API.

    Its secrets: `app_secret` signs webhooks, `verify_token` is asked for when the address is registered at Meta,
    `access_token` (of a system user) opens the API. `connection.number_ids` names Meta's ids of our numbers.
    """

    def __init__(self, api_url: str = API_URL) -> None:
        self._api_url = api_url.rstrip("/")

    def challenge(self, request: WebhookRequest, connection: Connection, secrets: dict[str, str]) -> WebhookReply:
        """The answer that registers the webhook's address. Raises BadSignature without the right token.

        https://developers.facebook.com/documentation/business-messaging/whatsapp/webhooks/create-webhook-endpoint
        """
        given = _parameters(request.url)
        expected = secrets.get("verify_token", "")
        if not expected.strip() or not expected.isascii():
            raise BadSignature
        token, challenge = _only(given, "hub.verify_token"), _only(given, "hub.challenge")
        require_match(token, [expected])
        if _only(given, "hub.mode") != "subscribe" or not _CHALLENGE.fullmatch(challenge):
            raise InvalidInput
        return WebhookReply(content_type="text/plain", body=challenge)

    def verify(self, request: WebhookRequest, connection: Connection, secrets: dict[str, str]) -> None:
        """Raises BadSignature unless Meta signed exactly this body, and some of it is of this account.

        An app's webhooks of several accounts share a secret: what is of another account is left out by `parse`.
        """
        mac = hex_signature(secrets.get("app_secret", ""), request.body, "sha256")
        require_match(request.headers.get("x-hub-signature-256"), [f"sha256={mac}"])
        if not connection.account or connection.account not in _accounts(request.body):
            raise BadSignature

    def parse(self, request: WebhookRequest, connection: Connection, now: int) -> list[Event]:
        """Everything in a batch, each element for itself. Raises InvalidInput where it is no batch at all."""
        return webhooks.events(request.body, connection, now)

    def parse_status(self, request: WebhookRequest, connection: Connection, ref: MessageRef) -> list[Event]:
        """Meta knows one address only and reports there: nothing true comes here."""
        return [Ignored(kind="status")]

    def acknowledge(self) -> WebhookReply:
        return WebhookReply()

    def is_up(self, connection: Connection, secrets: dict[str, str], http: Http) -> bool:
        """Reads the account's id."""
        url = f"{self._api_url}/{API_VERSION}/{quote(connection.account, safe='')}?fields=id"
        headers = _headers(secrets.get("access_token", ""))
        return is_answering(lambda: http.request("GET", url, headers=headers, body=b"", timeout=TIMEOUT))

    def send(self, text: OutgoingText, connection: Connection, secrets: dict[str, str], http: Http) -> Sent:
        """Raises SendError, SendUnclear."""
        token, number_id = secrets.get("access_token", ""), connection.number_ids.get(text.sender, "")
        if not connection.account or not token.strip():
            raise SendError(FailureReason.ACCOUNT_PROBLEM)
        if not number_id:
            raise SendError(FailureReason.SENDER_UNUSABLE)
        url = f"{self._api_url}/{API_VERSION}/{quote(number_id, safe='')}/messages"
        headers, body = _headers(token), _message(text)
        return hand_over(
            lambda: http.request("POST", url, headers=headers, body=body, timeout=TIMEOUT), _accepted, _refusal
        )

    def carries(self, text: OutgoingText) -> bool:
        return len(text.pictures) == 1

    def fetch_media(self, source: str, connection: Connection, secrets: dict[str, str], downloads: Downloads) -> bytes:
        """Raises MediaUnavailable, MediaRefused."""
        from .meta_whatsapp_media import fetch

        token, simulated = secrets.get("access_token", ""), self._api_url != API_URL
        return fetch(source, f"{self._api_url}/{API_VERSION}", token, downloads, simulated=simulated)


def _parameters(url: str) -> dict[str, list[str]]:
    try:
        return parse_qs(urlsplit(url).query, keep_blank_values=True, max_num_fields=20)
    except ValueError:
        raise BadSignature from None


def _only(given: dict[str, list[str]], name: str) -> str:
    values = given.get(name, [])
    return values[0] if len(values) == 1 else ""


def _accounts(body: bytes) -> set[str]:
    """Of a body that Meta has signed; malformed, it is nobody's."""
    try:
        return {entry.id for entry in _ACCOUNTS.decode(body).entry}
    except GARBLED:
        raise BadSignature from None


def _headers(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}", "Content-Type": "application/json", "Accept": "application/json"}


def _message(text: OutgoingText) -> bytes:
    """Our reference comes back in every report: https://developers.facebook.com/docs/whatsapp/cloud-api/webhooks"""
    reference = text.callback_url.rsplit("/", 1)[-1]
    fields: dict[str, object] = {
        "messaging_product": "whatsapp",
        "recipient_type": "individual",
        **_recipient(text.recipient),
        **(_free_form(text) if text.template is None else _template(text.template)),
    }
    if len(reference) <= LONGEST_REFERENCE:
        fields["biz_opaque_callback_data"] = reference
    return msgspec.json.encode(fields)


def _free_form(text: OutgoingText) -> dict[str, object]:
    """https://developers.facebook.com/documentation/business-messaging/whatsapp/messages/image-messages"""
    if not text.pictures:
        return {"type": "text", "text": {"preview_url": True, "body": _encodable(text.body)}}
    caption = {"caption": _encodable(text.body)} if text.body else {}
    return {"type": "image", "image": {"link": text.pictures[0].url, **caption}}


def _template(use: TemplateUse) -> dict[str, object]:
    """https://developers.facebook.com/documentation/business-messaging/whatsapp/templates/utility-templates"""
    parameters = [{"type": "text", "text": _encodable(value)} for value in use.values]
    body = [{"type": "body", "parameters": parameters}] if parameters else []
    named: dict[str, object] = {"name": use.name, "language": {"code": use.language}, "components": body}
    return {"type": "template", "template": named}


def _encodable(words: str) -> str:
    return words.encode("utf-8", "replace").decode()


def _recipient(address: Address) -> dict[str, str]:
    """A user id goes into a field of its own."""
    return {"recipient": address.removeprefix("id:")} if address.startswith("id:") else {"to": address}


def _accepted(body: bytes) -> str:
    messages = _ACCEPTED.decode(body).messages
    if len(messages) != 1 or not _MESSAGE_ID.fullmatch(messages[0].id):
        raise ValueError("no id of a message")
    return messages[0].id


def _refusal(response: HttpResponse) -> SendError:
    try:
        number: int | None = _REFUSED.decode(response.body).error.code
    except GARBLED:
        number = None
    code = str(number) if number is not None and 0 <= number < 10_000_000 else ""
    if response.status == 429 or code in RETRYABLE:
        busy = None if code in ONE_PAIR else Trouble.BUSY
        return SendError(FailureReason.UNSPECIFIED, retryable=True, provider_code=code, trouble=busy)
    otherwise = FailureReason.ACCOUNT_PROBLEM if response.status in ACCOUNT_STATUSES else FailureReason.REJECTED
    return SendError(FAILURE.get(code, otherwise), provider_code=code)
