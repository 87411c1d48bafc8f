"""Finds the stack that `make run` started from this folder, for commands in a second terminal."""

from . import installation, record
from .clients import EmulatorSession, forget_own_aws
from .emulator import endpoint_of
from .instance import is_running
from .problems import Problem
from .record import Record
from .workspace import Workspace, of_this_folder


def running_stack(workspace: Workspace | None = None) -> tuple[EmulatorSession, Record]:
    """Clients for its emulator, and what is deployed there. Raises Problem when nothing runs."""
    forget_own_aws()
    workspace = workspace or of_this_folder()
    deployed = record.load(workspace)
    port = installation.load(workspace.installation).emulator_port
    if not is_running(workspace.lock) or deployed is None or port is None:
        raise Problem("Counterline is not running from this folder; start it with: make run")
    return EmulatorSession(endpoint_of(port)), deployed
