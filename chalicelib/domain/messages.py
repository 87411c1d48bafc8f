"""Messages and the state machine of a send (docs/requirements.md, Unclear sends)."""

from enum import StrEnum

from msgspec import Struct
from msgspec.structs import replace

from .addresses import Address, Channel
from .consent import ConsentKey
from .errors import InvalidInput, NotRetryable
from .mail import Mail
from .media import Media
from .message_templates import TemplateUse
from .products import Card

BODY_LIMIT = 1600
"""Characters an associate may send in one text: Twilio's limit. A provider that takes fewer refuses the rest."""
MAX_QUEUED = 24 * 3_600_000
"""Milliseconds after which a message that could not be handed to the provider fails instead of surprising anybody."""
LEASE = 60_000
"""Milliseconds for which a worker that claimed a message is taken to be alive; longer than the provider time-out."""
GRACE = 180_000
"""Milliseconds after which the provider is asked about a text of unknown outcome: longer than LEASE, than a worker can
live (90 seconds, .chalice/config.json), and than twice the look-up lag of every channel."""
MAX_DOUBT = 6 * 3_600_000
"""Milliseconds after which asking a provider ends that cannot tell, and the connection's policy decides. One that does
not answer at all is asked for MAX_QUEUED: nothing could be sent again anyway."""
LONGEST_PAUSE = 900_000
"""Milliseconds between two look-ups of one text; else as long as it has been unknown, which is GRACE at least."""


class Direction(StrEnum):
    INBOUND = "inbound"
    OUTBOUND = "outbound"


class MessageKind(StrEnum):
    """Who or what wrote a message."""

    TEXT = "text"
    """A person: customer or associate."""
    ENDED_ANSWER = "ended_answer"
    """Automatic: the conversation has ended, call the store (D19)."""
    OPT_OUT_CONFIRMATION = "opt_out_confirmation"
    OPT_IN_CONFIRMATION = "opt_in_confirmation"
    HELP_ANSWER = "help_answer"
    AWAY_ANSWER = "away_answer"
    """Automatic: the associate who looks after the conversation is away (H2)."""
    INVITATION = "invitation"
    """Leads to the chat page, on another channel than the conversation's own (D15, D16)."""
    CHAT_REPLY = "chat_reply"
    """Carries what was answered on the chat page and not read there, by mail, and leads to it (S16)."""

    AUTOMATIC = "automatic"
    """A standard template, by itself: something happened to an order (L11)."""
    MERCHANT_NOTICE = "merchant_notice"
    """A standard template, by itself, to the merchant's own phone (L7): in a thread that is no conversation."""
    OPT_IN_REQUEST = "opt_in_request"
    """Asks whether the customer wants messages (N6)."""

    @property
    def answers_keyword(self) -> bool:
        """Answers to STOP and HELP alone reach somebody who opted out (docs/requirements.md, Keywords)."""
        return self in (MessageKind.OPT_OUT_CONFIRMATION, MessageKind.HELP_ANSWER)

    @property
    def leads_to_chat(self) -> bool:
        """It has the link to the chat page, and goes another way than the conversation itself."""
        return self in (MessageKind.INVITATION, MessageKind.CHAT_REPLY)


class MessageStatus(StrEnum):
    """Life of an outbound message; an inbound one is `received` for good."""

    RECEIVED = "received"
    QUEUED = "queued"
    SENDING = "sending"
    UNKNOWN = "unknown"
    SENT = "sent"
    FAILED = "failed"
    DELIVERED = "delivered"
    READ = "read"


TROUBLED = (MessageStatus.FAILED, MessageStatus.UNKNOWN)
"""What an associate must be told of, also where only the list is in view (X10)."""
_RANK = {status: rank for rank, status in enumerate(MessageStatus)}


def lower_than(status: MessageStatus) -> tuple[MessageStatus, ...]:
    """The outbound statuses that evidence for `status` overrides: status only climbs (I8).

    `failed` ranks above `sent` (a carrier refuses later) and below `delivered` (proof wins).
    """
    return tuple(s for s in MessageStatus if s != MessageStatus.RECEIVED and _RANK[s] < _RANK[status])


class FailureReason(StrEnum):
    """Why a message did not arrive, in our words whatever the provider's; `FAILURE_TEXT` is for people."""

    LANDLINE = "landline"
    UNREACHABLE = "unreachable"
    NOT_MOBILE = "not_mobile"
    INVALID_NUMBER = "invalid_number"
    OPTED_OUT = "opted_out"
    BLOCKED = "blocked"
    REJECTED = "rejected"
    SENDER_UNUSABLE = "sender_unusable"
    ACCOUNT_PROBLEM = "account_problem"
    NOT_ON_CHANNEL = "not_on_channel"
    OUTSIDE_WINDOW = "outside_window"
    TEMPLATE_REFUSED = "template_refused"
    TOO_LONG_QUEUED = "too_long_queued"
    CONVERSATION_ENDED = "conversation_ended"
    NO_SUCH_MAILBOX = "no_such_mailbox"
    MAILBOX_FULL = "mailbox_full"
    MAIL_REFUSED = "mail_refused"
    SWITCHED_OFF = "switched_off"
    TOO_FEW_CREDITS = "too_few_credits"
    UNSPECIFIED = "unspecified"


FAILURE_TEXT = {
    FailureReason.LANDLINE: "This is a landline or cannot receive texts at the moment.",
    FailureReason.UNREACHABLE: "The phone is off or out of reach.",
    FailureReason.NOT_MOBILE: "This number is not a mobile phone.",
    FailureReason.INVALID_NUMBER: "This number does not exist.",
    FailureReason.OPTED_OUT: "The customer has opted out of texts.",
    FailureReason.BLOCKED: "The phone company blocked this text.",
    FailureReason.REJECTED: "The provider refused this text.",
    FailureReason.SENDER_UNUSABLE: "The store's number cannot send texts. Please tell your manager.",
    FailureReason.ACCOUNT_PROBLEM: "The store's text provider refused the account. Please tell your manager.",
    FailureReason.NOT_ON_CHANNEL: "This customer is not on WhatsApp, or cannot receive this there.",
    FailureReason.OUTSIDE_WINDOW: "More than 24 hours have passed since the customer last wrote. Use a template.",
    FailureReason.TEMPLATE_REFUSED: "WhatsApp refused this template. Please tell your manager.",
    FailureReason.TOO_LONG_QUEUED: "The text provider could not be reached for a day.",
    FailureReason.CONVERSATION_ENDED: "The conversation ended before this text could go out.",
    FailureReason.NO_SUCH_MAILBOX: "This mailbox does not exist.",
    FailureReason.MAILBOX_FULL: "The mailbox is full or could not be reached.",
    FailureReason.MAIL_REFUSED: "The customer's mail provider refused this mail.",
    FailureReason.SWITCHED_OFF: "Messaging was switched off for this store when this text was due.",
    FailureReason.TOO_FEW_CREDITS: "The store had too few credits when this text was due. Please tell your manager.",
    FailureReason.UNSPECIFIED: "The text did not arrive, and the provider does not say why.",
}

MAIL_FAILURE_TEXT = FAILURE_TEXT | {
    FailureReason.OPTED_OUT: "The customer has opted out of mail.",
    FailureReason.BLOCKED: "The mail provider blocked this mail.",
    FailureReason.REJECTED: "The mail provider refused this mail.",
    FailureReason.SENDER_UNUSABLE: "The store's mailbox cannot send mail. Please tell your manager.",
    FailureReason.ACCOUNT_PROBLEM: "The store's mail provider refused the account. Please tell your manager.",
    FailureReason.TOO_LONG_QUEUED: "The mail provider could not be reached for a day.",
    FailureReason.CONVERSATION_ENDED: "The conversation ended before this mail could go out.",
    FailureReason.UNSPECIFIED: "The mail did not arrive, and the provider does not say why.",
}


def require_length(body: str) -> None:
    """Of what is to go out as one text. Raises InvalidInput."""
    if len(body) > BODY_LIMIT:
        raise InvalidInput("With the product, the text is too long.", field="body", limit=BODY_LIMIT)


def failure_text(reason: FailureReason, channel: str) -> str:
    """For people."""
    return (MAIL_FAILURE_TEXT if channel == Channel.EMAIL else FAILURE_TEXT)[reason]


class MessageRef(Struct, frozen=True):
    """Where a message is, and which attempt to send it; travels (signed) in callback addresses."""

    conversation_id: str
    message_id: str
    attempt: int


class Message(Struct, frozen=True, kw_only=True):
    """One message. `id` is a ULID: the order of ids is the order of the conversation."""

    id: str
    conversation_id: str
    merchant_id: str
    store_id: str
    connection_id: str
    channel: str
    proxy: Address
    """Our side's address."""
    customer_address: Address
    consent_scope: str
    direction: Direction
    kind: MessageKind = MessageKind.TEXT
    body: str
    created_at: int
    expires_at: int
    """The conversation's expiry when this was accepted; from then on it is not sent any more (I9)."""
    author_id: str | None = None
    author_name: str | None = None
    status: MessageStatus
    status_at: int
    failure: FailureReason | None = None
    attempt: int = 1
    lease_until: int | None = None
    lease_owner: str | None = None
    provider_id: str | None = None
    claimed_at: int | None = None
    """While `unknown`: when the worker took it that may have sent it. The provider cannot have made it earlier."""
    due_at: int | None = None
    """While `unknown`: when the provider is asked about it; None: only a person or a late report can tell."""
    mail: Mail | None = None
    """What only a received mail has."""
    media: tuple[Media, ...] = ()
    """What came along with it, in its order."""
    spent_ids: tuple[str, ...] | None = None
    """The provider's ids of earlier attempts: no later look-up may take them for another text."""
    free_until: int | None = None
    """On channels with a window (X9). From a customer: until when it can be answered freely. To one: until when it may
    go out, as known when it was accepted; None: at any time, as templates may."""
    template: TemplateUse | None = None
    quoted_id: str | None = None
    """The provider's id of the message that the customer answers."""
    card: Card | None = None
    """The product that it shares; `body` has its text at the end, whatever the channel shows (H9)."""
    event: str | None = None
    """Of automatic ones: what happened to the order, which names the template."""
    link_seed: str | None = None
    """Invitations: what the token of the link in it is made from, with the signing key."""
    credits: int | None = None
    """Held for it (L1): charged and not given back. None: it costs none, or has been refunded."""
    unprompted: bool = False
    """The store begins by itself, or writes to many: as a mail it can be stopped with one click (docs/email.md)."""

    @property
    def consent_key(self) -> ConsentKey:
        """Whose consent decides over texts here."""
        return ConsentKey(self.merchant_id, self.channel, self.customer_address, self.consent_scope)

    @property
    def ref(self) -> MessageRef:
        return MessageRef(self.conversation_id, self.id, self.attempt)

    def with_media(self, settled: Media) -> "Message":
        """With the new state of one of its attachments."""
        return replace(self, media=tuple(settled if each.id == settled.id else each for each in self.media))

    def claimed(self, owner: str, now: int) -> "Message":
        """Taken by a worker for LEASE milliseconds."""
        return replace(
            self,
            status=MessageStatus.SENDING,
            status_at=now,
            lease_owner=owner,
            lease_until=now + LEASE,
        )

    def released(self, now: int) -> "Message":
        """Back in the queue: the provider certainly did not take it."""
        return self._settled(MessageStatus.QUEUED, now)

    def sent(self, provider_id: str, now: int) -> "Message":
        return replace(self._settled(MessageStatus.SENT, now), provider_id=provider_id)

    def failed(self, reason: FailureReason, now: int) -> "Message":
        return replace(self._settled(MessageStatus.FAILED, now), failure=reason)

    def unknown(self, now: int) -> "Message":
        """The provider may or may not have taken it; it is asked after GRACE."""
        claimed_at = now if self.lease_until is None else self.lease_until - LEASE
        return replace(self._settled(MessageStatus.UNKNOWN, now), claimed_at=claimed_at, due_at=now + GRACE)

    @property
    def in_doubt(self) -> bool:
        """The provider is still to be asked about it."""
        return self.status is MessageStatus.UNKNOWN and self.due_at is not None

    def asked_again_later(self, now: int) -> "Message":
        """The provider could not say; the longer nobody knows, the longer the pause."""
        pause = min(max(now - self.status_at, GRACE), LONGEST_PAUSE)
        return replace(self, due_at=now + pause)

    def left_to_people(self) -> "Message":
        """Nobody knows, and nobody is asked any more: a person decides."""
        return replace(self, due_at=None)

    def found(self, provider_id: str, status: MessageStatus, failure: FailureReason | None, now: int) -> "Message":
        """The provider has it, under this id and as far as it says."""
        return replace(self._settled(status, now), provider_id=provider_id, failure=failure)

    @property
    def can_retry(self) -> bool:
        """Whether a person may ask to send it again: it failed, or nobody knows (X10)."""
        return self.status in TROUBLED

    def retried(self, now: int, expires_at: int) -> "Message":
        """The next attempt, asked for by a person (X10) or by policy. Raises NotRetryable."""
        if not self.can_retry:
            raise NotRetryable
        return replace(
            self._settled(MessageStatus.QUEUED, now),
            attempt=self.attempt + 1,
            failure=None,
            provider_id=None,
            spent_ids=self.known_ids or None,
            expires_at=expires_at,
        )

    @property
    def known_ids(self) -> tuple[str, ...]:
        """Under which the provider has this or had an earlier attempt of it."""
        return (*(self.spent_ids or ()), *([self.provider_id] if self.provider_id else []))

    def overdue(self, now: int) -> bool:
        """Waited too long for its provider: a stale answer would only confuse."""
        return now - self.queued_since >= MAX_QUEUED

    @property
    def queued_since(self) -> int:
        """When this attempt was asked for. (First attempts: when accepted.)"""
        return self.created_at if self.attempt == 1 else self.status_at

    def _settled(self, status: MessageStatus, now: int) -> "Message":
        return replace(
            self, status=status, status_at=now, lease_owner=None, lease_until=None, claimed_at=None, due_at=None
        )
