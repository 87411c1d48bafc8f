"""ports.CartStore over plain memory; a shop that prices carts, and a till, with memory."""

from collections.abc import Sequence

from msgspec.structs import replace

from chalicelib.domain.cart_contents import CartLine, Offer, Totals
from chalicelib.domain.carts import Cart, Link
from chalicelib.domain.merchants import Connection
from chalicelib.usecases.ports import Basket, Bill, CatalogueBusy, DraftOrder, Http, Once, PaymentsBusy, WebhookReply

from .table import FakeTable, unchanged


class FakeCarts:
    def __init__(self, table: FakeTable) -> None:
        self._table = table

    def find(self, conversation_id: str, cart_id: str) -> Cart | None:
        self._table.request()
        return self._table.carts.get((conversation_id, cart_id))

    def of_conversation(self, conversation_id: str, limit: int) -> Sequence[Cart]:
        self._table.request()
        found = [
            cart for (where, _), cart in sorted(self._table.carts.items(), reverse=True) if where == conversation_id
        ]
        return found[:limit]

    def add(self, cart: Cart, once: Once) -> Once | None:
        self._table.request()
        if stored := self._table.onces.get((once.scope, once.key)):
            return stored
        self._table.onces[once.scope, once.key] = once
        self._table.carts[cart.conversation_id, cart.id] = cart
        self._table.changes.append((None, cart))
        return None

    def change(self, cart: Cart, was: Cart) -> bool:
        self._table.request()
        key = (cart.conversation_id, cart.id)
        if not unchanged(self._table.carts.get(key), was, ("revision", "merchant_id")):
            return False
        self._table.changes.append((self._table.carts[key], cart))
        self._table.carts[key] = cart
        return True


class FakeCartShop:
    """Prices by `prices` (by product); 10 % tax on top, $5.00 shipping where a rate is chosen. `busy`, `refusal`: said
    instead, so often. `drafts` by reference, `orders` by draft."""

    def __init__(self) -> None:
        self.prices: dict[str, int] = {}
        self.busy = 0
        self.refusal: Exception | None = None
        self.drafts: dict[str, DraftOrder] = {}
        self.orders: dict[str, str] = {}
        self.discarded: list[str] = []
        self.asked: list[Basket] = []
        self.after_draft: list[Exception] = []
        self.bend = 0
        """Added to the total: it does not add up."""

    def verify(self, *_: object) -> None: ...

    def parse(self, *_: object) -> list[object]:
        return []

    def acknowledge(self) -> WebhookReply:
        return WebhookReply()

    def cart_offer(self, basket: Basket, connection: Connection, secrets: dict[str, str], http: Http) -> Offer:
        self._answer()
        self.asked.append(basket)
        pairs = zip(basket.contents.lines, basket.product_ids, strict=True)
        lines = tuple(self._line(line, external_id) for line, external_id in pairs)
        subtotal = sum(line.total for line in lines)
        shipping = 500 if basket.contents.rate else 0
        discounts = subtotal // 10 if basket.contents.discount_code == "TEN" else 0
        taxes = (subtotal - discounts) // 10
        return Offer(
            lines=lines,
            totals=Totals(
                currency="USD", subtotal=subtotal, discounts=discounts, shipping=shipping, taxes=taxes,
                taxes_included=False, total=subtotal - discounts + shipping + taxes + self.bend,
            ),
        )  # fmt: skip

    def draft_order(
        self, basket: Basket, reference: str, connection: Connection, secrets: dict[str, str], http: Http
    ) -> DraftOrder:
        offer = self.cart_offer(basket, connection, secrets, http)
        made = self.drafts.setdefault(reference, DraftOrder(id=f"draft-{len(self.drafts) + 1}", offer=offer))
        if self.after_draft:
            raise self.after_draft.pop(0)
        return made

    def make_order(self, draft_id: str, connection: Connection, secrets: dict[str, str], http: Http) -> str:
        self._answer()
        return self.orders.setdefault(draft_id, f"#{2001 + len(self.orders)}")

    def discard_draft(self, draft_id: str, connection: Connection, secrets: dict[str, str], http: Http) -> None:
        self._answer()
        self.discarded.append(draft_id)

    def _answer(self) -> None:
        if self.busy:
            self.busy -= 1
            raise CatalogueBusy
        if self.refusal:
            raise self.refusal

    def _line(self, line: CartLine, external_id: str) -> CartLine:
        price = self.prices.get(external_id, 1000)
        return replace(line, title="Boots", variant=line.variant or "v-1", price=price, total=price * line.quantity)


class FakeTill:
    """`links` by reference. `after`: raised once the link is made, as when its answer is lost."""

    def __init__(self) -> None:
        self.links: dict[str, Link] = {}
        self.bills: list[Bill] = []
        self.closed: list[str] = []
        self.busy = 0
        self.refusal: Exception | None = None
        self.after: list[Exception] = []

    def verify(self, *_: object) -> None: ...

    def parse(self, *_: object) -> list[object]:
        return []

    def acknowledge(self) -> WebhookReply:
        return WebhookReply()

    def payment_link(self, bill: Bill, connection: Connection, secrets: dict[str, str], http: Http) -> Link:
        self._answer()
        number = len(self.links) + 1
        fresh = Link(connection_id=connection.id, id=f"PL{number}", url=f"https://pay.example.test/PL{number}")
        self.bills.append(bill)
        link = self.links.setdefault(bill.reference, fresh)
        if self.after:
            raise self.after.pop(0)
        return link

    def close_link(self, link: Link, connection: Connection, secrets: dict[str, str], http: Http) -> None:
        self._answer()
        self.closed.append(link.id)

    def _answer(self) -> None:
        if self.busy:
            self.busy -= 1
            raise PaymentsBusy
        if self.refusal:
            raise self.refusal
