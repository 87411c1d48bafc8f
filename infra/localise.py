"""What the one-machine cloud needs different, as a pure function: template -> template.

Everything else about a local installation is a CloudFormation parameter (`Stage=local` leaves the site, the alarms
and the dashboard out by condition).
"""

import copy
from typing import Any

from infra.package import Template


def localise(template: Template, *, endpoint: str) -> Template:
    """A copy for the emulator, which functions reach at `endpoint` (no trailing slash). Deletes with the stack."""
    local = copy.deepcopy(template)
    _deploy_websocket_stage_by_itself(local)
    _make_gateway_responses_resources(local)
    _push_through(endpoint, local)
    _read_mail_through(endpoint, local)
    _leave_out_the_layer(local)
    _store_attachments_at(endpoint, local)
    _take_requests_without_tls(local)
    _allow_deletion(local)
    return local


def _deploy_websocket_stage_by_itself(template: Template) -> None:
    """The emulator knows no AWS::ApiGatewayV2::Deployment."""
    template["Resources"].pop("WebsocketAPIDeployment", None)
    stage = template["Resources"]["WebsocketAPIStage"]["Properties"]
    stage.pop("DeploymentId", None)
    stage["AutoDeploy"] = True


def _make_gateway_responses_resources(template: Template) -> None:
    """The emulator overlooks gateway responses in an API's definition, and freezes them with each deployment."""
    resources = template["Resources"]
    names: list[str] = []
    for kind, response in resources["RestAPI"]["Properties"].pop("GatewayResponses", {}).items():
        names.append(name := "GatewayResponse" + kind.title().replace("_", ""))
        resources[name] = {"Type": "AWS::ApiGateway::GatewayResponse", "Properties": _gateway_response(kind, response)}
    resources["GatewayResponsesDeployment"] = {
        "Type": "AWS::ApiGateway::Deployment",
        "DependsOn": [*names, "RestAPIapiStage"],
        "Properties": {"RestApiId": {"Ref": "RestAPI"}, "StageName": "api"},
    }


def _gateway_response(kind: str, response: dict[str, Any]) -> dict[str, Any]:
    headers = response["ResponseParameters"]["Headers"]
    properties = {
        "RestApiId": {"Ref": "RestAPI"},
        "ResponseType": kind,
        "ResponseParameters": {f"gatewayresponse.header.{name}": value for name, value in headers.items()},
        "ResponseTemplates": response["ResponseTemplates"],
    }
    return properties | ({"StatusCode": response["StatusCode"]} if "StatusCode" in response else {})


def _push_through(endpoint: str, template: Template) -> None:
    variables = template["Globals"]["Function"]["Environment"]["Variables"]
    variables["WEBSOCKET_API_ENDPOINT"] = {"Fn::Sub": f"{endpoint}/_aws/execute-api/${{WebsocketAPI}}/api"}


def _read_mail_through(endpoint: str, template: Template) -> None:
    variables = template["Globals"]["Function"]["Environment"]["Variables"]
    variables["MAIL_BUCKET_URL"] = {"Fn::Sub": f"{endpoint}/${{MailBucket}}"}


def _leave_out_the_layer(template: Template) -> None:
    """The emulator's interpreter has what is in it."""
    template["Resources"].pop("MediaLayer", None)
    template["Resources"]["Media"]["Properties"].pop("Layers", None)


def _store_attachments_at(endpoint: str, template: Template) -> None:
    variables = template["Globals"]["Function"]["Environment"]["Variables"]
    variables["MEDIA_BUCKET_URL"] = {"Fn::Sub": f"{endpoint}/${{MediaBucket}}"}


def _take_requests_without_tls(template: Template) -> None:
    """The emulator is spoken to over HTTP, and heeds a bucket's policy."""
    for name, resource in list(template["Resources"].items()):
        if resource["Type"] == "AWS::S3::BucketPolicy" and resource.get("Condition") != "Hosted":
            document = resource["Properties"]["PolicyDocument"]
            document["Statement"] = [each for each in document["Statement"] if each["Sid"] != "OnlyOverTls"]
            if not document["Statement"]:
                del template["Resources"][name]


def _allow_deletion(template: Template) -> None:
    for resource in template["Resources"].values():
        resource.pop("DeletionPolicy", None)
        resource.pop("UpdateReplacePolicy", None)
    template["Resources"]["Table"]["Properties"]["DeletionProtectionEnabled"] = False
    template["Resources"]["UserPool"]["Properties"]["DeletionProtection"] = "INACTIVE"
