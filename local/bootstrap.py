"""Prepares a fresh folder with the standard library alone, then hands over to `local/run.py`.

    python3 local/bootstrap.py run       what running needs, then the local stack (`make run`)
    python3 local/bootstrap.py test      what `make test` needs, browser included
    python3 local/bootstrap.py check     what `make check` needs
    python3 local/bootstrap.py deploy    what `make package` and `make deploy` need
    python3 local/bootstrap.py node-path the PATH with which npm works here, printed

What is there and unchanged is not done again.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[0] = str(ROOT)  # instead of this folder, whose module names must not shadow others

from local import browser, node, prerequisites, venv, webapp  # noqa: E402 - importable only now
from local.problems import Problem, report  # noqa: E402  the path is set just above
from local.steps import step  # noqa: E402  as above


def main(purpose: str) -> int:
    try:
        if purpose == "node-path":
            print(node.find().env["PATH"])
            return 0
        _prepare(purpose)
    except Problem as problem:
        print(report(problem), file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\nStopped.", file=sys.stderr)
        return 130
    if purpose == "run":
        os.chdir(ROOT)
        os.execv(venv.PYTHON, [str(venv.PYTHON), "-m", "local.run"])
    return 0


def _prepare(purpose: str) -> None:
    with step(1) as current:
        current.result = prerequisites.check(purpose)
    with step(2) as current:
        name = "requirements-local.txt" if purpose == "run" else "requirements-dev.txt"
        current.result = venv.install(ROOT / name)
    with step(3) as current:
        programs = node.find()
        current.result = programs.version
    with step(4) as current:
        current.result = webapp.build(programs)
    if purpose == "test":
        browser.ensure()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1] if len(sys.argv) > 1 else "run"))
