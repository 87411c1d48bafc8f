"""The payment providers of remote carts: one file each, one line each below. See docs/carts.md.

Adapters are imported when they are first asked for. Packs of credits are paid elsewhere: hosted.py.
"""

from collections.abc import Callable, Mapping

from chalicelib.usecases.ports import Shop


def _adyen(api_url: str) -> Shop:
    from .adyen import Adyen

    return Adyen(api_url)


def _stripe(api_url: str) -> Shop:
    from .stripe import Stripe

    return Stripe(api_url)


PAYMENTS: dict[str, Callable[[str], Shop]] = {
    "adyen": _adyen,
    "stripe": _stripe,
}
"""`Connection.provider` -> what makes its adapter. The argument: the base address of its API, empty for its own."""


def provider(name: str, api_urls: Mapping[str, str] | None = None) -> Shop:
    """The adapter of a payment provider. Raises KeyError for one that is not registered."""
    return PAYMENTS[name]((api_urls or {}).get(name, ""))
