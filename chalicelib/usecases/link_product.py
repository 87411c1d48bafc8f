"""Links to products: as a QR code for somebody in the shop (H22), and followed by customers (X21)."""

from msgspec import Struct

from chalicelib.domain.errors import NotFound, ProductGone, Unavailable
from chalicelib.domain.product_links import ProductLink, address, code_of, is_code

from .access import messaging_store, signed_in
from .ports import Deps
from .share_product import LINK, new_link, shareable


class MadeLink(Struct, frozen=True):
    """`url`: what the QR code says."""

    link: ProductLink
    url: str


def link_product(store_id: str, product_id: str, associate_id: str, deps: Deps) -> MadeLink:
    """One of its own for each time that it is asked for. Raises NotFound, PermissionDenied, MessagingDisabled,
    ProductGone (also for a product that has no page)."""
    associate = signed_in(associate_id, deps)
    store = messaging_store(associate, store_id, deps)
    product = shareable(product_id, store.merchant_id, deps)
    if not product.url:
        raise ProductGone
    code = code_of(deps.references.secret(LINK, deps.ids.token()))
    link = new_link(product, store.id, associate, code, deps, in_person=True)
    deps.product_links.add(link)
    return MadeLink(link, address(product, code, store.link_domain))


def follow_link(code: str, deps: Deps, *, counted: bool) -> str:
    """Where it leads: the page of a product, as its shop said it. Raises NotFound, Unavailable."""
    link = deps.product_links.find(code) if is_code(code) else None
    if link is None:
        raise NotFound
    if counted:
        _count(link, deps)
    return link.target


def _count(link: ProductLink, deps: Deps) -> None:
    """Whoever follows a link gets there, counted or not."""
    try:
        deps.product_links.click(link.id, deps.clock.now())
    except Unavailable:
        deps.log.warning("click_not_counted", product_id=link.product_id)
