"""An associate builds a remote cart (N21, N22): what is in it, and its end. Each change has it priced anew, by the
stream: what costs a secret or a question to the shop is done by the worker (work_on_cart)."""

from collections.abc import Sequence

from msgspec import Struct, json
from msgspec.structs import replace

from chalicelib.domain.cart_contents import LONGEST_TITLE, Contents, checked
from chalicelib.domain.carts import MOST_CARTS, Cart
from chalicelib.domain.conversations import Conversation
from chalicelib.domain.errors import CartsUnavailable, ChangedMeanwhile, IdempotencyConflict, NotFound

from .access import own_conversation, require_open
from .once import request_once
from .ports import Deps, Once, PricesCarts
from .share_product import shareable


class BeginCommand(Struct, frozen=True, kw_only=True):
    conversation_id: str
    associate_id: str
    idempotency_key: str
    contents: Contents


def list_carts(conversation_id: str, associate_id: str, deps: Deps) -> Sequence[Cart]:
    """The newest first, MOST_CARTS of them. Raises NotFound, PermissionDenied, MessagingDisabled."""
    conversation, _, _ = own_conversation(conversation_id, associate_id, deps)
    return deps.carts.of_conversation(conversation.id, MOST_CARTS)


def begin_cart(command: BeginCommand, deps: Deps) -> Cart:
    """The same request again gets the same cart, as it is by then.

    Raises NotFound, PermissionDenied, MessagingDisabled, ConversationEnded, OptInPending, InvalidInput, ProductGone,
    CartsUnavailable, IdempotencyConflict.
    """
    conversation, associate, _ = own_conversation(command.conversation_id, command.associate_id, deps)
    now = deps.clock.now()
    contents = checked(command.contents)
    cart_id = deps.ids.ulid(now)
    content = (conversation.id, json.encode(contents).decode())
    once = request_once(associate.id, command.idempotency_key, content, cart_id)
    if earlier := deps.conversations.find_once(once):
        return _begun_before(conversation.id, once, earlier, deps)
    require_open(conversation, now)
    shop_id, contents = _named(contents, conversation, deps)
    begun = Cart(
        id=cart_id,
        conversation_id=conversation.id,
        merchant_id=conversation.merchant_id,
        store_id=conversation.store_id,
        made_by=associate.id,
        created_at=now,
        changed_at=now,
    ).with_contents(contents, shop_id, now)
    beaten_by = deps.carts.add(begun, once)
    return begun if beaten_by is None else _begun_before(conversation.id, once, beaten_by, deps)


def _begun_before(conversation_id: str, once: Once, earlier: Once, deps: Deps) -> Cart:
    if earlier.digest != once.digest:
        raise IdempotencyConflict
    found = deps.carts.find(conversation_id, earlier.result)
    if found is None:
        raise NotFound
    return found


def change_cart(
    conversation_id: str, cart_id: str, associate_id: str, revision: int, contents: Contents, deps: Deps
) -> Cart:
    """`revision`: of what the associate saw. Raises as `begin_cart`, CartFixed and ChangedMeanwhile."""
    conversation, was = own_cart(conversation_id, cart_id, associate_id, revision, deps)
    require_open(conversation, deps.clock.now())
    shop_id, contents = _named(checked(contents), conversation, deps)
    after = was.with_contents(contents, shop_id, deps.clock.now())
    return stored(after, was, deps)


def cancel_cart(conversation_id: str, cart_id: str, associate_id: str, revision: int, deps: Deps) -> Cart:
    """Nobody can pay it any more, from the moment at which its link is closed; what is paid until then is told to
    people. Raises NotFound, PermissionDenied, MessagingDisabled, CartFixed, ChangedMeanwhile."""
    _, was = own_cart(conversation_id, cart_id, associate_id, revision, deps)
    return stored(was.cancelled(deps.clock.now()), was, deps)


def own_cart(
    conversation_id: str, cart_id: str, associate_id: str, revision: int, deps: Deps
) -> tuple[Conversation, Cart]:
    """Raises NotFound, PermissionDenied, MessagingDisabled, ChangedMeanwhile."""
    conversation, _, _ = own_conversation(conversation_id, associate_id, deps)
    cart = deps.carts.find(conversation.id, cart_id)
    if cart is None:
        raise NotFound
    if cart.revision != revision:
        raise ChangedMeanwhile
    return conversation, cart


def stored(after: Cart, was: Cart, deps: Deps) -> Cart:
    """Raises ChangedMeanwhile."""
    if not deps.carts.change(after, was):
        raise ChangedMeanwhile
    return after


def _named(contents: Contents, conversation: Conversation, deps: Deps) -> tuple[str, Contents]:
    """The connection that all products are from (empty for an empty cart), and the lines with the products' names.
    Raises NotFound, ProductGone, CartsUnavailable."""
    products = [shareable(line.product_id, conversation.merchant_id, deps) for line in contents.lines]
    shops = {product.connection_id for product in products}
    if len(shops) > 1:
        raise CartsUnavailable
    for shop_id in shops:
        connection = deps.directory.connection(shop_id)
        if connection is None or not isinstance(deps.channels.webhook_source(connection.provider), PricesCarts):
            raise CartsUnavailable
    pairs = zip(contents.lines, products, strict=True)
    lines = tuple(replace(line, title=product.title[:LONGEST_TITLE]) for line, product in pairs)
    return next(iter(shops), ""), replace(contents, lines=lines)
