"""An associate shares a product (N18, H21): its picture is fetched first, then it is sent as a card."""

from msgspec import Struct

from chalicelib.domain.conversations import Conversation
from chalicelib.domain.errors import NotFound, ProductGone, Unavailable
from chalicelib.domain.media import Media, MediaRefusal, MediaRefused
from chalicelib.domain.merchants import Associate
from chalicelib.domain.products import Card, Product, card_of
from chalicelib.domain.shelves import Shelf
from chalicelib.domain.uploads import Upload

from .access import own_conversation, require_open
from .ports import Deps, ListsProducts, MakePicture
from .upload_picture import Shown


class Offer(Struct, frozen=True):
    """A product that can be sent, and how far its picture has come; None: it has none."""

    product: Product
    picture: Shown | None


def offer_product(conversation_id: str, product_id: str, associate_id: str, deps: Deps) -> Offer:
    """From now on its picture is fetched, as an upload of this associate's: checked and made anew like any other.

    Raises NotFound, PermissionDenied, MessagingDisabled, ConversationEnded, OptInPending, ProductGone.
    """
    conversation, associate, _ = own_conversation(conversation_id, associate_id, deps)
    now = deps.clock.now()
    require_open(conversation, now)
    product = shareable(product_id, conversation.merchant_id, deps)
    if not product.picture:
        return Offer(product, None)
    upload = Upload(
        conversation_id=conversation.id,
        merchant_id=conversation.merchant_id,
        owner=associate.id,
        created_at=now,
        media=Media(id=deps.ids.token(), source=product.picture, product_id=product.id),
    )
    deps.uploads.add(upload)
    deps.media_queue.put([MakePicture(conversation.id, upload.id)])
    return Offer(product, Shown(media=upload.media))


def shareable(product_id: str, merchant_id: str, deps: Deps) -> Product:
    """Raises NotFound (also for another merchant's), ProductGone."""
    product = deps.products.find(product_id)
    if product is None or product.merchant_id != merchant_id:
        raise NotFound
    if not product.is_listed:
        raise ProductGone
    return product


def card_to_send(product_id: str, conversation: Conversation, deps: Deps) -> Card:
    """As the product is at this moment. Raises ProductGone, also for what was never there."""
    try:
        return card_of(shareable(product_id, conversation.merchant_id, deps))
    except NotFound:
        raise ProductGone from None


def remember_shared(associate: Associate, product_id: str, deps: Deps) -> None:
    """For the next time. The message is on its way: this may fail."""
    try:
        was = deps.shelves.find(associate.id)
        before = was or Shelf(associate_id=associate.id, merchant_id=associate.merchant_id)
        shelf = before.with_recent(product_id)
        if shelf != before:
            deps.shelves.change(shelf, was)
    except Unavailable:
        deps.log.warning("share_not_remembered", product_id=product_id)


def product_picture(media: Media, deps: Deps) -> bytes:
    """From the shop of the product. Raises MediaRefused, MediaUnavailable, Unavailable."""
    product = deps.products.find(media.product_id)
    connection = None if product is None else deps.directory.connection(product.connection_id)
    shop: object = None if connection is None else deps.channels.webhook_source(connection.provider)
    if connection is None or not isinstance(shop, ListsProducts):
        raise MediaRefused(MediaRefusal.UNREACHABLE)
    return shop.fetch_picture(media.source, connection, deps.downloads)
