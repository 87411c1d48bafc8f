"""A provider reports how far a message has come; the status only climbs (I8)."""

from chalicelib.domain.errors import BadSignature
from chalicelib.domain.events import DeliveryReported, StatusReported
from chalicelib.domain.messages import FailureReason, MessageRef, MessageStatus

from .deliver_message import record_provider_opt_out, reference_purpose
from .ports import Deps


def read_reference(reference: str, connection_id: str, deps: Deps) -> MessageRef:
    """Which message a provider means by the reference that we gave along.

    Raises BadSignature for one that we did not sign for this connection, Unavailable without our key.
    """
    match deps.references.read(reference_purpose(connection_id), reference, now=deps.clock.now()):
        case [str(conversation_id), str(message_id), int(attempt)]:
            return MessageRef(conversation_id, message_id, attempt)
    raise BadSignature


def apply_delivery_status(event: DeliveryReported, deps: Deps) -> None:
    """One conditional write. Repeats, late and out-of-order reports change nothing."""
    climbed = deps.messages.climb(event.ref, event.status, event.failure, event.provider_id, deps.clock.now())
    if not climbed:
        deps.log.info("status_not_news", status=event.status, message_id=event.ref.message_id)
    if event.failure is FailureReason.OPTED_OUT:
        _block(event, deps)
    if event.complained_at is not None:
        _complained(event, event.complained_at, deps)


def apply_reported_status(event: StatusReported, deps: Deps) -> None:
    """As above, for a report that names its message by our reference. Another's reference says nothing of ours."""
    try:
        ref = read_reference(event.reference, event.connection_id, deps)
    except BadSignature:
        deps.log.info("event_ignored", kind="foreign_reference")
        return
    apply_delivery_status(
        DeliveryReported(
            connection_id=event.connection_id,
            ref=ref,
            provider_id=event.provider_id,
            status=event.status,
            failure=event.failure,
            provider_code=event.provider_code,
        ),
        deps,
    )


def _block(event: DeliveryReported, deps: Deps) -> None:
    """Also on a repeat: the first time may have ended between status and ledger."""
    message = deps.conversations.find_message(event.ref.conversation_id, event.ref.message_id)
    if message is None or message.attempt != event.ref.attempt or message.status is not MessageStatus.FAILED:
        return
    if message.failure is FailureReason.OPTED_OUT:
        record_provider_opt_out(message, event.provider_code, deps)


def _complained(event: DeliveryReported, at: int, deps: Deps) -> None:
    """Who calls it spam wants no more of it (docs/requirements.md, Keywords)."""
    message = deps.conversations.find_message(event.ref.conversation_id, event.ref.message_id)
    if message is not None and message.attempt == event.ref.attempt:
        record_provider_opt_out(message, event.provider_code, deps, at)
