"""A priced cart is shared (N22-N24): the order made ready in the shop, the payment link made, the link sent.

Each outside step carries the cart's reference, by which its repeat is known: a crash between an answer and our write
makes neither a second link nor a second order. A link takes money only once somebody has it, and it is sent after the
cart says `shared`.
"""

from collections.abc import Callable

from msgspec import Struct
from msgspec.structs import replace

from chalicelib.domain.carts import Cart, CartFailure, CartState, Link
from chalicelib.domain.errors import (
    ChangedMeanwhile,
    CounterlineError,
    InvalidInput,
    Unavailable,
    WindowClosed,
)
from chalicelib.domain.merchants import Connection
from chalicelib.domain.messages import BODY_LIMIT
from chalicelib.domain.money import amount

from .access import require_no_opt_out, require_open
from .change_cart import own_cart, stored
from .change_proxy import require_usable_proxy
from .ports import (
    Bill,
    CatalogueBusy,
    CatalogueRefused,
    Deps,
    DraftOrder,
    MediaUnavailable,
    PaymentsBusy,
    PaymentsRefused,
    TakesPayments,
)
from .price_cart import Shop, basket_of, shop_of
from .send_message import SendCommand, send_message

MOST_TRIES = 6
_ROOM = 400
"""Characters that the price and the link may take."""


class Till(Struct, frozen=True):
    """The payment provider of a store, ready to be asked."""

    adapter: TakesPayments
    connection: Connection
    secrets: dict[str, str]


def share_cart(conversation_id: str, cart_id: str, associate_id: str, revision: int, words: str, deps: Deps) -> Cart:
    """From now on the worker makes the link and sends it, below the associate's own `words`.

    Raises NotFound, PermissionDenied, MessagingDisabled, ConversationEnded, OptInPending, OptedOut, WindowClosed,
    ProxyUnusable, InvalidInput, CartNotReady, ChangedMeanwhile.
    """
    conversation, was = own_cart(conversation_id, cart_id, associate_id, revision, deps)
    now = deps.clock.now()
    require_open(conversation, now)
    require_no_opt_out(conversation, deps)
    if conversation.takes_templates_only(now):
        raise WindowClosed
    require_usable_proxy(conversation, deps)
    if len(words) > BODY_LIMIT - _ROOM:
        raise InvalidInput("With the link, the text is too long.", field="words", limit=BODY_LIMIT - _ROOM)
    return stored(was.sharing(associate_id, words.strip(), now), was, deps)


def make_link(cart: Cart, tries: int, deps: Deps) -> None:
    """Raises MediaUnavailable, Unavailable: to be tried again."""
    after, undo = _made(cart, tries, deps)
    if not deps.carts.change(after, cart):
        undo()  # nobody has the link: it was cancelled meanwhile, or another worker was faster
        return
    deps.log.info("cart_shared", cart_id=cart.id, state=after.state)
    if after.state is CartState.SHARED:
        send_link(after, deps)


def _made(cart: Cart, tries: int, deps: Deps) -> tuple[Cart, Callable[[], None]]:
    now = deps.clock.now()
    shop, till = shop_of(cart, deps), till_of(cart, deps)
    if shop is None:
        return cart.refused(CartFailure.SHOP_UNABLE, now), _nothing
    if till is None:
        return cart.refused(CartFailure.NO_PAYMENTS, now), _nothing
    gone, basket = basket_of(cart, deps)
    if gone is not None:
        return cart.offered(gone, now), _nothing
    try:
        draft = shop.adapter.draft_order(basket, cart.reference, shop.connection, shop.secrets, deps.http)
        if draft.offer.totals != cart.totals:
            _discard(shop, draft.id, deps)
            return cart.offered(replace(draft.offer, rates=cart.rates), now), _nothing
        return _with_link(cart, draft, shop, till, deps)
    except (CatalogueRefused, PaymentsRefused) as error:
        shops = isinstance(error, CatalogueRefused)
        return cart.refused(CartFailure.SHOP_REFUSED if shops else CartFailure.PAYMENTS_REFUSED, now), _nothing
    except (CatalogueBusy, PaymentsBusy) as error:
        if tries < MOST_TRIES:
            raise MediaUnavailable from None
        shops = isinstance(error, CatalogueBusy)
        return cart.refused(CartFailure.SHOP_BUSY if shops else CartFailure.PAYMENTS_BUSY, now), _nothing


def _with_link(cart: Cart, draft: DraftOrder, shop: Shop, till: Till, deps: Deps) -> tuple[Cart, Callable[[], None]]:
    if cart.totals is None or cart.expires_at is None:
        raise ValueError("what is shared is priced")
    bill = Bill(
        reference=cart.reference,
        lines=cart.contents.lines,
        totals=cart.totals,
        expires_at=cart.expires_at,
        back_to=f"https://{shop.connection.site or shop.connection.account}/",
    )
    link = till.adapter.payment_link(bill, till.connection, till.secrets, deps.http)

    def undo() -> None:
        """Unless it is this very sharing that another worker has stored: both have the same link."""
        stored = deps.carts.find(cart.conversation_id, cart.id)
        if stored is None or stored.link != link:
            close(link, till, deps)
        if stored is None or stored.draft_id != draft.id:
            _discard(shop, draft.id, deps)

    return cart.shared(draft.id, link, deps.clock.now()), undo


def _nothing() -> None:
    """There is nothing to undo."""


def send_link(cart: Cart, deps: Deps) -> None:
    """Once per sharing, whoever repeats it: the key is the reference. Raises Unavailable."""
    if cart.totals is None or cart.link is None:
        raise ValueError("what is shared has a link")
    price = amount(cart.totals.total, cart.totals.currency)
    command = SendCommand(
        conversation_id=cart.conversation_id,
        associate_id=cart.shared_by,
        idempotency_key=f"cart.{cart.reference}",
        body="\n".join(part for part in (cart.words, price, cart.link.url) if part),
    )
    try:
        sent = send_message(command, deps)
    except (Unavailable, ChangedMeanwhile):
        raise Unavailable from None
    except CounterlineError as refusal:
        deps.carts.change(cart.not_sent(refusal.code, deps.clock.now()), cart)  # the stream has its link closed
        return
    deps.carts.change(cart.told(sent.id, deps.clock.now()), cart)


def close_link(cart: Cart, deps: Deps) -> None:
    """Of a cart that nobody is to pay any more, with what was ready in the shop. Safe to repeat.
    Raises MediaUnavailable, Unavailable."""
    shop, till = shop_of(cart, deps), till_of(cart, deps)
    if cart.link is not None and till is not None and till.connection.id == cart.link.connection_id:
        close(cart.link, till, deps)
    if shop is not None:
        _discard(shop, cart.draft_id, deps)


def close(link: Link, till: Till, deps: Deps) -> None:
    try:
        till.adapter.close_link(link, till.connection, till.secrets, deps.http)
    except PaymentsBusy:
        raise MediaUnavailable from None
    except PaymentsRefused:
        deps.log.warning("link_not_closed", connection_id=link.connection_id)


def _discard(shop: Shop, draft_id: str, deps: Deps) -> None:
    """A draft that stays costs nobody anything."""
    try:
        shop.adapter.discard_draft(draft_id, shop.connection, shop.secrets, deps.http)
    except (CatalogueBusy, CatalogueRefused):
        deps.log.info("draft_not_discarded", connection_id=shop.connection.id)


def till_of(cart: Cart, deps: Deps) -> Till | None:
    """Of the cart's link; else the store's own, else any of its merchant's. Raises Unavailable."""
    found = [each for each in deps.directory.connections() if each.merchant_id == cart.merchant_id]
    if cart.link is not None:
        found = [each for each in found if each.id == cart.link.connection_id]
    for connection in sorted(found, key=lambda each: (each.store_id != cart.store_id, each.id)):
        adapter: object = deps.channels.webhook_source(connection.provider)
        if isinstance(adapter, TakesPayments):
            return Till(adapter, connection, deps.directory.secrets(connection))
    return None
