"""Load, crashes and restarts: nothing lost, nothing twice, everything in order."""

import os
import signal
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import pytest

from local.driver import wait_until
from tests.e2e.api import Person
from tests.e2e.customers import Customer, fresh_number, started
from tests.e2e.figures import record
from tests.e2e.providers import Twilio, new_sid
from tests.e2e.stack import Stack

pytestmark = pytest.mark.e2e
PHONES, TEXTS_EACH, AT_ONCE = 20, 10, 8
KILL_EVERY = 2.5
"""Seconds; long enough for a function to start on a busy computer, or nothing at all would get through."""


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
    """A provider repeats what was not answered well; a sender that died leaves at most an honest `unknown`."""
    customers = [Customer(stack) for _ in range(4)]
    conversations = [started(ben, customer) for customer in customers]
    over = threading.Event()
    killer = threading.Thread(target=_kill_functions_until, args=(stack, over))
    killer.start()
    try:
        with ThreadPoolExecutor(AT_ONCE) as pool:
            texts = [pool.submit(_insist, twilio, stack, each.number) for each in customers]
            answers = [pool.submit(_answer, ben, conversation, 5) for conversation in conversations]
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


def _insist(twilio: Twilio, stack: Stack, number: str) -> None:
    """As a provider that repeats until somebody says 200."""
    for count in range(10):
        sid = new_sid()

        def taken(sid: str = sid, count: int = count) -> bool:
            try:
                return twilio.text(number, stack.number("boston"), f"Text {count}", sid).status_code == 200
            except httpx.TransportError:
                return False

        wait_until(taken, "a webhook to be taken", patience=60)


def _answer(person: Person, conversation: str, texts: int) -> None:
    """As a browser that repeats with the same key until it is told the outcome."""
    for count in range(texts):
        path, body = f"/conversations/{conversation}/messages", {"body": f"Answer {count}"}
        key = f"{conversation}-{count}"
        wait_until(
            lambda p=path, b=body, k=key: person.ask("POST", p, b, k).status_code == 201, "an answer to be taken"
        )


def _kill_functions_until(stack: Stack, over: threading.Event) -> None:
    killed = 0
    while not over.wait(KILL_EVERY):
        for pid in _function_processes(stack):
            os.kill(pid, signal.SIGKILL)
            killed += 1
    record("functions_killed", killed)


def _function_processes(stack: Stack) -> list[int]:
    """Processes in which this stack's emulator runs functions."""
    found = []
    for command in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            words = command.read_bytes().decode(errors="replace")
        except OSError:
            continue
        if str(stack.workspace.temporary) in words and "_worker" in words:
            found.append(int(command.parent.name))
    return found


def _nothing_twice(person: Person, customer: Customer, conversation: str) -> None:
    """Every answer arrived once, or is openly not known to have arrived."""

    def settled() -> bool:
        statuses = {m["status"] for m in person.messages(conversation) if m["direction"] == "outbound"}
        return statuses <= {"delivered", "unknown"}

    wait_until(settled, "every answer to come to rest", patience=120)
    arrived = customer.received()
    for message in person.messages(conversation):
        if message["direction"] == "outbound":
            times = arrived.count(message["body"])
            assert times == 1 if message["status"] == "delivered" else times <= 1, message


def _conversations_of(person: Person, numbers: list[str]) -> dict[str, str]:
    """Who is who, by what they wrote: numbers are masked."""
    rows = person.do("GET", "/stores/boston/conversations?state=open&limit=100")["rows"]
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
    return {**seen, "threads": threads, "items": table, "simulator": simulated}
