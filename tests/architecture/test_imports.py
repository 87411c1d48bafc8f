"""Who may import whom: app -> api, triggers -> usecases -> domain; wiring alone knows the adapters."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.architecture.sources import ROOT, imports, name, python_files

ALLOWED = {
    "chalicelib/domain": {"domain"},
    "chalicelib/usecases": {"domain", "usecases"},
    "chalicelib/channels": {"domain", "usecases.ports", "channels", "aws.sigv4"},
    "chalicelib/shops": {"domain", "usecases.ports", "shops"},
    "chalicelib/store": {"domain", "usecases.ports", "store"},
    "chalicelib/aws": {"domain", "usecases.ports", "aws"},
    "chalicelib/signing.py": {"domain"},
    "chalicelib/http_client.py": {"usecases.ports"},
    "chalicelib/es256.py": set(),
    "chalicelib/web_push.py": {"domain", "usecases.ports", "config", "es256"},
    "chalicelib/downloads.py": {"domain", "usecases.ports"},
    "chalicelib/pictures.py": {"domain", "usecases.ports"},
    "chalicelib/circuits.py": {"domain", "usecases.ports"},
    "chalicelib/words.py": {"domain", "usecases.ports"},
    "chalicelib/payments": {"domain", "usecases.ports", "payments"},
    "chalicelib/registries.py": {"channels", "shops", "payments", "config", "usecases.ports", "usecases"},
    "chalicelib/observability.py": set(),
    "chalicelib/config.py": set(),
    "chalicelib/api": {"domain", "usecases", "api", "wiring"},
    "chalicelib/triggers": {"domain", "usecases", "wiring", "aws.queues", "store.stream", "triggers"},
    "app.py": {"api", "triggers", "wiring"},
}
"""File or folder -> the parts of chalicelib it may import (`triggers` read what our own queues and stream carry;
a provider within AWS is spoken to with AWS's signatures)."""

PURE = {
    "abc", "base64", "binascii", "collections", "dataclasses", "datetime", "decimal", "difflib", "enum", "functools",
    "hashlib", "hmac", "html", "itertools", "math", "msgspec", "phonenumbers", "re", "string", "typing", "unicodedata",
    "zoneinfo",
}  # fmt: skip
"""What domain and use cases may import beside themselves: no clock, no chance, no I/O, no adapter."""

SETTINGS = (
    "STAGE", "TABLE_NAME", "INBOUND_QUEUE_URL", "OUTBOUND_QUEUE_URL", "WEBHOOK_URL", "WEBSOCKET_URL",
    "WEBSOCKET_API_ENDPOINT", "PARAMETER_PREFIX",
)  # fmt: skip
HEAVY = ("boto3", "botocore", "pynamodb", "phonenumbers", "itsdangerous", "urllib3", "PIL", "requests", "twilio", "nh3")


def part_of(module: str) -> str | None:
    return module.removeprefix("chalicelib.") if module.startswith("chalicelib.") else None


def within(part: str, allowed: set[str]) -> bool:
    return any(part == each or part.startswith(f"{each}.") or each.startswith(f"{part}.") for each in allowed)


@pytest.mark.parametrize("place", ALLOWED)
def test_imports_go_inwards_only(place: str) -> None:
    wrong = [
        f"{name(path)} imports {module}"
        for path in python_files(place)
        for module in imports(path)
        if (part := part_of(module)) is not None and not within(part, ALLOWED[place])
    ]
    assert wrong == []


def test_every_part_has_a_rule() -> None:
    ruled = [path for place in ALLOWED for path in python_files(place)]
    exempt = {
        "chalicelib/wiring.py",
        "chalicelib/wiring_clock.py",
        "chalicelib/wiring_shop.py",
        "chalicelib/__init__.py",
    }
    assert {name(path) for path in python_files("chalicelib")} - set(map(name, ruled)) == exempt


@pytest.mark.parametrize("place", ["chalicelib/domain", "chalicelib/usecases"])
def test_domain_and_use_cases_are_pure(place: str) -> None:
    wrong = [
        f"{name(path)} imports {module}"
        for path in python_files(place)
        for module in imports(path)
        if module.split(".")[0] not in {*PURE, "chalicelib"}
    ]
    assert wrong == []


def test_only_the_http_edge_imports_chalice() -> None:
    importers = {name(path) for path in python_files("app.py", "chalicelib") if _imports_chalice(path)}
    outside = [each for each in importers if each != "app.py" and not each.startswith("chalicelib/api/")]
    assert outside == []
    assert "app.py" in importers


def _imports_chalice(path: Path) -> bool:
    return any(module.split(".")[0] == "chalice" for module in imports(path))


def test_use_cases_do_not_reach_into_each_others_private_parts() -> None:
    wrong = [
        f"{name(path)}: {module}"
        for path in python_files("chalicelib/usecases", "chalicelib/api", "chalicelib/triggers")
        for module in imports(path)
        if module.startswith("chalicelib.") and any(part.startswith("_") for part in module.split("."))
    ]
    assert wrong == []


@pytest.mark.parametrize("module", ["app", "chalicelib.api.webhooks", "chalicelib.triggers.queues"])
def test_slow_modules_wait_until_they_are_used(module: str) -> None:
    """Measured in a fresh process: cold starts pay for what `import app` brings along."""
    code = f"import sys, {module}; print([m for m in {HEAVY!r} if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_adapters_load_when_they_are_asked_for() -> None:
    code = "import sys, app; print([m for m in sys.modules if m.startswith(('chalicelib.channels.twilio', "
    code += "'chalicelib.shops.shopify', 'chalicelib.store.table', 'chalicelib.aws.clients'))])"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    loaded = done.stdout.strip()
    assert loaded in {"[]", "['chalicelib.aws.clients']"}, loaded


def test_importing_the_app_reads_no_environment() -> None:
    done = subprocess.run(
        [sys.executable, "-c", "import app"], cwd=ROOT, capture_output=True, text=True, check=False, env={}
    )
    assert (done.returncode, done.stderr) == (0, "")


def test_a_start_is_not_searched_for_garbage_and_its_libraries_come_in_near_the_surface() -> None:
    """docs/performance.md, P1: each was a tenth of a cold start. (pip's botocore makes more objects than ours.)"""
    code = """if True:
        import gc, sys
        before = [generation["collections"] for generation in gc.get_stats()]
        import app
        app.deps()
        near = "botocore.session" in sys.modules
        import chalicelib.store.stream
        from chalicelib.aws.clients import client
        client("sqs")
        after = [generation["collections"] for generation in gc.get_stats()]
        print(near, [now - then < 5 for then, now in zip(before[1:], after[1:])])
    """
    told = dict.fromkeys(SETTINGS, "x") | {"AWS_DEFAULT_REGION": "us-east-1"}
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True, env=told)
    assert done.stdout.strip() == "True [True, True]"
