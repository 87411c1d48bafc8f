"""One use case per kind of event. The same from a webhook and from the `inbound` queue."""

from chalicelib.domain.events import (
    CartPaid,
    CustomerChanged,
    CustomerRedacted,
    DeliveryReported,
    Event,
    Ignored,
    MessageReceived,
    OrderChanged,
    PrivacyAsked,
    ProductChanged,
    StatusReported,
)

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
        case CustomerChanged() | ProductChanged() | CustomerRedacted() | PrivacyAsked() | CartPaid():
            _take_news_of_shop(event, deps)
        case Ignored():
            deps.log.info("event_ignored", kind=event.kind)


_News = CustomerChanged | ProductChanged | CustomerRedacted | PrivacyAsked | CartPaid


def _take_news_of_shop(event: _News, deps: Deps) -> None:
    """Texts and orders do not pay for what is seldom told."""
    match event:
        case CustomerChanged():
            from .apply_customer_event import apply_customer_event

            apply_customer_event(event, deps)
        case ProductChanged():
            from .apply_product_event import apply_product_event

            apply_product_event(event, deps)
        case CustomerRedacted():
            from .redact_customer import redact_customer

            redact_customer(event, deps)
        case PrivacyAsked():
            from .take_privacy_request import take_privacy_request

            take_privacy_request(event, deps)
        case CartPaid():
            from .pay_cart import pay_cart

            pay_cart(event, deps)
