"""Shipping against a real CloudFormation: the emulator's, through nothing but AWS_ENDPOINT_URL."""

import base64
import contextlib
import copy
import dataclasses
import json
import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import boto3
import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import ec

from chalicelib.shops.shopify import TOPICS
from chalicelib.web_push import signed
from infra import merchant
from infra.account import account_id, ensure_push_key, with_code_at
from infra.deploy import deploy, parse_parameters
from infra.failure import ShippingError
from infra.localise import localise
from infra.package import ROOT, Package
from infra.stack import deploy_stack, outputs

pytestmark = [
    pytest.mark.xdist_group("deploy"),
    pytest.mark.filterwarnings("ignore::ResourceWarning"),  # boto3 leaves its pooled connections to the collector
]


@pytest.fixture(scope="module")
def emulator(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Its address. Keeps nothing."""
    home = tmp_path_factory.mktemp("emulator")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    settings = {"BIND_HOST": "127.0.0.1", "GATEWAY_PORT": str(port), "STATE_DIR": str(home), "S3_DATA_DIR": str(home)}
    settings |= {"IOT_MTLS_ENABLED": "0", "SFTP_ENABLED": "0", "LOG_LEVEL": "WARNING"}
    with (home / "log").open("w") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "ministack"], env={**os.environ, **settings}, stdout=log, stderr=log, cwd=home
        )
        try:
            _await(f"http://127.0.0.1:{port}/_ministack/health", process)
            yield f"http://127.0.0.1:{port}"
        finally:
            process.terminate()
            process.wait(20)


@pytest.fixture(autouse=True)
def _aws(emulator: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_ENDPOINT_URL", emulator)
    monkeypatch.setenv("AWS_DEFAULT_REGION", "us-east-1")
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "test")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "test")
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    monkeypatch.delenv("AWS_PROFILE", raising=False)


@pytest.fixture
def _alone(_aws: None) -> None:
    """Stacks of one stage share their parameters, so the last test's is taken away."""
    cloudformation = boto3.client("cloudformation")
    for stack in cloudformation.describe_stacks()["Stacks"]:
        if {"ParameterKey": "Stage", "ParameterValue": "local"} in stack.get("Parameters", []):
            cloudformation.delete_stack(StackName=stack["StackName"])
            cloudformation.get_waiter("stack_delete_complete").wait(
                StackName=stack["StackId"], WaiterConfig={"Delay": 1}
            )


@pytest.fixture(scope="module")
def local(local_package: Package, emulator: str) -> Package:
    return dataclasses.replace(local_package, template=localise(local_package.template, endpoint=emulator))


@pytest.mark.usefixtures("_alone")
def test_the_local_stack_comes_up_and_a_repeat_keeps_it(local: Package) -> None:
    said: list[str] = []
    wanted = {"Stage": "local", "PublicApiUrl": "http://localhost:8000/api", "WebhookUrl": "http://localhost:8000"}
    first = deploy_stack(boto3.Session(), "one", local, wanted, say=said.append, poll=0.05)
    assert any("CREATE_COMPLETE" in line and "FanOut" in line for line in said)
    assert first["PublicApiUrl"] == "http://localhost:8000/api"
    assert first["WebhookUrl"] == "http://localhost:8000"
    assert first["ParameterPrefix"] == "/counterline/local"
    assert not [name for name in first if name.startswith("Site")]
    sns = boto3.client("sns")
    (subscription,) = sns.list_subscriptions_by_topic(TopicArn=first["ProviderEventsTopicArn"])["Subscriptions"]
    assert subscription["Protocol"] == "sqs"
    told = sns.get_subscription_attributes(SubscriptionArn=subscription["SubscriptionArn"])["Attributes"]
    assert told["RawMessageDelivery"] == "true"
    boto3.client("s3").head_bucket(Bucket=first["MailBucketName"])
    key = _signing_key("local")
    assert len(key) >= 43, "32 random bytes"
    again = deploy_stack(boto3.Session(), "one", local, {"Stage": "local"}, say=said.append, poll=0.05)
    assert again == first, "parameters not named again are kept"
    assert _signing_key("local") == key


@pytest.mark.usefixtures("_alone")
def test_gateway_errors_have_our_shape(local: Package, emulator: str) -> None:
    found = deploy_stack(boto3.Session(), "shape", local, {"Stage": "local"}, say=_silent, poll=0.05)
    base = f"{emulator}/restapis/{found['RestAPIId']}/api/_user_request_"
    for path, status, code in (("/me", 401, "unauthorized"), ("/nowhere", 404, "not_found")):
        with pytest.raises(urllib.error.HTTPError) as refused:
            urllib.request.urlopen(base + path)
        assert refused.value.code == status
        assert json.load(refused.value)["error"]["code"] == code
        assert refused.value.headers["Access-Control-Allow-Origin"] == "*"


def test_a_hosted_stack_gets_its_site_and_the_addresses_for_the_providers(
    local_package: Package, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "assets").mkdir()
    (tmp_path / "index.html").write_text("<!doctype html>")
    (tmp_path / "simulator.html").write_text("not for the world")
    (tmp_path / "assets" / "a.js").write_text("1")
    deploy("dev", {}, build=lambda: _without_socket_deployment(local_package), dist=tmp_path)
    found = outputs(boto3.Session(), "counterline-dev")
    s3 = boto3.client("s3")
    stored = {item["Key"] for item in s3.list_objects_v2(Bucket=found["SiteBucketName"])["Contents"]}
    assert stored == {"index.html", "assets/a.js", "config.json"}
    page = s3.get_object(Bucket=found["SiteBucketName"], Key="index.html")
    assert (page["ContentType"], page["CacheControl"]) == ("text/html; charset=utf-8", "no-cache")
    config = json.load(s3.get_object(Bucket=found["SiteBucketName"], Key="config.json")["Body"])
    assert config["api"] == found["PublicApiUrl"]
    said = capsys.readouterr().out
    for address in ("SiteUrl", "PublicApiUrl", "WebhookUrl", "WebsocketUrl"):
        assert found[address].startswith(("https://", "wss://"))
        assert found[address] in said
    assert f"{found['WebhookUrl']}/webhooks/twilio/" in said
    assert found["WebhookUrl"] == found["WebhooksFunctionUrl"].rstrip("/")
    stored = boto3.client("ssm").get_parameter(Name="/counterline/dev/webhook-url")["Parameter"]["Value"]
    assert stored == found["WebhookUrl"]
    assert all(topic in said for topic in TOPICS)


@pytest.mark.usefixtures("_alone")
def test_a_deployed_stack_gets_its_merchant_who_can_then_sign_in(
    local: Package, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    found = deploy_stack(boto3.Session(), "counterline-shop", local, {"Stage": "local"}, say=_silent, poll=0.05)
    example, password = str(ROOT / "docs" / "merchant.example.json"), "Harbour-Books-2026"
    command = ["--stage", "shop", "--file", example, "--password", password]
    assert merchant.main(command) == 1
    assert "set TWILIO_AUTH_TOKEN" in capsys.readouterr().err
    monkeypatch.setenv("TWILIO_AUTH_TOKEN", "first")
    monkeypatch.setenv("SHOPIFY_WEBHOOK_SECRET", "second")
    assert merchant.main(command) == 0
    first = capsys.readouterr().out
    assert "Associate owner@harbour-books.example: added" in first
    assert f"{found['WebhookUrl']}/webhooks/twilio/texts" in first
    assert merchant.main(command) == 0
    again = capsys.readouterr().out
    assert again == first.replace(": added", ": unchanged")
    sign_in = boto3.client("cognito-idp").initiate_auth(
        ClientId=found["UserPoolClientId"],
        AuthFlow="USER_PASSWORD_AUTH",
        AuthParameters={"USERNAME": "owner@harbour-books.example", "PASSWORD": password},
    )
    assert sign_in["AuthenticationResult"]["IdToken"]


@pytest.mark.usefixtures("_alone")
def test_a_broken_stack_is_reported_in_one_sentence_and_not_tried_again(local: Package) -> None:
    template = copy.deepcopy(local.template)
    nowhere = {"RestApiId": "nowhere", "ResponseType": "THROTTLED"}
    template["Resources"]["Broken"] = {"Type": "AWS::ApiGateway::GatewayResponse", "Properties": nowhere}
    broken = dataclasses.replace(local, template=template)
    with pytest.raises(ShippingError, match="ended in ROLLBACK_COMPLETE: Broken: "):
        deploy_stack(boto3.Session(), "broken", broken, {"Stage": "local"}, say=_silent, poll=0.05)
    with pytest.raises(ShippingError, match="ROLLBACK_COMPLETE and cannot be updated"):
        deploy_stack(boto3.Session(), "broken", local, {"Stage": "local"}, say=_silent, poll=0.05)


def test_an_unknown_parameter_is_named(local: Package) -> None:
    with pytest.raises(ShippingError, match="no parameter Colour"):
        deploy_stack(boto3.Session(), "x", local, {"Stage": "local", "Colour": "red"}, say=_silent)


def test_a_missing_stack_is_named() -> None:
    with pytest.raises(ShippingError, match="no stack nothing"):
        outputs(boto3.Session(), "nothing")


def test_missing_credentials_are_one_sentence(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("AWS_ACCESS_KEY_ID")
    monkeypatch.delenv("AWS_SECRET_ACCESS_KEY")
    monkeypatch.setenv("AWS_SHARED_CREDENTIALS_FILE", str(tmp_path / "none"))
    monkeypatch.setenv("AWS_CONFIG_FILE", str(tmp_path / "none"))
    with pytest.raises(ShippingError, match="No AWS credentials"):
        account_id(boto3.Session())


def test_a_missing_region_is_one_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("AWS_DEFAULT_REGION")
    monkeypatch.setenv("AWS_CONFIG_FILE", os.devnull)
    with pytest.raises(ShippingError, match="No AWS region"):
        account_id(boto3.Session())


@pytest.mark.parametrize("stage", ["", "local", "Prod", "1st", "a" * 30])
def test_a_stage_has_a_plain_name(stage: str) -> None:
    with pytest.raises(ShippingError, match="Name a stage"):
        deploy(stage, {})


def test_parameters_are_pairs() -> None:
    assert parse_parameters(["AlarmEmail=a@b.c", "PublicApiUrl=https://x/?a=b"]) == {
        "AlarmEmail": "a@b.c",
        "PublicApiUrl": "https://x/?a=b",
    }
    with pytest.raises(ShippingError, match="Name=Value"):
        parse_parameters(["AlarmEmail"])


def test_every_function_gets_the_uploaded_code(local_package: Package) -> None:
    placed = with_code_at(local_package.template, "s3://b/k")
    kinds = [r for r in placed["Resources"].values() if r["Type"] == "AWS::Serverless::Function"]
    assert {function["Properties"]["CodeUri"] for function in kinds} == {"s3://b/k"}


def test_the_key_of_pushes_is_made_once_and_its_public_half_told() -> None:
    session = boto3.Session()
    public = ensure_push_key(session, "keys")
    stored = boto3.client("ssm").get_parameter(Name="/counterline/keys/push-key", WithDecryption=True)["Parameter"]
    assert stored["Type"] == "SecureString"
    token = signed({"aud": "x"}, stored["Value"])
    point = base64.urlsafe_b64decode(public + "=")
    key = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), point)
    assert jwt.decode(token, key, ["ES256"], audience="x") == {"aud": "x"}
    assert ensure_push_key(session, "keys") == public
    assert ensure_push_key(session, "other") != public


def _without_socket_deployment(package: Package) -> Package:
    """The one resource of a hosted stack that the emulator does not know."""
    template = copy.deepcopy(package.template)
    del template["Resources"]["WebsocketAPIDeployment"]
    template["Resources"]["WebsocketAPIStage"]["Properties"].pop("DeploymentId")
    return dataclasses.replace(package, template=template, layer=package.archive)  # the emulator unpacks no layer


def _signing_key(stage: str) -> str:
    ssm = boto3.client("ssm")
    parameter = ssm.get_parameter(Name=f"/counterline/{stage}/signing-key", WithDecryption=True)["Parameter"]
    assert parameter["Type"] == "SecureString"
    return str(parameter["Value"])


def _silent(_line: str) -> None:
    pass


def _await(url: str, process: "subprocess.Popen[Any]") -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        assert process.poll() is None, "the emulator ended"
        with contextlib.suppress(OSError):
            urllib.request.urlopen(url).close()
            return
        time.sleep(0.1)
    raise AssertionError("the emulator did not come up")
