"""HMAC signatures as providers put them in a header: as text, compared in constant time, failing closed."""

import base64
import hmac

from .errors import BadSignature


def signature(secret: str, data: bytes, algorithm: str) -> str:
    """The Base64 HMAC of `data`. `algorithm`: a name `hashlib` knows. Raises BadSignature when the secret is blank."""
    if not secret.strip():
        raise BadSignature
    mac = hmac.new(secret.encode("utf-8", "surrogatepass"), data, algorithm)
    return base64.b64encode(mac.digest()).decode("ascii")


def hex_signature(secret: str, data: bytes, algorithm: str) -> str:
    """The HMAC of `data` in lower-case hexadecimal digits. Raises BadSignature when the secret is blank."""
    return base64.b64decode(signature(secret, data, algorithm)).hex()


def require_match(given: str | None, expected: list[str]) -> None:
    """Raises BadSignature unless `given` is, character for character, one of `expected`.

    The texts are compared, not the bytes they decode to: Base64 has several spellings of the same bytes.
    """
    claim = (given or "").encode("utf-8", "replace")
    matches = [hmac.compare_digest(claim, text.encode("ascii")) for text in expected]
    if not claim or not any(matches):
        raise BadSignature
