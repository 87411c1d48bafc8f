"""One client per service per process, made when first used, with short time-outs."""

from functools import cache
from typing import Any


@cache
def client(service: str, endpoint: str | None = None) -> Any:
    """A boto3 client. `endpoint` only where the address is ours to know (sockets); else the SDK's own."""
    import boto3
    from botocore.config import Config

    return boto3.client(  # type: ignore[call-overload]  # one function for every service: the name is a variable
        service,
        endpoint_url=endpoint,
        config=Config(connect_timeout=1, read_timeout=3, retries={"mode": "standard", "total_max_attempts": 3}),
    )
