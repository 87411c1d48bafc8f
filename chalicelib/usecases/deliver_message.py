"""Hands a queued message to its provider, at most once (docs/requirements.md, Unclear sends; I3, I6, I9).

The only place that sets the status of a send.
"""

from msgspec import Struct
from msgspec.structs import replace

from chalicelib.domain.addresses import Channel
from chalicelib.domain.circuit import Trouble
from chalicelib.domain.consent import ConsentSource
from chalicelib.domain.errors import Unavailable
from chalicelib.domain.merchants import Connection
from chalicelib.domain.messages import FailureReason, Message, MessageStatus

from .change_proxy import usable
from .invite_to_chat import words_of
from .ports import Claimed, Deps, OutgoingText, Refusal, SendError, SendUnclear, Sent
from .record_opt_out import OptOutAct, record_opt_out
from .shared_numbers import consents_beside

_FIRST_PAUSE = 2_000
_LONGEST_PAUSE = 300_000


class RetryLater(Struct, frozen=True):
    """The message keeps its place in the queue; try again after `pause` milliseconds."""

    pause: int


def reference_purpose(connection_id: str) -> str:
    """What delivery references are signed for: they count for reports of this connection only (I10)."""
    return f"delivery.{connection_id}"


def deliver_message(message: Message, tries: int, deps: Deps) -> RetryLater | None:
    """One delivery from the queue. `message` is as queued, `tries` counts deliveries of this queue entry from 1."""
    now = deps.clock.now()
    if message.overdue(now):
        return _too_late(message, FailureReason.TOO_LONG_QUEUED, now, deps)
    if message.free_until is not None and now >= message.free_until and _outside_window(message, now, deps):
        return _too_late(message, FailureReason.OUTSIDE_WINDOW, now, deps)
    if later := _left_alone(message.connection_id, deps):
        return later
    claimed = message.claimed(deps.ids.token(), now)
    outcome = deps.messages.claim(claimed, now)
    if isinstance(outcome, Claimed):
        return _send(claimed, tries, deps)
    return _not_claimed(message, outcome, deps)


def _outside_window(message: Message, now: int, deps: Deps) -> bool:
    """Whether the customer has not written since it was accepted (X9): the one case that costs a read."""
    conversation = deps.conversations.find(message.conversation_id)
    return conversation is not None and conversation.takes_templates_only(now)


def _too_late(message: Message, reason: FailureReason, now: int, deps: Deps) -> RetryLater | None:
    """It fails, unless a worker has it, or died with it: then nobody knows."""
    if deps.messages.fail_queued(message.failed(reason, now)):
        return None
    stored = deps.conversations.find_message(message.conversation_id, message.id)
    if stored is None or stored.attempt != message.attempt or stored.status is not MessageStatus.SENDING:
        return None
    return _await_lease(stored, now, deps)


def _left_alone(connection_id: str, deps: Deps) -> RetryLater | None:
    """How long its texts wait. After an outage a harmless question goes first: no text is risked for finding out."""
    if deps.circuits.asks_first(connection_id) and not deps.circuits.pause(connection_id):
        connection = deps.directory.connection(connection_id)
        if connection is not None:
            channel, secrets = deps.channels.message_channel(connection.provider), deps.directory.secrets(connection)
            if not channel.is_up(connection, secrets, deps.http):
                deps.circuits.troubled(connection_id, Trouble.DOWN)
    pause = deps.circuits.pause(connection_id)
    return RetryLater(pause) if pause else None


def _send(claimed: Message, tries: int, deps: Deps) -> RetryLater | None:
    owner = claimed.lease_owner or ""
    try:
        sent = _hand_over(claimed, deps)
    except SendError as error:
        if error.retryable:
            deps.messages.settle(claimed.released(deps.clock.now()), owner)
            return RetryLater(deps.circuits.pause(claimed.connection_id) or pause_after(tries))
        _refused(claimed, owner, error, deps)
        return None
    except SendUnclear:
        deps.messages.settle(claimed.unknown(deps.clock.now()), owner)
        deps.log.warning("send_unclear", message_id=claimed.id, connection_id=claimed.connection_id)
        return None
    now = deps.clock.now()
    if not deps.messages.settle(claimed.sent(sent.provider_id, now), owner):
        # somebody took us for dead; our word that it was sent is evidence all the same
        deps.messages.climb(claimed.ref, MessageStatus.SENT, None, sent.provider_id, now)
    return None


def _refused(claimed: Message, owner: str, error: SendError, deps: Deps) -> None:
    failed = claimed.failed(error.reason, deps.clock.now())
    deps.messages.settle(failed, owner)
    deps.log.info("send_refused", reason=error.reason, provider_code=error.provider_code, message_id=claimed.id)
    if error.reason is FailureReason.OPTED_OUT:
        record_provider_opt_out(failed, error.provider_code, deps)


def _hand_over(message: Message, deps: Deps) -> Sent:
    try:
        connection = deps.directory.connection(message.connection_id)
        if connection is None:
            raise SendError(FailureReason.ACCOUNT_PROBLEM)
        if not usable(message.store_id, message.channel, message.proxy, deps):
            raise SendError(FailureReason.SENDER_UNUSABLE)
        text, secrets = _with_pictures(message, connection, deps), deps.directory.secrets(connection)
    except Unavailable as error:  # nothing has left us yet
        raise SendError(FailureReason.UNSPECIFIED, retryable=True) from error
    return _asked(text, connection, secrets, deps)


def _asked(text: OutgoingText, connection: Connection, secrets: dict[str, str], deps: Deps) -> Sent:
    """The provider's answer, from which the connection's circuit learns. Raises SendError, SendUnclear."""
    try:
        sent = deps.channels.message_channel(connection.provider).send(text, connection, secrets, deps.http)
    except SendUnclear:
        deps.circuits.troubled(connection.id, Trouble.DOWN)
        raise
    except SendError as error:
        if error.trouble is None:
            deps.circuits.answered(connection.id)
        else:
            deps.circuits.troubled(connection.id, error.trouble)
        raise
    deps.circuits.answered(connection.id)
    return sent


def _with_pictures(message: Message, connection: Connection, deps: Deps) -> OutgoingText:
    text = _outgoing(message, connection, deps)
    if not message.media:
        return text
    from .send_pictures import with_pictures  # texts do not pay for it

    return with_pictures(text, message, deps.channels.message_channel(connection.provider), deps)


def _outgoing(message: Message, connection: Connection, deps: Deps) -> OutgoingText:
    reference = deps.references.sign(
        reference_purpose(connection.id), [message.conversation_id, message.id, message.attempt], now=deps.clock.now()
    )
    if message.channel == Channel.EMAIL:
        return _mail(message, reference, deps)
    return OutgoingText(
        sender=message.proxy,
        recipient=message.customer_address,
        body=words_of(message, deps),
        channel=Channel(message.channel),
        template=message.template,
        callback_url=f"{deps.webhook_url}/webhooks/{connection.provider}/{connection.id}/status/{reference}",
    )


def _mail(message: Message, reference: str, deps: Deps) -> OutgoingText:
    from .address_mail import outgoing_body, outgoing_mail  # texts do not pay for it

    return OutgoingText(
        sender=message.proxy,
        recipient=message.customer_address,
        body=outgoing_body(message, deps),
        callback_url="",
        channel=Channel.EMAIL,
        mail=outgoing_mail(message, reference, deps),
    )


def _not_claimed(message: Message, refusal: Refusal, deps: Deps) -> RetryLater | None:
    """Why, and what follows: consent, the end of the conversation, a dead worker, or it is done already."""
    now = deps.clock.now()
    stored = refusal.message
    if stored is None or stored.attempt != message.attempt:
        return None
    if stored.status is MessageStatus.SENDING:
        return _await_lease(stored, now, deps)
    if stored.status is MessageStatus.FAILED and stored.failure is FailureReason.OPTED_OUT:
        record_provider_opt_out(stored, "", deps)  # in case the worker before us did not get that far
    if stored.status is not MessageStatus.QUEUED:
        return None
    if refusal.opted_out:
        deps.messages.fail_queued(message.failed(FailureReason.OPTED_OUT, now))
        _flag_opted_out(message, deps)
        return None
    return _ended_or_prolonged(stored, now, deps)


def _ended_or_prolonged(stored: Message, now: int, deps: Deps) -> RetryLater | None:
    """A text carries the expiry of when it was asked for; the customer may have prolonged the conversation since."""
    conversation = deps.conversations.find(stored.conversation_id)
    if conversation is not None and conversation.lives(now):
        deps.messages.prolong(stored, conversation.expires_at)
        return RetryLater(_FIRST_PAUSE)
    deps.messages.fail_queued(stored.failed(FailureReason.CONVERSATION_ENDED, now))
    return None


def _await_lease(stored: Message, now: int, deps: Deps) -> RetryLater | None:
    """Another worker has it. If that one died between the claim and the outcome, nobody knows: `unknown`."""
    left = (stored.lease_until or 0) - now
    if left > 0:
        return RetryLater(left)
    deps.messages.expire_lease(stored.unknown(now), now)
    return None


def record_provider_opt_out(message: Message, provider_code: str, deps: Deps, at: int | None = None) -> None:
    """A provider's own block list is consent too: it goes into our ledger (docs/requirements.md, Keywords).

    `message`: as it failed. `at`: when the customer acted, if it did not fail. Safe to repeat, also after the
    customer has opted in again.
    """
    act = OptOutAct(
        source=ConsentSource.PROVIDER,
        evidence=provider_code or message.id,
        at=message.status_at if at is None else at,
        store_id=message.store_id,
        conversation_id=message.conversation_id,
    )
    for key, store in consents_beside(message, deps):  # providers block a number, not a store
        record_opt_out(key, replace(act, store_id=store.id), deps)
    if record_opt_out(message.consent_key, act, deps):
        _flag_opted_out(message, deps)


def _flag_opted_out(message: Message, deps: Deps) -> None:
    """Who wants no mails or texts that lead to the chat may go on chatting."""
    if not message.kind.leads_to_chat:
        deps.conversations.flag_opted_out(message.conversation_id, True)


def pause_after(tries: int) -> int:
    """Milliseconds until the next try of a queue entry received `tries` times: doubled each time, to a limit."""
    return int(min(_LONGEST_PAUSE, _FIRST_PAUSE * 2 ** min(tries - 1, 10)))
