"""Who the tests speak as: associates, the providers, and customers of their own."""

from collections.abc import Callable

import pytest

from tests.e2e.api import Person
from tests.e2e.customers import Customer, started
from tests.e2e.people import ben, elena, maya, meta, outside, shopify, twilio, vonage
from tests.e2e.stack import Stack

__all__ = ["ben", "elena", "maya", "meta", "outside", "shopify", "twilio", "vonage"]


@pytest.fixture
def customer(stack: Stack) -> Customer:
    """Of Boston, with a normal phone."""
    return Customer(stack)


@pytest.fixture
def talking(stack: Stack, ben: Person) -> Callable[..., tuple[Customer, str]]:
    """Makes a customer who has just been written to: the customer and the conversation's id."""

    def start(behaviour: str = "normal", wait: bool = True) -> tuple[Customer, str]:
        customer = Customer(stack, behaviour=behaviour)
        return customer, started(ben, customer, wait=wait)

    return start
