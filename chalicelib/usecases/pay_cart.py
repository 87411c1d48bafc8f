"""A payment provider says that a link of ours was paid (N24): once, in full, in time, or told to people.

Repeats of a report need no record of their own: a cart knows its payments by the provider's reference.
"""

from chalicelib.domain.carts import Cart, read_reference
from chalicelib.domain.errors import Unavailable
from chalicelib.domain.events import CartPaid

from .ports import Deps, Once

_ATTEMPTS = 8


def pay_cart(event: CartPaid, deps: Deps) -> None:
    """Raises Unavailable when the table refuses."""
    for _attempt in range(_ATTEMPTS):
        cart = _cart_of(event, deps)
        if cart is None:
            _reject(event, deps)
            return
        after = cart.with_payment(event.payment, deps.clock.now())
        if after == cart:
            return
        if deps.carts.change(after, cart):
            _log(cart, after, deps)
            return
    raise Unavailable


def _cart_of(event: CartPaid, deps: Deps) -> Cart | None:
    """What the reference names, if its link is at the connection that reports: no merchant pays another's cart."""
    place = read_reference(event.reference)
    cart = None if place is None else deps.carts.find(*place)
    if cart is None or cart.link is None or cart.link.connection_id != event.connection_id:
        return None
    return cart


def _reject(event: CartPaid, deps: Deps) -> None:
    """Money without a cart: it was erased, or somebody made a link by hand with a reference like ours."""
    once = Once(f"in#{event.connection_id}", f"paid:{event.payment.reference}")
    deps.rejections.record(once, "no_such_cart", deps.clock.now())
    deps.log.warning("payment_without_cart", connection_id=event.connection_id)


def _log(was: Cart, after: Cart, deps: Deps) -> None:
    if len(after.troubles) > len(was.troubles) or after.troubles != was.troubles:
        deps.log.warning("cart_trouble", cart_id=after.id, kind=after.troubles[-1].kind)
    else:
        deps.log.info("cart_paid", cart_id=after.id)
