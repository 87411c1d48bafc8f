"""Asks Twilio whether it has taken a text whose outcome is not known.

https://www.twilio.com/docs/messaging/api/message-resource#read-multiple-message-resources

Twilio does not tell our reference, so what counts is numbers, words and time. The list is not filtered by `DateSent`:
a text that still waits at Twilio has no such date, and would be taken for one that is not there.
"""

from collections.abc import Sequence
from datetime import UTC
from email.utils import parsedate_to_datetime
from urllib.parse import quote, urlencode

import msgspec

from chalicelib.domain.merchants import Connection
from chalicelib.domain.messages import FailureReason, MessageStatus
from chalicelib.usecases.ports import Http, LookupUnclear, NoAnswer, NotConnected, TextSearch, Trace

from .twilio import FAILURE, MESSAGE_SID, STATUS, address_of, basic_auth

TIMEOUT = 5.0
"""Seconds for a page."""
PAGE_SIZE, MAX_PAGES = 200, 5
"""1,000 texts between two numbers are looked through; a page stays below the megabyte that is read of an answer."""
CLOCKS = 30_000
"""Milliseconds by which Twilio's clock and ours may differ, its rounding to seconds included."""
TRIAL = "Sent from your Twilio trial account - "
"""What trial accounts put before each text."""
CANCELED = "canceled"
_ACCOUNTS = "/2010-04-01/Accounts/"


class _Resource(msgspec.Struct):
    sid: str
    date_created: str
    direction: str
    body: str | None
    status: str
    to: str | None = None
    sender: str | None = msgspec.field(default=None, name="from")
    error_code: int | None = None


class _Page(msgspec.Struct):
    """`next_page_uri`: null on the last; an answer without it leaves doubt."""

    messages: list[_Resource]
    next_page_uri: str | None


_PAGE = msgspec.json.Decoder(_Page)


def find(
    api_url: str, search: TextSearch, connection: Connection, secrets: dict[str, str], http: Http
) -> Sequence[Trace]:
    """As `LooksUp.find`."""
    token = secrets.get("auth_token", "")
    if not connection.account or not token.strip():
        raise LookupUnclear("no account", silent=True)
    between = {"To": address_of(search.recipient, search.channel), "From": address_of(search.sender, search.channel)}
    query = urlencode({**between, "PageSize": PAGE_SIZE})
    path: str | None = f"{_ACCOUNTS}{quote(connection.account, safe='')}/Messages.json?{query}"
    traces: list[Trace] = []
    for _ in range(MAX_PAGES):
        page = _read(http, api_url + (path or ""), basic_auth(connection.account, token))
        traces += _traces(page.messages, search)
        path = page.next_page_uri
        if path is None:
            break
        if not path.startswith(_ACCOUNTS):  # our credentials go nowhere else
            raise LookupUnclear("next page elsewhere")
    if path is not None and not traces:
        raise LookupUnclear("more texts than are looked through")
    return sorted(traces, key=lambda trace: (trace.created_at, trace.provider_id))


def _read(http: Http, url: str, headers: dict[str, str]) -> _Page:
    try:
        response = http.request("GET", url, headers=headers, body=b"", timeout=TIMEOUT)
    except (NotConnected, NoAnswer):
        raise LookupUnclear("no answer", silent=True) from None
    if response.status != 200:
        raise LookupUnclear(f"status {response.status}", silent=True)
    try:
        return _PAGE.decode(response.body)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        raise LookupUnclear("garbled answer") from None


def _traces(resources: list[_Resource], search: TextSearch) -> list[Trace]:
    """Raises LookupUnclear where a text of that time hides its words or its number (Twilio's message redaction)."""
    between = {address_of(each, search.channel) for each in (search.sender, search.recipient)}
    words = _words(search.body)
    traces: list[Trace] = []
    for resource in resources:
        created_at = _instant(resource.date_created)
        if resource.direction.startswith("inbound") or not search.since - CLOCKS <= created_at <= search.until + CLOCKS:
            continue
        if _is_hidden(resource.to):
            raise LookupUnclear("number redacted")
        if {resource.to, resource.sender} != between:
            continue
        body = resource.body or ""
        if words and _is_hidden(body):
            raise LookupUnclear("words redacted")
        if words in (_words(body), _words(body.removeprefix(TRIAL))):
            traces.append(_trace(resource, created_at))
    return traces


def _is_hidden(text: str | None) -> bool:
    """Left out, or nothing but what stands for it: https://www.twilio.com/docs/messaging/features/message-redaction"""
    return not text or text == "REDACTED" or not text.strip("*") or text.endswith("XXXX")


def _words(body: str) -> list[str]:
    """White space does not count, and what cannot be encoded went out as a question mark."""
    return body.encode("utf-8", "replace").decode().split()


def _instant(text: str) -> int:
    """Of an RFC 2822 date, as epoch milliseconds. Raises LookupUnclear."""
    try:
        moment = parsedate_to_datetime(text)
        return int((moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp() * 1000)
    except (ValueError, TypeError, OverflowError, IndexError):
        raise LookupUnclear("garbled date") from None


def _trace(resource: _Resource, created_at: int) -> Trace:
    """What Twilio has not sent yet it has taken all the same: `sent` to us."""
    if not MESSAGE_SID.fullmatch(resource.sid):
        raise LookupUnclear("garbled id")
    status = STATUS.get(resource.status, MessageStatus.SENT)
    if resource.status == CANCELED:
        status = MessageStatus.FAILED
    failed = status is MessageStatus.FAILED
    code = str(resource.error_code) if failed and 0 < (resource.error_code or 0) < 1_000_000 else ""
    return Trace(
        provider_id=resource.sid,
        created_at=created_at,
        status=status,
        failure=FAILURE.get(code, FailureReason.UNSPECIFIED) if failed else None,
        provider_code=code,
    )
