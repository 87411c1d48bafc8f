"""Other people's programs that a measurement starts: where they come from, their ports, the CPU they take."""

import os
import shutil
import socket
import subprocess
import time
from pathlib import Path


class Unavailable(Exception):
    """A program is not there and cannot be had, or does not start; the text says why."""


def install(package: str) -> None:
    """From Debian, where this process may: as root, with apt-get. Else nothing happens."""
    if os.geteuid() == 0 and shutil.which("apt-get"):
        subprocess.run(["apt-get", "install", "-y", "-q", package], capture_output=True, check=False)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def await_port(port: int, what: str, seconds: float = 20) -> None:
    """Returns when something listens there. Raises Unavailable."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise Unavailable(f"{what} did not start")


def stop(process: subprocess.Popen[bytes]) -> None:
    """Asks, and makes sure."""
    process.terminate()
    try:
        process.wait(20)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def cpu_ms(process: int) -> float:
    """Milliseconds that a process, its threads and its children have had, from /proc."""
    nanoseconds = 0
    for task in Path(f"/proc/{process}/task").iterdir():
        nanoseconds += int((task / "schedstat").read_text().split()[0])
        children = (task / "children").read_text().split()
        nanoseconds += sum(int(cpu_ms(int(child)) * 1e6) for child in children)
    return nanoseconds / 1e6
