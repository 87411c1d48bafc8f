"""The worker's side of remote carts: whatever their next step is by now. It alone reads secrets and asks outside."""

from chalicelib.domain.carts import CartState

from .finish_cart import finish_cart
from .ports import Deps, WorkOnCart
from .price_cart import price_cart
from .share_cart import close_link, make_link, send_link


def work_on_cart(job: WorkOnCart, tries: int, deps: Deps) -> None:
    """Safe to repeat. `tries` counts from 1. Raises MediaUnavailable and Unavailable: to be tried again."""
    cart = deps.carts.find(job.conversation_id, job.cart_id)
    if cart is None:
        return
    match cart.state:
        case CartState.PRICING:
            price_cart(cart, tries, deps)
        case CartState.SHARING:
            make_link(cart, tries, deps)
        case CartState.SHARED if not cart.message_id:
            send_link(cart, deps)
        case CartState.PAID:
            finish_cart(cart, tries, deps)
        case _ if cart.must_close:
            close_link(cart, deps)
