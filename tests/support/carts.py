"""Carts that tests build, and a world in which they are priced, shared and paid."""

from typing import Any

from chalicelib.domain.cart_contents import CartLine, Contents, Offer, Totals
from chalicelib.domain.carts import Cart, CartState, Link, Payment
from chalicelib.domain.events import CartPaid
from chalicelib.domain.merchants import Connection
from chalicelib.usecases.change_cart import BeginCommand, begin_cart
from chalicelib.usecases.pay_cart import pay_cart
from chalicelib.usecases.ports import MediaUnavailable
from chalicelib.usecases.share_cart import share_cart
from tests.fakes.carts import FakeCartShop, FakeTill
from tests.fakes.outside import START
from tests.support.merchant import ADA, MERCHANT, SEATTLE, SHOP, TILL
from tests.support.products import product
from tests.support.world import World

ADYEN = "adyen"
LINE = CartLine(product_id="p-1", quantity=2, variant="v-1", title="Boots", price=1000, total=2000)
TOTALS = Totals(
    currency="USD", subtotal=2000, discounts=200, shipping=500, taxes=180, taxes_included=False, total=2480
)  # fmt: skip
OFFER = Offer(lines=(LINE,), totals=TOTALS)
LINK = Link(connection_id=ADYEN, id="PL1", url="https://pay.example.test/PL1")
CART = Cart(
    id="cart-1", conversation_id="c-1", merchant_id=MERCHANT, store_id=SEATTLE, made_by=ADA, created_at=START,
    changed_at=START,
).with_contents(Contents(lines=(CartLine(product_id="p-1", quantity=2),)), SHOP, START)  # fmt: skip


def payment(reference: str = "P1", **fields: Any) -> Payment:
    given: dict[str, Any] = {"amount": TOTALS.total, "currency": "USD", "at": START}
    return Payment(reference=reference, **{**given, **fields})


def shared(cart: Cart = CART) -> Cart:
    return cart.offered(OFFER, START).sharing(ADA, "For you", START).shared("draft-1", LINK, START)


def paid() -> Cart:
    return shared().with_payment(payment(), START)


class CartWorld(World):
    """With a shop that prices carts, a till, and a conversation of Ada's with Carla."""

    def __init__(self) -> None:
        super().__init__()
        self.shop, self.till = FakeCartShop(), FakeTill()
        self.channels.faked = {"shopify": self.shop, "adyen": self.till}
        del self.table.connections[TILL]
        self.put_till(ADYEN, MERCHANT, SEATTLE)
        self.boots = product()
        self.table.products[self.boots.id] = self.boots
        self.talking = self.talk()

    def put_till(self, connection_id: str, merchant_id: str, store_id: str) -> None:
        connection = Connection(
            id=connection_id, merchant_id=merchant_id, provider="adyen", secret_ref="", store_id=store_id
        )
        self.setup.put_connection(connection, {"api_key": "k"})

    def contents(self, quantity: int = 2, **fields: Any) -> Contents:
        return Contents(lines=(CartLine(product_id=self.boots.id, quantity=quantity),), **fields)

    def begin(self, key: str = "key-cart", **fields: Any) -> Cart:
        contents = fields.pop("contents", None) or self.contents(**fields)
        command = BeginCommand(conversation_id=self.talking, associate_id=ADA, idempotency_key=key, contents=contents)
        return begin_cart(command, self)

    def cart(self, begun: Cart) -> Cart:
        """As it is by now."""
        return self.table.carts[begun.conversation_id, begun.id]

    def priced(self, **fields: Any) -> Cart:
        begun = self.begin(**fields)
        self.fetch()
        cart = self.cart(begun)
        assert cart.state is CartState.PRICED, cart
        return cart

    def share(self, cart: Cart, words: str = "As we discussed:") -> Cart:
        return share_cart(self.talking, cart.id, ADA, cart.revision, words, self)

    def shared(self, **fields: Any) -> Cart:
        cart = self.priced(**fields)
        self.share(cart)
        self.work()
        cart = self.cart(cart)
        assert cart.state is CartState.SHARED, cart
        return cart

    def work(self, tries: int = 20) -> None:
        """The worker, until nothing is left for it."""
        for attempt in range(1, tries + 1):
            self.fan_out()
            if not (waiting := list(self.media_queue.jobs)):
                return
            try:
                self.fetch(attempt)
            except MediaUnavailable:
                self.media_queue.jobs = waiting

    def pay(self, cart: Cart, reference: str = "P1", **fields: Any) -> None:
        assert cart.totals is not None
        given = {"amount": cart.totals.total, "currency": cart.totals.currency, "at": self.clock.now(), **fields}
        connection_id = given.pop("connection_id", ADYEN)
        made = Payment(reference=reference, **given)
        pay_cart(CartPaid(connection_id=connection_id, reference=cart.reference, payment=made), self)
