"""Ships Counterline to AWS: `python -m infra.deploy --stage STAGE [Name=Value ...]`.

Needs plain AWS credentials and a region, as every AWS tool takes them; `Name=Value` sets a parameter of
infra/resources.yaml (docs/deploying.md lists them), which is then kept by later deployments.
"""

import argparse
import re
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import boto3
from botocore.exceptions import BotoCoreError, ClientError

from infra.account import account_id, reason
from infra.failure import ShippingError
from infra.merchant import WHAT_NEXT
from infra.package import ROOT, Package, package
from infra.site import require_built, upload_site
from infra.stack import deploy_stack

DIST = ROOT / "web" / "dist"
STAGE = re.compile(r"[a-z][a-z0-9-]{0,19}")
GUIDE = """
{stage} is up.

  App             {site}
  API             {api}
  Live updates    {socket}
  User pool       {pool}

Give these to the providers, with the id of the connection at the end:
{webhooks}

Next, describe your stores, numbers and associates in a file (docs/deploying.md):
  make merchant STAGE={stage} FILE=merchant.json
"""


def deploy(
    stage: str, parameters: Mapping[str, str], *, build: Callable[[], Package] = package, dist: Path = DIST
) -> None:
    """Package, stack, site, in that order. Raises ShippingError."""
    if stage == "local" or not STAGE.fullmatch(stage):
        raise ShippingError("Name a stage, short and in lower case: make deploy STAGE=dev (`local` is `make run`).")
    session = boto3.Session()
    account = account_id(session)
    require_built(dist)
    print("Packaging ...")
    built = build()
    stack = f"counterline-{stage}"
    print(f"Deploying {stack} to account {account}, {session.region_name} ({built.size.zipped:,} bytes of code) ...")
    outputs = deploy_stack(session, stack, built, {**parameters, "Stage": stage})
    print("Uploading the web app ...")
    upload_site(session, dist, outputs)
    print(
        GUIDE.format(
            stage=stage,
            site=outputs["SiteUrl"],
            api=outputs["PublicApiUrl"],
            socket=outputs["WebsocketUrl"],
            pool=outputs["UserPoolId"],
            webhooks="\n".join(_webhook(outputs["WebhookUrl"], provider) for provider in WHAT_NEXT),
        )
    )


def _webhook(url: str, provider: str) -> str:
    return f"  {provider.title():<15} {url}/webhooks/{provider}/<connection>\n{'':18}{WHAT_NEXT[provider]}"


def parse_parameters(pairs: Sequence[str]) -> dict[str, str]:
    """`Name=Value` each. Raises ShippingError."""
    parameters: dict[str, str] = {}
    for pair in pairs:
        name, equals, value = pair.partition("=")
        if not equals or not name.isalnum():
            raise ShippingError(f"{pair!r} is not a parameter: write Name=Value.")
        parameters[name] = value
    return parameters


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m infra.deploy", description=__doc__)
    parser.add_argument("--stage", default="", help="a short lower-case name, such as dev or prod")
    parser.add_argument("parameters", nargs="*", metavar="Name=Value")
    arguments = parser.parse_args()
    try:
        deploy(arguments.stage, parse_parameters(arguments.parameters))
    except ShippingError as error:
        print(error, file=sys.stderr)
        return 1
    except ClientError as error:
        print(f"AWS refuses {error.operation_name}: {reason(error)}.", file=sys.stderr)
        return 1
    except BotoCoreError as error:
        print(f"AWS cannot be reached: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
