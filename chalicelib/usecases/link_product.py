"""Links to products: as a QR code for somebody in the shop (H22), followed by customers, listed for managers (X21)."""

from msgspec import Struct

from chalicelib.domain.errors import NotFound, ProductGone, Unavailable
from chalicelib.domain.product_links import ProductLink, address, code_of, is_code

from .access import managed_store, messaging_store, signed_in
from .ports import Deps, Page
from .share_product import new_link, shareable


class MadeLink(Struct, frozen=True):
    """`url`: what the QR code says."""

    link: ProductLink
    url: str


class LinksQuery(Struct, frozen=True, kw_only=True):
    """Links made at `since` or later and before `until` (epoch milliseconds)."""

    store_id: str
    associate_id: str
    since: int
    until: int
    limit: int
    cursor: str | None = None


def link_product(store_id: str, product_id: str, associate_id: str, deps: Deps) -> MadeLink:
    """One of its own for each time that it is asked for. Raises NotFound, PermissionDenied, MessagingDisabled,
    ProductGone (also for a product that has no page)."""
    associate = signed_in(associate_id, deps)
    store = messaging_store(associate, store_id, deps)
    product = shareable(product_id, store.merchant_id, deps)
    if not product.url:
        raise ProductGone
    code = code_of(deps.references.secret("product-link", deps.ids.token()))
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


def list_links(query: LinksQuery, deps: Deps) -> Page[ProductLink]:
    """For managers, newest first; two requests a page. Raises NotFound, PermissionDenied, InvalidInput."""
    store = managed_store(signed_in(query.associate_id, deps), query.store_id, deps)
    return deps.product_links.of_store(store.id, query.since, query.until, query.limit, query.cursor)


def _count(link: ProductLink, deps: Deps) -> None:
    """Whoever follows a link gets there, counted or not."""
    try:
        deps.product_links.click(link.id, deps.clock.now())
    except Unavailable:
        deps.log.warning("click_not_counted", product_id=link.product_id)
