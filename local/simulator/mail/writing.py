"""Writes the mail that a customer sends from the page, as an ordinary mail program would."""

import uuid
from datetime import UTC, datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

from msgspec import Struct

from local.simulator.mail.records import Mailbox

MAIL_POLICY = SMTP.clone(max_line_length=78)


class NewFile(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    name: str
    content_type: str = "application/octet-stream"
    content: bytes
    """In JSON: base64."""


class NewMail(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What `POST /mailboxes/{address}/mails` takes."""

    to: str
    subject: str = ""
    text: str = ""
    html: str | None = None
    in_reply_to: str = ""
    """Id of a mail in this mailbox."""
    files: list[NewFile] = []
    automatic: bool = False
    """As an absence note says of itself."""


def write(
    mailbox: Mailbox, new: NewMail, at: int, *, answers: str = "", references: list[str] | None = None
) -> tuple[bytes, str]:
    """The raw mail, and its Message-ID without brackets. `answers`: the Message-ID of what it is an answer to."""
    message_id = f"{uuid.uuid4().hex}@{mailbox.address.rpartition('@')[2]}"
    mail = EmailMessage(policy=MAIL_POLICY)
    user, _, domain = mailbox.address.rpartition("@")
    mail["From"] = Address(mailbox.name, user, domain)
    mail["To"] = new.to
    mail["Subject"] = new.subject
    mail["Date"] = format_datetime(datetime.fromtimestamp(at / 1000, UTC))
    mail["Message-ID"] = f"<{message_id}>"
    if answers:
        mail["In-Reply-To"] = f"<{answers}>"
        mail["References"] = " ".join(f"<{each}>" for each in (*(references or ()), answers))
    if new.automatic:
        mail["Auto-Submitted"] = "auto-replied"
    mail.set_content(new.text)
    if new.html is not None:
        mail.add_alternative(new.html, subtype="html")
    for file in new.files:
        kind, _, subtype = file.content_type.partition("/")
        mail.add_attachment(file.content, maintype=kind, subtype=subtype, filename=file.name)
    return mail.as_bytes(), message_id
