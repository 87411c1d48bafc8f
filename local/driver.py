"""Drives a running stack from outside, as people and providers do: signs in, calls the API, uses phones and shop."""

import secrets
import time
from collections.abc import Callable
from typing import Any, Self

import httpx

from .problems import Problem

PATIENCE = 30
"""Seconds to wait for what takes a moment."""


class Associate:
    """The API with somebody signed in."""

    def __init__(self, http: httpx.Client, id_token: str) -> None:
        self._http = http
        self._headers = {"Authorization": id_token}

    def get(self, path: str) -> Any:
        return _json(self._http.get(f"/api{path}", headers=self._headers))

    def post(self, path: str, body: Any = None) -> Any:
        """With a fresh idempotency key; None where the answer has no content."""
        headers = {**self._headers, "Idempotency-Key": secrets.token_urlsafe(16)}
        return _json(self._http.post(f"/api{path}", json=body, headers=headers))


class Driver:
    """A stack's origin, with the people in front of it."""

    def __init__(self, origin: str) -> None:
        self._http = httpx.Client(base_url=origin, timeout=30, trust_env=False)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        self._http.close()

    def sign_in(self, email: str, password: str) -> Associate:
        client_id = self._http.get("/config.json").json()["auth"]["client_id"]
        headers = {
            "X-Amz-Target": "AWSCognitoIdentityProviderService.InitiateAuth",
            "Content-Type": "application/x-amz-json-1.1",
        }
        secret = {"USERNAME": email, "PASSWORD": password}
        body = {"AuthFlow": "USER_PASSWORD_AUTH", "ClientId": client_id, "AuthParameters": secret}
        answer = _json(self._http.post("/auth", json=body, headers=headers))
        return Associate(self._http, answer["AuthenticationResult"]["IdToken"])

    def simulator(self, method: str, path: str, body: Any = None) -> Any:
        """One call of the simulator's control API (docs/simulator.md)."""
        return _json(self._http.request(method, f"/simulator/api{path}", json=body))

    def text(self, phone: str, to: str, body: str) -> None:
        """A customer texts one of our numbers; returns when the webhook was answered."""
        sid = self.simulator("POST", f"/phones/{phone}/texts", {"to": to, "body": body})["sid"]

        def answered() -> bool:
            texts = self.simulator("GET", f"/phones/{phone}")["texts"]
            return any(text["sid"] == sid and text["webhook_status"] is not None for text in texts)

        wait_until(answered, "a text to arrive")

    def mail(self, address: str, content: dict[str, Any]) -> Any:
        """A customer writes a mail (docs/simulator.md); returns when it was stored and announced."""
        sent = self.simulator("POST", f"/mailboxes/{address}/mails", content)

        def gone() -> bool:
            mails = self.simulator("GET", f"/mailboxes/{address}")["mails"]
            return any(mail["id"] == sent["id"] and mail["status"] != "sending" for mail in mails)

        wait_until(gone, "a mail to be taken")
        return sent


def wait_until(met: Callable[[], Any], what: str, patience: float = PATIENCE) -> Any:
    """The first true answer of `met`. Raises Problem naming `what` did not happen."""
    deadline = time.monotonic() + patience
    while time.monotonic() < deadline:
        if answer := met():
            return answer
        time.sleep(0.05)
    raise Problem(f"Waited {patience:.0f} seconds for {what}, in vain; see the logs (make logs).")


def _json(answer: httpx.Response) -> Any:
    if answer.is_error:
        raise Problem(
            f"{answer.request.method} {answer.request.url.path} was refused ({answer.status_code}).", answer.text
        )
    return answer.json() if answer.content else None
