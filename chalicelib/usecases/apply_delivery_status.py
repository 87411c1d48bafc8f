"""A provider reports how far a message has come; the status only climbs (I8)."""

from chalicelib.domain.events import DeliveryReported
from chalicelib.domain.messages import FailureReason

from .deliver_message import record_provider_opt_out
from .ports import Deps


def apply_delivery_status(event: DeliveryReported, deps: Deps) -> None:
    """One conditional write. Repeats, late and out-of-order reports change nothing."""
    climbed = deps.messages.climb(event.ref, event.status, event.failure, event.provider_id, deps.clock.now())
    if climbed and event.failure is FailureReason.OPTED_OUT:
        message = deps.conversations.find_message(event.ref.conversation_id, event.ref.message_id)
        if message is not None:
            record_provider_opt_out(message, event.provider_code, deps)
    if not climbed:
        deps.log.info("status_not_news", status=event.status, message_id=event.ref.message_id)
