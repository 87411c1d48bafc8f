"""AWS clients for the emulator."""

import os
from functools import cache
from typing import Any

import boto3
from botocore.config import Config

from .emulator import AWS_SETTINGS, REGION

_CONFIG = Config(retries={"total_max_attempts": 3}, connect_timeout=2, read_timeout=60, proxies={})


class EmulatorSession:
    """Stands in for a boto3 session; every client of it talks to one emulator."""

    region_name = REGION

    def __init__(self, endpoint: str) -> None:
        self.endpoint = endpoint
        self._clients: dict[str, Any] = {}

    def client(self, service: str) -> Any:
        """The client of a service, made once."""
        if service not in self._clients:
            create: Any = _session().client  # the service is a plain string here, which typed stubs do not allow
            self._clients[service] = create(service, endpoint_url=self.endpoint, config=_CONFIG)
        return self._clients[service]


@cache
def _session() -> boto3.Session:
    return boto3.Session(region_name=REGION)


def forget_own_aws() -> None:
    """Makes this process use the emulator's credentials, whatever profile or keys its user has for AWS."""
    for name in [name for name in os.environ if name.startswith("AWS_")]:
        del os.environ[name]
    os.environ.update(AWS_SETTINGS)
