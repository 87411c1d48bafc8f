"""From the bytes of a mail to what it says. Pure, linear, bounded; never an exception, whatever comes in."""

import re
from collections.abc import Callable
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from .addresses import read_addresses
from .automatic import read_bounce, read_signals
from .bodies import read_bodies
from .charsets import decode
from .headers import Headers, decode_value
from .received import Attachment, MailAddress, Problem, ReceivedMail
from .structure import Structure

MAX_WHOLE = 2_000_000
"""Bytes of an unreadable mail that are returned as its text; the whole mail is its attachment then."""

MAX_IDS = 100
"""Of References: the last ones count."""

MAX_HEADERS_KEPT = 200
LONGEST_SUBJECT = 1_000

_ID = re.compile(r"<\s*+([^<>\s]{1,998})\s*+>")
_BARE_ID = re.compile(r"[^\s<>,;]{1,500}@[^\s<>,;]{1,500}")
_SINGLE = ("from", "subject", "date", "message-id", "content-type", "reply-to")
"""Fields that a mail has once (RFC 5322 3.6)."""


def read_mail(raw: bytes) -> ReceivedMail:
    """What a mail says, and who says it.

    Bounds: MAX_PARTS, MAX_DEPTH (structure.py), MAX_HEADER_BYTES, MAX_VALUE (headers.py), MAX_ADDRESSES (addresses.py),
    MAX_TEXT_BYTES, MAX_TEXTS (bodies.py). What lies beyond one is kept as an attachment and named in `problems`.
    Attachments are found, not decoded: `attachment.content(raw)`.
    """
    return read_or_keep(raw if b"\n" in raw else raw.replace(b"\r", b"\n"), _read)


def read_or_keep(raw: bytes, read: Callable[[bytes], ReceivedMail]) -> ReceivedMail:
    """What `read` makes of a mail; if it fails, in a mail made to make it fail, the mail as it is."""
    try:
        return read(raw)
    except Exception:
        return _unread(raw)


def _unread(raw: bytes) -> ReceivedMail:
    """A mail that could not be read, whole: as text, and as a file."""
    file = Attachment("message.eml", "message/rfc822", len(raw), 0, len(raw))
    return ReceivedMail(text=decode(raw[:MAX_WHOLE], None), attachments=(file,), problems=(Problem.UNREADABLE,))


def _read(raw: bytes) -> ReceivedMail:
    structure = Structure(raw)
    headers = structure.root.headers
    bodies = read_bodies(structure)
    from_ = _addresses(headers, "from")
    sender = next(iter(_addresses(headers, "sender")), None)
    return ReceivedMail(
        from_=from_,
        sender=sender,
        reply_to=_addresses(headers, "reply-to"),
        to=_addresses(headers, "to"),
        cc=_addresses(headers, "cc"),
        subject=headers.text("subject")[:LONGEST_SUBJECT],
        message_id=next(iter(_ids(headers, "message-id")), ""),
        in_reply_to=_ids(headers, "in-reply-to"),
        references=_ids(headers, "references"),
        date=_date(headers),
        text=bodies.text(),
        html=bodies.html(),
        attachments=tuple(bodies.attachments),
        calendars=tuple(bodies.calendars),
        bounce=read_bounce(raw, structure.root),
        signals=read_signals(structure.root, sender or next(iter(from_), None)),
        problems=_problems(structure, bodies.problems),
        headers=tuple(
            (name, decode_value(value)[:LONGEST_SUBJECT]) for name, value in headers.fields[:MAX_HEADERS_KEPT]
        ),
    )


def _problems(structure: Structure, of_bodies: list[Problem]) -> tuple[Problem, ...]:
    headers = structure.root.headers
    repeated = any(headers.count(name) > 1 for name in _SINGLE)
    found = [*structure.problems, *of_bodies, *([Problem.REPEATED_HEADER] if repeated else [])]
    return tuple(dict.fromkeys(found))


def _addresses(headers: Headers, name: str) -> tuple[MailAddress, ...]:
    """Of the first From, Sender or Reply-To; of all To and Cc."""
    values = [value for key, value in headers.fields if key == name]
    return read_addresses(values if name in ("to", "cc") else values[:1])


def _ids(headers: Headers, name: str) -> tuple[str, ...]:
    text = headers.text(name)
    found = _ID.findall(text) or _BARE_ID.findall(text)
    return tuple(found[-MAX_IDS:])


def _date(headers: Headers) -> datetime | None:
    """In UTC; a date without a zone is taken for UTC."""
    try:
        date = parsedate_to_datetime(headers.text("date")[:100])
        return (date if date.tzinfo else date.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, TypeError, OverflowError, IndexError):
        return None
