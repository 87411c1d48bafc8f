"""Brings a stack to a package's template with a change set, and says what happens meanwhile.

Used for AWS (infra/deploy.py) and for the one-machine cloud alike; all it needs is a boto3 session.
"""

import secrets
import time
from collections.abc import Callable, Mapping
from typing import Any

from botocore.exceptions import ClientError

from infra.account import ensure_bucket, ensure_push_key, ensure_signing_key, reason, upload
from infra.failure import ShippingError
from infra.package import Package, Template

Say = Callable[[str], None]

CAPABILITIES = ["CAPABILITY_IAM", "CAPABILITY_AUTO_EXPAND"]
DELETE_ONLY = ("ROLLBACK_COMPLETE", "ROLLBACK_FAILED", "CREATE_FAILED", "DELETE_FAILED")
STARTED_ONLY = "REVIEW_IN_PROGRESS"
"""Only a change set was made so far; the next one creates the stack."""
DONE = ("CREATE_COMPLETE", "UPDATE_COMPLETE")
NOTHING_TO_DO = ("didn't contain changes", "No updates are to be performed", "no changes")
TIMEOUT_SECONDS = 3600


def deploy_stack(
    session: Any,
    stack: str,
    built: Package,
    parameters: Mapping[str, str],
    *,
    say: Say = print,
    poll: float = 1.0,
) -> dict[str, str]:
    """Uploads the package and creates or updates the stack; its outputs. Raises ShippingError.

    `parameters` names at least `Stage`; those not named keep the value they have, or get their default. Safe to
    repeat: without a change, nothing happens. Makes the stage's keys first, if there are none. `poll` is in seconds.
    """
    bucket = ensure_bucket(session)
    ensure_signing_key(session, parameters["Stage"])
    parameters = {**parameters, "PushPublicKey": ensure_push_key(session, parameters["Stage"])}
    url = upload(session, bucket, stack, built)
    cloudformation = session.client("cloudformation")
    before = _updatable(cloudformation, stack)
    change = _prepare_change(cloudformation, stack, url, _parameters(built.template, before, parameters), before, poll)
    if change:
        seen: set[str] = set()
        _new_events(cloudformation, stack, seen)
        cloudformation.execute_change_set(StackName=stack, ChangeSetName=change)
        _follow(cloudformation, stack, seen, say, poll)
    else:
        say(f"{stack}: nothing to change.")
    return outputs(session, stack)


def outputs(session: Any, stack: str) -> dict[str, str]:
    """The outputs of a stack by name. Raises ShippingError when there is no such stack."""
    found = _describe(session.client("cloudformation"), stack)
    if not found:
        raise ShippingError(f"There is no stack {stack}: deploy it first.")
    return {output["OutputKey"]: output["OutputValue"] for output in found.get("Outputs", [])}


def _updatable(cloudformation: Any, stack: str) -> Any:
    """The stack as it is; None if it is to be created. Raises ShippingError when it can take no change now."""
    found = _describe(cloudformation, stack)
    status = found["StackStatus"] if found else STARTED_ONLY
    if status == STARTED_ONLY:
        return None
    if status in DELETE_ONLY:
        raise ShippingError(
            f"Stack {stack} is in state {status} and cannot be updated: look at its events, delete it "
            f"(aws cloudformation delete-stack --stack-name {stack}) and deploy again."
        )
    if status == "UPDATE_ROLLBACK_FAILED":
        raise ShippingError(
            f"Stack {stack} is in state {status}: repair what its events name, then run "
            f"aws cloudformation continue-update-rollback --stack-name {stack}."
        )
    if status.endswith("_IN_PROGRESS"):
        raise ShippingError(f"Stack {stack} is busy ({status}): deploy again when that has ended.")
    return found


def _parameters(template: Template, before: Any, given: Mapping[str, str]) -> list[dict[str, Any]]:
    if unknown := sorted(set(given) - set(template["Parameters"])):
        raise ShippingError(f"There is no parameter {unknown[0]}: choose from {', '.join(template['Parameters'])}.")
    kept = {parameter["ParameterKey"] for parameter in (before or {}).get("Parameters", [])}
    chosen: list[dict[str, Any]] = []
    for name in template["Parameters"]:
        if name in given:
            chosen.append({"ParameterKey": name, "ParameterValue": given[name]})
        elif name in kept:
            chosen.append({"ParameterKey": name, "UsePreviousValue": True})
    return chosen


def _prepare_change(
    cloudformation: Any, stack: str, url: str, parameters: list[dict[str, Any]], before: Any, poll: float
) -> str | None:
    """The name of the change set; None when there is nothing to change."""
    names = {"StackName": stack, "ChangeSetName": f"deploy-{secrets.token_hex(6)}"}
    kind = "UPDATE" if before else "CREATE"
    try:
        cloudformation.create_change_set(
            **names, ChangeSetType=kind, TemplateURL=url, Parameters=parameters, Capabilities=CAPABILITIES
        )
    except ClientError as error:
        raise ShippingError(f"CloudFormation refuses the template: {reason(error)}.") from error
    state = _await_change_set(cloudformation, names, poll)
    if state["Status"] != "FAILED":
        return names["ChangeSetName"]
    cloudformation.delete_change_set(**names)
    why = state.get("StatusReason", "no reason given")
    if any(text in why for text in NOTHING_TO_DO):
        return None
    raise ShippingError(f"CloudFormation cannot make the change: {why}")


def _await_change_set(cloudformation: Any, names: dict[str, str], poll: float) -> Any:
    deadline = time.monotonic() + TIMEOUT_SECONDS
    while time.monotonic() < deadline:
        state = cloudformation.describe_change_set(**names)
        if state["Status"] in ("CREATE_COMPLETE", "FAILED"):
            return state
        time.sleep(poll)
    raise ShippingError(f"CloudFormation did not prepare the change of {names['StackName']} in time.")


def _follow(cloudformation: Any, stack: str, seen: set[str], say: Say, poll: float) -> None:
    """Tells each resource's progress until the stack rests. Raises ShippingError when it rests in failure."""
    deadline = time.monotonic() + TIMEOUT_SECONDS
    failures: list[str] = []
    while time.monotonic() < deadline:
        status = (_describe(cloudformation, stack) or {}).get("StackStatus", "DELETE_COMPLETE")
        for event in _new_events(cloudformation, stack, seen):
            why = event.get("ResourceStatusReason", "")
            say(f"  {event['ResourceStatus']:<28} {event['LogicalResourceId']}  {why}".rstrip())
            if event["ResourceStatus"].endswith("_FAILED") and "cancelled" not in why:
                failures.append(f"{event['LogicalResourceId']}: {why}".rstrip("."))
        if status in DONE:
            return
        if not status.endswith("_IN_PROGRESS"):
            raise ShippingError(f"Stack {stack} ended in {status}: {[*failures, 'see its events'][0]}.")
        time.sleep(poll)
    raise ShippingError(f"Stack {stack} is still busy after an hour: look at its events.")


def _new_events(cloudformation: Any, stack: str, seen: set[str]) -> list[Any]:
    """Events not seen so far, oldest first; adds them to `seen`."""
    pages = cloudformation.get_paginator("describe_stack_events").paginate(StackName=stack)
    fresh: list[Any] = []
    for page in pages:
        unseen = [event for event in page["StackEvents"] if event["EventId"] not in seen]
        fresh += unseen
        if len(unseen) < len(page["StackEvents"]):
            break
    seen.update(event["EventId"] for event in fresh)
    return fresh[::-1]


def _describe(cloudformation: Any, stack: str) -> Any:
    try:
        return cloudformation.describe_stacks(StackName=stack)["Stacks"][0]
    except ClientError as error:
        if "does not exist" in str(error):
            return None
        raise ShippingError(f"CloudFormation refuses to describe {stack}: {reason(error)}.") from error
