"""An associate of one store cannot see, guess, search or subscribe to anything of another (N31, D4-D6)."""

import json
import time

import pytest

from tests.e2e.api import Person, id_token
from tests.e2e.customers import Customer, order_of, started
from tests.e2e.stack import Stack

pytestmark = pytest.mark.e2e


def test_nothing_of_another_store_can_be_read_changed_or_guessed(stack: Stack, ben: Person, elena: Person) -> None:
    customer = Customer(stack, "Greta", store="seattle")
    conversation = started(elena, customer)
    message = elena.messages(conversation)[-1]["id"]
    order = order_of(customer.orders())
    asked = [
        ("GET", "/stores/seattle/conversations?state=open", None),
        ("GET", f"/stores/seattle/conversations?state=open&q={customer.last_name}", None),
        ("GET", "/stores/seattle/orders", None),
        ("GET", f"/stores/seattle/orders?q={customer.last_name}", None),
        ("POST", "/stores/seattle/conversations", {"order_id": order, "body": "Hello"}),
        ("GET", f"/orders/{order}", None),
        ("GET", f"/conversations/{conversation}", None),
        ("GET", f"/conversations/{conversation}/customer", None),
        ("POST", f"/conversations/{conversation}/messages", {"body": "Hello"}),
        ("POST", f"/conversations/{conversation}/messages/{message}/retry", None),
        ("POST", f"/conversations/{conversation}/read", {"up_to": message}),
        ("POST", f"/conversations/{conversation}/unread", None),
        ("POST", f"/conversations/{conversation}/close", None),
        ("POST", f"/conversations/{conversation}/reopen", None),
        ("DELETE", f"/conversations/{conversation}", None),
    ]
    for method, path, body in asked:
        foreign = ben.ask(method, path, body)
        assert (foreign.status_code, foreign.json()["error"]["code"]) == (404, "not_found"), path
        made_up = path.replace(conversation, "01M8000000000000000000000A").replace(order, "AAAAAAAAAAAAAAAAAAAAAA")
        made_up = made_up.replace("seattle", "atlantis")
        assert ben.ask(method, made_up, body).content == foreign.content, "a foreign id looks like one that is not"
    assert elena.do("GET", f"/conversations/{conversation}")["conversation"]["state"] == "open"
    assert len(customer.received()) == 1


def test_an_order_of_another_store_cannot_be_started_about_in_ones_own(stack: Stack, ben: Person) -> None:
    customer = Customer(stack, store="seattle")
    start = {"order_id": order_of(customer.orders()), "body": "Hello"}
    assert ben.refused("POST", "/stores/boston/conversations", start) == (404, "not_found")


def test_search_finds_nothing_of_another_store(stack: Stack, ben: Person, elena: Person) -> None:
    customer = Customer(stack, store="seattle")
    started(elena, customer)
    for path in ("conversations?state=open&q=", "orders?q=", "orders?startable=true&q="):
        assert ben.do("GET", f"/stores/boston/{path}{customer.last_name}")["rows"] == []


def test_a_socket_hears_nothing_of_another_store(stack: Stack, ben: Person, elena: Person) -> None:
    in_seattle, in_boston = Customer(stack, store="seattle"), Customer(stack)
    with ben.open_socket() as of_ben, elena.open_socket() as of_elena:
        in_seattle.texts("Hello Seattle")
        assert {a["store_id"] for a in json.loads(of_elena.recv(timeout=10))["activities"]} == {"seattle"}
        in_boston.texts("Hello Boston")
        deadline = time.monotonic() + 10
        heard: set[str] = set()
        while "boston" not in heard and time.monotonic() < deadline:
            heard |= {a["store_id"] for a in json.loads(of_ben.recv(timeout=10))["activities"]}
    assert heard == {"boston"}


def test_who_looks_is_told_in_the_same_store_and_nowhere_else(stack: Stack, ben: Person, elena: Person) -> None:
    conversation = started(elena, Customer(stack, store="seattle"))
    look = json.dumps({"action": "view", "conversation": conversation, "doing": "looking"})
    with (
        Person(stack, "maya") as maya,
        elena.open_socket() as hers,
        ben.open_socket() as his,
        maya.open_socket() as too,
    ):
        hers.send(look)
        his.send(look)
        too.send(look)
        told = next(frame for frame in iter(lambda: json.loads(hers.recv(timeout=10)), {}) if "presence" in frame)
        assert [person["name"] for person in told["presence"]["people"]] == ["Maya Holm"]
        his.send('{"action":"ping"}')
        assert json.loads(his.recv(timeout=10)) == {"pong": True}, "nothing was said to him before"


def test_without_the_orders_permission_the_api_refuses(stack: Stack) -> None:
    with Person(stack, "noah") as noah:
        [store] = noah.do("GET", "/me")["stores"]
        assert not store["messaging"]
        for path in ("/stores/boston/conversations?state=open", "/stores/boston/orders"):
            assert noah.refused("GET", path) == (403, "permission_denied")
        assert noah.do("GET", "/me/unread")["total"] == 0


def test_a_wrong_password_opens_nothing(stack: Stack, maya: Person) -> None:
    with pytest.raises(AssertionError, match="NotAuthorizedException"):
        id_token(maya.http, stack, "maya@juniper.example", "Wrong-Password-1")
