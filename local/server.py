"""Runs the gateway in a thread of its own, so that the main thread is free to deploy, seed and wait."""

import logging
import socket
import threading
import time
from pathlib import Path

import uvicorn
from starlette.applications import Starlette

from .problems import Problem

STOP_TIMEOUT = 10
START_TIMEOUT = 20


class Server:
    """uvicorn on a socket that is listening already."""

    def __init__(self, app: Starlette, listener: socket.socket, log: Path) -> None:
        _log_to(log)
        self._listener = listener
        self._server = uvicorn.Server(
            uvicorn.Config(
                app,
                log_config=None,
                access_log=False,
                lifespan="on",
                timeout_graceful_shutdown=1,  # event streams never end by themselves
                server_header=False,
                date_header=True,
            )
        )
        self._thread = threading.Thread(target=self._run, name="gateway", daemon=True)

    def start(self) -> None:
        self._thread.start()
        deadline = time.monotonic() + START_TIMEOUT
        while not self._server.started:
            if not self._thread.is_alive() or time.monotonic() > deadline:
                raise Problem("The gateway did not start; see gateway-errors.log in the log folder.")
            time.sleep(0.01)

    def stop(self) -> None:
        self._server.should_exit = True
        if self._thread.is_alive():
            self._thread.join(STOP_TIMEOUT)
        self._listener.close()

    def _run(self) -> None:
        self._server.run(sockets=[self._listener])


def _log_to(path: Path) -> None:
    """Errors of the gateway go to a file, not between the lines on the screen."""
    for name in ("uvicorn", "local.simulator", "websockets"):
        logger = logging.getLogger(name)
        for old in logger.handlers[:]:
            logger.removeHandler(old)
        handler = logging.FileHandler(path, delay=True)
        handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(message)s"))
        logger.addHandler(handler)
        logger.setLevel(logging.WARNING)
        logger.propagate = False
