"""Remote carts as they go over HTTP."""

import msgspec

from chalicelib.domain.cart_contents import CartLine, Contents, Destination, Totals
from chalicelib.domain.carts import FAILURES, Cart, CartState, Trouble
from chalicelib.domain.money import exponent

from . import cart_schemas as schemas

_PAYABLE = (CartState.SHARED, CartState.PAID, CartState.ORDERED)


def contents(given: schemas.CartInput) -> Contents:
    to = given.destination
    return Contents(
        lines=tuple(
            CartLine(product_id=each.product_id, quantity=each.quantity, variant=each.variant, code=each.code.strip())
            for each in given.lines
        ),
        discount_code=given.discount_code.strip(),
        destination=None if to is None else msgspec.convert(to, Destination, from_attributes=True),
        rate=given.rate,
    )


def cart(of: Cart, now: int) -> schemas.CartView:
    state, to = of.state_at(now), of.contents.destination
    return schemas.CartView(
        id=of.id,
        conversation_id=of.conversation_id,
        revision=of.revision,
        state=state,
        lines=[_line(each) for each in of.contents.lines],
        discount_code=of.contents.discount_code,
        destination=None if to is None else msgspec.convert(to, schemas.DestinationInput, from_attributes=True),
        rate=of.contents.rate,
        rates=[schemas.RateView(handle=each.handle, title=each.title, price=each.price) for each in of.rates],
        totals=None if of.totals is None else _totals(of.totals),
        was_total=of.was_total,
        failure=_failure(of),
        created_at=of.created_at,
        changed_at=of.changed_at,
        expires_at=of.expires_at if of.link else None,
        url=of.link.url if of.link and state in _PAYABLE else "",
        message_id=of.message_id,
        paid_reference=of.payment.reference if of.payment else "",
        order_number=of.order_number,
        troubles=[_trouble(each) for each in of.troubles],
    )


def _line(of: CartLine) -> schemas.LineView:
    return schemas.LineView(
        product_id=of.product_id,
        title=of.title,
        variant=of.variant,
        variant_title=of.variant_title,
        quantity=of.quantity,
        price=of.price,
        total=of.total,
        problem=of.problem,
        choices=[schemas.ChoiceView(variant=each.variant, title=each.title, price=each.price) for each in of.choices],
    )


def _totals(of: Totals) -> schemas.TotalsView:
    return schemas.TotalsView(
        currency=of.currency,
        exponent=exponent(of.currency),
        subtotal=of.subtotal,
        discounts=of.discounts,
        shipping=of.shipping,
        taxes=of.taxes,
        taxes_included=of.taxes_included,
        total=of.total,
    )


def _failure(of: Cart) -> schemas.CartFailureView | None:
    if of.failure is None:
        return None
    return schemas.CartFailureView(code=of.failure, text=FAILURES[of.failure], detail=of.failure_code)


def _trouble(of: Trouble) -> schemas.TroubleView:
    made = of.payment
    return schemas.TroubleView(
        kind=of.kind, reference=made.reference, amount=made.amount, currency=made.currency, at=made.at
    )
