"""The processes in which the stack's emulator runs functions."""

import os
import signal
from contextlib import suppress
from pathlib import Path

from local.driver import wait_until
from tests.e2e.stack import Stack


def processes(stack: Stack, but: str = "-") -> list[int]:
    """`but`: a function whose processes are left out."""
    found = []
    for command in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            words = command.read_bytes().decode(errors="replace")
        except OSError:
            continue
        if str(stack.workspace.temporary) in words and "_worker" in words and f"-local-{but}-" not in words:
            found.append(int(command.parent.name))
    return found


def forget_set_up(stack: Stack) -> None:
    """Ends all of them, and with them what they remember of stores and connections for up to a minute."""
    doomed = set(processes(stack))
    for pid in doomed:
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
    wait_until(lambda: all(map(_ended, doomed)), "functions to end")


def _ended(pid: int) -> bool:
    """So far that whoever started it can see it: a process that is still ending has no command line either."""
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except (FileNotFoundError, ProcessLookupError):
        return True
    return state in "ZX"
