"""Products as they go over HTTP."""

from collections.abc import Sequence

from chalicelib.domain.order_runs import OrderRun
from chalicelib.domain.products import Card, Product
from chalicelib.usecases.browse_products import Products
from chalicelib.usecases.read_catalogue import ShopCatalogue
from chalicelib.usecases.share_product import Offer

from . import present_media, product_schemas


def page(of: Products) -> product_schemas.ProductPage:
    def views(products: Sequence[Product]) -> list[product_schemas.ProductView]:
        return [_product(each, each.id in of.favourite_ids) for each in products]

    return product_schemas.ProductPage(
        rows=views(of.rows),
        next=of.cursor,
        truncated=of.truncated,
        recent=views(of.recent),
        favourites=views(of.favourites),
    )


def _product(of: Product, favourite: bool) -> product_schemas.ProductView:
    return product_schemas.ProductView(
        id=of.id,
        title=of.title,
        price=of.price,
        url=of.url,
        vendor=of.vendor,
        available=of.available,
        has_picture=bool(of.picture),
        favourite=favourite,
    )


def offer(of: Offer) -> product_schemas.ProductOffer:
    made = of.card
    return product_schemas.ProductOffer(
        product_id=of.product.id,
        title=made.title,
        price=made.price,
        url=made.url,
        text=made.text,
        picture=None if of.picture is None else present_media.picture(of.picture),
    )


def card(of: Card | None, body: str) -> product_schemas.CardView | None:
    if of is None:
        return None
    return product_schemas.CardView(
        product_id=of.product_id,
        title=of.title,
        price=of.price,
        url=of.url,
        words=of.words_in(body),
        picture_id=of.picture_id,
    )


def catalogues(of: Sequence[ShopCatalogue]) -> product_schemas.CatalogueList:
    return product_schemas.CatalogueList(rows=[_catalogue(each) for each in of])


def _catalogue(of: ShopCatalogue) -> product_schemas.CatalogueView:
    run = of.run
    return product_schemas.CatalogueView(
        connection_id=of.connection.id,
        shop=of.connection.site or of.connection.account,
        readable=of.readable,
        phase=None if run is None else run.phase,
        read=0 if run is None else run.read,
        total=0 if run is None else run.total,
        finished_at=None if run is None else run.finished_at,
        waiting=run is not None and run.busy > 0,
        orders=None if of.orders is None else _orders(of.orders),
    )


def _orders(of: OrderRun) -> product_schemas.OrderReadingView:
    return product_schemas.OrderReadingView(
        phase=of.phase, read=of.read, found=of.found, known_to=of.known_to, waiting=of.busy > 0
    )
