"""Customers of a test's own: a fresh number, a phone in the simulator, an order in the shop."""

import itertools
from typing import Any

from chalicelib.domain.orders import order_id
from local import merchant
from local.driver import wait_until
from tests.e2e.api import Person
from tests.e2e.stack import Stack

_AREAS = (303, 305, 312, 404, 415, 503, 512, 602, 615, 702, 713, 804, 901, 907, 919)
_NUMBERS = (f"+1{area}5550{last}" for area in _AREAS for last in range(100, 200))
"""From the ranges reserved for fiction; each is given out once per session."""
_SURNAMES = ("T" + "".join(letters) for letters in itertools.product("aeiou", "lmnr", "aeiou", "lmnr", "aeiou"))
"""Distinct and of one length, so that no name is a part of another; without digits, as people's names are."""

CONNECTIONS = {
    "shopify": merchant.SHOPIFY_ID,
    "woocommerce": merchant.WOOCOMMERCE_ID,
    "generic": merchant.GENERIC_ID,
}


def fresh_number() -> str:
    return next(_NUMBERS)


class Customer:
    """Somebody with a phone nobody has used before."""

    def __init__(
        self, stack: Stack, first_name: str = "Nora", behaviour: str = "normal", store: str = "boston"
    ) -> None:
        self.stack = stack
        self.store = store
        self.number = fresh_number()
        self.first_name, self.last_name = first_name, next(_SURNAMES)
        self.name = f"{self.first_name} {self.last_name}"
        phone = {"number": self.number, "name": self.name, "behaviour": behaviour}
        stack.driver.simulator("POST", "/phones", phone)

    def behave(self, behaviour: str) -> None:
        self.stack.driver.simulator("PATCH", f"/phones/{self.number}", {"behaviour": behaviour})

    def texts(self, body: str, store: str = "") -> None:
        """Returns when the webhook was answered."""
        self.stack.driver.text(self.number, self.stack.number(store or self.store), body)

    @property
    def phone(self) -> dict[str, Any]:
        found: dict[str, Any] = self.stack.driver.simulator("GET", f"/phones/{self.number}")
        return found

    def received(self) -> list[str]:
        """The bodies that arrived on the phone, oldest first."""
        return [text["body"] for text in self.phone["texts"] if text["direction"] == "in"]

    def gets(self, *bodies: str, after: int = 0) -> None:
        """Behind the first `after` texts exactly these arrive, in the order in which the provider took them.

        The network carries each by itself, so the last may be there before the first.
        """
        wait_until(lambda: len(self.received()) >= after + len(bodies), f"all texts on {self.name}'s phone")
        assert self.received()[after:] == list(bodies)

    def waits_for(self, body: str) -> None:
        wait_until(lambda: any(body in text for text in self.received()), f"{body!r} on {self.name}'s phone")

    def orders(
        self,
        hours_ago: float = 0,
        title: str = "Linen shirt",
        store: str = "",
        known: bool = True,
        platform: str = "shopify",
    ) -> Any:
        """The simulator's order. `known`: returns when the system has taken it."""
        order = self.stack.driver.simulator(
            "POST",
            "/shop/orders",
            {
                "customer": {
                    "first_name": self.first_name,
                    "last_name": self.last_name,
                    "phone": self.number,
                    "email": f"{self.last_name.lower()}@mail.example",
                },
                "store_id": store or self.store,
                "platform": platform,
                "lines": [{"title": title, "quantity": 1, "price": 4990}],
                "placed_hours_ago": hours_ago,
            },
        )
        if known:
            self.shop_has_told(order["id"])
        return order

    def order_becomes(self, order_id: str, action: str) -> None:
        """pay, fulfil, cancel or close; returns when the system has taken it."""
        self.stack.driver.simulator("POST", f"/shop/orders/{order_id}/{action}")
        self.shop_has_told(order_id)

    def shop_has_told(self, order_id: str) -> None:
        def told() -> bool:
            orders = self.stack.driver.simulator("GET", "/state")["orders"]
            return all(event["done"] for order in orders if order["id"] == order_id for event in order["events"])

        wait_until(told, "the shop's webhooks")


def order_of(placed: dict[str, Any]) -> str:
    """Our id of an order of the simulator's shop."""
    return order_id(CONNECTIONS[placed["platform"]], str(placed["id"]))


def started(person: Person, customer: Customer, body: str = "Hello there", *, wait: bool = True) -> str:
    """The id of a conversation started about a fresh order; `wait`: once its first text was delivered."""
    order = order_of(customer.orders())
    thread = person.do("POST", f"/stores/{customer.store}/conversations", {"order_id": order, "body": body})
    conversation = str(thread["conversation"]["id"])
    if wait:
        person.wait_for_status(conversation, thread["messages"][-1]["id"], "delivered")
    return conversation
