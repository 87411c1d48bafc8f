"""Links that lead to a product's page, each made for one share (H21, H22): an order that comes by one says whose doing
it is (X21)."""

import re

from msgspec import Struct

from .chat_links import token_of
from .products import Product

KEPT = 400 * 86_400_000
"""Milliseconds from its making in which a link is found: as long as a sale is reported."""
PARAMETER = "cl"
"""Of the address of the product's page: its value is the code."""
CODE_LENGTH = 10
"""Of 62 characters each: 59 bits. Whoever guesses one sees a page that the shop shows to everybody."""
_CODE = re.compile(rf"[0-9A-Za-z]{{{CODE_LENGTH}}}", re.ASCII)
_CARRIED = re.compile(rf"[?&]{PARAMETER}=([0-9A-Za-z]{{{CODE_LENGTH}}})(?![0-9A-Za-z])", re.ASCII)


class ProductLink(Struct, frozen=True, kw_only=True):
    """`id`: its code. Nothing in it says to whom it was given."""

    id: str
    merchant_id: str
    store_id: str
    associate_id: str
    associate_name: str
    """As it was when the link was made."""
    product_id: str
    title: str
    url: str
    """The product's page, as the shop said it when the link was made: https."""
    created_at: int
    in_person: bool = False
    """As a QR code (H22); else in a message."""
    clicks: int = 0
    clicked_at: int | None = None

    @property
    def target(self) -> str:
        """Where it leads to: the product's page, and nowhere else."""
        return marked(self.url, self.id)


def code_of(secret: bytes) -> str:
    """Of 32 secret bytes."""
    return token_of(secret)[:CODE_LENGTH]


def is_code(text: str) -> bool:
    return _CODE.fullmatch(text) is not None


def marked(url: str, code: str) -> str:
    """The address with the code in it, before its fragment."""
    page, hash_sign, place = url.partition("#")
    joint = "?" if "?" not in page else "" if page.endswith(("?", "&")) else "&"
    return f"{page}{joint}{PARAMETER}={code}{hash_sign}{place}"


def code_in(landing: str) -> str:
    """The code in the address of the page where a customer came into the shop; empty where there is none."""
    found = _CARRIED.search(landing)
    return "" if found is None else found[1]


def address(product: Product, code: str, link_domain: str) -> str:
    """What customers get: on the store's own link domain (N4), else the marked page itself. Empty for no page."""
    if not product.url:
        return ""
    return f"https://{link_domain}/l/{code}" if link_domain else marked(product.url, code)
