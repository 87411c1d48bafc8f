"""Looks at a request's AWS signature as far as somebody can who does not know the key: form, service, age, body.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
"""

import hashlib
import re
from collections.abc import Mapping
from datetime import UTC, datetime

ALGORITHM = "AWS4-HMAC-SHA256"
OLDEST = 5 * 60_000
"""Milliseconds that a signature may differ from now."""
UNSIGNED = "UNSIGNED-PAYLOAD"
_AUTHORIZATION = re.compile(
    rf"{ALGORITHM} Credential=(?P<key>[^/\s,]+)/(?P<day>\d{{8}})/(?P<region>[a-z0-9-]+)/(?P<service>[a-z0-9-]+)"
    r"/aws4_request,\s*SignedHeaders=(?P<headers>[a-z0-9;-]+),\s*Signature=[0-9a-f]{64}"
)
_TIME = "%Y%m%dT%H%M%SZ"


def complaint(headers: Mapping[str, str], body: bytes, service: str, now: int) -> str:
    """What is wrong with the signature of a request to `service`, as the name of AWS's error; empty when nothing is.

    `headers`: names in lower case, or a mapping that does not care.
    """
    authorization = headers.get("authorization", "")
    if not authorization:
        return "MissingAuthenticationTokenException"
    signed = _AUTHORIZATION.fullmatch(authorization.strip())
    if signed is None:
        return "IncompleteSignatureException"
    at = _at(headers.get("x-amz-date", ""))
    wrong = (
        at is None,
        signed["service"] != service,
        not {"host", "x-amz-date"} <= set(signed["headers"].split(";")),
        at is not None and (abs(now - at) > OLDEST or signed["day"] != headers["x-amz-date"][:8]),
        headers.get("x-amz-content-sha256", UNSIGNED) not in (UNSIGNED, hashlib.sha256(body).hexdigest()),
    )
    return "InvalidSignatureException" if any(wrong) else ""


def _at(text: str) -> int | None:
    """Epoch milliseconds of an `X-Amz-Date`."""
    try:
        return int(datetime.strptime(text, _TIME).replace(tzinfo=UTC).timestamp() * 1000)
    except ValueError:
        return None
