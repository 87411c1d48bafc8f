"""The template test is the compiler of infra/resources.yaml: it packages once per run and looks at the result."""

import fcntl
import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from infra.package import Package, Template, package
from infra.slim import Size
from tests.template.expand import expanded


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Only one worker at a time."""
    with path.open("w") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield


@pytest.fixture(scope="session")
def built_once(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Callable[[bool], Package]:
    """Builds a package, or takes the one that another worker of this run has built."""
    base = tmp_path_factory.getbasetemp()
    shared = base if worker_id == "master" else base.parent

    def build(local: bool) -> Package:
        out = shared / ("package-local" if local else "package")
        with locked(shared / f"{out.name}.lock"):
            done = out / "size.json"
            if not done.exists():
                size = package(out, local=local).size
                done.write_text(json.dumps([size.zipped, size.unzipped]))
            template = json.loads((out / "template.json").read_text())
            return Package(template, out / "deployment.zip", Size(*json.loads(done.read_text())))

    return build


@pytest.fixture(scope="session")
def local_package(built_once: Callable[[bool], Package]) -> Package:
    return built_once(True)


@pytest.fixture(scope="session")
def full_package(built_once: Callable[[bool], Package]) -> Package:
    """With dependencies: takes ten seconds, and a package index."""
    return built_once(False)


@pytest.fixture(scope="session")
def template(local_package: Package) -> Template:
    """As packaged; read only."""
    return local_package.template


@pytest.fixture(scope="session")
def cloudformation(template: Template) -> Template:
    """After AWS's serverless transform: what CloudFormation works with. Read only."""
    return expanded(template)
