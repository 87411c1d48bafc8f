"""Hands a queued message to its provider, at most once (reliability.md section 2; I3, I6, I9).

The only place that sets the status of a send.
"""

from msgspec import Struct

from chalicelib.domain.consent import ConsentChange, ConsentKey, ConsentSource, ConsentState
from chalicelib.domain.messages import FailureReason, Message, MessageStatus

from .ports import Claimed, Deps, OutgoingText, Refusal, SendError, SendUnclear, Sent

_FIRST_PAUSE = 2_000
_LONGEST_PAUSE = 300_000


class RetryLater(Struct, frozen=True):
    """The message keeps its place in the queue; try again after `pause` milliseconds."""

    pause: int


def deliver_message(message: Message, tries: int, deps: Deps) -> RetryLater | None:
    """One delivery from the queue. `message` is as queued, `tries` counts deliveries of this queue entry from 1."""
    now = deps.clock.now()
    if message.overdue(now):
        deps.messages.fail_queued(message.failed(FailureReason.TOO_LONG_QUEUED, now))
        return None
    claimed = message.claimed(deps.ids.token(), now)
    outcome = deps.messages.claim(claimed, now)
    if isinstance(outcome, Claimed):
        return _send(claimed, tries, deps)
    return _not_claimed(message, outcome, deps)


def _send(claimed: Message, tries: int, deps: Deps) -> RetryLater | None:
    owner = claimed.lease_owner or ""
    try:
        sent = _hand_over(claimed, deps)
    except SendError as error:
        if error.retryable:
            deps.messages.settle(claimed.released(deps.clock.now()), owner)
            return RetryLater(_pause(tries))
        deps.messages.settle(claimed.failed(error.reason, deps.clock.now()), owner)
        deps.log.info("send_refused", reason=error.reason, provider_code=error.provider_code, message_id=claimed.id)
        if error.reason is FailureReason.OPTED_OUT:
            record_provider_opt_out(claimed, error.provider_code, deps)
        return None
    except SendUnclear:
        deps.messages.settle(claimed.unknown(deps.clock.now()), owner)
        deps.log.warning("send_unclear", message_id=claimed.id, connection_id=claimed.connection_id)
        return None
    deps.messages.settle(claimed.sent(sent.provider_id, deps.clock.now()), owner)
    return None


def _hand_over(message: Message, deps: Deps) -> Sent:
    connection = deps.directory.connection(message.connection_id)
    if connection is None:
        raise SendError(FailureReason.ACCOUNT_PROBLEM)
    reference = deps.references.sign(
        "delivery", [message.conversation_id, message.id, message.attempt], now=deps.clock.now()
    )
    text = OutgoingText(
        sender=message.proxy,
        recipient=message.customer_address,
        body=message.body,
        callback_url=f"{deps.public_api_url}/webhooks/{connection.provider}/{connection.id}/status/{reference}",
    )
    channel = deps.channels.message_channel(connection.provider)
    return channel.send(text, connection, deps.directory.secrets(connection), deps.http)


def _not_claimed(message: Message, refusal: Refusal, deps: Deps) -> RetryLater | None:
    """Why, and what follows: consent, the end of the conversation, a dead worker, or it is done already."""
    now = deps.clock.now()
    stored = refusal.message
    if stored is None or stored.attempt != message.attempt:
        return None
    if stored.status is MessageStatus.SENDING:
        return _await_lease(stored, now, deps)
    if stored.status is not MessageStatus.QUEUED:
        return None
    if refusal.opted_out:
        deps.messages.fail_queued(message.failed(FailureReason.OPTED_OUT, now))
        deps.conversations.flag_opted_out(message.conversation_id, True)
    else:
        deps.messages.fail_queued(message.failed(FailureReason.CONVERSATION_ENDED, now))
    return None


def _await_lease(stored: Message, now: int, deps: Deps) -> RetryLater | None:
    """Another worker has it. If that one died between the claim and the outcome, nobody knows: `unknown`."""
    left = (stored.lease_until or 0) - now
    if left > 0:
        return RetryLater(left)
    deps.messages.expire_lease(stored.unknown(now), now)
    return None


def record_provider_opt_out(message: Message, provider_code: str, deps: Deps) -> None:
    """A provider's own block list is consent too: it goes into our ledger (product.md 4.1)."""
    key = ConsentKey(message.merchant_id, message.channel, message.customer_address, message.consent_scope)
    now = deps.clock.now()
    deps.consents.record(
        ConsentChange(
            id=deps.ids.ulid(now),
            key=key,
            state=ConsentState.OPTED_OUT,
            at=now,
            source=ConsentSource.PROVIDER,
            evidence=provider_code or message.id,
            wording="",
        )
    )
    deps.conversations.flag_opted_out(message.conversation_id, True)


def _pause(tries: int) -> int:
    return int(min(_LONGEST_PAUSE, _FIRST_PAUSE * 2 ** min(tries - 1, 10)))
