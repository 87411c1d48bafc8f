"""One use case per kind of event. The same from a webhook and from the `inbound` queue."""

from chalicelib.domain.events import DeliveryReported, Event, Ignored, MessageReceived, OrderChanged, StatusReported

from .apply_delivery_status import apply_delivery_status, apply_reported_status
from .apply_order_event import apply_order_event
from .ports import Deps
from .receive_message import receive_message


def take_event(event: Event, deps: Deps) -> None:
    """Raises Unavailable when the table refuses; the event then belongs on the `inbound` queue."""
    match event:
        case MessageReceived():
            receive_message(event, deps)
        case DeliveryReported():
            apply_delivery_status(event, deps)
        case StatusReported():
            apply_reported_status(event, deps)
        case OrderChanged():
            apply_order_event(event, deps)
        case Ignored():
            deps.log.info("event_ignored", kind=event.kind)
