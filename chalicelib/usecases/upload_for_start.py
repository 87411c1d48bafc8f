"""A picture for the first text about an order (D1, N20): as `upload_picture`, before there is one."""

from chalicelib.domain.errors import NotFound, OrderNotStartable
from chalicelib.domain.orders import Order
from chalicelib.domain.uploads import Draft, draft_of

from .access import messaging_store, signed_in
from .ports import Deps
from .upload_picture import Offer, Shown, check_upload, offer_place, show_upload


def offer_for_start(store_id: str, order_id: str, associate_id: str, size: int, deps: Deps) -> Offer:
    """Raises NotFound, PermissionDenied, MessagingDisabled, OrderNotStartable, InvalidInput."""
    order = _order(store_id, order_id, associate_id, deps)
    if not order.startable(deps.clock.now()):
        raise OrderNotStartable
    return offer_place(_draft(order), associate_id, size, deps)


def check_for_start(store_id: str, order_id: str, associate_id: str, upload_id: str, deps: Deps) -> Shown:
    """The file is there. Safe to repeat. Raises as above, whatever the order's age; NotFound for somebody else's."""
    order = _order(store_id, order_id, associate_id, deps)
    return check_upload(_draft(order), associate_id, upload_id, deps)


def show_for_start(store_id: str, order_id: str, associate_id: str, upload_id: str, deps: Deps) -> Shown:
    """Raises as `check_for_start`."""
    order = _order(store_id, order_id, associate_id, deps)
    return show_upload(_draft(order), associate_id, upload_id, deps)


def _draft(order: Order) -> Draft:
    return draft_of(order.merchant_id, order.store_id, order.id)


def _order(store_id: str, order_id: str, associate_id: str, deps: Deps) -> Order:
    store = messaging_store(signed_in(associate_id, deps), store_id, deps)
    order = deps.orders.find(order_id)
    if order is None or order.store_id != store.id:
        raise NotFound
    return order
