"""Carries mail between customers' mailboxes and us: behind SES's API, and in front of its receiving side."""

import asyncio
import logging
import uuid
from collections.abc import Callable
from typing import Any

from chalicelib.channels.email import ReceivedMail, read_mail
from local.simulator.aws import ses_events
from local.simulator.aws.ses_receiving import FAILED, MOST_BYTES, PASSED, SesReceiving, received_id
from local.simulator.cloud import Cloud, CloudUnavailable
from local.simulator.config import SimulatorConfig
from local.simulator.errors import ControlError
from local.simulator.mail.behaviours import MAIL_OUTCOMES, MailOutcome
from local.simulator.mail.mailboxes import Mailboxes
from local.simulator.mail.records import Mail, Mailbox, MailFile
from local.simulator.mail.writing import NewMail, write
from local.simulator.state import State
from local.simulator.tasks import Tasks
from local.simulator.webhooks import NO_ANSWER

FINAL = ("delivered", "bounced", "failed")
MOST_TEXT = 200_000
"""Characters of a mail's text, and of its HTML, that are remembered."""
log = logging.getLogger(__name__)


class MailNetwork:
    """Everything behind SES: acceptance, delivery, events, and mail from customers."""

    def __init__(
        self,
        config: SimulatorConfig,
        state: State,
        tasks: Tasks,
        mailboxes: Mailboxes,
        cloud: Cloud,
        clock: Callable[[], int],
    ) -> None:
        self._ses = config.ses
        self._delays = config.delays
        self._state = state
        self._tasks = tasks
        self._mailboxes = mailboxes
        self._cloud = cloud
        self._clock = clock
        self._turns: dict[str, asyncio.Lock] = {}
        self.receiving = None if config.ses is None else SesReceiving(config.ses, cloud, clock)

    def outcome(self, address: str) -> MailOutcome:
        """What awaits a mail to this address. An unknown address becomes a new, normal mailbox."""
        if self.receiving and self.receiving.is_ours(address):
            return MailOutcome()
        return MAIL_OUTCOMES[self._mailboxes.known(address).behaviour]

    def accept(self, raw: bytes, *, to: str, tags: dict[str, list[str]], configuration_set: str) -> Mail:
        """Take a mail of ours on and start its way to the mailbox."""
        assert self._ses is not None
        read, now = read_mail(raw), self._clock()
        message_id, (headers, truncated) = sent_id(), ses_events.short(raw)
        mail = Mail(
            id=message_id,
            mailbox=to.lower(),
            peer=read.from_[0].address.lower(),
            peer_name=read.from_[0].name,
            answer_to=read.reply_to[0].address if read.reply_to else "",
            from_mailbox=False,
            subject=read.subject,
            message_id=f"{message_id}@{_sending_host(self._ses.region)}",
            references=list(read.references),
            automatic=read.signals.automatic,
            at=now,
            updated_at=now,
            status="queued",
            behaviour=self._behaviour(to),
            tags=tags,
            configuration_set=configuration_set,
            source=next((value for name, value in headers if name.lower() == "from"), ""),
            headers=headers,
            headers_truncated=truncated,
            raw=raw if self._is_ours(to) else b"",
            **content(read),
        )
        self._state.add_mail(mail)
        self._tasks.start(self._deliver(mail))
        return mail

    def send(self, mailbox: Mailbox, new: NewMail) -> Mail:
        """A customer writes to an address of ours. The rest follows on its own. Raises `ControlError`."""
        if self.receiving is None or not self.receiving.is_ours(new.to):
            raise ControlError(400, "invalid_input", f"{new.to!r} is no address of ours.")
        now, answered = self._clock(), self._answered(mailbox, new)
        references = answered.references if answered else []
        raw, message_id = write(
            mailbox, new, now, answers=answered.message_id if answered else "", references=references
        )
        if len(raw) > MOST_BYTES:
            raise ControlError(413, "too_large", "A mail has at most 40 MB.")
        mail = self._from_outside(mailbox, read_mail(raw), received_id(), new.to)
        mail.message_id, mail.raw, mail.status = message_id, raw, "sending"
        self._state.add_mail(mail)
        self._tasks.start(self._announce(mail))
        return mail

    async def through_the_door(self, raw: bytes, source: str, recipients: list[str]) -> None:
        """A mail from a mail program of this computer, through the SMTP door. Raises CloudUnavailable."""
        assert self.receiving is not None
        mail_id = received_id()
        verdicts = await asyncio.to_thread(self.receiving.verdicts, raw, source)
        notice = await self.receiving.take(
            raw, source=source, recipients=recipients, verdicts=verdicts, message_id=mail_id
        )
        read = await asyncio.to_thread(read_mail, raw)
        claimed = read.from_[0] if read.from_ else None
        mailbox = self._mailboxes.known(claimed.address if claimed else source, claimed.name if claimed else "")
        mail = self._from_outside(mailbox, read, mail_id, recipients[0])
        mail.notice, mail.status = notice, "delivered"
        self._state.add_mail(mail)

    async def repeat(self, mail: Mail) -> int:
        """The last message on the topic about a mail again: 200, or `NO_ANSWER` when there is none or no topic."""
        if self.receiving is None or not mail.notice:
            return NO_ANSWER
        try:
            await self.receiving.repeat(mail.notice)
        except CloudUnavailable:
            return NO_ANSWER
        return 200

    def resume(self) -> None:
        """Carry on with the mail that a stop interrupted."""
        if self._ses is None:
            return
        for mail in self._state.mails.values():
            if mail.status not in FINAL:
                self._tasks.start(self._announce(mail) if mail.from_mailbox else self._deliver(mail))

    def _answered(self, mailbox: Mailbox, new: NewMail) -> Mail | None:
        """What a mail is an answer to. Raises `ControlError`."""
        if not new.in_reply_to:
            return None
        found = self._state.mails.get(new.in_reply_to)
        if found is None or found.mailbox != mailbox.address:
            raise ControlError(404, "not_found", f"There is no mail {new.in_reply_to!r} in this mailbox.")
        return found

    def _from_outside(self, mailbox: Mailbox, read: ReceivedMail, mail_id: str, to: str) -> Mail:
        now = self._clock()
        return Mail(
            id=mail_id,
            mailbox=mailbox.address,
            peer=to.lower(),
            from_mailbox=True,
            subject=read.subject,
            message_id=read.message_id,
            references=list(read.references),
            automatic=read.signals.automatic,
            at=now,
            updated_at=now,
            status="sending",
            **content(read),
        )

    def _is_ours(self, address: str) -> bool:
        return self.receiving is not None and self.receiving.is_ours(address)

    def _behaviour(self, address: str) -> Any:
        return self._mailboxes.known(address).behaviour if not self._is_ours(address) else "normal"

    async def _deliver(self, mail: Mail) -> None:
        outcome = MAIL_OUTCOMES[mail.behaviour]
        if mail.status == "queued":
            await self._tell(mail, "Send")
            self._move(mail, "sent")
        await self._tasks.sleep(self._delays.step)
        if outcome.delivers_late:
            await self._tell(mail, "DeliveryDelay", ses_events.delay(mail))
            await self._tasks.sleep(self._delays.slow)
        if outcome.bounce:
            mail.error = outcome.bounce.diagnostic
            self._move(mail, "bounced")
            await self._tell(mail, "Bounce", ses_events.bounce(mail, outcome.bounce))
            return
        await self._arrive(mail)
        if outcome.complains:
            await self._tasks.sleep(self._delays.step)
            mail.complained = True
            self._state.changed()
            await self._tell(mail, "Complaint", ses_events.complaint(mail, self._clock()))

    async def _arrive(self, mail: Mail) -> None:
        """Into the mailbox, or, where it is one of ours, through the receiving side again."""
        if mail.raw and self.receiving:
            await self._hand_in(mail, mail.raw, source=mail.peer, to=mail.mailbox, verdicts=PASSED)
            mail.raw = b""
        mail.arrived = True
        self._move(mail, "delivered")
        await self._tell(mail, "Delivery", ses_events.delivery(mail, self._clock()))

    def _move(self, mail: Mail, status: str) -> None:
        mail.status = status
        mail.updated_at = self._clock()
        self._state.changed()

    async def _tell(self, mail: Mail, kind: str, about: dict[str, Any] | None = None) -> None:
        """Publishes an event, where there is a configuration set that does."""
        assert self._ses is not None
        if not mail.configuration_set or not MAIL_OUTCOMES[mail.behaviour].reports:
            return
        mail.notice = ses_events.text(ses_events.event(kind, mail, self._ses, self._clock(), about))
        try:
            await self._cloud.publish(self._ses.topic_arn, mail.notice)
        except CloudUnavailable:
            log.warning("The topic did not take an event of SES: %s.", kind)

    async def _announce(self, mail: Mail) -> None:
        """A customer's mail to the bucket and the topic; those of one mailbox go one after the other."""
        mailbox = self._mailboxes.known(mail.mailbox)
        verdicts = PASSED if mailbox.verified else FAILED
        async with self._turns.setdefault(mail.mailbox, asyncio.Lock()):
            done = await self._hand_in(mail, mail.raw, source=mail.mailbox, to=mail.peer, verdicts=verdicts)
        mail.raw = b""
        self._move(mail, "delivered" if done else "failed")

    async def _hand_in(self, mail: Mail, raw: bytes, *, source: str, to: str, verdicts: dict[str, str]) -> bool:
        assert self.receiving is not None
        message_id = mail.id if mail.from_mailbox else received_id()
        for pause in (*self._delays.mail_retries, None):
            try:
                mail.notice = await self.receiving.take(
                    raw, source=source, recipients=[to], verdicts=verdicts, message_id=message_id
                )
            except CloudUnavailable:
                if pause is not None:
                    await self._tasks.sleep(pause)
            else:
                return True
        return False


def content(read: ReceivedMail) -> dict[str, Any]:
    """What is shown of a mail."""
    return {
        "text": None if read.text is None else read.text[:MOST_TEXT],
        "html": None if read.html is None else read.html[:MOST_TEXT],
        "files": [
            MailFile(name=each.name, content_type=each.content_type, size=each.size) for each in read.attachments[:50]
        ],
    }


def sent_id() -> str:
    """As SES names a mail that it takes on: 16 hexadecimal digits, a UUID, six digits."""
    return f"0100{uuid.uuid4().hex[:12]}-{uuid.uuid4()}-000000"


def _sending_host(region: str) -> str:
    """Of the Message-ID that SES puts in (https://docs.aws.amazon.com/ses/latest/dg/header-fields.html)."""
    return "email.amazonses.com" if region == "us-east-1" else f"{region}.amazonses.com"
