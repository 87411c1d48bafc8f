"""The whole local stack for tests: started once per session on free ports, in a folder of its own under build/.

    def test_something(stack: Stack) -> None:
        stack.driver.text("+12125550101", stack.number("boston"), "Hello")

The data is the demo shop's (local/merchant.py, local/customers.py); tests make their own orders and phones on top.
`stack.restart()` stops everything in order and starts it again on the same data and port.
"""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from local import demo, merchant
from local.clients import forget_own_aws
from local.driver import Associate, Driver
from local.stack import LocalStack
from local.workspace import ROOT, Workspace

STATE = ROOT / "build" / "e2e"


class Stack:
    """A running stack, and who may use it."""

    def __init__(self, state: Path) -> None:
        self.workspace = Workspace(state)
        self.local = self._start(0)
        demo.prepare(self.local)
        self.demo: dict[str, Any] = demo.facts(self.local)
        """What `.local/demo.json` says in a run."""
        self.driver = Driver(self.origin)

    @property
    def origin(self) -> str:
        return self.local.origin

    @property
    def emulator_endpoint(self) -> str:
        return self.local.endpoint

    @property
    def outputs(self) -> dict[str, str]:
        """The CloudFormation stack's."""
        return self.local.outputs

    def client(self, service: str) -> Any:
        """A boto3 client of the emulator."""
        return self.local.session.client(service)

    def sign_in(self, name: str) -> Associate:
        """`maya`, `ben`, `elena`, `iris` or `noah`."""
        return self.driver.sign_in(f"{name}@juniper.example", merchant.PASSWORD)

    def number(self, store_id: str) -> str:
        """The number a store texts from."""
        return str(next(store.proxy for store in merchant.STORES if store.id == store_id))

    @property
    def smtp_port(self) -> int:
        return self.local.smtp_port

    def connection(self, provider: str) -> dict[str, Any]:
        """Address and secret of a provider's webhooks."""
        return next(found for found in self.demo["connections"] if found["provider"] == provider)

    def restart(self, *, kill: bool = False) -> None:
        """`kill`: the emulator dies at once, without writing its state."""
        port = self.local.port
        if kill:
            self.local.emulator.kill()
        self.local.stop()
        self.local = self._start(port)

    def stop(self) -> None:
        self.driver.close()
        self.local.stop()

    def _start(self, port: int) -> LocalStack:
        return LocalStack(self.workspace, port).__enter__()


@pytest.fixture(scope="session")
def stack() -> Iterator[Stack]:
    forget_own_aws()
    state = STATE / os.environ.get("PYTEST_XDIST_WORKER", "main")
    shutil.rmtree(state, ignore_errors=True)
    running = Stack(state)
    try:
        yield running
    finally:
        running.stop()
