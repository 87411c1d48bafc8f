"""The emulator as our child: ends with its parent, keeps its state, and logs what the functions print.

Run as `python -m local.emulator_process FUNCTIONS_LOG` with the emulator's settings in the environment. Standard
input is a pipe that the parent holds: when the parent is gone, however it went, the pipe closes and we stop in order.
"""

import os
import signal
import sys
import threading
from pathlib import Path

from .emulator_guard import EmulatorGuard
from .emulator_repairs import (
    authorize_batches_as_aws_does,
    keep_function_logs,
    keep_unread_stream_records,
    tell_policies_what_is_copied,
    wait_less_for_output,
)


def main() -> None:
    keep_function_logs(Path(sys.argv[1]))
    keep_unread_stream_records()
    wait_less_for_output()
    authorize_batches_as_aws_does()
    tell_policies_what_is_copied()
    threading.Thread(target=_stop_with_parent, daemon=True).start()
    sys.argv = ["ministack"]
    from ministack import app as emulator

    emulator.app = EmulatorGuard(emulator.app, int(os.environ["GATEWAY_PORT"]))
    emulator.main()


def _stop_with_parent() -> None:
    """SIGTERM makes the emulator write its state; SIGKILL would lose it."""
    while os.read(0, 1024):
        pass
    os.kill(os.getpid(), signal.SIGTERM)


if __name__ == "__main__":
    main()
