"""Functions: every handler of app.py, and what each runs with."""

import ast
import json
import os
import re
import subprocess
import sys
from typing import Any

import pytest

from chalicelib.channels.twilio import TIMEOUT
from chalicelib.http_client import CONNECT_TIMEOUT
from chalicelib.triggers.queues import ENOUGH_TIME
from infra.package import ROOT, Template
from tests.template.expand import of_type

FUNCTIONS = {
    "APIHandler": "api_handler",
    "Webhooks": "webhooks",
    "Inbound": "inbound",
    "ProviderEvents": "provider_events",
    "Media": "media",
    "Outbound": "outbound",
    "FanOut": "fan_out",
    "Push": "push",
    "Sweep": "sweep",
    "Due": "due",
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


@pytest.mark.parametrize("name", ["APIHandler", "Webhooks", "FanOut"])
def test_a_function_brings_along_only_what_it_serves(functions: dict[str, dict[str, Any]], name: str) -> None:
    """Routes cost a cold start; what the webhooks need is there before the first of them comes."""
    told = {**os.environ, "_HANDLER": functions[name]["Handler"]}
    ask = "import app, sys; print(len(app.app.routes) > 0, 'chalicelib.api.function_url' in sys.modules, "
    ask += "'chalicelib.api.routing' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", ask], env=told, cwd=ROOT, capture_output=True, text=True, check=True)
    api, webhooks = name == "APIHandler", name == "Webhooks"
    assert done.stdout.strip() == f"{api} {webhooks} {api}"


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


def test_pillow_is_where_pictures_are_made_and_nowhere_else(functions: dict[str, dict[str, Any]]) -> None:
    with_layers = {name: function["Layers"] for name, function in functions.items() if "Layers" in function}
    assert with_layers == {"Media": [{"Ref": "MediaLayer"}]}
    told = {**os.environ, "_HANDLER": "app.media"}
    ask = "import app, sys, chalicelib.usecases.take_media_job, chalicelib.pictures; print('PIL' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", ask], env=told, cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False", "only a picture needs it"


def test_webhooks_and_sign_in_answer_before_their_callers_give_up(functions: dict[str, dict[str, Any]]) -> None:
    """API Gateway waits 29 seconds. Twilio hangs up after 15, but what it said must still get into the queue."""
    for name in ("APIHandler", "Webhooks"):
        assert 20 <= functions[name]["Timeout"] < 29


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


def test_what_is_due_is_done_each_minute(functions: dict[str, dict[str, Any]]) -> None:
    (event,) = functions["Due"]["Events"].values()
    assert event["Properties"]["Schedule"] == "rate(1 minute)"


def test_a_delivery_that_is_begun_can_be_ended(functions: dict[str, dict[str, Any]]) -> None:
    """A question and the text, each with its time to connect, and a transaction and a write of the table."""
    provider, table = 2 * (CONNECT_TIMEOUT + TIMEOUT) * 1000, 6_000
    assert provider + table < ENOUGH_TIME < functions["Outbound"]["Timeout"] * 1000 / 2


def test_nobody_who_may_still_send_is_alive_when_the_provider_is_asked(functions: dict[str, dict[str, Any]]) -> None:
    from chalicelib.domain.messages import GRACE
    from chalicelib.usecases.resolve_unknown import LONGEST_LIFE

    assert functions["Outbound"]["Timeout"] * 1000 <= LONGEST_LIFE < GRACE


def test_only_the_webhooks_are_open_to_everybody(cloudformation: Template) -> None:
    """Through their address only: who sent them is for the signature to say."""
    for name, permission in of_type(cloudformation, "AWS::Lambda::Permission").items():
        if permission["Principal"] == "*":
            assert permission["FunctionName"] == {"Ref": "Webhooks"}, name
            assert permission.get("FunctionUrlAuthType") == "NONE" or permission.get("InvokedViaFunctionUrl") is True
        else:
            assert permission["Principal"].endswith(".amazonaws.com"), name
            assert "SourceArn" in permission, name


def test_the_webhooks_have_an_address_that_anybody_may_call(cloudformation: Template) -> None:
    """Two permissions since October 2025: https://docs.aws.amazon.com/lambda/latest/dg/urls-auth.html"""
    (url,) = of_type(cloudformation, "AWS::Lambda::Url").values()
    assert url["TargetFunctionArn"] == {"Fn::GetAtt": ["Webhooks", "Arn"]}
    assert url["AuthType"] == "NONE"
    open_to_all = [p for p in of_type(cloudformation, "AWS::Lambda::Permission").values() if p["Principal"] == "*"]
    assert sorted(permission["Action"] for permission in open_to_all) == [
        "lambda:InvokeFunction",
        "lambda:InvokeFunctionUrl",
    ]


def test_the_address_that_is_signed_comes_from_the_configuration(template: Template) -> None:
    """From the parameter store: the function's environment would need the address of the function."""
    assert template["Globals"]["Function"]["Environment"]["Variables"]["WEBHOOK_URL"] == {"Ref": "WebhookUrl"}
    parameter = template["Resources"]["WebhookUrlParameter"]["Properties"]
    assert parameter["Name"]["Fn::Sub"] == "/counterline/${Stage}/webhook-url"
    condition, given, own = parameter["Value"]["Fn::If"]
    assert (condition, given) == ("HasWebhookUrl", {"Ref": "WebhookUrl"})
    assert "WebhooksUrl" in json.dumps(own)
    assert template["Outputs"]["WebhookUrl"]["Value"] == {"Fn::GetAtt": ["WebhookUrlParameter", "Value"]}
