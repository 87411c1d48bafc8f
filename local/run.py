"""`make run`: the whole product on this computer until Ctrl-C."""

import os
import signal
import sys
import threading
from types import FrameType

from . import announce, demo
from .clients import forget_own_aws
from .emulator import tail
from .instance import only_one
from .ports import free_port
from .problems import Problem, report
from .stack import LocalStack
from .steps import step
from .workspace import Workspace, of_this_folder

WATCH_INTERVAL = 0.5
"""Seconds between two looks at the emulator and at whoever started us."""
DEFAULT_PORT = 8000
DEFAULT_SMTP_PORT = 2525


class Asked(Exception):
    """Somebody asked us to stop while we were still starting."""


class StopSignal:
    """Ctrl-C, SIGTERM, a closed terminal, and the end of whoever started us.

    While starting, a signal interrupts by raising Asked; once `serving` is set it only ends `wait`, and on the way
    down further signals do nothing: the data is being written.
    """

    def __init__(self) -> None:
        self.serving = False
        self._asked = threading.Event()
        self._parent = os.getppid()
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self._on_signal)

    def wait(self, seconds: float) -> bool:
        """True as soon as we are to stop."""
        return self._asked.wait(seconds) or os.getppid() != self._parent

    def _on_signal(self, _: int, __: FrameType | None) -> None:
        first = not self._asked.is_set()
        self._asked.set()
        if first and not self.serving:
            raise Asked


def main() -> int:
    stop = StopSignal()
    forget_own_aws()
    try:
        with only_one(of_this_folder().lock):
            return _serve(of_this_folder(), int(os.environ.get("PORT", DEFAULT_PORT)), stop)
    except Problem as problem:
        _say(report(problem))
        return 1
    except Asked:
        return 0


def _serve(workspace: Workspace, port: int, stop: StopSignal) -> int:
    with LocalStack(workspace, port, _smtp_port()) as stack:
        with step(7) as current:
            current.result = demo.prepare(stack)
        _say(announce.summary(stack.origin, workspace, stack.smtp_port, wanted=DEFAULT_SMTP_PORT))
        stop.serving = True
        while not stop.wait(WATCH_INTERVAL):
            if not stack.emulator.alive:
                log = workspace.logs / "emulator.log"
                raise Problem("The emulator has stopped by itself; start again with: make run", tail(log))
        _say("\nStopping and keeping the data ...")
    _say("Stopped. Start again with: make run" + ("" if port == DEFAULT_PORT else f" PORT={port}"))
    return 0


def _smtp_port() -> int:
    """What the user asked for, and that only; else the usual one, or any where somebody has that: mail alone must not
    keep the rest from starting."""
    asked = os.environ.get("SMTP_PORT", "")
    return int(asked) if asked else free_port(DEFAULT_SMTP_PORT)


def _say(text: str) -> None:
    """Prints, unless the terminal is gone."""
    try:
        print(text, flush=True)
    except OSError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)


if __name__ == "__main__":
    sys.exit(main())
