"""The API as a program outside would use it: with a real sign-in, looking at statuses and error codes."""

import json
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Self

import httpx
from websockets.sync.client import ClientConnection, connect

from local import merchant
from local.driver import wait_until
from tests.e2e.stack import Stack

SIGN_IN = {
    "X-Amz-Target": "AWSCognitoIdentityProviderService.InitiateAuth",
    "Content-Type": "application/x-amz-json-1.1",
}


class Person:
    """An associate with a token of their own."""

    def __init__(self, stack: Stack, name: str) -> None:
        self.http = httpx.Client(base_url=stack.origin, timeout=40, trust_env=False)
        self.token = id_token(self.http, stack, f"{name}@juniper.example")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.http.close()

    def ask(self, method: str, path: str, body: Any = None, key: str = "") -> httpx.Response:
        """Any answer, whatever its status. A fresh idempotency key unless one is given."""
        headers = {"Authorization": self.token, "Idempotency-Key": key or secrets.token_urlsafe(16)}
        return self.http.request(method, f"/api{path}", json=body, headers=headers)

    def do(self, method: str, path: str, body: Any = None, key: str = "") -> Any:
        """The content of a good answer."""
        answer = self.ask(method, path, body, key)
        assert answer.is_success, f"{method} {path}: {answer.status_code} {answer.text}"
        return answer.json() if answer.content else None

    def refused(self, method: str, path: str, body: Any = None, key: str = "") -> tuple[int, str]:
        """Status and error code of a refusal in the one shape."""
        return refusal(self.ask(method, path, body, key))

    def row(self, customer: str, store: str = "boston", state: str = "open") -> dict[str, Any] | None:
        """The customer's row in the store's inbox."""
        rows = self.rows(store, state)
        return next((row for row in rows if row["customer_name"] == customer), None)

    def rows(self, store: str, state: str = "open") -> list[dict[str, Any]]:
        return self.pages(f"/stores/{store}/conversations?state={state}")

    def pages(self, path: str) -> list[dict[str, Any]]:
        """The whole list, page by page: other tests have filled it."""
        rows: list[dict[str, Any]] = []
        more = ""
        while True:
            page = self.do("GET", f"{path}&limit=100{more}")
            rows += page["rows"]
            if page["next"] is None:
                return rows
            more = f"&cursor={page['next']}"

    def messages(self, conversation: str) -> list[dict[str, Any]]:
        """The newest hundred, oldest first."""
        found: list[dict[str, Any]] = self.do("GET", f"/conversations/{conversation}?limit=100")["messages"]
        return found

    def send(self, conversation: str, body: str, key: str = "") -> dict[str, Any]:
        sent: dict[str, Any] = self.do("POST", f"/conversations/{conversation}/messages", {"body": body}, key)
        return sent

    def message(self, conversation: str, message_id: str) -> dict[str, Any]:
        return next(message for message in self.messages(conversation) if message["id"] == message_id)

    def wait_for_status(self, conversation: str, message_id: str, *statuses: str) -> dict[str, Any]:
        """The message once it has one of the statuses."""

        def reached() -> dict[str, Any] | None:
            message = self.message(conversation, message_id)
            return message if message["status"] in statuses else None

        found: dict[str, Any] = wait_until(reached, f"a message to be {' or '.join(statuses)}")
        return found

    @contextmanager
    def open_socket(self) -> Iterator[ClientConnection]:
        """A live connection that has been heard from."""
        with connect(self.do("POST", "/me/ticket")["url"], proxy=None) as socket:
            socket.send('{"action":"ping"}')
            assert json.loads(socket.recv(timeout=10)) == {"pong": True}
            yield socket


def id_token(http: httpx.Client, stack: Stack, email: str, password: str = merchant.PASSWORD) -> str:
    """From the user pool, as a browser gets it."""
    secret = {"USERNAME": email, "PASSWORD": password}
    client_id = stack.demo["auth"]["client_id"]
    body = {"AuthFlow": "USER_PASSWORD_AUTH", "ClientId": client_id, "AuthParameters": secret}
    answer = http.post("/auth", json=body, headers=SIGN_IN)
    assert answer.is_success, answer.text
    return str(answer.json()["AuthenticationResult"]["IdToken"])


def refusal(answer: httpx.Response) -> tuple[int, str]:
    """Status and code; the body must have the one error shape."""
    assert answer.is_error, f"was not refused: {answer.status_code} {answer.text[:200]}"
    body = answer.json()
    assert set(body) == {"error"}, body
    assert set(body["error"]) == {"code", "message", "details"}, body
    return answer.status_code, str(body["error"]["code"])
