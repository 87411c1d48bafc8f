"""A shop asks for something that people are to do (X13). It is written down once, for the managers of its store."""

from chalicelib.domain.events import PrivacyAsked
from chalicelib.domain.orders import order_id
from chalicelib.domain.privacy_requests import PrivacyRequest, RequestKind

from .ports import Deps


def take_privacy_request(event: PrivacyAsked, deps: Deps) -> None:
    """By the shop's own id of the customer alone: an e-mail or a phone may be somebody else's, too (X11).

    Raises Unavailable when the table refuses.
    """
    connection = deps.directory.connection(event.connection_id)
    if connection is None:
        return deps.log.warning("request_rejected", reason="unknown_connection", connection_id=event.connection_id)
    theirs = f"{connection.id}:{event.external_id}"
    known = deps.customers.find_by(connection.merchant_id, "external", theirs) if event.external_id else None
    request = PrivacyRequest(
        id=order_id(connection.id, f"{event.kind} {event.reference}"),
        merchant_id=connection.merchant_id,
        store_id=connection.store_id,
        connection_id=connection.id,
        kind=RequestKind(event.kind),
        customer_id=known or "",
        external_id="" if known else event.external_id,
        requested_at=deps.clock.now(),
    )
    deps.privacy_requests.add(request)
    return deps.log.info("privacy_requested", request_id=request.id, kind=event.kind)
