"""What the simulator remembers of e-mail: customers' mailboxes, and each mail to or from one."""

from enum import StrEnum
from typing import Any

from msgspec import Struct

from local.simulator.mail.one_click import one_click_url
from local.simulator.quiet_html import quiet_html


class MailBehaviour(StrEnum):
    """How a mailbox, or SES before it, answers to a mail of ours. The same for texts: behaviours.Behaviour."""

    NORMAL = "normal"
    SLOW = "slow"
    BOUNCES = "bounces"
    FULL = "full"
    COMPLAINS = "complains"
    SUPPRESSED = "suppressed"
    REJECTED = "rejected"
    THROTTLED = "throttled"
    SERVER_ERROR = "server_error"
    LOST_REPLY = "lost_reply"
    UNHEARD = "unheard"
    TIMEOUT = "timeout"


class Mailbox(Struct, kw_only=True):
    """A customer's mailbox somewhere else."""

    address: str
    """In lower case."""
    name: str
    behaviour: MailBehaviour = MailBehaviour.NORMAL
    verified: bool = True
    """Its mail passes SPF, DKIM and DMARC, so that its address can be believed."""


class MailFile(Struct, kw_only=True, frozen=True):
    """An attachment by name; its content is in the raw mail only."""

    name: str
    content_type: str
    size: int


class Mail(Struct, kw_only=True):
    """One mail between a customer's mailbox and an address of ours, in either direction."""

    id: str
    """The id that SES gives it: `MessageId` of the answer, or of the notification about a received mail."""
    mailbox: str
    """The customer's address."""
    peer: str
    """Our address: written to, or written from."""
    peer_name: str = ""
    answer_to: str = ""
    """Where an answer to a mail of ours goes: its Reply-To, else its From."""
    from_mailbox: bool
    subject: str
    text: str | None = None
    html: str | None = None
    files: list[MailFile] = []
    message_id: str
    """Of its header, without brackets; of a mail of ours the one that SES put in."""
    references: list[str] = []
    automatic: bool = False
    """Its header says that no person wrote it."""
    at: int
    updated_at: int
    status: str
    """Ours: `queued`, `sent`, then `delivered` or `bounced`. Theirs: `sending`, then `delivered` (SES has stored and
    announced it) or `failed`."""
    arrived: bool = False
    """A mail of ours lies in the mailbox."""
    error: str = ""
    """Why it did not arrive, as the mailbox's server says it."""
    complained: bool = False
    unsubscribed: bool = False
    """Its reader has pressed the button, and we have heard it."""
    behaviour: MailBehaviour = MailBehaviour.NORMAL
    """Decided on acceptance: what becomes of a mail of ours."""
    tags: dict[str, list[str]] = {}
    configuration_set: str = ""
    """Without one SES publishes no events."""
    source: str = ""
    """The From field of a mail of ours, as events repeat it."""
    headers: list[tuple[str, str]] = []
    """Of a mail of ours, as it was handed to SES, short enough to be repeated in events."""
    headers_truncated: bool = False
    notice: str = ""
    """The last message about it on the topic (JSON): SNS delivers at least once, so it can be sent again."""
    raw: bytes = b""
    """A mail of theirs until it has been delivered."""


def public_mail(mail: Mail) -> dict[str, Any]:
    """A mail as the control API shows it, seen from the mailbox."""
    return {
        "id": mail.id,
        "direction": "out" if mail.from_mailbox else "in",
        "peer": mail.peer,
        "peer_name": mail.peer_name,
        "answer_to": mail.answer_to or mail.peer,
        "subject": mail.subject,
        "text": mail.text,
        "html": mail.html,
        "shown_html": None if mail.html is None else quiet_html(mail.html),
        "files": mail.files,
        "message_id": mail.message_id,
        "references": mail.references,
        "automatic": mail.automatic,
        "at": mail.at,
        "status": mail.status,
        "error": mail.error or None,
        "complained": mail.complained,
        "can_unsubscribe": mail.arrived and bool(one_click_url(mail.headers)),
        "unsubscribe_url": one_click_url(mail.headers) or None,
        "unsubscribed": mail.unsubscribed,
    }
