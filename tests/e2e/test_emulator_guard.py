"""No web page reaches the emulator, whose port is open to every browser on this computer (local/emulator_guard.py)."""

from collections.abc import Callable
from typing import Any

import httpx
import pytest
from botocore.auth import SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials

from tests.e2e.api import Person
from tests.e2e.stack import Stack

pytestmark = pytest.mark.e2e

Ask = Callable[[Stack, dict[str, str]], httpx.Response]
FROM_A_PAGE = {"Origin": "https://evil.example"}


def _send(stack: Stack, method: str, path: str, headers: dict[str, str], body: str = "") -> httpx.Response:
    address = f"{stack.emulator_endpoint}{path}"
    return httpx.request(method, address, headers=headers, content=body, timeout=60, trust_env=False)


def _preflight(stack: Stack, headers: dict[str, str]) -> httpx.Response:
    return _send(stack, "OPTIONS", "/", {**headers, "Access-Control-Request-Method": "POST"})


def _read_a_secret(stack: Stack, headers: dict[str, str]) -> httpx.Response:
    """Signed, which any page can do: the emulator takes any key."""
    body = f'{{"Name": "{stack.outputs["ParameterPrefix"]}/signing-key", "WithDecryption": true}}'
    kind = {"Content-Type": "application/x-amz-json-1.1", "X-Amz-Target": "AmazonSSM.GetParameter"}
    request = AWSRequest("POST", f"{stack.emulator_endpoint}/", data=body, headers=kind)
    SigV4Auth(Credentials("test", "test"), "ssm", "us-east-1").add_auth(request)
    return _send(stack, "POST", "/", {**dict(request.headers), **headers}, body)


def _wipe(stack: Stack, headers: dict[str, str]) -> httpx.Response:
    return _send(stack, "POST", "/_ministack/reset", headers)


@pytest.mark.parametrize("ask", [_preflight, _read_a_secret])
@pytest.mark.parametrize(
    "headers", [FROM_A_PAGE, {"Sec-Fetch-Site": "cross-site"}, {"Host": "evil.example"}], ids=["origin", "site", "host"]
)
def test_a_page_is_refused_and_may_not_read_the_refusal(stack: Stack, headers: dict[str, str], ask: Ask) -> None:
    answer = ask(stack, headers)
    assert answer.status_code == 403
    assert "access-control-allow-origin" not in answer.headers
    assert "SecureString" not in answer.text


@pytest.mark.parametrize("headers", [FROM_A_PAGE, {"Sec-Fetch-Site": "cross-site"}, {"Host": "evil.example"}])
def test_a_page_cannot_wipe_the_state(stack: Stack, maya: Person, headers: dict[str, str]) -> None:
    assert _read_a_secret(stack, {}).status_code == 200, "or the refusals above prove nothing"
    before = _items(stack)
    assert _wipe(stack, headers).status_code == 403
    assert _items(stack) == before > 0
    assert maya.do("GET", "/me")


def test_pages_of_another_origin_may_still_use_the_api(stack: Stack, maya: Person, outside: httpx.Client) -> None:
    """The gateway answers as API Gateway does, preflight included."""
    asked = {"Access-Control-Request-Method": "GET", "Access-Control-Request-Headers": "authorization"}
    preflight = outside.request("OPTIONS", f"{stack.origin}/api/me", headers={**FROM_A_PAGE, **asked})
    assert preflight.status_code == 200
    assert preflight.headers["access-control-allow-origin"] == "*"
    assert "GET" in preflight.headers["access-control-allow-methods"]
    allowed = preflight.headers["access-control-allow-headers"].split(",")
    assert {"Authorization", "Content-Type", "Idempotency-Key"} <= set(allowed)
    from_there = {**FROM_A_PAGE, "Sec-Fetch-Site": "cross-site", "Authorization": maya.token}
    answer = outside.get(f"{stack.origin}/api/me", headers=from_there)
    assert (answer.status_code, answer.headers["access-control-allow-origin"]) == (200, "*")


def _items(stack: Stack) -> int:
    found: Any = stack.client("dynamodb").scan(TableName=stack.outputs["TableName"], Select="COUNT")
    return int(found["Count"])
