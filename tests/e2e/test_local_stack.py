"""What a local run promises beyond the product itself: one origin, safe pages, kept data."""

import json
import socket
import time
from urllib.parse import quote, urlsplit

import httpx
import pytest
from websockets.exceptions import InvalidStatus
from websockets.sync.client import connect

from local.driver import wait_until
from tests.e2e.stack import Stack

pytestmark = pytest.mark.e2e


def test_the_demo_shop_is_there(stack: Stack) -> None:
    maya = stack.sign_in("maya")
    assert [store["name"] for store in maya.get("/me")["stores"]] == ["Juniper & Pine Boston", "Juniper & Pine Seattle"]
    people = ("Ana Souza", "James Carter", "Walter Brandt", "Priya Nair")
    rows = [row for name in people for row in maya.get(f"/stores/boston/conversations?q={quote(name)}")["rows"]]
    assert {row["customer_name"] for row in rows} >= set(people)
    assert any(row["unread"] for row in rows)
    assert any(row["opted_out"] for row in rows)


def test_demo_facts_let_an_outside_program_in(stack: Stack) -> None:
    written = json.loads(stack.workspace.demo.read_text())
    assert {"origin", "api", "auth", "stores", "associates", "connections"} <= set(written)
    for associate in written["associates"]:
        name, _, _ = associate["email"].partition("@")
        assert [store["id"] for store in stack.sign_in(name).get("/me")["stores"]] == associate["stores"]


def test_a_text_reaches_an_open_socket(stack: Stack) -> None:
    maya = stack.sign_in("maya")
    with connect(maya.post("/me/ticket")["url"], proxy=None) as socket_:
        socket_.send('{"action":"ping"}')
        assert json.loads(socket_.recv(timeout=10)) == {"pong": True}
        stack.driver.text("+12125550102", stack.number("boston"), "Still there?")
        pushed = json.loads(socket_.recv(timeout=10))
    assert {activity["store_id"] for activity in pushed["activities"]} == {"boston"}


def test_the_stream_has_two_readers_and_a_customers_text_wakes_push_alone(stack: Stack) -> None:
    """As the event filters say it; an answer wakes the outbox."""
    maya = stack.sign_in("maya")
    sources = stack.client("lambda").list_event_source_mappings()["EventSourceMappings"]
    readers = [source["FunctionArn"].rpartition("-")[2] for source in sources if "/stream/" in source["EventSourceArn"]]
    assert sorted(readers) == ["fan_out", "push"]
    with connect(maya.post("/me/ticket")["url"], proxy=None) as socket_:
        socket_.send('{"action":"ping"}')
        while "pong" not in json.loads(socket_.recv(timeout=10)):  # others' news may come first
            pass
        for _attempt in range(5):  # the minute's clock may wake the outbox just then; a wrong filter does it always
            _wait_until_quiet(stack)
            before = _calls(stack, "fan_out"), _calls(stack, "push")
            stack.driver.text("+12125550102", stack.number("boston"), "And one more thing")
            told = json.loads(socket_.recv(timeout=10))["activities"]
            _wait_until_quiet(stack)
            assert _calls(stack, "push") > before[1]
            if _calls(stack, "fan_out") == before[0]:
                break
    assert _calls(stack, "fan_out") == before[0]
    maya.post(f"/conversations/{told[0]['id']}/messages", {"body": "Yes?"})
    wait_until(lambda: _calls(stack, "fan_out") > before[0], "the outbox to be woken")


def _calls(stack: Stack, function: str) -> int:
    return (stack.workspace.logs / "functions.log").read_text().count(f"-{function} done in ")


def _wait_until_quiet(stack: Stack) -> None:
    """Nothing has been called for half a second."""
    size, since = -1, time.monotonic()
    while time.monotonic() - since < 0.5:
        now = (stack.workspace.logs / "functions.log").stat().st_size
        if now != size:
            size, since = now, time.monotonic()
        time.sleep(0.05)


def test_a_socket_without_a_ticket_is_refused(stack: Stack) -> None:
    with pytest.raises(InvalidStatus), connect(f"{stack.origin.replace('http', 'ws')}/ws", proxy=None):
        pass


def test_the_query_string_arrives_as_sent(stack: Stack) -> None:
    """Search texts may hold anything; a proxy that tidies them up would search for something else."""
    maya = stack.sign_in("maya")
    assert maya.get("/stores/boston/orders?q=Am%C3%A9lie")["rows"][0]["customer_name"] == "Amélie Dubois"


def test_pages_come_with_security_headers(stack: Stack) -> None:
    answer = httpx.get(f"{stack.origin}/simulator", trust_env=False)
    policy = answer.headers["content-security-policy"]
    assert "unsafe" not in policy
    assert "default-src 'none'" in policy
    assert answer.headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize("host", ["attacker.example", "localhost", "127.0.0.1:1"])
def test_foreign_host_names_are_refused(stack: Stack, host: str) -> None:
    assert httpx.get(f"{stack.origin}/config.json", headers={"Host": host}, trust_env=False).status_code == 421


def test_other_web_pages_do_not_reach_the_simulator(stack: Stack) -> None:
    headers = {"Sec-Fetch-Site": "cross-site"}
    assert httpx.get(f"{stack.origin}/simulator/api/state", headers=headers, trust_env=False).status_code == 403


@pytest.mark.parametrize("action", ["AdminCreateUser", "ListUsers", "DeleteUserPool"])
def test_the_sign_in_door_opens_for_nothing_else(stack: Stack, action: str) -> None:
    headers = {"X-Amz-Target": f"AWSCognitoIdentityProviderService.{action}"}
    answer = httpx.post(f"{stack.origin}/auth", json={}, headers=headers, trust_env=False)
    assert answer.status_code == 403


def test_paths_do_not_lead_out_of_the_site(stack: Stack) -> None:
    """Sent raw, as no client library would."""
    for path in ("/../Makefile", "/%2e%2e/Makefile", "/..%2fMakefile", "/assets/..%2f..%2fpackage.json"):
        answer = _raw(stack, path)
        assert b"PYTHON" not in answer
        assert b"devDependencies" not in answer


def test_a_restart_keeps_the_data_and_everything_still_works(stack: Stack) -> None:
    before = stack.sign_in("maya").get("/stores/boston/conversations?state=open")["rows"]
    stack.restart()
    maya = stack.sign_in("maya")
    assert maya.get("/stores/boston/conversations?state=open")["rows"] == before
    stack.driver.text("+12125550149", stack.number("boston"), "After the restart")
    assert maya.get("/stores/boston/conversations?state=open")["rows"][0]["last_preview"] == "After the restart"
    _answer_reaches_the_phone(stack)


def _answer_reaches_the_phone(stack: Stack) -> None:
    """Stream, queue and provider are awake too."""
    maya = stack.sign_in("maya")
    conversation = maya.get("/stores/boston/conversations?state=open")["rows"][0]["id"]
    maya.post(f"/conversations/{conversation}/messages", {"body": "Welcome back"})

    def arrived() -> bool:
        texts = stack.driver.simulator("GET", "/phones/+12125550149")["texts"]
        return any(text["body"] == "Welcome back" and text["direction"] == "in" for text in texts)

    wait_until(arrived, "an answer after the restart")


def _raw(stack: Stack, path: str) -> bytes:
    address = urlsplit(stack.origin)
    assert address.hostname
    assert address.port
    with socket.create_connection((address.hostname, address.port), timeout=5) as connection:
        connection.sendall(f"GET {path} HTTP/1.1\r\nHost: {address.netloc}\r\nConnection: close\r\n\r\n".encode())
        answer = b""
        while part := connection.recv(65536):
            answer += part
        return answer
