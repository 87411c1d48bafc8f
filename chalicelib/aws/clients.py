"""One client per service per process, made when first used, with short time-outs."""

from functools import cache
from typing import Any


@cache
def client(service: str, endpoint: str | None = None) -> Any:
    """A botocore client. `endpoint` only where the address is ours to know (sockets); else the SDK's own."""
    from botocore.config import Config

    config = Config(
        connect_timeout=1,
        read_timeout=2,
        retries={"mode": "standard", "total_max_attempts": 3},
        parameter_validation=False,  # the service checks the same
        user_agent="counterline",  # else botocore composes a long one anew for every request: a tenth of its time
    )
    return session().create_client(service, endpoint_url=endpoint, config=config)


@cache
def session() -> Any:
    """Shared by all clients: credentials and botocore's data are read once. boto3 would only add to a cold start."""
    from botocore.session import get_session

    return get_session()
