"""Wakes browsers through their push services (RFC 8030), with nothing in the message: no service learns a word.

Who asks signs a token per service (RFC 8292, docs/decisions/0024-pushes-without-words.md).
"""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable
from urllib.parse import urlsplit

from chalicelib.config import Settings
from chalicelib.domain.errors import Unavailable
from chalicelib.usecases.ports import Http, Log, NoAnswer, NotConnected, Woken

_KEPT_MS = 3_600_000
_VALID_SECONDS = 12 * 3600
"""Services take tokens of a day at most."""
_TIMEOUT = 3.0
_GONE = (404, 410)
_HEADERS = {"TTL": "86400", "Urgency": "high", "Topic": "reminder", "Content-Length": "0"}
"""A browser that is off hears of it within a day; of several that wait for it, one."""


class WebPush:
    """Implements ports.PushServices."""

    def __init__(
        self,
        settings: Settings,
        http: Callable[[], Http],
        parameter: Callable[[str], str],
        log: Log,
    ) -> None:
        self.public_key = settings.push_identity
        self.local_service = settings.provider_api_urls.get("push", "")
        self._http, self._parameter, self._log = http, parameter, log
        self._tokens: dict[str, tuple[int, str]] = {}

    def wake(self, endpoint: str, now: int) -> Woken:
        address = urlsplit(endpoint)
        try:
            token = self._token(f"{address.scheme}://{address.netloc}", now)
            headers = {**_HEADERS, "Authorization": f"vapid t={token}, k={self.public_key}"}
            status = self._http().request("POST", endpoint, headers=headers, body=b"", timeout=_TIMEOUT).status
        except (NotConnected, NoAnswer, Unavailable, ValueError) as error:
            return self._failed(address.netloc, type(error).__name__)
        if status in _GONE:
            return Woken.GONE
        return Woken.TAKEN if 200 <= status < 300 else self._failed(address.netloc, str(status))

    def _failed(self, service: str, cause: str) -> Woken:
        self._log.warning("push_failed", service=service, cause=cause)
        return Woken.FAILED

    def _token(self, origin: str, now: int) -> str:
        """Signed once in an hour per service. Raises Unavailable, and ValueError for a key that is none."""
        made_at, token = self._tokens.get(origin, (0, ""))
        if not 0 <= now - made_at < _KEPT_MS:
            claims = {"aud": origin, "exp": now // 1000 + _VALID_SECONDS, "sub": self._parameter("site-url")}
            token = signed(claims, self._parameter("push-key"))
            self._tokens[origin] = now, token
        return token


def signed(claims: dict[str, object], private_key: str) -> str:
    """A JWT by ES256. `private_key`: its 32 bytes in URL-safe base64. Raises ValueError for another."""
    from .es256 import sign

    body = ".".join(_encoded(json.dumps(part).encode()) for part in ({"typ": "JWT", "alg": "ES256"}, claims))
    return f"{body}.{_encoded(sign(urlsafe_b64decode(private_key + '=='), body.encode()))}"


def _encoded(raw: bytes) -> str:
    return urlsafe_b64encode(raw).rstrip(b"=").decode()
