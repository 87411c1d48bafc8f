"""Signs requests to AWS that go through our own HTTP client: botocore's signer, and no model of a service (P1, P2).

botocore's session brings the signer along, so it costs a cold start nothing more.
"""

from typing import Any

from chalicelib.domain.errors import Unavailable

from .clients import session


def sign(method: str, url: str, headers: dict[str, str], body: bytes, *, service: str) -> dict[str, str]:
    """The headers with which AWS takes the request as one of this function. Raises Unavailable without credentials.

    `service`: its name in signatures (`ses`, `s3`, `sms-voice`). Nothing but `headers`, host and date is signed.
    """
    from botocore.auth import S3SigV4Auth, SigV4Auth
    from botocore.awsrequest import AWSRequest

    request = AWSRequest(method=method, url=url, headers=headers, data=body)
    signer = S3SigV4Auth if service == "s3" else SigV4Auth
    signer(_credentials(), service, region()).add_auth(request)
    return dict(request.headers.items())


def presigned(method: str, url: str, lifetime: int, *, service: str, headers: dict[str, str] | None = None) -> str:
    """The address under which AWS takes this request from anybody for `lifetime` seconds. Raises Unavailable.

    `headers` are signed along: the request must have exactly these.

    A function's own credentials change: an address lives no longer than those that signed it (some hours).
    """
    from botocore.auth import S3SigV4QueryAuth
    from botocore.awsrequest import AWSRequest

    request = AWSRequest(method=method, url=url, headers=headers)
    S3SigV4QueryAuth(_credentials(), service, region(), expires=lifetime).add_auth(request)
    return str(request.url)


def region() -> str:
    """Where this function runs."""
    found: str = session().get_config_variable("region") or "us-east-1"
    return found


def _credentials() -> Any:
    """As they are now: a role's change several times a day, and botocore renews them."""
    found = session().get_credentials()
    if found is None:
        raise Unavailable("There are no AWS credentials.")
    return found.get_frozen_credentials()
