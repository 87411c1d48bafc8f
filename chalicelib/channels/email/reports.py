"""What SES says became of a mail of ours.

https://docs.aws.amazon.com/ses/latest/dg/event-publishing-retrieving-sns-contents.html
"""

from datetime import datetime
from typing import Any

from chalicelib.domain.events import DeliveryReported, Event, Ignored
from chalicelib.domain.messages import FailureReason, MessageStatus
from chalicelib.usecases.ports import Publication

STATUS = {
    "Send": MessageStatus.SENT,
    "Delivery": MessageStatus.DELIVERED,
    "Bounce": MessageStatus.FAILED,
    "Reject": MessageStatus.FAILED,
    "Complaint": MessageStatus.DELIVERED,  # who complains has got it
}

# https://docs.aws.amazon.com/ses/latest/dg/notification-contents.html#bounce-types
BOUNCE = {
    ("Permanent", "General"): FailureReason.NO_SUCH_MAILBOX,
    ("Permanent", "NoEmail"): FailureReason.NO_SUCH_MAILBOX,
    ("Permanent", "Suppressed"): FailureReason.BLOCKED,
    ("Permanent", "OnAccountSuppressionList"): FailureReason.BLOCKED,
    ("Transient", "General"): FailureReason.MAILBOX_FULL,
    ("Transient", "MailboxFull"): FailureReason.MAILBOX_FULL,
    ("Transient", "MessageTooLarge"): FailureReason.MAIL_REFUSED,
    ("Transient", "ContentRejected"): FailureReason.MAIL_REFUSED,
    ("Transient", "AttachmentRejected"): FailureReason.MAIL_REFUSED,
}


def reported(publication: Publication) -> list[Event]:
    """Ignored where it is about no message of ours, or says nothing of how far it came (opens, clicks, delays)."""
    published = publication.published
    kind = event_type(published)
    status = STATUS.get(kind)
    if publication.ref is None or status is None:
        return [Ignored(kind=kind)]
    failed = status is MessageStatus.FAILED
    code = _bounce_code(published) if kind == "Bounce" else kind
    return [
        DeliveryReported(
            connection_id=publication.connection.id,
            ref=publication.ref,
            provider_id=published["mail"]["messageId"],
            status=status,
            failure=_failure(kind, code) if failed else None,
            provider_code=code if failed or kind == "Complaint" else "",
            complained_at=_complained_at(publication) if kind == "Complaint" else None,
        )
    ]


def event_type(published: dict[str, Any]) -> str:
    """`notificationType` where events are published without a configuration set."""
    kind = published.get("eventType") or published.get("notificationType")
    return kind if isinstance(kind, str) else ""


def _failure(kind: str, code: str) -> FailureReason:
    if kind == "Reject":  # SES found a virus
        return FailureReason.REJECTED
    first, _, second = code.partition("/")
    return BOUNCE.get((first, second), FailureReason.UNSPECIFIED)


def _bounce_code(published: dict[str, Any]) -> str:
    bounce = published.get("bounce")
    found = bounce if isinstance(bounce, dict) else {}
    words = [found.get("bounceType"), found.get("bounceSubType")]
    return "/".join(word if isinstance(word, str) and word.isalnum() else "" for word in words)[:60]


def _complained_at(publication: Publication) -> int:
    complaint = publication.published.get("complaint")
    try:
        at = datetime.fromisoformat(complaint["timestamp"])  # type: ignore[index]  # anything else is an error below
        return min(publication.now, int(at.timestamp() * 1000))
    except (KeyError, TypeError, ValueError, OverflowError):
        return publication.now
