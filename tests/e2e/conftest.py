"""Who the tests speak as: associates, the providers, and customers of their own."""

from collections.abc import Callable, Iterator

import httpx
import pytest

from tests.e2e.api import Person
from tests.e2e.customers import Customer, started
from tests.e2e.providers import Shopify, Twilio
from tests.e2e.stack import Stack


@pytest.fixture
def maya(stack: Stack) -> Iterator[Person]:
    """Manager of both stores."""
    with Person(stack, "maya") as person:
        yield person


@pytest.fixture
def ben(stack: Stack) -> Iterator[Person]:
    """Boston only."""
    with Person(stack, "ben") as person:
        yield person


@pytest.fixture
def elena(stack: Stack) -> Iterator[Person]:
    """Seattle only."""
    with Person(stack, "elena") as person:
        yield person


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


@pytest.fixture
def outside() -> Iterator[httpx.Client]:
    """Whoever calls without a sign-in."""
    with httpx.Client(timeout=40, trust_env=False) as http:
        yield http


@pytest.fixture
def twilio(stack: Stack, outside: httpx.Client) -> Twilio:
    return Twilio(stack, outside)


@pytest.fixture
def shopify(stack: Stack, outside: httpx.Client) -> Shopify:
    return Shopify(stack, outside)
