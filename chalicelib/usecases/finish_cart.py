"""A cart is paid (N25, N26): its customer gets the receipt at once, and the shop the order. Each once."""

from msgspec.structs import replace

from chalicelib.domain.carts import Cart
from chalicelib.domain.errors import InvalidInput, TooFewCredits
from chalicelib.domain.messages import MessageKind, require_length
from chalicelib.domain.receipts import receipt

from . import compose
from .charge_credits import charged
from .ports import Append, Appended, CatalogueBusy, CatalogueRefused, Deps, Duplicate, MediaUnavailable, Once
from .price_cart import shop_of
from .shared_numbers import brought_first

MOST_TRIES = 10
"""Tries, over some minutes, until people are told that the shop makes no order of what is paid."""
_ATTEMPTS = 5


def finish_cart(cart: Cart, tries: int, deps: Deps) -> None:
    """Raises MediaUnavailable, Unavailable: to be tried again."""
    send_receipt(cart, deps)
    number = _ordered(cart, tries, deps)
    now = deps.clock.now()
    after = cart.order_refused(now) if number is None else cart.ordered(number, now)
    if after != cart and not deps.carts.change(after, cart):
        raise MediaUnavailable  # another payment was told meanwhile: as it is now
    deps.log.info("cart_ordered", cart_id=cart.id, state=after.state)


def _ordered(cart: Cart, tries: int, deps: Deps) -> str | None:
    """Its number; None: the shop does not make it."""
    shop = shop_of(cart, deps)
    if shop is None:
        return None
    try:
        return shop.adapter.make_order(cart.draft_id, shop.connection, shop.secrets, deps.http)
    except CatalogueRefused:
        return None
    except CatalogueBusy:
        if tries < MOST_TRIES:
            raise MediaUnavailable from None
        return None


def send_receipt(cart: Cart, deps: Deps) -> None:
    """Whoever paid is awake: no quiet hours. Consent and the channel's window hold; then it is left out. Raises
    Unavailable."""
    once = Once(f"cart#{cart.id}", "receipt")
    if deps.conversations.find_once(once) is not None:
        return
    for _attempt in range(_ATTEMPTS):
        conversation, store = deps.conversations.find(cart.conversation_id), deps.directory.store(cart.store_id)
        now = deps.clock.now()
        if conversation is None or store is None or not store.messaging or not conversation.is_open(now):
            break
        if conversation.opted_out or conversation.takes_templates_only(now):
            break
        body = receipt(cart, store.name, store.language)
        message_id = compose.next_id(conversation.last_message_id, now, deps)
        written = compose.written(conversation, message_id, body, now, author_id=None, author_name=None)
        try:
            require_length(body)
            message = charged(replace(written, kind=MessageKind.AUTOMATIC), deps)
            rerouting = brought_first(conversation, now, deps)
            appended = Append(once=replace(once, result=message.id), messages=(message,), rerouting=rerouting)
            if isinstance(deps.conversations.append(appended), Appended | Duplicate):
                return
        except (TooFewCredits, InvalidInput):
            break
    deps.log.warning("receipt_not_sent", cart_id=cart.id)
