"""Deploys the real template to the emulator, when anything it is made from changed since the last time."""

from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from . import record
from .clients import EmulatorSession
from .problems import Problem
from .record import Record
from .workspace import Workspace

STACK = "counterline-local"
STAGE = "local"
API_STAGE = "api"
SIMULATED = ("twilio", "vonage", "meta", "ses", "aws_sms", "push", "shopify", "adyen", "stripe")
"""Providers whose API the simulator serves."""
POLL = 0.05
"""Seconds between two looks at a deployment, which takes one or two here."""


class Deployment(NamedTuple):
    outputs: dict[str, str]
    """The stack's, by name."""
    changed: bool


def deploy(workspace: Workspace, session: EmulatorSession, endpoint: str, origin: str) -> Deployment:
    """Raises Problem when the template or the code cannot be deployed."""
    simulator = f"{origin.replace('localhost', '127.0.0.1')}/simulator"
    parameters = {
        "Stage": STAGE,
        "PublicApiUrl": f"{origin}/api",
        "WebhookUrl": origin,
        "SiteUrl": origin,
        "MediaShownUrl": f"{origin}/files",
        "WebsocketUrl": f"{origin.replace('http', 'ws', 1)}/ws",
        "ProviderApiUrls": " ".join(
            [*(f"{provider}={simulator}/{provider}" for provider in SIMULATED), f"payments={origin}/simulator"]
        ),  # the page of payments is opened from the app, to which another host would be another site
    }
    wanted = record.fingerprint(workspace, {**parameters, "endpoint": endpoint})
    last = record.load(workspace)
    if last and last.fingerprint == wanted and _exists(session):
        return Deployment(last.outputs, changed=False)
    outputs = _deploy(workspace.state / "package", session, endpoint, parameters)
    record.save(workspace, Record(wanted, outputs))
    return Deployment(outputs, changed=True)


def _deploy(folder: Path, session: EmulatorSession, endpoint: str, parameters: dict[str, str]) -> dict[str, str]:
    # Imported only when needed: most starts change nothing.
    from infra.failure import ShippingError
    from infra.localise import localise
    from infra.package import package
    from infra.stack import deploy_stack

    said: list[str] = []
    try:
        built = package(folder, local=True)
        built = replace(built, template=localise(built.template, endpoint=endpoint))
        return deploy_stack(session, STACK, built, parameters, say=said.append, poll=POLL)
    except ShippingError as error:
        raise Problem(str(error), "\n".join(said[-15:])) from error


def _exists(session: EmulatorSession) -> bool:
    """Whether the emulator still has the stack: its state may have been lost."""
    cloudformation = session.client("cloudformation")
    try:
        stack = cloudformation.describe_stacks(StackName=STACK)["Stacks"][0]
    except cloudformation.exceptions.ClientError:
        return False
    return str(stack["StackStatus"]) in ("CREATE_COMPLETE", "UPDATE_COMPLETE")
