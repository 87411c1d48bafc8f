"""What of botocore a function reads: the services chalicelib talks to, without their documentation.

botocore parses its data at every cold start. As published it is mostly prose, and `endpoints.json` lists the
regional addresses of 400 services. It also imports the generator of its documentation, with an HTML parser.
"""

import gzip
import json
import re
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import Any

SERVICES = {
    "apigatewaymanagementapi": "2018-11-29",
    "dynamodb": "2012-08-10",
    "sqs": "2012-11-05",
    "ssm": "2014-11-06",
}
"""With the version of each API that botocore opens; tests/template checks that each can be opened from the zip."""
OPERATIONS = {"ssm": ("GetParameter",)}
"""Of a service with hundreds, those that are called; the shapes of the others stay out with them."""
SHARED = ("_retry.json", "endpoints.json", "partitions.json", "sdk-default-configuration.json")
DROPPED = ("examples", "waiters", "paginators")
DOCUMENTATION = "botocore/docs/"
REPLACED = {
    f"{DOCUMENTATION}__init__.py": b"",
    f"{DOCUMENTATION}docstring.py": b'''class ClientMethodDocstring(str):
    """Nobody asks a function for help(): what would be written when asked is not."""

    def __new__(cls, *args, **kwargs):
        return super().__new__(cls)


PaginatorDocstring = WaiterDocstring = ClientMethodDocstring
''',
}
"""Our versions of two modules. `utils`, which botocore's handlers are made of, stays as it is."""
AUTHORITIES = "botocore/cacert.pem"
TRUSTED = ("Amazon Root CA", "Starfield", "DigiCert", "Go Daddy")
"""Who signs for AWS's addresses, in all of its partitions, by the labels of their certificates. botocore brings those
of the whole web along, and reads them at every cold start. Only AWS is called with them: providers and shops are called
with what the system trusts."""
_CERTIFICATE = re.compile(
    r'^# Label: "([^"]*)"$.*?(^-----BEGIN CERTIFICATE-----$.*?^-----END CERTIFICATE-----$)', re.MULTILINE | re.DOTALL
)


def code(name: str, source: bytes) -> bytes | None:
    """The source of a module as the zip holds it; None where it stays out."""
    if not name.startswith(DOCUMENTATION) or name == f"{DOCUMENTATION}utils.py":
        return source
    return REPLACED.get(name)


def is_kept(parts: tuple[str, ...]) -> bool:
    """`parts` of a path below `botocore/data`."""
    if len(parts) < 3:
        return parts[0] in SHARED
    return SERVICES.get(parts[0]) == parts[1] and not parts[2].startswith(DROPPED)


def trusted(content: bytes) -> bytes:
    """Of the certificates of authorities those that AWS's addresses can be signed by."""
    found = _CERTIFICATE.findall(content.decode())
    return "".join(f'# Label: "{label}"\n{pem}\n' for label, pem in found if label.startswith(TRUSTED)).encode()


def trimmed(name: str, content: bytes) -> tuple[str, bytes]:
    """The file as the zip holds it: compact JSON that need not be unpacked twice."""
    data = json.loads(gzip.decompress(content) if name.endswith(".gz") else content)
    path = PurePosixPath(name.removesuffix(".gz"))
    if path.name == "endpoints.json":
        data = _endpoints_of_ours(data)
    if path.name == "service-2.json" and (called := OPERATIONS.get(path.parent.parent.name)):
        data = _with_operations(data, called)
    return name.removesuffix(".gz"), json.dumps(_without_prose(data), separators=(",", ":")).encode()


def _with_operations(data: dict[str, Any], called: tuple[str, ...]) -> dict[str, Any]:
    operations = {name: data["operations"][name] for name in called}
    shapes: dict[str, Any] = {}
    waiting = list(_shapes_in(operations))
    while waiting:
        name = waiting.pop()
        if name not in shapes:
            shapes[name] = data["shapes"][name]
            waiting.extend(_shapes_in(shapes[name]))
    return {**data, "operations": operations, "shapes": shapes}


def _shapes_in(value: Any) -> Iterator[str]:
    """The names of all shapes that a part of a description leads to."""
    if isinstance(value, dict):
        if isinstance(value.get("shape"), str):
            yield value["shape"]
        for inner in value.values():
            yield from _shapes_in(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _shapes_in(inner)


def _endpoints_of_ours(data: dict[str, Any]) -> dict[str, Any]:
    partitions = [
        {**partition, "services": {name: found for name, found in partition["services"].items() if name in SERVICES}}
        for partition in data["partitions"]
    ]
    return {**data, "partitions": partitions}


def _without_prose(value: Any) -> Any:
    """Without documentation texts; a shape's member that happens to be called so is no text and stays."""
    if isinstance(value, dict):
        return {
            name: _without_prose(inner)
            for name, inner in value.items()
            if not (name == "documentation" and isinstance(inner, str))
        }
    return [_without_prose(inner) for inner in value] if isinstance(value, list) else value
