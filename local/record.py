"""What was deployed last: from which files, with which addresses."""

import json
from typing import NamedTuple

from . import stamps
from .workspace import Workspace

DEPLOYED_FROM = ("app.py", "chalicelib", "infra", ".chalice", "requirements.txt")


class Record(NamedTuple):
    fingerprint: str
    outputs: dict[str, str]
    """The stack's, by name."""


def fingerprint(workspace: Workspace, parameters: dict[str, str]) -> str:
    """Of everything a deployment is made from: a change of any of it means deploying again."""
    roots = [workspace.root / name for name in DEPLOYED_FROM]
    files = [root for root in roots if root.is_file()]
    files += [file for root in roots if root.is_dir() for file in stamps.files_below(root, "deployments", "deployed")]
    return stamps.fingerprint(files, json.dumps(parameters, sort_keys=True))


def load(workspace: Workspace) -> Record | None:
    if not workspace.record.exists():
        return None
    return Record(**json.loads(workspace.record.read_text()))


def save(workspace: Workspace, record: Record) -> None:
    workspace.record.write_text(json.dumps(record._asdict(), indent=2))
