"""The shop says what a remote cart comes to (N22, N23): taxes, discounts, shipping, total, or which line needs whom."""

from msgspec import Struct
from msgspec.structs import replace

from chalicelib.domain.cart_contents import CartLine, LineProblem, Offer
from chalicelib.domain.carts import Cart, CartFailure
from chalicelib.domain.merchants import Connection

from .ports import Basket, CatalogueBusy, CatalogueRefused, Deps, MediaUnavailable, PricesCarts

MOST_ASKED = 4
"""Tries, over a quarter of a minute, until an associate who waits is told that the shop does not answer."""


class Shop(Struct, frozen=True):
    """The shop of a cart, ready to be asked."""

    adapter: PricesCarts
    connection: Connection
    secrets: dict[str, str]


def price_cart(cart: Cart, tries: int, deps: Deps) -> None:
    """Raises MediaUnavailable, Unavailable: to be tried again. What somebody changed meanwhile is priced by itself."""
    after = _priced(cart, tries, deps)
    if deps.carts.change(after, cart):
        deps.log.info("cart_priced", cart_id=cart.id, state=after.state)


def _priced(cart: Cart, tries: int, deps: Deps) -> Cart:
    now = deps.clock.now()
    shop = shop_of(cart, deps)
    if shop is None:
        return cart.refused(CartFailure.SHOP_UNABLE, now)
    gone, basket = basket_of(cart, deps)
    if gone is not None:
        return cart.offered(gone, now)
    try:
        return cart.offered(shop.adapter.cart_offer(basket, shop.connection, shop.secrets, deps.http), now)
    except CatalogueRefused:
        return cart.refused(CartFailure.SHOP_REFUSED, now)
    except CatalogueBusy:
        if tries < MOST_ASKED:
            raise MediaUnavailable from None
        return cart.refused(CartFailure.SHOP_BUSY, now)


def shop_of(cart: Cart, deps: Deps) -> Shop | None:
    """None: it is gone, or makes no carts. Raises Unavailable."""
    connection = deps.directory.connection(cart.shop_id)
    adapter: object = None if connection is None else deps.channels.webhook_source(connection.provider)
    if connection is None or not isinstance(adapter, PricesCarts):
        return None
    return Shop(adapter, connection, deps.directory.secrets(connection))


def basket_of(cart: Cart, deps: Deps) -> tuple[Offer | None, Basket]:
    """What to ask the shop; or, without asking, which products it has taken away."""
    lines = cart.contents.lines
    known = deps.products.find_several([line.product_id for line in lines])
    listed = {key: product for key, product in known.items() if product.is_listed}
    conversation = deps.conversations.find(cart.conversation_id)
    customer = None if conversation is None else deps.customers.find(conversation.customer_id)
    start = f"{cart.shop_id}:"
    theirs = () if customer is None else customer.external_ids
    phone = "" if conversation is None else conversation.customer_address
    basket = Basket(
        contents=cart.contents,
        product_ids=tuple(listed[line.product_id].external_id for line in lines if line.product_id in listed),
        customer_id=next((each.removeprefix(start) for each in theirs if each.startswith(start)), ""),
        phone=phone if phone.startswith("+") else "",
    )
    if len(basket.product_ids) == len(lines):
        return None, basket
    return Offer(lines=tuple(_told(line, line.product_id in listed) for line in lines)), basket


def _told(line: CartLine, there: bool) -> CartLine:
    return line if there else replace(line, problem=LineProblem.GONE)
