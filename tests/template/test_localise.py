"""The emulator's adjustments: a pure function with few words."""

import copy

import pytest

from infra.localise import localise
from infra.package import Template
from tests.template.expand import circle, expanded, of_type, references

ENDPOINT = "http://127.0.0.1:1"


@pytest.fixture(scope="module")
def local(template: Template) -> Template:
    return localise(template, endpoint=ENDPOINT)


def test_it_leaves_its_argument_alone(template: Template) -> None:
    before = copy.deepcopy(template)
    localise(template, endpoint=ENDPOINT)
    assert template == before


def test_sockets_deploy_themselves_and_push_goes_through_the_emulator(local: Template) -> None:
    assert of_type(local, "AWS::ApiGatewayV2::Deployment") == {}
    (stage,) = of_type(local, "AWS::ApiGatewayV2::Stage").values()
    assert stage["AutoDeploy"] is True
    variables = local["Globals"]["Function"]["Environment"]["Variables"]
    assert variables["WEBSOCKET_API_ENDPOINT"] == {"Fn::Sub": f"{ENDPOINT}/_aws/execute-api/${{WebsocketAPI}}/api"}


def test_received_mail_can_be_read_without_tls_here_and_nowhere_else(template: Template, local: Template) -> None:
    there, here = (
        {each["Sid"] for each in found["Resources"]["MailBucketPolicy"]["Properties"]["PolicyDocument"]["Statement"]}
        for found in (template, local)
    )
    assert there - here == {"OnlyOverTls"}
    assert here


def test_a_local_stack_can_be_deleted(local: Template) -> None:
    assert not [name for name, resource in local["Resources"].items() if "DeletionPolicy" in resource]
    assert local["Resources"]["Table"]["Properties"]["DeletionProtectionEnabled"] is False


def test_the_rest_is_the_same(template: Template, local: Template) -> None:
    changed = {
        "WebsocketAPIStage",
        "WebsocketAPIDeployment",
        "RestAPI",
        "Table",
        "UserPool",
        "SiteBucket",
        "MailBucket",
        "MediaBucket",
        "Media",
        "MediaLayer",
        "MediaBucketPolicy",
        "MailBucketPolicy",
    }
    for name in set(template["Resources"]) - changed:
        assert local["Resources"][name] == template["Resources"][name], name
    added = set(local["Resources"]) - set(template["Resources"])
    assert all(name.startswith("GatewayResponse") for name in added)


def test_pillow_comes_from_the_emulators_interpreter_and_attachments_go_to_the_emulator(local: Template) -> None:
    assert of_type(local, "AWS::Serverless::LayerVersion") == {}
    assert not [name for name, each in of_type(local, "AWS::Serverless::Function").items() if "Layers" in each]
    variables = local["Globals"]["Function"]["Environment"]["Variables"]
    assert variables["MEDIA_BUCKET_URL"] == {"Fn::Sub": f"{ENDPOINT}/${{MediaBucket}}"}


def test_buckets_take_requests_without_tls_and_keep_the_rest_of_their_policies(
    template: Template, local: Template
) -> None:
    def sids(of: Template) -> set[str]:
        policies = of_type(of, "AWS::S3::BucketPolicy").values()
        return {each["Sid"] for policy in policies for each in policy["PolicyDocument"]["Statement"]}

    here = {name: each for name, each in local["Resources"].items() if each.get("Condition") != "Hosted"}
    assert "OnlyOverTls" in sids(template)
    assert sids({"Resources": here}) == {"SesOfThisAccountStoresMail"}


def test_it_still_holds_together(local: Template) -> None:
    whole = expanded(local)
    known = {*whole["Resources"], *whole["Parameters"]}
    targets = {reference.target for reference in references(whole["Resources"])}
    assert {target for target in targets if not target.startswith("AWS::")} <= known
    assert circle(whole) == []
