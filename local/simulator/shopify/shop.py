"""The shop: orders, and what may happen to them."""

from collections.abc import Callable
from decimal import Decimal, InvalidOperation

from msgspec import Struct

from local.simulator.config import SimulatorConfig
from local.simulator.errors import ControlError
from local.simulator.records import Customer, OrderLine, ShopOrder
from local.simulator.shopify.webhooks import ShopifyWebhooks
from local.simulator.state import MAX_ORDERS, State

HOUR = 3_600_000
MAX_LINES = 50
MAX_QUANTITY = 1_000
MAX_PRICE = 100_000_000
"""Of one piece, in cents."""
MAX_FIELD = 200
"""Characters of a title, a name, a phone or an e-mail address."""
MAX_HOURS_AGO = 24 * 365

TOPICS = {"pay": "orders/paid", "fulfil": "orders/fulfilled", "cancel": "orders/cancelled", "close": "orders/updated"}
PRIVACY_TOPICS = {
    "request-data": "customers/data_request",
    "redact": "customers/redact",
    "redact-shop": "shop/redact",
}
"""What Shopify asks apps for, by what is asked for at an order."""


class NewLine(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    title: str
    price: int | str
    """Of one piece: whole cents, or a decimal amount as a string such as `"49.90"`."""
    quantity: int = 1


class NewOrder(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What `POST /shop/orders` takes."""

    customer: Customer
    store_id: str
    platform: str = "shopify"
    lines: list[NewLine]
    placed_hours_ago: float = 0


class ShopDesk:
    """Places orders and moves them on; every change is announced by a webhook."""

    def __init__(
        self, config: SimulatorConfig, state: State, webhooks: ShopifyWebhooks, clock: Callable[[], int]
    ) -> None:
        self._config = config
        self._state = state
        self._webhooks = webhooks
        self._clock = clock

    def place(self, wanted: NewOrder) -> ShopOrder:
        """Place an order and announce it. Raises `ControlError` with what is wrong."""
        self._check(wanted)
        lines = [OrderLine(title=line.title, quantity=line.quantity, price=cents(line.price)) for line in wanted.lines]
        placed_at = self._clock() - int(wanted.placed_hours_ago * HOUR)
        other = self._config.other_shop(wanted.platform)
        store_id = (other.store_id if other else "") or wanted.store_id
        order = self.add(wanted.customer, store_id, lines, placed_at, wanted.platform)
        self._webhooks.announce(order, "orders/create")
        return order

    def add(
        self, customer: Customer, store_id: str, lines: list[OrderLine], placed_at: int, platform: str = "shopify"
    ) -> ShopOrder:
        """Remember an order without announcing it."""
        order = ShopOrder(
            id=str(self._state.next_shopify_id()),
            number=f"#{self._state.next_order_number()}",
            customer=customer,
            customer_id=self._customer_id(customer),
            store_id=store_id,
            platform=platform,
            lines=lines,
            currency=self._config.shop.currency,
            placed_at=placed_at,
            updated_at=placed_at,
        )
        self._state.orders[order.id] = order
        self._state.changed()
        return order

    def sell(self, customer: Customer, store_id: str, lines: list[OrderLine], total: int) -> ShopOrder:
        """An order that is paid: what a draft becomes. `total`: with what is added and taken away."""
        order = self.add(customer, store_id, lines, self._clock())
        order.adjustment = total - order.total
        order.payment = "paid"
        self._webhooks.announce(order, "orders/create")
        return order

    def act(self, order: ShopOrder, action: str) -> None:
        """Pay, fulfil, cancel or close. Raises `ControlError` when the order's state forbids it."""
        now = self._clock()
        if order.closed_at is not None:
            raise ControlError(409, "not_possible", f"{order.number} is closed.")
        if order.cancelled_at is not None and action != "close":
            raise ControlError(409, "not_possible", f"{order.number} is cancelled.")
        {"pay": _pay, "fulfil": _fulfil, "cancel": _cancel, "close": _close}[action](order, now)
        order.updated_at = now
        self._webhooks.announce(order, TOPICS[action])

    def ask_privacy(self, order: ShopOrder, action: str) -> None:
        """What Shopify asks apps for about the customer of an order, or the whole shop. Raises `ControlError`."""
        if order.platform != "shopify":
            raise ControlError(409, "not_possible", "Only Shopify asks for this.")
        self._webhooks.announce_privacy(order, PRIVACY_TOPICS[action], self._state.next_shopify_id())

    def _customer_id(self, customer: Customer) -> int:
        """The shop knows its customers by e-mail, else by phone."""
        for order in self._state.orders.values():
            known = order.customer
            if (customer.email and known.email == customer.email) or (
                not customer.email and customer.phone and known.phone == customer.phone
            ):
                return order.customer_id
        return self._state.next_shopify_id()

    def _check(self, wanted: NewOrder) -> None:
        customer = wanted.customer
        words = [customer.first_name, customer.last_name, customer.phone, customer.email]
        words += [line.title for line in wanted.lines]
        complaints = (
            (
                wanted.store_id not in {store.store_id for store in self._config.stores()},
                f"No store has the id {wanted.store_id!r}.",
            ),
            (wanted.platform not in self._config.platforms, f"The shop is at {', '.join(self._config.platforms)}."),
            (len(self._state.orders) >= MAX_ORDERS, f"The shop holds at most {MAX_ORDERS} orders."),
            (not 1 <= len(wanted.lines) <= MAX_LINES, f"An order has 1 to {MAX_LINES} lines."),
            (not all(line.title.strip() for line in wanted.lines), "Every line needs a title."),
            (any(len(word) > MAX_FIELD for word in words), f"No field is longer than {MAX_FIELD} characters."),
            (
                not all(1 <= line.quantity <= MAX_QUANTITY for line in wanted.lines),
                f"A quantity is 1 to {MAX_QUANTITY}.",
            ),
            (
                not 0 <= wanted.placed_hours_ago <= MAX_HOURS_AGO,
                f"`placed_hours_ago` is 0 to {MAX_HOURS_AGO}.",
            ),
        )
        for wrong, message in complaints:
            if wrong:
                raise ControlError(400, "invalid_input", message)


def cents(price: int | str) -> int:
    """Whole cents from cents or from a decimal string. Raises `ControlError`."""
    try:
        amount = Decimal(price) if isinstance(price, int) else Decimal(price) * 100
    except InvalidOperation:
        amount = Decimal(-1)
    if not amount.is_finite() or amount != amount.to_integral_value() or not 0 <= amount <= MAX_PRICE:
        raise ControlError(400, "invalid_input", 'A price is whole cents, or a string such as "49.90".')
    return int(amount)


def _pay(order: ShopOrder, now: int) -> None:
    if order.payment == "paid":
        raise ControlError(409, "not_possible", f"{order.number} is paid already.")
    order.payment = "paid"


def _fulfil(order: ShopOrder, now: int) -> None:
    if order.fulfilment == "fulfilled":
        raise ControlError(409, "not_possible", f"{order.number} is fulfilled already.")
    order.fulfilment = "fulfilled"


def _cancel(order: ShopOrder, now: int) -> None:
    if order.fulfilment == "fulfilled":
        raise ControlError(409, "not_possible", f"{order.number} is fulfilled and cannot be cancelled.")
    order.payment = "refunded" if order.payment == "paid" else "voided"
    order.cancelled_at = now


def _close(order: ShopOrder, now: int) -> None:
    order.closed_at = now
