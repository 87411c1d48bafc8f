"""Vonage's webhook tokens, written from RFC 7515 and Vonage's own page, not from the adapter or the simulator.

https://developer.vonage.com/en/getting-started/concepts/webhooks#decoding-signed-webhooks
"""

import base64
import hashlib
import hmac
import json
import uuid
from typing import Any

ALGORITHM = {"alg": "HS256", "typ": "JWT"}


def token(
    secret: str, account: str, body: bytes, issued_at: int, *, header: dict[str, Any] | None = None, **claims: Any
) -> str:
    """What stands in the Authorization header. `issued_at` in seconds; `claims` replace ours, None leaves one out."""
    given = {
        "iat": issued_at,
        "jti": str(uuid.UUID(int=issued_at)),
        "iss": "Vonage",
        "payload_hash": hashlib.sha256(body).hexdigest(),
        "api_key": account,
        "application_id": "1b2c3d4e-0000-4000-8000-a1b2c3d4e5f6",
        **claims,
    }
    kept = {name: value for name, value in given.items() if value is not None}
    return "Bearer " + signed(secret, ALGORITHM if header is None else header, kept)


def signed(secret: str, header: dict[str, Any], claims: dict[str, Any]) -> str:
    """A JWT, signed with HS256 whatever its header says."""
    parts = ".".join(_encoded(json.dumps(part).encode()) for part in (header, claims))
    return f"{parts}.{_encoded(hmac.digest(secret.encode(), parts.encode(), 'sha256'))}"


def _encoded(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()
