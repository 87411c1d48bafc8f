"""The zip: small, complete, repeatable, with bytecode that counts."""

import gzip
import importlib.util
import json
import os
import ssl
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import pytest
from botocore.model import ServiceModel

from infra.botocore_parts import AUTHORITIES, SERVICES, trimmed, trusted
from infra.package import MAX_UNZIPPED, MAX_ZIP, ROOT, Package
from infra.slim import is_kept, slim

IMPORTS = """
import sys
sys.path.insert(0, sys.argv[1])
import zoneinfo
zoneinfo.reset_tzpath([])
import botocore.session, chalice, msgspec, phonenumbers, pynamodb.connection.table, itsdangerous, urllib3, app
from chalicelib import channels, shops, wiring
for service in sys.argv[2:]:
    botocore.session.get_session().create_client(service, "us-east-1")
assert phonenumbers.is_valid_number(phonenumbers.parse("+14155552671"))
assert zoneinfo.ZoneInfo("America/Los_Angeles")
outside = [m.__file__ for m in list(sys.modules.values()) if "site-packages" in str(getattr(m, "__file__", ""))]
assert not outside, outside
print("complete")
"""


@pytest.fixture(scope="module")
def names(full_package: Package) -> list[str]:
    with zipfile.ZipFile(full_package.archive) as archive:
        return archive.namelist()


def test_it_is_within_budget(full_package: Package) -> None:
    assert full_package.size.zipped == full_package.archive.stat().st_size <= MAX_ZIP == 4_000_000
    assert full_package.size.unzipped <= MAX_UNZIPPED == 16_000_000


def test_everything_the_functions_import_is_inside(full_package: Package, tmp_path: Path) -> None:
    with zipfile.ZipFile(full_package.archive) as archive:
        archive.extractall(tmp_path)
    command = [sys.executable, "-I", "-S", "-c", IMPORTS, str(tmp_path), *SERVICES]
    done = subprocess.run(command, capture_output=True, text=True, check=False, env={"PATH": os.environ["PATH"]})
    assert done.stdout.strip() == "complete", done.stderr


def test_services_in_the_zip_are_those_the_code_opens() -> None:
    import re

    code = "".join(path.read_text() for path in (ROOT / "chalicelib").rglob("*.py"))
    opened = set(re.findall(r'(?:\bclient|create_client)\(\s*"([a-z0-9-]+)"', code))
    assert opened - {"dynamodb"} == set(SERVICES) - {"dynamodb"}


def test_our_modules_keep_their_source_and_all_have_unchecked_bytecode(full_package: Package, names: list[str]) -> None:
    assert {name for name in names if name.endswith(".py") and not name.startswith(("app.py", "chalicelib/"))} == set()
    with zipfile.ZipFile(full_package.archive) as archive:
        for name in names:
            if name.endswith(".pyc"):
                header = archive.read(name)[:8]
                assert header[:4] == importlib.util.MAGIC_NUMBER, name
                assert int.from_bytes(header[4:8], "little") == 0b01, name
        for name in names:
            if name.endswith(".py"):
                bytecode = archive.read(importlib.util.cache_from_source(name))
                assert bytecode[8:16] == importlib.util.source_hash(archive.read(name)), name


def test_tools_and_data_of_other_services_stay_out(names: list[str]) -> None:
    tops = {name.split("/")[0] for name in names}
    assert not tops & {"pip", "setuptools", "wheel", "tests", "local", "infra", "web", "moto", "ministack"}
    services = {name.split("/")[2] for name in names if name.startswith("botocore/data/") and name.count("/") > 2}
    assert services == set(SERVICES)


def test_the_same_input_gives_the_same_bytes(full_package: Package, tmp_path: Path) -> None:
    again = [tmp_path / "a.zip", tmp_path / "b.zip"]
    for target in again:
        slim(full_package.archive, target, compiled=True)
    assert again[0].read_bytes() == again[1].read_bytes()


def test_of_authorities_there_are_those_that_sign_for_aws(full_package: Package) -> None:
    with zipfile.ZipFile(full_package.archive) as archive:
        kept = archive.read(AUTHORITIES).decode()
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.load_verify_locations(cadata=kept)
    names = {dict(pair[0] for pair in each["subject"])["commonName"] for each in context.get_ca_certs() if _named(each)}
    assert {f"Amazon Root CA {number}" for number in range(1, 5)} < names
    assert "Starfield Services Root Certificate Authority - G2" in names
    assert len(context.get_ca_certs()) < 25
    assert trusted(kept.encode()).decode() == kept


def _named(certificate: Any) -> bool:
    return any(pair[0][0] == "commonName" for pair in certificate["subject"])


def test_the_local_package_is_only_ours_and_chalice(local_package: Package) -> None:
    with zipfile.ZipFile(local_package.archive) as archive:
        assert {name.split("/")[0] for name in archive.namelist()} == {"app.py", "chalicelib", "chalice"}


def test_botocores_data_loses_its_prose_only() -> None:
    model = {"documentation": "<p>Prose</p>", "shapes": {"A": {"members": {"documentation": {"shape": "B"}}}}}
    name, content = trimmed("botocore/data/sqs/2012-11-05/service-2.json.gz", gzip.compress(json.dumps(model).encode()))
    assert name == "botocore/data/sqs/2012-11-05/service-2.json"
    assert json.loads(content) == {"shapes": {"A": {"members": {"documentation": {"shape": "B"}}}}}


def test_endpoints_of_other_services_stay_out(full_package: Package) -> None:
    with zipfile.ZipFile(full_package.archive) as archive:
        partitions = json.loads(archive.read("botocore/data/endpoints.json"))["partitions"]
    assert {"aws", "aws-cn", "aws-us-gov"} <= {partition["partition"] for partition in partitions}
    assert set(partitions[0]["services"]) == set(SERVICES) - {"apigatewaymanagementapi"}


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("app.py", True),
        ("chalicelib/store/table.py", True),
        ("botocore/data/dynamodb/2012-08-10/service-2.json.gz", True),
        ("botocore/data/ec2/2016-11-15/service-2.json.gz", False),
        ("botocore/data/endpoints.json", True),
        ("botocore-1.0.dist-info/METADATA", False),
        ("setuptools/command/build.py", False),
        ("some/__pycache__/x.cpython-311.pyc", False),
    ],
)
def test_what_is_kept(name: str, kept: bool) -> None:
    assert is_kept(name) is kept


def test_of_a_large_service_only_what_is_called_is_inside_and_can_be_called(full_package: Package) -> None:
    with zipfile.ZipFile(full_package.archive) as archive:
        description = json.loads(archive.read(f"botocore/data/ssm/{SERVICES['ssm']}/service-2.json"))
    assert list(description["operations"]) == ["GetParameter"]
    model = ServiceModel(description, "ssm").operation_model("GetParameter")
    assert model.input_shape.required_members == ["Name"]
    assert {"ParameterNotFound", "InternalServerError"} <= {shape.name for shape in model.error_shapes}
    assert model.output_shape.members["Parameter"].members["Value"].type_name == "string"
    assert "CreateDocumentRequest" not in description["shapes"]
