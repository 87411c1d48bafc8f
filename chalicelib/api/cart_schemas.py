"""What goes over HTTP about remote carts (N21-N26). Money is in minor units of the cart's currency."""

from typing import Annotated

from msgspec import Meta, Struct, field

from chalicelib.domain.cart_contents import MOST_LINES, MOST_PIECES, LineProblem
from chalicelib.domain.carts import CartFailure, CartState, TroubleKind
from chalicelib.domain.products import LONGEST_CODE

from .schemas import Body, Id, Input

Line = Annotated[str, Meta(max_length=100, pattern=r"^[^\x00-\x1f\x7f]*$")]
Part = Annotated[str, Meta(min_length=1, max_length=100, pattern=r"^[^\x00-\x1f\x7f]*\S[^\x00-\x1f\x7f]*$")]
Revision = Annotated[int, Meta(ge=1, le=2**31)]


class LineInput(Input):
    """`variant`: one of the choices that the shop gave. `code`: a bar code that was scanned, which tells it."""

    product_id: Id
    quantity: Annotated[int, Meta(ge=1, le=MOST_PIECES)]
    variant: Annotated[str, Meta(max_length=20, pattern=r"^[0-9]*$")] = ""
    code: Annotated[str, Meta(max_length=LONGEST_CODE, pattern=r"^[^\x00-\x1f\x7f]*$")] = ""


class DestinationInput(Input, kw_only=True):
    """Where it is to go; the shop checks it."""

    first_name: Line = ""
    last_name: Line = ""
    address1: Part
    address2: Line = ""
    city: Part
    province_code: Annotated[str, Meta(max_length=10, pattern=r"^[A-Za-z0-9-]*$")] = ""
    zip: Annotated[str, Meta(max_length=20, pattern=r"^[A-Za-z0-9 -]*$")] = ""
    country_code: Annotated[str, Meta(pattern=r"^[A-Z]{2}$")]


class CartInput(Input):
    """What is in a cart. The shop says what it comes to."""

    lines: Annotated[list[LineInput], Meta(max_length=MOST_LINES)]
    discount_code: Line = ""
    destination: DestinationInput | None = None
    rate: Line = ""
    """Handle of one of the ways of shipping that the shop offered."""


class ChangeCart(Input):
    revision: Revision
    """Of what was seen: another one's change is not overwritten."""
    contents: CartInput


class ShareCart(Input):
    revision: Revision
    words: Body | None
    """What stands above the price and the link; null: nothing."""


class CancelCart(Input):
    revision: Revision


class ChoiceView(Struct, kw_only=True):
    variant: str
    title: str
    price: int


class LineView(Struct, kw_only=True):
    product_id: str
    title: str
    variant: str
    variant_title: str
    quantity: int
    price: int
    total: int
    problem: LineProblem | None
    choices: list[ChoiceView]


class RateView(Struct, kw_only=True):
    handle: str
    title: str
    price: int


class TotalsView(Struct, kw_only=True):
    """As the shop says; they add up."""

    currency: str
    exponent: int
    """Decimal places of the currency."""
    subtotal: int
    discounts: int
    shipping: int
    taxes: int
    taxes_included: bool
    total: int


class TroubleView(Struct, kw_only=True):
    """What a person has to put right at the payment provider, or in the shop."""

    kind: TroubleKind
    reference: str
    """The provider's, of the payment."""
    amount: int
    currency: str
    at: int


class CartFailureView(Struct, kw_only=True):
    code: CartFailure
    text: str
    """For people."""
    detail: str
    """Of `not_sent`: the code of the refusal."""


class CartView(Struct, kw_only=True):
    id: str
    conversation_id: str
    revision: int
    state: CartState
    lines: list[LineView]
    discount_code: str
    destination: DestinationInput | None
    rate: str
    rates: list[RateView]
    totals: TotalsView | None
    was_total: int | None
    """What it came to before the shop changed a price while it was being shared."""
    failure: CartFailureView | None
    created_at: int
    changed_at: int
    expires_at: int | None
    url: str
    """Where it is paid; empty until it is shared."""
    message_id: str
    paid_reference: str
    order_number: str
    troubles: list[TroubleView] = field(default_factory=list)


class CartList(Struct, kw_only=True):
    rows: list[CartView]
    """The newest first."""
