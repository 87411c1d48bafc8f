"""What tells mail of machines from mail of people (docs/requirements.md, 4.4; RFC 3834, RFC 2919, MS-OXCMAIL)."""

import re

from .bodies import transfer_encoding
from .charsets import decode
from .headers import Headers, read_headers
from .received import Bounce, MailAddress, Signals
from .structure import Part
from .transfer import decode_body

LIST_FIELDS = frozenset({
    "list-id", "list-unsubscribe", "list-post", "list-help", "list-owner", "list-subscribe", "list-archive",
    "mailing-list",
    "x-mailing-list",
})  # fmt: skip
AUTOREPLY_FIELDS = frozenset(
    {"x-autoreply", "x-autorespond", "x-autoresponder", "x-loop", "x-mail-autoreply", "x-auto-reply"}
)

_AUTOMATIC_SENDER = re.compile(
    r"(?:mailer-daemon|postmaster|no-?_?\.?reply|do-?_?\.?not-?_?\.?reply|noreply[-+._].*|bounces?(?:[-+].*)?|mail-?daemon|mdaemon)@"
)
_MAX_REPORT_BYTES = 100_000
_ID = re.compile(r"<([^<>\s]{1,998})>")


def read_signals(root: Part, sender: MailAddress | None) -> Signals:
    """The signs of a machine in a mail's header."""
    headers = root.headers
    names = {name for name, _ in headers.fields}
    suppress = headers.text("x-auto-response-suppress").lower()
    return_path = headers.raw("return-path")
    return Signals(
        auto_submitted=_word(headers, "auto-submitted"),
        precedence=_word(headers, "precedence"),
        response_suppressed=suppress not in ("", "none"),
        mailing_list=bool(names & LIST_FIELDS),
        null_return_path=return_path is not None and return_path.strip() in (b"<>", b""),
        report=root.content_type == "multipart/report",
        autoreply_header=bool(names & AUTOREPLY_FIELDS),
        automatic_sender=sender is not None and _AUTOMATIC_SENDER.match(sender.address.lower()) is not None,
    )


def _word(headers: Headers, name: str) -> str:
    return headers.text(name).partition(";")[0].partition("(")[0].strip().lower()[:40]


def read_bounce(raw: bytes, root: Part) -> Bounce | None:
    """The delivery report in a mail; None if it carries none."""
    parts = {child.content_type: child for child in root.children}
    status = parts.get("message/delivery-status")
    if status is None:
        return None
    fields = _report_fields(raw, status)
    return Bounce(
        action=fields.get("action", "").lower(),
        status=fields.get("status", "").partition(" ")[0],
        recipient=(fields.get("final-recipient") or fields.get("original-recipient", "")).rpartition(";")[2].strip(),
        diagnostic=fields.get("diagnostic-code", "")[:500],
        original_message_id=_original_id(raw, parts),
    )


def _report_fields(raw: bytes, part: Part) -> dict[str, str]:
    """Of the whole report and its first recipient: groups of fields between blank lines."""
    data = decode_body(raw[part.start : min(part.end, part.start + _MAX_REPORT_BYTES)], transfer_encoding(part.headers))
    found: dict[str, str] = {}
    position = 0
    for _ in range(4):
        headers, following = read_headers(data, position, len(data))
        for name, _value in headers.fields:
            found.setdefault(name, headers.text(name))
        if following <= position or "final-recipient" in found:
            break
        position = following
    return found


def _original_id(raw: bytes, parts: dict[str, Part]) -> str:
    original = parts.get("message/rfc822") or parts.get("text/rfc822-headers")
    if original is None:
        return ""
    data = raw[original.start : min(original.end, original.start + _MAX_REPORT_BYTES)]
    headers, _ = read_headers(decode_body(data, transfer_encoding(original.headers)), 0, len(data))
    match = _ID.search(decode(headers.raw("message-id") or b"", None))
    return "" if match is None else match.group(1)
