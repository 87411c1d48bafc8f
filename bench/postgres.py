"""A PostgreSQL of its own for a measurement: Debian's, in a folder that goes away, on a socket and a free port."""

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

USER = "postgres"


class Unavailable(Exception):
    """There is no PostgreSQL and none can be had; the text says why."""


@contextmanager
def running() -> Iterator[tuple[str, int]]:
    """Its address for clients, and its process. Raises Unavailable."""
    programs = _programs()
    folder = Path(tempfile.mkdtemp(prefix="bench-postgres-"))
    process: subprocess.Popen[bytes] | None = None
    try:
        _give_away(folder)
        data = str(folder / "data")
        _run([programs / "initdb", "--auth=trust", "--username=bench", "--no-sync", "-D", data])
        port = _free_port()
        command = _as_user([programs / "postgres", "-D", data, "-p", port, "-h", "127.0.0.1", "-k", folder])
        process = subprocess.Popen(command, cwd="/", stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        _await(port)
        yield f"postgresql://bench@127.0.0.1:{port}/postgres", process.pid
    finally:
        if process is not None:
            process.terminate()
            process.wait(20)
        shutil.rmtree(folder, ignore_errors=True)


def _programs() -> Path:
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    if not found and os.geteuid() == 0 and shutil.which("apt-get"):
        subprocess.run(["apt-get", "install", "-y", "-q", "postgresql"], capture_output=True, check=False)
        found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    if not found:
        raise Unavailable("no PostgreSQL on this computer; on Debian as root: apt-get install postgresql")
    return found[-1].parent


def _give_away(folder: Path) -> None:
    if os.geteuid() == 0:
        user = pwd.getpwnam(USER)
        os.chown(folder, user.pw_uid, user.pw_gid)


def _as_user(command: list[object]) -> list[str]:
    """PostgreSQL refuses to run as root."""
    words = [str(word) for word in command]
    return ["setpriv", f"--reuid={USER}", f"--regid={USER}", "--clear-groups", *words] if os.geteuid() == 0 else words


def _run(command: list[object]) -> None:
    done = subprocess.run(_as_user(command), cwd="/", capture_output=True, text=True, check=False)
    if done.returncode:
        raise Unavailable(f"initdb failed: {done.stderr.strip()[-200:]}")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _await(port: int, seconds: float = 20) -> None:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise Unavailable("PostgreSQL did not start")
