"""Remote carts (N21-N26): built by an associate, priced by the shop, paid by the customer over a link.

What may become of a cart is the table TRANSITIONS and nothing else. Money is in whole minor units of one currency, and
what does not add up is never shared. What nobody foresaw of a payment is kept beside the cart as a `Trouble`: the cart
does not move for it, and people are told with the provider's reference.
"""

from enum import StrEnum

from msgspec import Struct
from msgspec.structs import replace

from .cart_contents import Contents, Offer, Rate, Totals
from .errors import CartFixed, CartNotReady

MOST_CARTS = 20
"""Of a conversation that are shown, the newest."""
MOST_TROUBLES = 10
LINK_LIFETIME = 23 * 3_600_000
"""Milliseconds from Share until the link takes no money any more. A page of Stripe's lives for 24 hours at most."""


class CartState(StrEnum):
    BUILDING = "building"
    """Empty, or a line needs its associate: which variant, or another product."""
    PRICING = "pricing"
    """The shop is being asked."""
    PRICED = "priced"
    SHARING = "sharing"
    """The order is being made ready in the shop, and the link at the payment provider."""
    SHARED = "shared"
    PAID = "paid"
    ORDERED = "ordered"
    """The shop has made the order."""
    EXPIRED = "expired"
    """Never stored: `Cart.state_at` tells."""
    CANCELLED = "cancelled"
    FAILED = "failed"
    """`Cart.failure` says why. Before it was shared it can be changed and tried again."""


class CartEvent(StrEnum):
    CHANGED = "changed"
    EMPTIED = "emptied"
    PRICED = "priced"
    QUESTIONED = "questioned"
    """The shop knows the lines, and one of them needs a person."""
    REFUSED = "refused"
    SHARE_ASKED = "share_asked"
    REPRICED = "repriced"
    """While it was being shared the shop named another total."""
    LINK_MADE = "link_made"
    NOT_SENT = "not_sent"
    """The link could not be sent: it is closed."""
    PAID = "paid"
    ORDER_MADE = "order_made"
    CANCELLED = "cancelled"


_S, _E = CartState, CartEvent
TRANSITIONS: dict[tuple[CartState, CartEvent], CartState] = {
    **{(state, _E.CHANGED): _S.PRICING for state in (_S.BUILDING, _S.PRICING, _S.PRICED, _S.FAILED)},
    **{(state, _E.EMPTIED): _S.BUILDING for state in (_S.BUILDING, _S.PRICING, _S.PRICED, _S.FAILED)},
    (_S.PRICING, _E.PRICED): _S.PRICED,
    (_S.PRICING, _E.QUESTIONED): _S.BUILDING,
    (_S.PRICING, _E.REFUSED): _S.FAILED,
    (_S.PRICED, _E.SHARE_ASKED): _S.SHARING,
    (_S.SHARING, _E.REPRICED): _S.PRICED,
    (_S.SHARING, _E.QUESTIONED): _S.BUILDING,
    (_S.SHARING, _E.REFUSED): _S.FAILED,
    (_S.SHARING, _E.LINK_MADE): _S.SHARED,
    (_S.SHARED, _E.NOT_SENT): _S.FAILED,
    (_S.SHARED, _E.PAID): _S.PAID,
    (_S.PAID, _E.ORDER_MADE): _S.ORDERED,
    **{
        (state, _E.CANCELLED): _S.CANCELLED
        for state in (_S.BUILDING, _S.PRICING, _S.PRICED, _S.SHARING, _S.SHARED, _S.FAILED)
    },
}
WORKED_ON = (CartState.PRICING, CartState.SHARING, CartState.PAID)
"""In these the next step is the worker's."""


class CartFailure(StrEnum):
    """Why it came to `failed`; FAILURES is for people."""

    SHOP_BUSY = "shop_busy"
    SHOP_REFUSED = "shop_refused"
    SHOP_UNABLE = "shop_unable"
    DOES_NOT_ADD_UP = "does_not_add_up"
    NOTHING_TO_PAY = "nothing_to_pay"
    NO_PAYMENTS = "no_payments"
    PAYMENTS_BUSY = "payments_busy"
    PAYMENTS_REFUSED = "payments_refused"
    NOT_SENT = "not_sent"


FAILURES = {
    CartFailure.SHOP_BUSY: "The shop does not answer at the moment. Please try again.",
    CartFailure.SHOP_REFUSED: "The shop does not let us make carts. Please tell your manager.",
    CartFailure.SHOP_UNABLE: "Carts cannot be made with this shop.",
    CartFailure.DOES_NOT_ADD_UP: "The shop's figures do not add up, so nothing was shared. Please tell your manager.",
    CartFailure.NOTHING_TO_PAY: "There is nothing to pay for this cart, so it needs no link.",
    CartFailure.NO_PAYMENTS: "This store takes no payments by link yet. Please tell your manager.",
    CartFailure.PAYMENTS_BUSY: "The payment provider does not answer at the moment. Please try again.",
    CartFailure.PAYMENTS_REFUSED: "The payment provider refused to make a link. Please tell your manager.",
    CartFailure.NOT_SENT: "The link could not be sent to the customer, so it was closed.",
}


class Link(Struct, frozen=True, kw_only=True):
    """Where it is paid."""

    connection_id: str
    """Of the payment provider."""
    id: str
    """The provider's."""
    url: str


class Payment(Struct, frozen=True, kw_only=True):
    """What a provider reports, once for each payment."""

    reference: str
    """The provider's id of it: what people need for a refund."""
    amount: int
    currency: str
    at: int
    """When it was made, by the provider's clock."""


class TroubleKind(StrEnum):
    PAID_TWICE = "paid_twice"
    PAID_TOO_LATE = "paid_too_late"
    """After it had expired, or was cancelled."""
    AMOUNT_DIFFERS = "amount_differs"
    ORDER_REFUSED = "order_refused"
    """It is paid, and the shop makes no order of it."""


class Trouble(Struct, frozen=True, kw_only=True):
    """What a person has to put right in the shop or at the payment provider."""

    kind: TroubleKind
    payment: Payment


class Cart(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One cart. `state` is as stored; `state_at` tells what it is at an instant (expiry is exact)."""

    id: str
    conversation_id: str
    merchant_id: str
    store_id: str
    made_by: str
    created_at: int
    changed_at: int
    state: CartState = CartState.BUILDING
    revision: int = 1
    """Counts its changes: who changes it has seen what is there."""
    shares: int = 0
    """How often it was to be shared: each time is one draft in the shop and one link."""
    shop_id: str = ""
    """The connection whose products are in it."""
    contents: Contents = Contents(lines=())
    rates: tuple[Rate, ...] = ()
    totals: Totals | None = None
    was_total: int | None = None
    """What it came to before the shop changed its price while it was being shared."""
    failure: CartFailure | None = None
    failure_code: str = ""
    """Of `not_sent`: which refusal (docs/errors.md)."""
    shared_by: str = ""
    words: str = ""
    """The associate's own, above price and link."""
    expires_at: int | None = None
    """The first instant at which the link takes no money any more."""
    draft_id: str = ""
    """The shop's id of what will be the order."""
    link: Link | None = None
    message_id: str = ""
    """Of the text with the link; of one that waits, its id as well."""
    payment: Payment | None = None
    order_number: str = ""
    troubles: tuple[Trouble, ...] = ()

    def state_at(self, now: int) -> CartState:
        if self.state is CartState.SHARED and self.expires_at is not None and now >= self.expires_at:
            return CartState.EXPIRED
        return self.state

    @property
    def reference(self) -> str:
        """By which provider and shop know this sharing of it: the same again never makes a second link."""
        return f"{self.conversation_id}.{self.id}.{self.shares}"

    @property
    def must_close(self) -> bool:
        """Whether there is a link that may take no money any more."""
        return self.link is not None and self.state in (CartState.CANCELLED, CartState.FAILED)

    @property
    def step(self) -> str:
        """What the worker is to do next; empty: nothing."""
        return "closing" if self.must_close else self.state.value if self.state in WORKED_ON else ""

    def with_contents(self, contents: Contents, shop_id: str, now: int) -> "Cart":
        """Raises CartFixed once it is being shared."""
        event = CartEvent.CHANGED if contents.lines else CartEvent.EMPTIED
        moved = self._moved(event, now)
        return replace(
            moved, contents=contents, shop_id=shop_id, rates=(), totals=None, was_total=None, failure=None,
            failure_code="",
        )  # fmt: skip

    def offered(self, offer: Offer, now: int) -> "Cart":
        """What the shop says while it is priced. Raises CartFixed."""
        contents = replace(self.contents, lines=offer.lines)
        totals = offer.totals
        if totals is None:
            moved = self._moved(CartEvent.QUESTIONED, now)
            return replace(moved, contents=contents, rates=offer.rates, totals=None, expires_at=None)
        if not totals.adds_up(offer.lines):
            return self.refused(CartFailure.DOES_NOT_ADD_UP, now)
        if totals.total == 0:
            return self.refused(CartFailure.NOTHING_TO_PAY, now)
        event = CartEvent.REPRICED if self.state is CartState.SHARING else CartEvent.PRICED
        was = self.totals.total if self.state is CartState.SHARING and self.totals else None
        moved = self._moved(event, now)
        return replace(moved, contents=contents, rates=offer.rates, totals=totals, was_total=was, expires_at=None)

    def refused(self, failure: CartFailure, now: int) -> "Cart":
        """Raises CartFixed."""
        return replace(self._moved(CartEvent.REFUSED, now), failure=failure, totals=None, expires_at=None)

    def sharing(self, by_id: str, words: str, now: int) -> "Cart":
        """Raises CartNotReady unless it is priced."""
        if self.state is not CartState.PRICED or self.totals is None:
            raise CartNotReady
        moved = self._moved(CartEvent.SHARE_ASKED, now)
        return replace(
            moved, shares=self.shares + 1, shared_by=by_id, words=words, expires_at=now + LINK_LIFETIME, was_total=None
        )

    def shared(self, draft_id: str, link: Link, now: int) -> "Cart":
        """From now on it is what the customer can pay. Raises CartFixed."""
        return replace(self._moved(CartEvent.LINK_MADE, now), draft_id=draft_id, link=link)

    def told(self, message_id: str, now: int) -> "Cart":
        """The text with its link is accepted; it may have been paid by now."""
        return replace(self, message_id=message_id, revision=self.revision + 1, changed_at=now)

    def not_sent(self, code: str, now: int) -> "Cart":
        """Raises CartFixed."""
        moved = self._moved(CartEvent.NOT_SENT, now)
        return replace(moved, failure=CartFailure.NOT_SENT, failure_code=code)

    def with_payment(self, payment: Payment, now: int) -> "Cart":
        """As a payment leaves it: paid, or with something for people to put right; the same again changes nothing."""
        if payment.reference in self._known_payments:
            return self
        kind = self._trouble(payment)
        if kind is None:
            return replace(self._moved(CartEvent.PAID, now), payment=payment)
        return self.troubled(Trouble(kind=kind, payment=payment), now)

    def ordered(self, order_number: str, now: int) -> "Cart":
        """Raises CartFixed."""
        return replace(self._moved(CartEvent.ORDER_MADE, now), order_number=order_number)

    def order_refused(self, now: int) -> "Cart":
        """It stays paid, and a person is told. Once."""
        if self.payment is None or any(each.kind is TroubleKind.ORDER_REFUSED for each in self.troubles):
            return self
        return self.troubled(Trouble(kind=TroubleKind.ORDER_REFUSED, payment=self.payment), now)

    def cancelled(self, now: int) -> "Cart":
        """Raises CartFixed: paid is paid."""
        if self.state_at(now) is CartState.EXPIRED:
            raise CartFixed
        return self._moved(CartEvent.CANCELLED, now)

    def troubled(self, trouble: Trouble, now: int) -> "Cart":
        kept = (*self.troubles, trouble)[-MOST_TROUBLES:]
        return replace(self, troubles=kept, revision=self.revision + 1, changed_at=now)

    @property
    def _known_payments(self) -> set[str]:
        paid = {self.payment.reference} if self.payment else set()
        return paid | {each.payment.reference for each in self.troubles}

    def _trouble(self, payment: Payment) -> TroubleKind | None:
        """What is wrong with it; None: nothing. A payment of before the end counts, however late it is told."""
        if self.payment is not None:
            return TroubleKind.PAID_TWICE
        if self.state_at(payment.at) is not CartState.SHARED:
            return TroubleKind.PAID_TOO_LATE
        due = self.totals
        if due is None or (payment.amount, payment.currency) != (due.total, due.currency):
            return TroubleKind.AMOUNT_DIFFERS
        return None

    def _moved(self, event: CartEvent, now: int) -> "Cart":
        after = TRANSITIONS.get((self.state, event))
        if after is None:
            raise CartFixed
        return replace(self, state=after, revision=self.revision + 1, changed_at=now)


def read_reference(reference: str) -> tuple[str, str] | None:
    """Conversation and cart that a reference of ours names; None: it is none of ours."""
    conversation_id, _, rest = reference.partition(".")
    cart_id, _, shares = rest.partition(".")
    if not conversation_id or not cart_id or not (shares.isascii() and shares.isdigit()):
        return None
    return conversation_id, cart_id
