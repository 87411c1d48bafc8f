"""Where everything of one local stack lies. `make run` keeps it in `.local/`, the tests under `build/`."""

import shutil
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True)
class Workspace:
    """The folders and files of one local stack. `state` can be deleted at any time while nothing runs."""

    state: Path
    root: Path = ROOT

    @property
    def emulator(self) -> Path:
        """What the emulator remembers between two starts."""
        return self.state / "emulator"

    @property
    def logs(self) -> Path:
        return self.state / "log"

    @property
    def temporary(self) -> Path:
        """Unpacked functions and the like; emptied at every start."""
        return self.state / "tmp"

    @property
    def lock(self) -> Path:
        """Holds the process id of the running stack."""
        return self.state / "run.pid"

    @property
    def record(self) -> Path:
        """What was deployed last, and under which addresses (JSON)."""
        return self.state / "stack.json"

    @property
    def installation(self) -> Path:
        """Secrets and ports of this installation (JSON, readable by its owner only)."""
        return self.state / "installation.json"

    @property
    def demo(self) -> Path:
        """What an outside program needs to drive the system (JSON)."""
        return self.state / "demo.json"

    @property
    def site(self) -> Path:
        """The built web app."""
        return self.root / "web" / "dist"

    def create(self) -> None:
        """Makes the folders, with the temporary one empty: nothing may be running there."""
        shutil.rmtree(self.temporary, ignore_errors=True)
        for folder in (self.emulator, self.logs, self.temporary):
            folder.mkdir(parents=True, exist_ok=True)


def of_this_folder() -> Workspace:
    """The workspace of `make run`."""
    return Workspace(ROOT / ".local")
