"""A mail as it was received: what read_mail returns."""

from datetime import datetime
from enum import StrEnum

from msgspec import Struct


class Problem(StrEnum):
    """What was wrong with a mail; it was read all the same."""

    BROKEN_HEADER = "broken_header"
    REPEATED_HEADER = "repeated_header"
    NO_BOUNDARY = "no_boundary"
    NOT_CLOSED = "not_closed"
    TOO_MANY_PARTS = "too_many_parts"
    TOO_DEEP = "too_deep"
    TEXT_CUT = "text_cut"
    UNREADABLE = "unreadable"


class MailAddress(Struct, frozen=True):
    """`address` as written (local part and domain keep their case); `name` decoded, "" if there is none."""

    address: str
    name: str = ""


class Attachment(Struct, frozen=True):
    """A part that is not shown as text, found by its place in the raw mail: `content` decodes it when asked.

    `size`: decoded bytes, computed from the encoded length (a few bytes more for quoted-printable). `content_type`: as
    declared, never to be believed. `inline`: shown within the text, by `content_id` or by its disposition.
    """

    name: str
    content_type: str
    size: int
    start: int
    end: int
    encoding: str = ""
    content_id: str = ""
    inline: bool = False

    def content(self, raw: bytes) -> bytes:
        """The decoded bytes; `raw`: the mail that this attachment was read from."""
        from .transfer import decode_body

        return decode_body(raw[self.start : self.end], self.encoding)


class Bounce(Struct, frozen=True):
    """A delivery report (RFC 3464); "" for what it does not say."""

    action: str = ""
    status: str = ""
    recipient: str = ""
    diagnostic: str = ""
    original_message_id: str = ""


class Signals(Struct, frozen=True):
    """What says that no person wrote this mail by hand (for loop guards); values in lower case, "" where missing."""

    auto_submitted: str = ""
    precedence: str = ""
    response_suppressed: bool = False
    mailing_list: bool = False
    null_return_path: bool = False
    report: bool = False
    autoreply_header: bool = False
    automatic_sender: bool = False

    @property
    def automatic(self) -> bool:
        """Nothing must be answered automatically to this mail."""
        return (
            self.auto_submitted not in ("", "no")
            or self.precedence in ("bulk", "junk", "list", "auto_reply")
            or self.response_suppressed
            or self.mailing_list
            or self.null_return_path
            or self.report
            or self.autoreply_header
            or self.automatic_sender
        )


class ReceivedMail(Struct, frozen=True):
    """Everything of a mail but the bytes of its attachments. Missing fields are empty; ids are without brackets.

    `text`, `html`: what its writer wanted to be read, None where there is none. `headers`: all fields, decoded.
    `problems`: empty for a mail that keeps the rules; with UNREADABLE, `text` is the whole mail as it came.
    """

    from_: tuple[MailAddress, ...] = ()
    sender: MailAddress | None = None
    reply_to: tuple[MailAddress, ...] = ()
    to: tuple[MailAddress, ...] = ()
    cc: tuple[MailAddress, ...] = ()
    subject: str = ""
    message_id: str = ""
    in_reply_to: tuple[str, ...] = ()
    references: tuple[str, ...] = ()
    date: datetime | None = None
    text: str | None = None
    html: str | None = None
    attachments: tuple[Attachment, ...] = ()
    calendars: tuple[Attachment, ...] = ()
    bounce: Bounce | None = None
    signals: Signals = Signals()
    problems: tuple[Problem, ...] = ()
    headers: tuple[tuple[str, str], ...] = ()
