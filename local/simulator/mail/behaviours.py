"""How a mailbox answers to mail: facts about SES's answers and events as data.

Errors: https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_SendEmail.html and its page of common errors.
Events: https://docs.aws.amazon.com/ses/latest/dg/event-publishing-retrieving-sns-contents.html
"""

from msgspec import Struct

from local.simulator.mail.records import MailBehaviour


class BounceFacts(Struct, frozen=True, kw_only=True):
    """What the event says of a mail that came back."""

    kind: str
    """`bounceType`."""
    detail: str
    """`bounceSubType`."""
    status: str
    """RFC 3463."""
    diagnostic: str


class MailOutcome(Struct, frozen=True, kw_only=True):
    """What happens to one mail. The API's answer and the mail's fate are independent on purpose."""

    answer_status: int = 200
    error: str = ""
    """The type of an answer that is a refusal."""
    accepted: bool = True
    """Whether SES took the mail on, whatever it answered."""
    bounce: BounceFacts | None = None
    complains: bool = False
    reports: bool = True
    """False: no event ever comes."""
    answers_late: bool = False
    delivers_late: bool = False
    """After an event `DeliveryDelay`."""


MAIL_OUTCOMES: dict[MailBehaviour, MailOutcome] = {
    MailBehaviour.NORMAL: MailOutcome(),
    MailBehaviour.SLOW: MailOutcome(delivers_late=True),
    MailBehaviour.BOUNCES: MailOutcome(
        bounce=BounceFacts(
            kind="Permanent", detail="General", status="5.1.1", diagnostic="smtp; 550 5.1.1 no such user here"
        )
    ),
    MailBehaviour.FULL: MailOutcome(
        bounce=BounceFacts(
            kind="Transient", detail="MailboxFull", status="5.2.2", diagnostic="smtp; 552 5.2.2 mailbox is full"
        )
    ),
    MailBehaviour.COMPLAINS: MailOutcome(complains=True),
    MailBehaviour.SUPPRESSED: MailOutcome(
        bounce=BounceFacts(
            kind="Permanent",
            detail="OnAccountSuppressionList",
            status="5.1.1",
            diagnostic="Amazon SES did not send the message: the address is on the suppression list of your account.",
        )
    ),
    MailBehaviour.REJECTED: MailOutcome(answer_status=400, error="MessageRejected", accepted=False),
    MailBehaviour.THROTTLED: MailOutcome(answer_status=429, error="TooManyRequestsException", accepted=False),
    MailBehaviour.SERVER_ERROR: MailOutcome(answer_status=500, error="InternalFailure", accepted=False),
    MailBehaviour.LOST_REPLY: MailOutcome(answer_status=500, error="InternalFailure"),
    MailBehaviour.UNHEARD: MailOutcome(answer_status=500, error="InternalFailure", reports=False),
    MailBehaviour.TIMEOUT: MailOutcome(answers_late=True),
}
