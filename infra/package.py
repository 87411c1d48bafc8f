"""Builds what CloudFormation deploys: one template and one zip for every function.

`python -m infra.package` builds for AWS (dependencies included, slimmed, byte-for-byte repeatable);
`python -m infra.package --local` takes only app.py and chalicelib/, for the emulator, in a second.
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from infra.failure import ShippingError
from infra.layer import build_layer
from infra.slim import Size, slim

Template = dict[str, Any]

ROOT = Path(__file__).resolve().parent.parent
OUT = ROOT / "build" / "package"
LOCAL_OUT = ROOT / "build" / "package-local"
SOURCES = ("app.py", "chalicelib", ".chalice/config.json")
LAYER = "media-layer.zip"
MAX_ZIP, MAX_UNZIPPED = 4_000_000, 16_000_000


@dataclass(frozen=True)
class Package:
    """A template whose functions carry the placeholder code location `./deployment.zip`, and that zip."""

    template: Template
    archive: Path
    size: Size
    layer: Path | None = None
    """What the function `media` has besides, as `./media-layer.zip` in the template; None for the emulator."""


def package(out: Path = OUT, *, local: bool = False, root: Path = ROOT) -> Package:
    """Builds into `out` (`template.json`, `deployment.zip`, `media-layer.zip`). Raises ShippingError.

    `local`: no dependencies in the zip; the emulator's interpreter has them, and Pillow.
    """
    out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="package-") as scratch:
        project, built = Path(scratch, "project"), Path(scratch, "built")
        _copy_sources(root, project, with_requirements=not local)
        _run_chalice(project, built, root / "infra" / "resources.yaml")
        template: Template = yaml.safe_load((built / "sam.yaml").read_text())
        archive = out / "deployment.zip"
        size = slim(built / "deployment.zip", archive, compiled=not local)
    layer = None if local else out / LAYER
    if layer is not None:
        build_layer(root / "requirements-media.txt", layer)
    # JSON without YAML's aliases, which CloudFormation does not take everywhere.
    (out / "template.json").write_text(json.dumps(template, indent=1, sort_keys=True))
    return Package(template, archive, size, layer)


def _copy_sources(root: Path, project: Path, *, with_requirements: bool) -> None:
    ignore = shutil.ignore_patterns("__pycache__", "*.pyc")
    policies = [str(path.relative_to(root)) for path in sorted((root / ".chalice").glob("policy-*.json"))]
    for name in (*SOURCES, *policies):
        source, target = root / name, project / name
        if not source.exists():
            raise ShippingError(f"{name} is missing: run this from a complete checkout.")
        target.parent.mkdir(parents=True, exist_ok=True)
        if source.is_dir():
            shutil.copytree(source, target, ignore=ignore)
        else:
            shutil.copy2(source, target)
    if with_requirements:
        shutil.copy2(root / "requirements.txt", project / "requirements.txt")


def _run_chalice(project: Path, out: Path, resources: Path) -> None:
    """The stage is always `prod`: stages differ by CloudFormation parameters only, so one package fits all."""
    command = [sys.executable, "-c", "from chalice.cli import main; main()", "--project-dir", str(project), "package"]
    command += ["--stage", "prod", "--template-format", "yaml", "--merge-template", str(resources), str(out)]
    environment = {**os.environ, "AWS_DEFAULT_REGION": os.environ.get("AWS_DEFAULT_REGION", "us-east-1")}
    environment["PYTHONDONTWRITEBYTECODE"] = "1"
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    if done.returncode or "Could not install dependencies" in done.stdout + done.stderr:
        raise ShippingError(f"chalice package failed: {(done.stderr or done.stdout).strip()[-2000:]}")


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m infra.package", description=__doc__)
    parser.add_argument("--local", action="store_true", help="only app.py and chalicelib/, for the emulator")
    arguments = parser.parse_args()
    out = LOCAL_OUT if arguments.local else OUT
    try:
        built = package(out, local=arguments.local)
    except ShippingError as error:
        print(error, file=sys.stderr)
        return 1
    print(f"{built.archive.relative_to(ROOT)}: {built.size.zipped:,} bytes, {built.size.unzipped:,} unzipped")
    if built.size.zipped > MAX_ZIP or built.size.unzipped > MAX_UNZIPPED:
        print(f"That is over the budget of {MAX_ZIP:,} / {MAX_UNZIPPED:,} bytes.", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
