"""Mail that SES received for one of our mailboxes, as an event: what is new in it, and what is known of its sender.

https://docs.aws.amazon.com/ses/latest/dg/receiving-email-notifications-contents.html

People other than the sender are left out (docs/requirements.md, Routes 9), addresses are masked (X7).
"""

import re
from datetime import datetime
from typing import Any

from chalicelib.domain import reply_tokens
from chalicelib.domain.addresses import Address, Channel, email_address
from chalicelib.domain.events import Event, Ignored, MessageReceived
from chalicelib.domain.mail import BODY_KEPT, CUT, FOLDED_KEPT, SUBJECT_LIMIT, UNREADABLE, Mail, usable_ids
from chalicelib.domain.masking import mask_contacts, mask_mailboxes, mask_these
from chalicelib.domain.replies import Reply, extract_reply
from chalicelib.usecases.ports import Publication

from .enclosed import enclosed
from .reading import read_mail
from .received import MailAddress, Problem, ReceivedMail

LONGEST_NAME = 80
_SIGNED_BY = re.compile(r"\bdkim=pass\b[^;]{0,300}?\bheader\.[id]=([^\s;]{3,320})", re.IGNORECASE)
_SLACK = 400
"""Characters beyond the limit that are masked before a text is cut: no address is cut in two and stays half."""


def received(publication: Publication, recipients: list[Address]) -> list[Event]:
    """`recipients`: the envelope's, tokens included. `publication.content`: the mail."""
    raw = publication.content or b""
    mail = read_mail(raw)
    sender = _sender(mail, publication.published)
    token = _token(publication.proxy.address, recipients)
    if sender is None:
        return [Ignored(kind="mail_without_sender")]
    if not token and _only_a_report(mail):
        return [Ignored(kind="delivery_report")]
    reply = _reply(mail)
    known = [sender, *_addresses(mail)]
    unreadable = Problem.UNREADABLE in mail.problems
    original = publication.published["receipt"]["action"]["objectKey"]
    infected = _verdict(publication.published["receipt"], "virus") == "FAIL"
    media, rest = enclosed(mail, raw, original, infected=infected)
    return [
        MessageReceived(
            connection_id=publication.connection.id,
            provider_id=f"{publication.published['mail']['messageId']}/{publication.proxy.address}",
            channel=Channel.EMAIL,
            sender=sender,
            recipient=publication.proxy.address,
            body=UNREADABLE if unreadable else _cut(mask_these(reply.newest[: BODY_KEPT + _SLACK], known), BODY_KEPT),
            sender_name=_name(mail),
            automatic=mail.signals.automatic,
            received_at=_received_at(publication),
            media=media,
            media_count=rest,
            reply_token=token,
            mail=Mail(
                subject=mask_mailboxes(mail.subject)[:SUBJECT_LIMIT],
                folded=_folded(reply),
                message_id=next(iter(usable_ids([mail.message_id])), ""),
                references=usable_ids((*mail.references, *mail.in_reply_to)),
                original=original,
                unverified=not is_verified(publication.published, mail),
                unreadable=unreadable,
                automatic=mail.signals.automatic,
            ),
        )
    ]


def is_verified(published: dict[str, Any], mail: ReceivedMail) -> bool:
    """Whether the sender's domain vouches for the mail: DMARC passes, or a DKIM signature of that very domain.

    Not with several senders, or several headers that could name one: nobody can say which of them was checked.
    """
    if len(mail.from_) != 1 or Problem.REPEATED_HEADER in mail.problems:
        return False
    receipt = published["receipt"]
    if any(_verdict(receipt, name) == "FAIL" for name in ("spam", "virus", "dmarc")):
        return False
    if _verdict(receipt, "dmarc") == "PASS":
        return True
    return _verdict(receipt, "dkim") == "PASS" and _aligned(mail)


def _verdict(receipt: dict[str, Any], name: str) -> str:
    found = receipt.get(f"{name}Verdict")
    status = found.get("status") if isinstance(found, dict) else None
    return status if isinstance(status, str) else ""


def _aligned(mail: ReceivedMail) -> bool:
    """SES says in the topmost Authentication-Results whose signature it was; any below it are the sender's words."""
    domain = mail.from_[0].address.rpartition("@")[2].lower()
    said = next((value for name, value in mail.headers if name.lower() == "authentication-results"), "")
    if said.partition(";")[0].strip().lower() != "amazonses.com":
        return False
    signers = [found.rpartition("@")[2].lower().strip(".") for found in _SIGNED_BY.findall(said)]
    return any("." in signer and (domain == signer or domain.endswith(f".{signer}")) for signer in signers)


def _sender(mail: ReceivedMail, published: dict[str, Any]) -> Address | None:
    """Who it says that it is from; else the envelope's sender."""
    for found in (*(each.address for each in mail.from_[:1]), published["mail"].get("source")):
        try:
            return email_address(found)
        except (ValueError, AttributeError):
            continue
    return None


def _token(mailbox: Address, recipients: list[Address]) -> str:
    ours = [token for base, token in map(reply_tokens.split, recipients) if base == mailbox]
    return max(ours, key=len, default="")


def _only_a_report(mail: ReceivedMail) -> bool:
    """That something could not be delivered, told to a mailbox and not to a conversation: there is nobody to answer."""
    return mail.bounce is not None or (mail.signals.report and mail.signals.null_return_path)


def _reply(mail: ReceivedMail) -> Reply:
    """Whatever comes, no mail is lost: one that cannot be taken apart is shown as it is."""
    try:
        return extract_reply(mail.text, mail.html, mail.subject)
    except Exception:
        return Reply(newest=mail.text or "", source="text")


def _addresses(mail: ReceivedMail) -> list[str]:
    """All that the mail's own header names."""
    found: list[MailAddress] = [*mail.from_, *mail.reply_to, *mail.to, *mail.cc]
    return [each.address for each in ([mail.sender] if mail.sender else []) + found][:100]


def _folded(reply: Reply) -> str:
    text = "\n\n".join(part.text for part in reply.folded)
    return _cut(mask_contacts(text[: FOLDED_KEPT + _SLACK]), FOLDED_KEPT)


def _cut(text: str, limit: int) -> str:
    return text if len(text) <= limit else text[:limit].rstrip() + CUT


def _name(mail: ReceivedMail) -> str:
    """What the sender calls themselves, unless that is an address."""
    name = " ".join(mail.from_[0].name.split()) if mail.from_ else ""
    return "" if mask_mailboxes(name) != name else name[:LONGEST_NAME]


def _received_at(publication: Publication) -> int:
    """When SES had it: events are repeated, and a queue may have kept this one."""
    try:
        at = datetime.fromisoformat(publication.published["mail"]["timestamp"])
        return min(publication.now, int(at.timestamp() * 1000))
    except (KeyError, TypeError, ValueError, OverflowError):
        return publication.now
