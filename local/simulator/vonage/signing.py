"""Vonage's webhook token, https://developer.vonage.com/en/getting-started/concepts/webhooks#decoding-signed-webhooks

Written from the description rather than shared with the product's verifier, so that each proves the other.
"""

import base64
import hashlib
import hmac
import json
import uuid
from collections.abc import Mapping


def token(signature_secret: str, api_key: str, body: bytes, now: int) -> str:
    """What stands in the Authorization header: a JWT (HS256) about the body. `now` in seconds."""
    claims: dict[str, str | int] = {
        "iat": now,
        "jti": str(uuid.uuid4()),
        "iss": "Vonage",
        "payload_hash": hashlib.sha256(body).hexdigest(),
        "api_key": api_key,
    }
    signed = _part({"alg": "HS256", "typ": "JWT"}) + b"." + _part(claims)
    mac = hmac.new(signature_secret.encode(), signed, hashlib.sha256).digest()
    return f"Bearer {signed.decode()}.{_text(mac).decode()}"


def _part(content: Mapping[str, str | int]) -> bytes:
    return _text(json.dumps(content, separators=(",", ":")).encode())


def _text(data: bytes) -> bytes:
    return base64.urlsafe_b64encode(data).rstrip(b"=")
