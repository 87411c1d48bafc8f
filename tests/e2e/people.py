"""Fixtures: the demo's associates, signed in at the API, and the providers that send webhooks."""

from collections.abc import Iterator

import httpx
import pytest

from tests.e2e.api import Person
from tests.e2e.providers import Meta, Shopify, Twilio, Vonage
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
def outside() -> Iterator[httpx.Client]:
    """Whoever calls without a sign-in."""
    with httpx.Client(timeout=40, trust_env=False) as http:
        yield http


@pytest.fixture
def twilio(stack: Stack, outside: httpx.Client) -> Twilio:
    return Twilio(stack, outside)


@pytest.fixture
def vonage(stack: Stack, outside: httpx.Client) -> Vonage:
    return Vonage(stack, outside)


@pytest.fixture
def meta(stack: Stack, outside: httpx.Client) -> Meta:
    return Meta(stack, outside)


@pytest.fixture
def shopify(stack: Stack, outside: httpx.Client) -> Shopify:
    return Shopify(stack, outside)
