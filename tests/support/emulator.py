"""The emulator's services inside this process: botocore's requests never reach a socket."""

import io
from functools import cache
from types import ModuleType
from typing import Any

import botocore.session
from botocore.awsrequest import AWSResponse
from ministack.services import dynamodb, ssm

from chalicelib.store.table import Table
from tests.support.table import definition

REGION = "us-east-1"


class Raw(io.BytesIO):
    def stream(self, **_: object) -> list[bytes]:
        return [self.read()]


def attach(client: Any, service: ModuleType) -> None:
    """Answers every request of a botocore client from one of the emulator's service modules."""

    def answer(request: Any, **_: object) -> AWSResponse:
        body = request.body or b""
        names = {name.lower(): _text(value) for name, value in request.headers.items()}
        call = service.handle_request("POST", "/", names, body if isinstance(body, bytes) else body.encode(), {})
        status, headers, content = _finished(call)
        return AWSResponse(request.url, status, headers, Raw(content))  # type: ignore[arg-type]  # any mapping will do

    client.meta.events.register_last(f"before-send.{client.meta.service_model.service_name}", answer)


def fresh_client() -> Any:
    client = Table("any", region=REGION).connection.connection.client
    attach(client, dynamodb)
    return client


@cache
def _client() -> Any:
    """One for all tables: making one takes longer than most tests."""
    return fresh_client()


def make_table(name: str) -> Table:
    """A fresh table in the emulator, and the store's way to it."""
    table = Table(name, region=REGION, sleep=lambda _: None)
    table.connection.connection._client = _client()
    _client().create_table(**definition(name))
    return table


@cache
def make_ssm() -> Any:
    client = botocore.session.get_session().create_client("ssm", REGION)
    attach(client, ssm)
    return client


def _text(value: str | bytes) -> str:
    return value.decode() if isinstance(value, bytes) else value


def _finished(call: Any) -> tuple[int, dict[str, str], bytes]:
    """The result of a coroutine that waits for nothing."""
    try:
        call.send(None)
    except StopIteration as done:
        result: tuple[int, dict[str, str], bytes] = done.value
        return result
    raise RuntimeError("the emulator waited for something")
