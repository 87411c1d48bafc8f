"""SES's receiving side: a mail to one of our domains is stored in the bucket and announced on the topic.

https://docs.aws.amazon.com/ses/latest/dg/receiving-email-concepts.html
"""

import secrets
import string
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from email.utils import format_datetime

from chalicelib.channels.email import read_mail
from local.simulator.aws import ses_events
from local.simulator.cloud import Cloud
from local.simulator.config import SesConnection

MOST_BYTES = 40 * 1024 * 1024
"""Of a mail (https://docs.aws.amazon.com/ses/latest/dg/quotas.html)."""
PASSED = {"spf": "PASS", "dkim": "PASS", "dmarc": "PASS"}
FAILED = {"spf": "FAIL", "dkim": "FAIL", "dmarc": "FAIL"}
UNSAID = {"spf": "GRAY", "dkim": "GRAY", "dmarc": "GRAY"}
"""The sender's domain publishes nothing to check against."""
_ALPHABET = string.ascii_lowercase + string.digits


class SesReceiving:
    """Takes mail for our domains, and for nobody else."""

    def __init__(self, ses: SesConnection, cloud: Cloud, clock: Callable[[], int]) -> None:
        self._ses = ses
        self._cloud = cloud
        self._clock = clock

    def is_ours(self, address: str) -> bool:
        """Whether a mail to this address is for us, known mailbox or not: SES asks for the domain only."""
        return address.rpartition("@")[2].lower() in self._ses.domains

    def verdicts(self, raw: bytes, source: str) -> dict[str, str]:
        """What SPF, DKIM and DMARC say of a mail that came from outside of the page."""
        senders = read_mail(raw).from_
        claimed = senders[0].address.rpartition("@")[2].lower() if senders else ""
        if claimed not in self._ses.believed:
            return UNSAID
        return PASSED if source.rpartition("@")[2].lower() == claimed else FAILED

    async def take(
        self, raw: bytes, *, source: str, recipients: Sequence[str], verdicts: dict[str, str], message_id: str
    ) -> str:
        """Stores and announces; the announcement (JSON), to be repeated at will. Raises CloudUnavailable."""
        now = self._clock()
        stored = trace(message_id, source, list(recipients), verdicts, now) + raw
        notice = ses_events.received(
            stored,
            read_mail(stored),
            self._ses,
            message_id=message_id,
            source=source,
            recipients=list(recipients),
            verdicts=verdicts,
            at=now,
        )
        said = ses_events.text(notice)
        await self._cloud.store(self._ses.bucket, f"{self._ses.prefix}{message_id}", stored)
        await self._cloud.publish(self._ses.topic_arn, said)
        return said

    async def repeat(self, said: str) -> None:
        """The same announcement again. Raises CloudUnavailable."""
        await self._cloud.publish(self._ses.topic_arn, said)


def received_id() -> str:
    """As SES names a mail that it received: 40 letters and digits."""
    return "".join(secrets.choice(_ALPHABET) for _ in range(40))


def trace(message_id: str, source: str, recipients: list[str], verdicts: dict[str, str], at: int) -> bytes:
    """What SES writes above a mail before it stores it."""
    when = format_datetime(datetime.fromtimestamp(at / 1000, UTC))
    authentication = "; ".join(f"{name}={status.lower()}" for name, status in verdicts.items())
    host = "inbound-smtp.us-east-1.amazonaws.com"
    lines = (
        f"Return-Path: <{source}>",
        f"Received: from simulated by {host} with SMTP id {message_id} for {recipients[0]}; {when}",
        "X-SES-Spam-Verdict: PASS",
        "X-SES-Virus-Verdict: PASS",
        f"Authentication-Results: amazonses.com; {authentication}",
    )
    return "".join(f"{line}\r\n" for line in lines).encode()
