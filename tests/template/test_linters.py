"""cfn-lint, the serverless rules, checkov and bandit, each with a written reason for every rule that is left out."""

import fcntl
import json
import subprocess
import sys
import venv
from collections.abc import Sequence
from pathlib import Path

import pytest

from infra.package import ROOT, Package

CFN_LINT: dict[str, str] = {}
SERVERLESS = {
    "WS1000": "tracing is a parameter of the installation: each trace costs",
    "WS1004": "does not see groups by explicit names; test_every_function_logs_for_thirty_days does",
    "ES1001": "a lost push is worth nothing (clients resync), and it rings; what fan_out could not handle is kept",
    "ES1007": "a failed sweep is repeated within the hour, and rings",
    "ES2000": "needs a role that is one per account, not ours to set; every function logs what it answers",
    "ES4000": "the next hour's event does the same work",
    "ES6000": "the three queues without a redrive policy are where redrives end",
    "ES7000": "mail about alarms: CloudWatch keeps the alarm itself",
}
CHECKOV = {
    "CKV_AWS_18": "the site is public files for one distribution; who wrote a mail when is known without access logs",
    "CKV_AWS_21": "mail is written once and must be gone when it is erased; the site's bucket has versions",
    "CKV_AWS_27": "does not know SqsManagedSseEnabled; test_every_queue_is_encrypted does",
    "CKV_AWS_26": "alarms name no person; the key that SNS manages would keep CloudWatch from ringing",
    "CKV_AWS_68": "a WAF costs $5 a month idle; the site is static files",
    "CKV_AWS_73": "tracing is a parameter of the installation: each trace costs",
    "CKV_AWS_76": "needs a role that is one per account, not ours to set",
    "CKV_AWS_86": "static files; access logs would keep people's addresses for no use",
    "CKV_AWS_95": "needs a role that is one per account, not ours to set",
    "CKV_AWS_115": "a reserved share would fail in new accounts, whose whole limit is 10",
    "CKV_AWS_116": "queues and stream have their own; for push and sweep see ES1001 and ES1007",
    "CKV_AWS_117": "a VPC would need a NAT gateway ($32 a month) and protects nothing that is here",
    "CKV_AWS_119": "encrypted with AWS's key; one of our own costs $1 a month idle",
    "CKV_AWS_120": "answers are different for everybody and change by the second",
    "CKV_AWS_158": "encrypted with AWS's key; one of our own costs $1 a month idle, and logs hold no personal data",
    "CKV_AWS_173": "the environment holds names, never secrets",
    "CKV_AWS_258": "webhooks are let in by their providers' signatures over body and address, not by AWS credentials",
    "CKV_AWS_174": "CloudFront's own certificate does not take a minimum version; a domain of one's own does",
}
BANDIT = {
    "B404": "infra/ runs chalice: that is what it is for",
    "B603": "the command is a list of our own words, without a shell",
    "B311": "jitter of back-offs; secrets come from `secrets`",
}
TOOLS = ROOT / "build" / "tools"


def run(*command: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, capture_output=True, text=True, check=False, cwd=ROOT)


def cfn_lint(local_package: Package, left_out: Sequence[str], *more: str) -> str:
    template = local_package.archive.with_name("template.json")
    command = [str(Path(sys.executable).with_name("cfn-lint")), "-t", str(template), "--format", "parseable", *more]
    done = run(*command, *(["-i", *left_out] if left_out else []))
    return done.stdout + done.stderr


def test_cfn_lint_finds_nothing(local_package: Package) -> None:
    assert cfn_lint(local_package, list(CFN_LINT)) == ""


def test_the_serverless_rules_find_nothing(local_package: Package) -> None:
    assert cfn_lint(local_package, list(SERVERLESS), "-a", "cfn_lint_serverless.rules") == ""


def test_every_serverless_rule_left_out_would_find_something(local_package: Package) -> None:
    found = cfn_lint(local_package, [], "-a", "cfn_lint_serverless.rules")
    assert [rule for rule in SERVERLESS if f":{rule}:" not in found] == []


@pytest.fixture(scope="session")
def checkov() -> Path:
    """checkov in an environment of its own, made once: its pins and ours do not agree."""
    wanted = (ROOT / "requirements-checkov.txt").read_text()
    home = TOOLS / "checkov"
    TOOLS.mkdir(parents=True, exist_ok=True)
    with (TOOLS / "checkov.lock").open("w") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        stamp = home / "requirements.txt"
        if not stamp.exists() or stamp.read_text() != wanted:
            venv.create(home, clear=True, with_pip=True)
            pip = [str(home / "bin" / "python"), "-m", "pip", "install", "--quiet", "-r", "requirements-checkov.txt"]
            done = run(*pip)
            assert done.returncode == 0, done.stderr
            stamp.write_text(wanted)
    return home / "bin" / "checkov"


def test_checkov_finds_only_what_has_its_reason(local_package: Package, checkov: Path) -> None:
    template = local_package.archive.with_name("template.json")
    command = [str(checkov), "-f", str(template), "--framework", "cloudformation", "--quiet", "--compact", "-o", "json"]
    done = run(*command)
    report = json.loads(done.stdout)
    assert report["summary"]["passed"] > 50
    found = {check["check_id"] for check in report["results"]["failed_checks"]}
    assert found == set(CHECKOV)


def test_bandit_finds_only_what_has_its_reason() -> None:
    """What runs in AWS and what ships it; local/ runs on its owner's computer only, and ruff reads it."""
    code = ["app.py", "chalicelib", "infra"]
    report = json.loads(run(sys.executable, "-m", "bandit", "-q", "-r", *code, "-f", "json").stdout)
    found = [(r["filename"], r["line_number"], r["test_id"], r["issue_text"]) for r in report["results"]]
    assert [finding for finding in found if finding[2] not in BANDIT] == []
    assert {finding[2] for finding in found} == set(BANDIT)


@pytest.mark.parametrize("reasons", [CFN_LINT, SERVERLESS, CHECKOV, BANDIT])
def test_every_rule_left_out_has_its_reason(reasons: dict[str, str]) -> None:
    assert all(len(reason.split()) > 3 for reason in reasons.values())
