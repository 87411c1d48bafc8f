"""Load, crashes and restarts: nothing lost, nothing twice, everything in order."""

import os
import random
import signal
import threading
import time
from collections import deque
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress

import httpx
import pytest

from local.driver import wait_until
from tests.e2e import functions
from tests.e2e.api import Person
from tests.e2e.customers import Customer, fresh_number, started
from tests.e2e.figures import record
from tests.e2e.providers import Twilio, new_sid
from tests.e2e.stack import Stack

pytestmark = pytest.mark.e2e
PHONES, TEXTS_EACH, AT_ONCE = 20, 10, 8
KILL_AFTER = 4
"""Texts and answers that get through between two kills: the emulator drops all processes of a function with one."""


def test_two_hundred_texts_from_many_phones_arrive_each_once_and_in_order(
    stack: Stack, ben: Person, twilio: Twilio
) -> None:
    numbers = [fresh_number() for _ in range(PHONES)]

    def write(number: str) -> None:
        for count in range(TEXTS_EACH):
            assert twilio.text(number, stack.number("boston"), f"{number} says {count}").status_code == 200

    began = time.perf_counter()
    with ThreadPoolExecutor(AT_ONCE) as pool:
        list(pool.map(write, numbers))
    record("texts_per_second", round(PHONES * TEXTS_EACH / (time.perf_counter() - began), 1))
    conversations = _conversations_of(ben, numbers)
    for number in numbers:
        bodies = [message["body"] for message in ben.messages(conversations[number])]
        assert bodies == [f"{number} says {count}" for count in range(TEXTS_EACH)]


def test_functions_that_are_killed_lose_nothing_and_do_nothing_twice(stack: Stack, ben: Person, twilio: Twilio) -> None:
    """Providers and browsers repeat what was not answered well; streams and queues repeat by themselves."""
    customers = [Customer(stack) for _ in range(4)]
    conversations = [started(ben, customer) for customer in customers]
    over, taken = threading.Event(), deque[str]()
    killer = threading.Thread(target=_kill_functions_until, args=(stack, over, taken))
    killer.start()
    try:
        with ThreadPoolExecutor(AT_ONCE) as pool:
            texts = [pool.submit(_insist, twilio, stack, each.number, taken) for each in customers]
            answers = [pool.submit(_answer, ben, conversation, taken) for conversation in conversations]
            for future in (*texts, *answers):
                future.result()
    finally:
        over.set()
        killer.join()
    for customer, conversation in zip(customers, conversations, strict=True):
        messages = ben.messages(conversation)
        inbound = [message["body"] for message in messages if message["direction"] == "inbound"]
        assert inbound == [f"Text {count}" for count in range(10)]
        written = [m for m in messages if m["body"].startswith("Answer ")]
        assert [m["body"] for m in written] == [f"Answer {count}" for count in range(5)]
        _nothing_twice(ben, customer, conversation)


def test_a_stop_and_a_start_keep_everything(stack: Stack) -> None:
    before = _everything(stack)
    port = stack.local.port
    began = time.perf_counter()
    stack.local.stop()
    stopped = time.perf_counter()
    stack.local = stack._start(port)
    record("stop_s", round(stopped - began, 2))
    record("second_start_s", round(time.perf_counter() - stopped, 2))
    assert _everything(stack) == before


def _insist(twilio: Twilio, stack: Stack, number: str, taken: deque[str]) -> None:
    """As a provider that repeats until somebody says 200."""
    for count in range(10):
        sid = new_sid()

        def good(sid: str = sid, count: int = count) -> bool:
            try:
                return twilio.text(number, stack.number("boston"), f"Text {count}", sid).status_code == 200
            except httpx.TransportError:
                return False

        wait_until(good, "a webhook to be taken", patience=60)
        taken.append(sid)


def _answer(person: Person, conversation: str, taken: deque[str]) -> None:
    """As a browser that repeats with the same key until it is told the outcome."""
    path = f"/conversations/{conversation}/messages"
    for count in range(5):
        key = f"{conversation}-{count}"

        def good(key: str = key, count: int = count) -> bool:
            return person.ask("POST", path, {"body": f"Answer {count}"}, key).status_code == 201

        wait_until(good, "an answer to be taken", patience=60)
        taken.append(key)


def _kill_functions_until(stack: Stack, over: threading.Event, taken: deque[str]) -> None:
    """All but `outbound`: what it had taken stays hidden in the queue for minutes, longer than a test can wait."""
    killed = seen = 0
    while not over.wait(0.05):
        if len(taken) - seen < KILL_AFTER:
            continue
        seen = len(taken)
        with suppress(ProcessLookupError, IndexError):
            os.kill(random.choice(functions.processes(stack, but="outbound")), signal.SIGKILL)
            killed += 1
    record("functions_killed", killed)


def _nothing_twice(person: Person, customer: Customer, conversation: str) -> None:
    """Every answer arrives once, or is openly not known to have arrived.

    `sent` is rest too: the report of the delivery may have met a dead function, and comes once.
    """

    def settled() -> bool:
        answers = [m for m in person.messages(conversation) if m["direction"] == "outbound"]
        arrived = customer.received()
        return all(
            m["status"] == "unknown" or (m["status"] in ("sent", "delivered") and m["body"] in arrived) for m in answers
        )

    wait_until(settled, "every answer to arrive", patience=90)
    arrived = customer.received()
    assert len(arrived) == len(set(arrived)), arrived


def _conversations_of(person: Person, numbers: list[str]) -> dict[str, str]:
    """Who is who, by what they wrote: numbers are masked."""
    rows = person.rows("boston")
    found = {row["last_preview"].split(" says ")[0]: row["id"] for row in rows if " says " in row["last_preview"]}
    return {number: found[number] for number in numbers}


def _everything(stack: Stack) -> dict[str, object]:
    with Person(stack, "maya") as maya:
        seen = {
            f"{store} {what}": maya.do("GET", f"/stores/{store}/{what}limit=100")["rows"]
            for store in ("boston", "seattle")
            for what in ("conversations?state=open&", "conversations?state=closed&", "orders?")
        }
        threads = {row["id"]: maya.messages(row["id"]) for row in seen["boston conversations?state=open&"][:5]}
    table = stack.client("dynamodb").scan(TableName=stack.outputs["TableName"], Select="COUNT")["Count"]
    simulated = stack.driver.simulator("GET", "/state")
    del simulated["mail"]["smtp_port"]  # tests let the door choose one that is free, at every start
    return {**seen, "threads": threads, "items": table, "simulator": simulated}
