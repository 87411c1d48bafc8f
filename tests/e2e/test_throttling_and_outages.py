"""The table refuses a third of its calls; the text provider is down for a while: nothing lost, nothing twice.

OUTAGE_SECONDS=60 for the whole minute; `make test` waits for a part of it.
"""

import os
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from itertools import count

import httpx
import pytest

from local.driver import wait_until
from tests.e2e.api import Person
from tests.e2e.customers import Customer, started
from tests.e2e.faults import throttled
from tests.e2e.figures import record
from tests.e2e.providers import Twilio, new_sid
from tests.e2e.stack import Stack

pytestmark = pytest.mark.e2e
THROTTLED = 0.3
TALKS, TEXTS, ANSWERS = 4, 10, 5
OUTAGE_SECONDS = float(os.environ.get("OUTAGE_SECONDS", "12"))
PATIENCE = 150


def test_a_throttled_table_loses_nothing_and_doubles_nothing(stack: Stack, ben: Person, twilio: Twilio) -> None:
    customers = [Customer(stack) for _ in range(TALKS)]
    conversations = [started(ben, customer) for customer in customers]
    began = time.perf_counter()
    with throttled(stack, THROTTLED) as faults:
        with ThreadPoolExecutor(TALKS * 2) as pool:
            jobs = [pool.submit(_texts, twilio, stack, customer) for customer in customers]
            jobs += [pool.submit(_answers, ben, conversation) for conversation in conversations]
            refusals = sum(job.result() for job in jobs)
        _wait_for_all(ben, customers, conversations)
        seconds = time.perf_counter() - began
        injected, requests = faults.injected(), faults.requests()
    assert injected > 50, "the proxy was not in the way: this has shown nothing"
    for customer, conversation in zip(customers, conversations, strict=True):
        _nothing_lost_nothing_twice(ben, customer, conversation)
    record(
        "throttling",
        {
            "share_asked": THROTTLED,
            "share": round(injected / max(requests, 1), 3),
            "calls": requests,
            "throttled": injected,
            "webhooks_and_requests_refused_and_repeated": refusals,
            "texts": TALKS * TEXTS,
            "answers": TALKS * ANSWERS,
            "seconds": round(seconds, 1),
        },
    )


@pytest.mark.parametrize("behaviour", ["rate_limited"])
def test_an_outage_of_the_provider_is_waited_out_in_order(stack: Stack, ben: Person, behaviour: str) -> None:
    """Certainly not taken: tried again. (A 5XX may have been taken: those become `unknown`, tested elsewhere.)"""
    customers = [Customer(stack) for _ in range(TALKS)]
    conversations = [started(ben, customer) for customer in customers]
    for customer in customers:
        customer.behave(behaviour)
    back = threading.Timer(OUTAGE_SECONDS, lambda: [customer.behave("normal") for customer in customers])
    began = time.perf_counter()
    back.start()
    with ThreadPoolExecutor(TALKS) as pool:
        for job in [pool.submit(_answers, ben, conversation) for conversation in conversations]:
            job.result()
    back.join()
    returned = time.perf_counter()
    _wait_for_all(ben, customers, conversations, texts=0)
    drained = time.perf_counter() - returned
    for customer, conversation in zip(customers, conversations, strict=True):
        _nothing_lost_nothing_twice(ben, customer, conversation, texts=0)
    waited = round(returned - began, 1)
    record("outage", {"seconds": waited, "answers": TALKS * ANSWERS, "drained_in_s": round(drained, 1)})


def _texts(twilio: Twilio, stack: Stack, customer: Customer) -> int:
    """As a provider that repeats until somebody says 200; how often nobody did."""
    refused = 0
    for number in range(TEXTS):
        sid, body = new_sid(), f"Text {number}"
        refused += _insist(
            lambda s=sid, b=body: twilio.text(customer.number, stack.number("boston"), b, s).status_code == 200
        )
    return refused


def _answers(person: Person, conversation: str) -> int:
    """As a browser that repeats with the same key."""
    refused = 0
    for number in range(ANSWERS):
        path, body, key = (
            f"/conversations/{conversation}/messages",
            {"body": f"Answer {number}"},
            f"{conversation}-{number}",
        )
        refused += _insist(lambda p=path, b=body, k=key: person.ask("POST", p, b, k).status_code == 201)
    return refused


def _insist(taken: Callable[[], bool]) -> int:
    deadline = time.monotonic() + PATIENCE
    for refused in count():
        try:
            if taken():
                return refused
        except httpx.TransportError:
            pass
        assert time.monotonic() < deadline, "was never taken"
        time.sleep(0.2)
    raise AssertionError


def _wait_for_all(person: Person, customers: list[Customer], conversations: list[str], texts: int = TEXTS) -> None:
    def arrived() -> bool:
        return all(
            len(_inbound(person, conversation)) >= texts and len(_answered(customer)) >= ANSWERS
            for customer, conversation in zip(customers, conversations, strict=True)
        )

    def patiently() -> bool:
        try:
            return arrived()
        except AssertionError:  # a read that met the throttling
            return False

    wait_until(patiently, "everything to arrive", patience=PATIENCE)


def _nothing_lost_nothing_twice(person: Person, customer: Customer, conversation: str, texts: int = TEXTS) -> None:
    assert sorted(_inbound(person, conversation)) == sorted(f"Text {number}" for number in range(texts))
    assert _answered(customer) == [f"Answer {number}" for number in range(ANSWERS)]


def _inbound(person: Person, conversation: str) -> list[str]:
    return [message["body"] for message in person.messages(conversation) if message["direction"] == "inbound"]


def _answered(customer: Customer) -> list[str]:
    return [body for body in customer.received() if body.startswith("Answer ")]
