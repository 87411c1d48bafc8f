"""The shop platforms: one file each, one line each below. See docs/adding-a-shop.md.

Adapters are imported when they are first asked for, so that no function pays for a platform it does not use.
"""

from collections.abc import Callable, Mapping

from chalicelib.usecases.ports import Shop


def _shopify(api_url: str) -> Shop:
    from .shopify import Shopify

    return Shopify(api_url)


def _woocommerce(api_url: str) -> Shop:
    from .woocommerce import WooCommerce

    return WooCommerce()


def _generic(api_url: str) -> Shop:
    from .generic import Generic

    return Generic()


SHOPS: dict[str, Callable[[str], Shop]] = {
    "shopify": _shopify,
    "woocommerce": _woocommerce,
    "generic": _generic,
}
"""`Connection.provider` -> what makes its adapter. The argument: the base address of its API, empty for its own."""


def shop(provider: str, api_urls: Mapping[str, str] | None = None) -> Shop:
    """The adapter of a shop platform. `api_urls`: as for channels. Raises KeyError for one that is not registered."""
    return SHOPS[provider]((api_urls or {}).get(provider, ""))
