"""Remote carts: built, priced by the shop, shared, cancelled (N21-N24)."""

from chalice.app import Blueprint

from chalicelib.domain import errors
from chalicelib.usecases import change_cart as changing
from chalicelib.usecases.share_cart import share_cart

from . import cart_schemas as schemas
from . import present_carts as present
from .routing import Call, Route, endpoint

blueprint = Blueprint(__name__)
_CARTS = "/conversations/{conversation_id}/carts"
_CART = f"{_CARTS}/{{cart_id}}"
_CLOSED = (errors.MessagingDisabled, errors.ConversationEnded, errors.OptInPending)
_CONTENTS = (*_CLOSED, errors.ProductGone, errors.CartsUnavailable)
_RACES = (errors.CartFixed, errors.ChangedMeanwhile)


@endpoint(
    blueprint,
    Route(
        method="GET",
        path=_CARTS,
        summary="The latest carts of a conversation, and how far each is (N21).",
        answer=schemas.CartList,
        errors=(errors.MessagingDisabled,),
    ),
)
def list_conversation_carts(call: Call, conversation_id: str) -> schemas.CartList:
    now = call.deps.clock.now()
    found = changing.list_carts(conversation_id, call.associate_id, call.deps)
    return schemas.CartList(rows=[present.cart(each, now) for each in found])


@endpoint(
    blueprint,
    Route(
        method="POST",
        path=_CARTS,
        summary="Begin a cart (N22); the shop is asked what it comes to.",
        request=schemas.CartInput,
        answer=schemas.CartView,
        status=201,
        idempotent=True,
        errors=(*_CONTENTS, errors.IdempotencyConflict),
    ),
)
def begin_conversation_cart(call: Call, conversation_id: str) -> schemas.CartView:
    command = changing.BeginCommand(
        conversation_id=conversation_id,
        associate_id=call.associate_id,
        idempotency_key=call.idempotency_key,
        contents=present.contents(call.body),
    )
    return present.cart(changing.begin_cart(command, call.deps), call.deps.clock.now())


@endpoint(
    blueprint,
    Route(
        method="PUT",
        path=_CART,
        summary="Change what is in a cart that is not shared yet; the shop is asked anew (N22).",
        request=schemas.ChangeCart,
        answer=schemas.CartView,
        errors=(*_CONTENTS, *_RACES),
    ),
)
def change_conversation_cart(call: Call, conversation_id: str, cart_id: str) -> schemas.CartView:
    contents = present.contents(call.body.contents)
    changed = changing.change_cart(conversation_id, cart_id, call.associate_id, call.body.revision, contents, call.deps)
    return present.cart(changed, call.deps.clock.now())


@endpoint(
    blueprint,
    Route(
        method="POST",
        path=f"{_CART}/share",
        summary="Share a cart that has a price: its link is made, and sent (N22, N24).",
        request=schemas.ShareCart,
        answer=schemas.CartView,
        errors=(*_CLOSED, *_RACES, errors.CartNotReady, errors.OptedOut, errors.WindowClosed, errors.ProxyUnusable),
    ),
)
def share_conversation_cart(call: Call, conversation_id: str, cart_id: str) -> schemas.CartView:
    shared = share_cart(
        conversation_id, cart_id, call.associate_id, call.body.revision, call.body.words or "", call.deps
    )
    return present.cart(shared, call.deps.clock.now())


@endpoint(
    blueprint,
    Route(
        method="POST",
        path=f"{_CART}/cancel",
        summary="Cancel a cart that is not paid: its link is closed.",
        request=schemas.CancelCart,
        answer=schemas.CartView,
        errors=(errors.MessagingDisabled, *_RACES),
    ),
)
def cancel_conversation_cart(call: Call, conversation_id: str, cart_id: str) -> schemas.CartView:
    cancelled = changing.cancel_cart(conversation_id, cart_id, call.associate_id, call.body.revision, call.deps)
    return present.cart(cancelled, call.deps.clock.now())
