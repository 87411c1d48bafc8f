"""The shop platforms: one file each, one line each below. See docs/adding-a-shop.md.

Adapters are imported when they are first asked for, so that no function pays for a platform it does not use.
"""

from collections.abc import Callable

from chalicelib.usecases.ports import Shop


def _shopify() -> Shop:
    from .shopify import Shopify

    return Shopify()


SHOPS: dict[str, Callable[[], Shop]] = {
    "shopify": _shopify,
}
"""`Connection.provider` -> what makes its adapter."""


def shop(provider: str) -> Shop:
    """The adapter of a shop platform. Raises KeyError for one that is not registered."""
    return SHOPS[provider]()
