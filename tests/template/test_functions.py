"""Functions: every handler of app.py, and what each runs with."""

import ast
import json
import os
import re
import subprocess
import sys
from typing import Any

import pytest

from infra.package import ROOT, Template
from tests.template.expand import of_type

FUNCTIONS = {
    "APIHandler": "api_handler",
    "Inbound": "inbound",
    "Outbound": "outbound",
    "FanOut": "fan_out",
    "Push": "push",
    "Sweep": "sweep",
    "WebsocketConnect": "websocket_connect",
    "WebsocketDisconnect": "websocket_disconnect",
    "WebsocketMessage": "websocket_message",
}


@pytest.fixture(scope="module")
def functions(template: Template) -> dict[str, dict[str, Any]]:
    return of_type(template, "AWS::Serverless::Function")


def test_the_functions_are_these(functions: dict[str, dict[str, Any]]) -> None:
    assert set(functions) == set(FUNCTIONS)


def test_every_handler_exists_in_app(functions: dict[str, dict[str, Any]]) -> None:
    tree = ast.parse((ROOT / "app.py").read_text())
    names = {node.name for node in tree.body if isinstance(node, ast.FunctionDef)} | {"app"}
    for function in functions.values():
        module, _, name = function["Handler"].partition(".")
        assert module == "app"
        assert name in names


def test_only_the_function_that_serves_http_has_routes(functions: dict[str, dict[str, Any]]) -> None:
    """Each of them costs a cold start."""
    count = "import app; print(len(app.app.routes))"
    for name in ("APIHandler", "FanOut"):
        told = {**os.environ, "_HANDLER": functions[name]["Handler"]}
        done = subprocess.run(
            [sys.executable, "-c", count], env=told, cwd=ROOT, capture_output=True, text=True, check=True
        )
        assert (int(done.stdout) > 0) is (name == "APIHandler"), name


def test_config_sets_up_every_function_and_no_other() -> None:
    config = json.loads((ROOT / ".chalice" / "config.json").read_text())
    assert set(config["lambda_functions"]) == set(FUNCTIONS.values())
    assert config["autogen_policy"] is False
    assert "log_retention_in_days" not in json.dumps(config), "emits a dangling reference"
    assert set(config["stages"]) == {"prod"}, "infra/package.py packages this one for every stage"


def test_every_function_names_itself_and_its_tracing(functions: dict[str, dict[str, Any]]) -> None:
    for name, function in functions.items():
        assert function["FunctionName"]["Fn::Sub"].startswith("${AWS::StackName}-"), name
        assert function["Tracing"] == {"Ref": "Tracing"}, name


def test_webhooks_and_sign_in_answer_before_their_callers_give_up(functions: dict[str, dict[str, Any]]) -> None:
    """API Gateway waits 29 seconds. Twilio hangs up after 15, but what it said must still get into the queue."""
    assert 20 <= functions["APIHandler"]["Timeout"] < 29


def test_every_function_logs_for_thirty_days(template: Template, functions: dict[str, dict[str, Any]]) -> None:
    groups = of_type(template, "AWS::Logs::LogGroup").values()
    kept = {group["LogGroupName"]["Fn::Sub"]: group["RetentionInDays"] for group in groups}
    assert kept == {f"/aws/lambda/{function['FunctionName']['Fn::Sub']}": 30 for function in functions.values()}


def test_the_environment_is_what_the_settings_read(template: Template) -> None:
    read = set(re.findall(r'environment(?:\[|\.get\()"([A-Z_]+)"', (ROOT / "chalicelib" / "config.py").read_text()))
    assert read
    assert set(template["Globals"]["Function"]["Environment"]["Variables"]) == read


def test_no_function_has_an_environment_of_its_own(functions: dict[str, dict[str, Any]]) -> None:
    assert [name for name, function in functions.items() if "Environment" in function] == []


def test_the_environment_holds_names_never_secrets(template: Template) -> None:
    for name, value in template["Globals"]["Function"]["Environment"]["Variables"].items():
        assert not re.search("KEY|SECRET|TOKEN|PASSWORD", name)
        assert isinstance(value, dict), f"{name} is fixed for every installation"


def test_the_sweep_runs_hourly(functions: dict[str, dict[str, Any]]) -> None:
    (event,) = functions["Sweep"]["Events"].values()
    assert event["Properties"]["Schedule"] == "rate(1 hour)"


def test_no_function_is_open_to_everybody(cloudformation: Template) -> None:
    for name, permission in of_type(cloudformation, "AWS::Lambda::Permission").items():
        assert permission["Principal"].endswith(".amazonaws.com"), name
        assert "SourceArn" in permission, name
