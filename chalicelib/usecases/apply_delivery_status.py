"""A provider reports how far a message has come; the status only climbs (I8)."""

from chalicelib.domain.events import DeliveryReported
from chalicelib.domain.messages import FailureReason, MessageStatus

from .deliver_message import record_provider_opt_out
from .ports import Deps


def apply_delivery_status(event: DeliveryReported, deps: Deps) -> None:
    """One conditional write. Repeats, late and out-of-order reports change nothing."""
    climbed = deps.messages.climb(event.ref, event.status, event.failure, event.provider_id, deps.clock.now())
    if not climbed:
        deps.log.info("status_not_news", status=event.status, message_id=event.ref.message_id)
    if event.failure is FailureReason.OPTED_OUT:
        _block(event, deps)


def _block(event: DeliveryReported, deps: Deps) -> None:
    """Also on a repeat: the first time may have ended between status and ledger."""
    message = deps.conversations.find_message(event.ref.conversation_id, event.ref.message_id)
    if message is None or message.attempt != event.ref.attempt or message.status is not MessageStatus.FAILED:
        return
    if message.failure is FailureReason.OPTED_OUT:
        record_provider_opt_out(message, event.provider_code, deps)
