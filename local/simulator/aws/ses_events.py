"""What SES says on the topic about a mail of ours, and about a mail to us: JSON as documented.

https://docs.aws.amazon.com/ses/latest/dg/event-publishing-retrieving-sns-contents.html
https://docs.aws.amazon.com/ses/latest/dg/receiving-email-notifications-contents.html
"""

import json
import uuid
from datetime import UTC, datetime
from email.parser import BytesHeaderParser
from typing import Any

from chalicelib.channels.email import MailAddress, ReceivedMail
from local.simulator.config import SesConnection
from local.simulator.mail.behaviours import BounceFacts
from local.simulator.mail.records import Mail

MOST_HEADERS = 10 * 1024
"""Characters of headers that a notification repeats; beyond them `headersTruncated`."""
PASS = "PASS"  # noqa: S105 - a verdict
SOURCE_IP = "127.0.0.1"
COMMON = ("date", "message-id", "subject")


def event(kind: str, mail: Mail, ses: SesConnection, at: int, about: dict[str, Any] | None = None) -> dict[str, Any]:
    """An event of a configuration set. `kind`: `Send`, `Delivery` ...; `about`: the object of that kind."""
    details = {} if kind == "Send" else {"timestamp": iso(at)}
    return {"eventType": kind, "mail": _sent(mail, ses), _field(kind): details | (about or {})}


def _field(kind: str) -> str:
    return kind[0].lower() + kind[1:]


def delivery(mail: Mail, at: int) -> dict[str, Any]:
    return {
        "processingTimeMillis": max(0, at - mail.at),
        "recipients": [mail.mailbox],
        "smtpResponse": "250 2.6.0 Message received",
        "reportingMTA": "a8-50.smtp-out.amazonses.com",
    }


def delay(mail: Mail) -> dict[str, Any]:
    recipient = {
        "emailAddress": mail.mailbox,
        "status": "4.4.1",
        "diagnosticCode": "smtp; 421 4.4.1 Unable to connect to remote host",
    }
    return {"delayType": "TransientCommunicationFailure", "delayedRecipients": [recipient]}


def bounce(mail: Mail, facts: BounceFacts) -> dict[str, Any]:
    recipient = {
        "emailAddress": mail.mailbox,
        "action": "failed",
        "status": facts.status,
        "diagnosticCode": facts.diagnostic,
    }
    return {
        "bounceType": facts.kind,
        "bounceSubType": facts.detail,
        "bouncedRecipients": [recipient],
        "feedbackId": feedback_id(),
        "reportingMTA": "dsn; a8-50.smtp-out.amazonses.com",
    }


def complaint(mail: Mail, at: int) -> dict[str, Any]:
    return {
        "complainedRecipients": [{"emailAddress": mail.mailbox}],
        "complaintSubType": None,
        "complaintFeedbackType": "abuse",
        "feedbackId": feedback_id(),
        "userAgent": "SimulatedMailbox/1.0",
        "arrivalDate": iso(at),
    }


def _sent(mail: Mail, ses: SesConnection) -> dict[str, Any]:
    """The object `mail` of an event."""
    own = {
        "ses:configuration-set": [mail.configuration_set],
        "ses:source-ip": [SOURCE_IP],
        "ses:from-domain": [mail.peer.rpartition("@")[2]],
        "ses:caller-identity": ["outbound"],
    }
    return {
        "timestamp": iso(mail.at),
        "source": mail.source,
        "sourceArn": f"arn:aws:ses:{ses.region}:{ses.account}:identity/{mail.peer.rpartition('@')[2]}",
        "sendingAccountId": ses.account,
        "messageId": mail.id,
        "destination": [mail.mailbox],
        "headersTruncated": mail.headers_truncated,
        "headers": _named(mail.headers),
        "commonHeaders": {
            "from": [mail.source],
            "to": [mail.mailbox],
            "messageId": mail.id,
            "subject": mail.subject,
        },
        "tags": own | mail.tags,
    }


def received(
    raw: bytes,
    read: ReceivedMail,
    ses: SesConnection,
    *,
    message_id: str,
    source: str,
    recipients: list[str],
    verdicts: dict[str, str],
    at: int,
) -> dict[str, Any]:
    """The notification about a mail to us that lies in the bucket. `source`: of its envelope, may be empty."""
    headers, truncated = short(raw)
    return {
        "notificationType": "Received",
        "mail": {
            "timestamp": iso(at),
            "source": source,
            "messageId": message_id,
            "destination": recipients,
            "headersTruncated": truncated,
            "headers": _named(headers),
            "commonHeaders": _common(read, source),
        },
        "receipt": {
            "timestamp": iso(at),
            "processingTimeMillis": 120,
            "recipients": recipients,
            **_verdicts(verdicts),
            "action": {
                "type": "S3",
                "topicArn": ses.topic_arn,
                "bucketName": ses.bucket,
                "objectKeyPrefix": ses.prefix,
                "objectKey": f"{ses.prefix}{message_id}",
            },
        },
    }


def _named(headers: list[tuple[str, str]]) -> list[dict[str, str]]:
    return [{"name": name, "value": value} for name, value in headers]


def _common(read: ReceivedMail, source: str) -> dict[str, Any]:
    named = {"date": "date", "message-id": "messageId", "subject": "subject"}
    found = {named[name.lower()]: value for name, value in reversed(read.headers) if name.lower() in COMMON}
    people = {"from": read.from_, "to": read.to, "cc": read.cc, "replyTo": read.reply_to}
    listed = {name: [_written(each) for each in found] for name, found in people.items() if found}
    return {"returnPath": source} | listed | found


def _written(address: MailAddress) -> str:
    return f"{address.name} <{address.address}>" if address.name else address.address


def _verdicts(verdicts: dict[str, str]) -> dict[str, Any]:
    every: dict[str, Any] = {"spamVerdict": {"status": PASS}, "virusVerdict": {"status": PASS}}
    every |= {f"{name}Verdict": {"status": status} for name, status in verdicts.items()}
    if verdicts.get("dmarc") == "FAIL":
        every["dmarcPolicy"] = "none"
    return every


def short(raw: bytes) -> tuple[list[tuple[str, str]], bool]:
    """The headers of a raw mail as far as they are repeated, as they were written, and whether some are missing."""
    kept: list[tuple[str, str]] = []
    size = 0
    for name, value in BytesHeaderParser().parsebytes(raw[: 8 * MOST_HEADERS]).items():
        line = " ".join(str(value).split())
        size += len(name) + len(line)
        if size > MOST_HEADERS:
            return kept, True
        kept.append((name, line))
    return kept, False


def feedback_id() -> str:
    return f"0100{uuid.uuid4().hex[:12]}-{uuid.uuid4()}-000000"


def iso(at: int) -> str:
    """Epoch milliseconds as SES writes them."""
    return datetime.fromtimestamp(at / 1000, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def text(content: dict[str, Any]) -> str:
    """A message on the topic."""
    return json.dumps(content, ensure_ascii=False, separators=(",", ":"))
