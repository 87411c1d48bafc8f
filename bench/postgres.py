"""A PostgreSQL of its own for a measurement: Debian's, in a folder that goes away, on a socket and a free port."""

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bench import programs
from bench.programs import Unavailable

USER = "postgres"


@contextmanager
def running() -> Iterator[tuple[str, int]]:
    """Its address for clients, and its process. Raises Unavailable."""
    binaries = _binaries()
    folder = Path(tempfile.mkdtemp(prefix="bench-postgres-"))
    process: subprocess.Popen[bytes] | None = None
    try:
        _give_away(folder)
        data = str(folder / "data")
        _run([binaries / "initdb", "--auth=trust", "--username=bench", "--no-sync", "-D", data])
        port = programs.free_port()
        command = _as_user([binaries / "postgres", "-D", data, "-p", port, "-h", "127.0.0.1", "-k", folder])
        process = subprocess.Popen(command, cwd="/", stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        programs.await_port(port, "PostgreSQL")
        yield f"postgresql://bench@127.0.0.1:{port}/postgres", process.pid
    finally:
        if process is not None:
            programs.stop(process)
        shutil.rmtree(folder, ignore_errors=True)


def _binaries() -> Path:
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    if not found:
        programs.install("postgresql")
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
