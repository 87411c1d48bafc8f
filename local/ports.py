"""Ports: the one the user asked for, and free ones for what only we talk to."""

from __future__ import annotations

import socket

from .problems import Problem

HOST = "127.0.0.1"


def listen(port: int, setting: str = "PORT") -> socket.socket:
    """A socket listening on `port` of this machine only; 0: any. Raises Problem when the port is taken.

    `setting`: what `make run` calls it.
    """
    if port and (_answers(HOST, port) or _answers("::1", port)):
        raise _busy(port, setting)
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((HOST, port))
        listener.listen(2048)
    except OSError as error:
        listener.close()
        raise _busy(port, setting) from error
    return listener


def port_of(listener: socket.socket) -> int:
    port: int = listener.getsockname()[1]
    return port


def free_port(preferred: int | None = None) -> int:
    """`preferred` if nobody uses it, else any free port."""
    for candidate in (preferred, 0):
        if candidate is None:
            continue
        try:
            with listen(candidate) as listener:
                return port_of(listener)
        except Problem:
            continue
    raise Problem("This machine has no free port left.")


def _answers(host: str, port: int) -> bool:
    try:
        with socket.create_connection((host, port), timeout=0.3):
            return True
    except OSError:
        return False


def _busy(port: int, setting: str) -> Problem:
    return Problem(
        f"Port {port} is in use by another program; stop that one, or choose another port: "
        f"make run {setting}={port + 80}"
    )
