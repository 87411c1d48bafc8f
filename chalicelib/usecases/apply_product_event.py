"""A shop reports a product: stored with what it is found by, converging whatever the order of arrival (X1, N18).

Repeats need no record of their own: what changes nothing is not written.
"""

from chalicelib.domain.errors import Unavailable
from chalicelib.domain.events import ProductChanged
from chalicelib.domain.products import Product

from .ports import Deps

_ATTEMPTS = 6


def apply_product_event(event: ProductChanged, deps: Deps) -> None:
    """Raises Unavailable when the table refuses."""
    keep_product(event.product, deps)


def keep_product(product: Product, deps: Deps) -> bool:
    """Whether that changed anything. Raises Unavailable."""
    for _attempt in range(_ATTEMPTS):
        was = deps.products.find(product.id)
        newest = product if was is None else product.newest(was)
        if newest == was:
            return False
        if deps.products.write(newest, was):
            return True
    raise Unavailable
