"""A proxy between functions and emulator that answers a part of the DynamoDB calls with an error of DynamoDB's own.

microburst speaks AWS's protocols, so that the SDK in the function takes its errors for real ones.
"""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import boto3
import httpx
from botocore.config import Config

from local.emulator import AWS_SETTINGS
from local.ports import free_port
from tests.e2e.stack import STATE, Stack

VARIABLE = "AWS_ENDPOINT_URL_DYNAMODB"
"""The SDK prefers it over AWS_ENDPOINT_URL, which leads to the emulator."""


class Faults:
    """What the proxy did."""

    def __init__(self, url: str) -> None:
        self._url = url

    def injected(self) -> int:
        """Calls that got an error instead of an answer."""
        return _sum(self._metrics(), "microburst_faults_total")

    def requests(self) -> int:
        return _sum(self._metrics(), "microburst_requests_total")

    def stop_injecting(self) -> None:
        httpx.delete(f"{self._url}/_microburst/rules", trust_env=False).raise_for_status()

    def _metrics(self) -> str:
        return httpx.get(f"{self._url}/_microburst/metrics", trust_env=False).text


@contextmanager
def throttled(stack: Stack, probability: float) -> Iterator[Faults]:
    """Every function's DynamoDB calls go through the proxy; afterwards nothing is left of it."""
    url = f"http://127.0.0.1:{free_port()}"
    process = _start(url, stack.emulator_endpoint)
    try:
        rule = {"service": "dynamodb", "probability": probability, "error": {"code": THROTTLED}}
        _warm_up(stack, url)
        httpx.patch(f"{url}/_microburst/rules", json=[rule], trust_env=False).raise_for_status()
        with _functions_told(stack, {VARIABLE: url}):
            yield Faults(url)
    finally:
        process.terminate()
        process.wait(10)


THROTTLED = "ProvisionedThroughputExceededException"


def _start(url: str, upstream: str) -> "subprocess.Popen[bytes]":
    STATE.mkdir(parents=True, exist_ok=True)
    command = [sys.executable, "-m", "microburst", "--upstream", upstream, "--resign"]
    with (STATE / "faults.log").open("wb") as log:
        process = subprocess.Popen(
            [*command, "--host", "127.0.0.1", "--port", url.rsplit(":", 1)[1]],
            stdout=log,
            stderr=subprocess.STDOUT,
            env={**os.environ, **AWS_SETTINGS, "NO_PROXY": "*"},  # a signature covers the host: sign for the emulator's
        )
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        try:
            if httpx.get(f"{url}/_microburst/health", trust_env=False).is_success:
                return process
        except httpx.TransportError:
            time.sleep(0.1)
    process.kill()
    raise AssertionError("the proxy did not start; see build/e2e/faults.log")


def _warm_up(stack: Stack, url: str) -> None:
    """The proxy reads DynamoDB's description at the first call, for longer than a function would wait."""
    config = Config(proxies={}, read_timeout=60)
    table = stack.outputs["TableName"]
    boto3.client("dynamodb", endpoint_url=url, config=config).describe_table(TableName=table)


@contextmanager
def _functions_told(stack: Stack, variables: dict[str, str]) -> Iterator[None]:
    """Adds to the environment of every function, and takes it away again."""
    functions = stack.client("lambda")
    names = [found["FunctionName"] for found in functions.list_functions()["Functions"]]
    before = {name: _environment(functions, name) for name in names}
    try:
        for name, known in before.items():
            _tell(functions, name, {**known, **variables})
        yield
    finally:
        for name, known in before.items():
            _tell(functions, name, known)


def _environment(functions: Any, name: str) -> dict[str, str]:
    found: dict[str, str] = functions.get_function_configuration(FunctionName=name)["Environment"]["Variables"]
    return found


def _tell(functions: Any, name: str, variables: dict[str, str]) -> None:
    functions.update_function_configuration(FunctionName=name, Environment={"Variables": variables})


def _sum(metrics: str, name: str) -> int:
    lines = [line for line in metrics.splitlines() if line.startswith((f"{name}{{", f"{name} "))]
    return int(sum(float(line.rsplit(" ", 1)[1]) for line in lines))
