"""`make reset`: deletes the data of the local stack, after asking. Standard library only."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[0] = str(ROOT)  # instead of this folder, whose module names must not shadow others

from local.instance import already_running, is_running  # noqa: E402 - importable only now

STATE = ROOT / ".local"


def main(sure: bool) -> int:
    if not STATE.exists():
        print("There is no local data.")
        return 0
    if is_running(STATE / "run.pid"):
        print(already_running(STATE / "run.pid"), file=sys.stderr)
        return 1
    if not sure and not _asked():
        print("Nothing was deleted.")
        return 1
    shutil.rmtree(STATE)
    print("The local data is deleted; the next `make run` begins anew.")
    return 0


def _asked() -> bool:
    try:
        return input(f"Delete all local data in {STATE}? [y/N] ").strip().lower() in ("y", "yes")
    except EOFError:
        return False


if __name__ == "__main__":
    sys.exit(main("--yes" in sys.argv))
