"""Products: found, kept at hand, and on their way into a message (N18, H21, H23); and how far a catalogue is read."""

from chalice.app import Blueprint

from chalicelib.domain import errors
from chalicelib.usecases import browse_products as browsing
from chalicelib.usecases.link_product import link_product
from chalicelib.usecases.read_catalogue import read_now, show_catalogues
from chalicelib.usecases.read_orders import read_orders_now
from chalicelib.usecases.share_product import offer_product

from . import present_products, product_schemas
from .routing import Call, Query, Route, endpoint

blueprint = Blueprint(__name__)
_FAVOURITE = "/stores/{store_id}/products/{product_id}/favourite"


@endpoint(
    blueprint,
    Route(
        method="GET",
        path="/stores/{store_id}/products",
        summary="What the store's merchant sells, by title; or what has these words, this bar code or SKU.",
        query={
            "cursor": Query("Of the next page.", maximum=1024),
            "limit": Query("Rows, 24 by default.", "integer", maximum=browsing.MOST_ROWS),
            "q": Query("Beginnings of words, or a bar code or SKU.", maximum=100),
        },
        answer=product_schemas.ProductPage,
        errors=(errors.MessagingDisabled,),
    ),
)
def list_store_products(call: Call, store_id: str) -> product_schemas.ProductPage:
    query = browsing.ProductsQuery(
        store_id=store_id,
        associate_id=call.associate_id,
        limit=call.query.get("limit", 24),
        search=call.query.get("q", ""),
        cursor=call.query.get("cursor"),
    )
    return present_products.page(browsing.list_products(query, call.deps))


@endpoint(
    blueprint,
    Route(
        method="PUT",
        path=_FAVOURITE,
        summary="One of my favourites (H23).",
        errors=(errors.MessagingDisabled, errors.TooManyFavourites, errors.ChangedMeanwhile),
    ),
)
def keep_favourite_product(call: Call, store_id: str, product_id: str) -> None:
    browsing.keep_favourite(store_id, product_id, call.associate_id, call.deps)


@endpoint(
    blueprint,
    Route(
        method="DELETE",
        path=_FAVOURITE,
        summary="No longer one of my favourites.",
        errors=(errors.MessagingDisabled, errors.ChangedMeanwhile),
    ),
)
def drop_favourite_product(call: Call, store_id: str, product_id: str) -> None:
    browsing.drop_favourite(store_id, product_id, call.associate_id, call.deps)


@endpoint(
    blueprint,
    Route(
        method="POST",
        path="/conversations/{conversation_id}/products/{product_id}",
        summary="A product is to be sent here: what its card says, and its picture, which is fetched from now on.",
        answer=product_schemas.ProductOffer,
        status=201,
        errors=(errors.MessagingDisabled, errors.ConversationEnded, errors.OptInPending, errors.ProductGone),
    ),
)
def offer_store_product(call: Call, conversation_id: str, product_id: str) -> product_schemas.ProductOffer:
    return present_products.offer(offer_product(conversation_id, product_id, call.associate_id, call.deps))


@endpoint(
    blueprint,
    Route(
        method="POST",
        path="/stores/{store_id}/products/{product_id}/links",
        summary="A link to a product that is nobody else's, to be shown as a QR code (H22).",
        answer=product_schemas.ProductLinkMade,
        status=201,
        errors=(errors.MessagingDisabled, errors.ProductGone),
    ),
)
def link_store_product(call: Call, store_id: str, product_id: str) -> product_schemas.ProductLinkMade:
    made = link_product(store_id, product_id, call.associate_id, call.deps)
    return product_schemas.ProductLinkMade(title=made.link.title, url=made.url)


@endpoint(
    blueprint,
    Route(
        method="GET",
        path="/stores/{store_id}/catalogues",
        summary="The merchant's shops, and how far their catalogues are read.",
        answer=product_schemas.CatalogueList,
    ),
)
def list_store_catalogues(call: Call, store_id: str) -> product_schemas.CatalogueList:
    return present_products.catalogues(show_catalogues(store_id, call.associate_id, call.deps))


@endpoint(
    blueprint,
    Route(
        method="POST",
        path="/stores/{store_id}/catalogues/{connection_id}/read",
        summary="Read a shop's catalogue from its beginning; it begins within the minute.",
        answer=product_schemas.CatalogueList,
    ),
)
def read_store_catalogue(call: Call, store_id: str, connection_id: str) -> product_schemas.CatalogueList:
    return present_products.catalogues(read_now(store_id, connection_id, call.associate_id, call.deps))


@endpoint(
    blueprint,
    Route(
        method="POST",
        path="/stores/{store_id}/catalogues/{connection_id}/orders",
        summary="Ask a shop which orders have changed, for those that its webhooks lost; it begins within the minute.",
        answer=product_schemas.CatalogueList,
    ),
)
def read_store_orders(call: Call, store_id: str, connection_id: str) -> product_schemas.CatalogueList:
    return present_products.catalogues(read_orders_now(store_id, connection_id, call.associate_id, call.deps))
