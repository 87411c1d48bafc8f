"""An associate shares a product (N18, H21): its picture is fetched first, then it is sent as a card."""

from msgspec import Struct
from msgspec.structs import replace

from chalicelib.domain.conversations import Conversation
from chalicelib.domain.errors import NotFound, ProductGone, Unavailable
from chalicelib.domain.media import Media, MediaRefusal, MediaRefused
from chalicelib.domain.merchants import Associate
from chalicelib.domain.product_links import ProductLink, address, code_of
from chalicelib.domain.products import Card, Product, card_of
from chalicelib.domain.shelves import Shelf
from chalicelib.domain.uploads import Upload

from .access import own_conversation, require_open
from .ports import Deps, ListsProducts, MakePicture
from .upload_picture import Shown

LINK = "product-link"
"""What the secret is for that a code is made of."""


class Offer(Struct, frozen=True):
    """A product that can be sent, and how far its picture has come; None: it has none."""

    product: Product
    card: Card
    picture: Shown | None


def offer_product(conversation_id: str, product_id: str, associate_id: str, deps: Deps) -> Offer:
    """From now on its picture is fetched, as an upload of this associate's: checked and made anew like any other.

    Raises NotFound, PermissionDenied, MessagingDisabled, ConversationEnded, OptInPending, ProductGone.
    """
    conversation, associate, _ = own_conversation(conversation_id, associate_id, deps)
    now = deps.clock.now()
    require_open(conversation, now)
    product = shareable(product_id, conversation.merchant_id, deps)
    card = linked_card(product, conversation, associate.id, deps)
    if not product.picture:
        return Offer(product, card, None)
    upload = Upload(
        conversation_id=conversation.id,
        merchant_id=conversation.merchant_id,
        owner=associate.id,
        created_at=now,
        media=Media(id=deps.ids.token(), source=product.picture, product_id=product.id),
    )
    deps.uploads.add(upload)
    deps.media_queue.put([MakePicture(conversation.id, upload.id)])
    return Offer(product, card, Shown(media=upload.media))


def shareable(product_id: str, merchant_id: str, deps: Deps) -> Product:
    """Raises NotFound (also for another merchant's), ProductGone."""
    product = deps.products.find(product_id)
    if product is None or product.merchant_id != merchant_id:
        raise NotFound
    if not product.is_listed:
        raise ProductGone
    return product


def linked_card(product: Product, conversation: Conversation, associate_id: str, deps: Deps) -> Card:
    """With the link that this product has in this conversation when this associate shares it: always the same one."""
    store = deps.directory.store(conversation.store_id)
    link_domain = "" if store is None else store.link_domain
    return replace(
        card_of(product), url=address(product, _code(product, conversation, associate_id, deps), link_domain)
    )


def card_to_send(product_id: str, conversation: Conversation, associate: Associate, deps: Deps) -> Card:
    """As the product is at this moment; its link is stored before anybody can open it. Raises ProductGone, also for
    what was never there."""
    try:
        product = shareable(product_id, conversation.merchant_id, deps)
    except NotFound:
        raise ProductGone from None
    if product.url:
        code = _code(product, conversation, associate.id, deps)
        deps.product_links.add(new_link(product, conversation.store_id, associate, code, deps))
    return linked_card(product, conversation, associate.id, deps)


def new_link(
    product: Product, store_id: str, associate: Associate, code: str, deps: Deps, *, in_person: bool = False
) -> ProductLink:
    return ProductLink(
        id=code,
        merchant_id=product.merchant_id,
        store_id=store_id,
        associate_id=associate.id,
        associate_name=associate.name,
        product_id=product.id,
        title=product.title,
        url=product.url,
        created_at=deps.clock.now(),
        in_person=in_person,
    )


def _code(product: Product, conversation: Conversation, associate_id: str, deps: Deps) -> str:
    return code_of(deps.references.secret(LINK, f"{associate_id} {conversation.id} {product.id}"))


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
