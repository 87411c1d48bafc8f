"""A mail of ours as MIME: text and simple HTML in UTF-8, and nothing in its header that we did not put there."""

import re
from email.headerregistry import Address as HeaderAddress
from email.message import EmailMessage
from email.policy import SMTP, EmailPolicy
from typing import Any

from chalicelib.domain.addresses import Address
from chalicelib.domain.mail import usable_ids
from chalicelib.usecases.ports import OutgoingMail, OutgoingPicture, OutgoingText

from .page import as_html

LONGEST_NAME, LONGEST_SUBJECT = 80, 200
_CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\u202a-\u202e\u2066-\u2069]+")


class _Policy(EmailPolicy):
    """The library breaks a long word into encoded ones wherever it stands; nobody decodes those in a link or an id."""

    def fold_binary(self, name: str, value: Any) -> bytes:
        if name not in UNBROKEN:
            return super().fold_binary(name, value)
        return f"{name}: {str(value).replace(' ', self.linesep + ' ')}{self.linesep}".encode("ascii")


UNBROKEN = ("References", "In-Reply-To", "List-Unsubscribe")
"""Headers of links and ids, in ASCII: a new line begins at each space, and nowhere else."""
_POLICY = _Policy(linesep=SMTP.linesep, max_line_length=78)


def write_mail(text: OutgoingText, mail: OutgoingMail, id_domain: str) -> bytes:
    """Pictures stand below the words, where mail programs show them; that of a product in its card.

    `id_domain`: behind the ids that SES gives (docs/email.md). Raises ValueError for a mailbox that is not one."""
    message = EmailMessage(policy=_POLICY)
    message["From"] = _mailbox(text.sender, mail.from_name)
    message["To"] = _mailbox(text.recipient)
    message["Reply-To"] = _mailbox(mail.reply_to, mail.from_name)
    message["Subject"] = one_line(mail.subject, LONGEST_SUBJECT)
    _add_threading(message, mail, id_domain)
    if mail.automatic:
        message["Auto-Submitted"] = "auto-replied"
        message["X-Auto-Response-Suppress"] = "All"
    if mail.unsubscribe_url:
        unsubscribe = f"<mailto:{ascii_mailbox(mail.reply_to)}?subject=unsubscribe>"
        message["List-Unsubscribe"] = f"<{mail.unsubscribe_url}>, {unsubscribe}"
        message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    body = text.body.encode("utf-8", "replace").decode().replace("\x00", "")
    message.set_content(body, charset="utf-8", cte="quoted-printable")
    _add_html(message, body, text.pictures, mail)
    for number, picture in enumerate(text.pictures, 1):
        if not picture.of_card:
            message.add_attachment(**_attached(picture, number))
    return message.as_bytes()


def _add_html(message: EmailMessage, body: str, pictures: tuple[OutgoingPicture, ...], mail: OutgoingMail) -> None:
    """With the picture of its card, which belongs to it alone: the text has the link."""
    number = next((number for number, each in enumerate(pictures, 1) if each.of_card), 0)
    page = as_html(body, mail.card, _content_id(number) if number else "")
    message.add_alternative(page, subtype="html", charset="utf-8", cte="quoted-printable")
    made = message.get_body(("html",)) if number else None
    if made is not None:
        made.add_related(**_attached(pictures[number - 1], number))


def _attached(picture: OutgoingPicture, number: int) -> dict[str, Any]:
    kind = picture.content_type.partition("/")[2]
    return {
        "obj": picture.content,
        "maintype": "image",
        "subtype": kind,
        "filename": f"{_content_id(number)}.{'jpg' if kind == 'jpeg' else kind}",
        "disposition": "inline",
        "cid": f"<{_content_id(number)}>",
    }


def _content_id(number: int) -> str:
    return f"picture-{number}"


def one_line(text: str, limit: int) -> str:
    """What a header may hold: no line breaks, no controls, no signs that turn the writing around."""
    return " ".join(_CONTROLS.sub(" ", text).split())[:limit]


def _add_threading(message: EmailMessage, mail: OutgoingMail, id_domain: str) -> None:
    whole = [each if "@" in each else f"{each}@{id_domain}" for each in usable_ids(mail.threading.references)]
    answered = usable_ids([mail.threading.in_reply_to])
    if answered:
        message["In-Reply-To"] = _bracketed(answered[0] if "@" in answered[0] else f"{answered[0]}@{id_domain}")
        message["References"] = " ".join(map(_bracketed, whole))


def _bracketed(message_id: str) -> str:
    return f"<{message_id}>"


def ascii_mailbox(address: Address) -> str:
    """With its domain in ASCII form. Raises ValueError (UnicodeError is one): SES takes no other local parts, and what
    Python's codec would turn into another domain (`ß` into `ss`) is not written to at all."""
    local, _, domain = address.rpartition("@")
    spelled = domain.encode("idna")
    if spelled.decode("idna") != domain:
        raise ValueError("not a domain that can be spelled in ASCII")
    return f"{local.encode('ascii').decode()}@{spelled.decode('ascii')}"


def _mailbox(address: Address, name: str = "") -> HeaderAddress:
    local, _, domain = ascii_mailbox(address).rpartition("@")
    return HeaderAddress(one_line(name, LONGEST_NAME), local, domain)
