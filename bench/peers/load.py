"""Runs FastAPI + PostgreSQL and sends it customers' texts; one browser is connected."""

import os
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlencode

import httpx
from websockets.sync.client import connect

from bench import environment, postgres, programs
from bench.fixtures import NATURAL_PATH, form
from bench.programs import cpu_ms
from tests.support.cloud import signature
from tests.support.merchant import CARLA, SEATTLE, SEATTLE_NUMBER

_CONVERSATION = "00000000-0000-0000-0000-000000000001"
_FILL = f"""
insert into routes values ('{CARLA}', '{SEATTLE_NUMBER}', '{_CONVERSATION}', '{SEATTLE}');
insert into conversations values ('{_CONVERSATION}', '{SEATTLE}', now(), '', 0);
insert into associates values ('ada', '{{{SEATTLE}}}')
"""


@contextmanager
def fastapi() -> Iterator[Callable[[int], float]]:
    """A run of n texts gives the CPU milliseconds of one, in the server's and in PostgreSQL's processes."""
    with postgres.running() as (database, database_process), _server(database) as (address, server):
        subprocess.run(["psql", "-q", database], input=_FILL, text=True, check=True)
        count = iter(range(10**9))
        with (
            httpx.Client(base_url=address, trust_env=False) as http,
            connect(address.replace("http", "ws") + "/ws/ada", proxy=None) as browser,
        ):

            def run(texts: int) -> float:
                before = cpu_ms(server) + cpu_ms(database_process)
                for _ in range(texts):
                    _text(http, next(count))
                    browser.recv(timeout=10)
                return (cpu_ms(server) + cpu_ms(database_process) - before) / texts

            yield run


def _text(http: httpx.Client, number: int) -> None:
    """Each with an id of its own: the same again would be a duplicate."""
    content = form() | {"MessageSid": f"SM{number:032x}"}
    headers = {
        "Content-Type": "application/x-www-form-urlencoded",
        "X-Twilio-Signature": signature(NATURAL_PATH, content),
    }
    http.post(NATURAL_PATH, content=urlencode(content), headers=headers).raise_for_status()


@contextmanager
def _server(database: str) -> Iterator[tuple[str, int]]:
    port = programs.free_port()
    paths = [str(environment.HERE / "peers"), str(environment.peers())]
    serve = f"uvicorn.run('fastapi_app:app', port={port}, log_level='warning')"
    start = f"import sys; sys.path[:0] = {paths!r}; import uvicorn; {serve}"
    process = subprocess.Popen(
        [*environment.command(Path("-c")), start],
        env=environment.SETTINGS | {"DATABASE_URL": database, "PATH": os.environ["PATH"]},
    )
    try:
        programs.await_port(port, "FastAPI")
        yield f"http://127.0.0.1:{port}", process.pid
    finally:
        programs.stop(process)
