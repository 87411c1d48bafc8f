"""docs/generic-shop.md says what is so: its examples run, its table and its schema are the decoder's."""

import hashlib
import hmac
import json
import os
import re
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from msgspec.structs import replace

from chalicelib.domain.events import OrderChanged
from chalicelib.shops.generic import Generic
from chalicelib.usecases.ports import WebhookRequest
from infra import shop_schema
from tests.shops.generic.test_generic import WRONG, TestGeneric

PAGE = (shop_schema.ROOT / "docs" / "generic-shop.md").read_text("utf-8")
SECRET = "example-secret"
CONNECTION = replace(TestGeneric.connection, account="harbour-books")
RUN = {"bash": ["bash", "-eu"], "python": [sys.executable], "php": ["php"], "js": ["node"]}


def block(language: str) -> str:
    [found] = re.findall(rf"```{language}\n(.*?)```", PAGE, re.DOTALL)
    return str(found)


@pytest.fixture
def listening() -> Iterator[tuple[str, list[WebhookRequest]]]:
    """An address on this machine, and what was posted there."""
    posted: list[WebhookRequest] = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            headers = {name.lower(): value for name, value in self.headers.items()}
            body = self.rfile.read(int(headers["content-length"]))
            posted.append(WebhookRequest(method="POST", url=self.path, headers=headers, body=body))
            self.send_response(200)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_: Any) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/webhooks/generic/c4", posted
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.mark.parametrize("language", RUN)
def test_an_example_sends_what_is_accepted(
    language: str, listening: tuple[str, list[WebhookRequest]], tmp_path: Path
) -> None:
    command, (url, posted) = RUN[language], listening
    if shutil.which(command[0]) is None:
        pytest.skip(f"no {command[0]} on this machine")
    (tmp_path / "order.json").write_text(block("json"), "utf-8")
    (tmp_path / "example").write_text(block(language), "utf-8")
    environment = {"PATH": os.environ["PATH"], "SHOP_URL": url, "SHOP_SECRET": SECRET}
    subprocess.run([*command, "example"], cwd=tmp_path, env=environment, check=True, timeout=60)
    [request] = posted
    assert request.headers["content-type"] == "application/json"
    Generic().verify(request, CONNECTION, {"webhook_secret": SECRET})
    [event] = Generic().parse(request, CONNECTION, time.time_ns() // 1_000_000)
    assert isinstance(event, OrderChanged)
    assert (event.number, event.customer.first_name, event.total) == ("#1042", "Ana", 5990)


def test_the_example_in_php_signs_the_same_text() -> None:
    """PHP is on few of the machines that run these tests: its one line that matters is read."""
    assert "$signature = hash_hmac('sha256', $timestamp . '.' . $body, getenv('SHOP_SECRET'));" in block("php")


def test_the_signature_to_check_against_is_right() -> None:
    signature = hmac.new(SECRET.encode(), b'1795188601.{"version":1}', hashlib.sha256).hexdigest()
    assert f"`{signature}`" in PAGE


def test_the_published_schema_is_the_decoders() -> None:
    assert shop_schema.TARGET.read_text("utf-8") == shop_schema.text(), "run `make openapi`"


def test_the_schema_takes_what_the_decoder_takes() -> None:
    schema = Draft202012Validator(shop_schema.document())
    for name in ("order_placed", "order_bare"):
        schema.validate(json.loads((TestGeneric.fixtures / f"{name}.json").read_text("utf-8")))
    schema.validate(json.loads(block("json")))


KNOWN_TO_NO_SCHEMA = {"2026-11-20T10:30:00", "1969", "yesterday", '""', "hats-online", "2036"}
"""Formats of times, the shop's name and the present are not what a schema checks."""


@pytest.mark.parametrize(("field", "old", "new"), WRONG, ids=range(len(WRONG)))
def test_the_schema_refuses_what_the_decoder_refuses(field: str, old: str, new: str) -> None:
    if any(known in new for known in KNOWN_TO_NO_SCHEMA) and field != "event_id":
        return
    given = (TestGeneric.fixtures / "order_placed.json").read_text("utf-8").replace(old, new)
    assert not Draft202012Validator(shop_schema.document()).is_valid(json.loads(given))


def test_every_field_is_in_the_table_with_whether_it_is_needed() -> None:
    rows = [line.split(" | ") for line in PAGE.splitlines() if re.match(r"\| `[a-z_.\[\]]+`.* \| (yes|no) \|", line)]
    told = {name.strip("`"): cells[2] for cells in rows for name in re.findall(r"`[a-z_.\[\]]+`", cells[0])}
    assert told == {name: "yes" if needed else "no" for name, needed in _fields("GenericEvent", "")}


def _fields(kind: str, path: str) -> list[tuple[str, bool]]:
    schema = shop_schema.document()["$defs"]
    found: list[tuple[str, bool]] = []
    for name, said in schema[kind]["properties"].items():
        listed = said.get("type") == "array"
        inner = (said["items"] if listed else said).get("$ref", "").rpartition("/")[2]
        if name != "order":
            found.append((path + name, name in schema[kind]["required"]))
        if "properties" in schema.get(inner, {}):
            found += _fields(inner, f"{path}{name}{'[]' if listed else ''}.")
    return found
