"""A due reminder wakes its associate's browsers, signed for a push service that checks it, and nobody else's (H20)."""

from collections.abc import Iterator
from secrets import token_hex
from time import time
from typing import Any

import pytest

from chalicelib.domain.wall_clock import moment_at
from local import directory
from local.driver import wait_until
from tests.e2e.api import Person
from tests.e2e.customers import Customer, started
from tests.e2e.stack import Stack
from tests.e2e.test_texts_that_do_not_arrive import due

pytestmark = pytest.mark.e2e
ZONE = "America/New_York"


def service(stack: Stack) -> str:
    return f"{stack.origin.replace('localhost', '127.0.0.1')}/simulator/push"


def pushes(person: Person, name: str) -> list[dict[str, str]]:
    taken: list[dict[str, str]] = person.http.get(f"/simulator/push/{name}").json()
    return taken


def rings_now(person: Person, conversation: str) -> bool:
    """False: the minute was over."""
    wall = moment_at(int(time() * 1000) // 60_000 * 60_000, ZONE).wall
    body = {"note": None, "wall": wall, "zone": ZONE}
    return person.ask("POST", f"/conversations/{conversation}/reminders", body).is_success


def devices(stack: Stack) -> list[dict[str, Any]]:
    table = directory.table(stack.outputs, stack.emulator_endpoint)
    client = table.connection.connection.client
    found = client.scan(TableName=table.name, FilterExpression="t = :t", ExpressionAttributeValues={":t": {"S": "dv"}})
    return [{name: next(iter(value.values())) for name, value in each.items()} for each in found["Items"]]


@pytest.fixture
def _nothing_left_due(maya: Person) -> Iterator[None]:
    """A notice of it would stand before what others click on."""
    before = _reminders(maya)
    yield
    for reminder in _reminders(maya) - before:
        assert maya.ask("DELETE", f"/reminders/{reminder}").is_success


def _reminders(person: Person) -> set[str]:
    return {each["id"] for each in person.do("GET", "/reminders")["rows"]}


@pytest.mark.usefixtures("_nothing_left_due")
def test_a_due_reminder_wakes_its_associates_browsers_and_nobody_elses(stack: Stack, ben: Person, maya: Person) -> None:
    assert len(maya.do("GET", "/me/push")["public_key"]) == 87
    phone, laptop, gone, bens, off = (f"{kind}{token_hex(4)}" for kind in ("phone", "laptop", "gone", "ben", "off"))
    for person, name in ((maya, phone), (maya, laptop), (maya, laptop), (maya, gone), (ben, bens), (maya, off)):
        person.do("PUT", "/me/push", {"endpoint": f"{service(stack)}/{name}"})
    maya.do("POST", "/me/push/forget", {"endpoint": f"{service(stack)}/{off}"})
    customer = Customer(stack)
    conversation = started(maya, customer)
    wait_until(lambda: rings_now(maya, conversation), "a reminder of this minute")
    assert due(stack, 0)["reminded"] >= 1
    wait_until(lambda: len(pushes(maya, laptop)) == 1, "a push")
    assert pushes(maya, phone) == [{"ttl": "86400", "urgency": "high", "topic": "reminder"}]
    assert pushes(maya, bens) == pushes(maya, off) == pushes(maya, gone) == []
    kept = {each["ep"].rpartition("/")[2] for each in devices(stack)}
    assert {phone, laptop, bens} <= kept
    assert not {gone, off} & kept


@pytest.mark.parametrize(
    "endpoint", ["http://127.0.0.1:1/x", "https://169.254.169.254/latest", "https://example.test/x"]
)
def test_an_address_of_ones_own_is_refused(ben: Person, endpoint: str) -> None:
    assert ben.refused("PUT", "/me/push", {"endpoint": endpoint}) == (400, "invalid_input")
    assert ben.refused("PUT", "/me/push", {"endpoint": ""}) == (400, "invalid_input")
