"""Sets a merchant up: `python -m infra.merchant --stage STAGE --file FILE` (`make merchant`; docs/deploying.md).

Without a stage: the local stack that `make run` started from this folder. With one: plain AWS credentials and a
region, as every AWS tool takes them (AWS_ENDPOINT_URL too). Safe to repeat: only what differs is written.
"""

import argparse
import getpass
import os
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import boto3
from botocore.exceptions import BotoCoreError, ClientError

from chalicelib.channels import PUBLISHERS
from chalicelib.domain.errors import CounterlineError
from chalicelib.payments import stripe
from chalicelib.shops import shopify, woocommerce
from chalicelib.store.table import Table
from infra.account import account_id, reason
from infra.failure import ShippingError
from infra.merchant_file import MerchantFile, read
from infra.merchant_parts import SECRETS
from infra.registration import Registration, Say, SignIns
from infra.stack import outputs

Client = Callable[[str], Any]
Ask = Callable[[str], str]
WHAT_NEXT = {
    "twilio": 'as each number\'s "A message comes in", HTTP POST',
    "vonage": "as the Inbound URL and the Status URL of the application that each number is linked to",
    "meta": "as the callback URL of your app at Meta, with your verify_token; subscribe to the field messages",
    "ses": "nothing to give: SES reports on the topic of this installation (docs/deploying.md)",
    "webchat": "nothing to give: the page that customers open is ours",
    "aws_sms": "nothing to give: it reports on the topic of this installation (docs/deploying.md)",
    "shopify": f"format JSON, one webhook for each of: {', '.join(sorted(shopify.TOPICS))}",
    "woocommerce": f"API version 3, one webhook for each of: {', '.join(sorted(woocommerce.TOPICS))}",
    "adyen": "as a standard webhook in JSON, with the HMAC key of this connection (docs/carts.md)",
    "stripe": f"as an endpoint with the events {' and '.join(stripe.PAID)}",
    "generic": "to your shop, which posts each order there as docs/generic-shop.md says",
}


WITHOUT_WEBHOOK = {*PUBLISHERS, "webchat"}


class SetUp:
    """The command, over one installation. `client(service)` makes boto3 clients, `deployed` are its stack's outputs."""

    def __init__(self, client: Client, deployed: Mapping[str, str], password: str | None = None, say: Say = print):
        self._deployed, self._say = deployed, say
        table = Table(deployed["TableName"], client=lambda: client("dynamodb"))
        sign_ins = SignIns(client("cognito-idp"), deployed["UserPoolId"], password)
        self._registration = Registration(table, client("ssm"), sign_ins, say)

    def run(self, described: MerchantFile, environment: Mapping[str, str], ask: Ask | None) -> None:
        """`ask` gets a secret from a person; None: nobody is there. Raises ShippingError before anything is written."""
        merchant = described.as_domain(self._deployed["ParameterPrefix"], self._deployed.get("MailDomainName", ""))
        secrets: dict[str, dict[str, str]] = {}
        for given, connection in zip(described.connections, merchant.connections, strict=True):
            stored = self._registration.secrets(connection)
            secrets[given.id] = dict(stored)
            for name in SECRETS[given.provider]:
                variable = given.variable(name)
                value = environment.get(variable) or stored.get(name) or _asked(given.id, name, ask)
                if not value:
                    raise ShippingError(_missing(given.id, name, variable))
                secrets[given.id][name] = value
            for name, variable in given.optional_variables().items():
                value = environment.get(variable) or stored.get(name) or ""
                if not value:
                    raise ShippingError(_missing(given.id, name, variable))
                secrets[given.id][name] = value
        self._say(f"Merchant {merchant.id}:")
        self._registration.write(merchant, secrets)
        self._say("It takes effect within a minute. Give these addresses to the providers (docs/deploying.md):")
        for connection in merchant.connections:
            address = f"{self._deployed['WebhookUrl']}/webhooks/{connection.provider}/{connection.id}"
            told = f"Connection {connection.id} has none" if connection.provider in WITHOUT_WEBHOOK else address
            self._say(f"  {told}\n      {WHAT_NEXT[connection.provider]}")
            if secrets[connection.id].get("member_secret"):
                door = f"{self._deployed['WebhookUrl']}/members/{connection.id}"
                self._say(f"  {door}\n      as data-door of the widget on your shop's pages (docs/members.md)")


def _asked(connection: str, name: str, ask: Ask | None) -> str:
    return ask(f"The {name} of connection {connection} (not shown): ").strip() if ask else ""


def _missing(connection: str, name: str, variable: str) -> str:
    way = f"set {variable}" if variable else 'name an environment variable in its "secret_from"'
    return f"Connection {connection} has no {name} yet: {way}, or run this in a terminal and be asked."


def of_stage(stage: str, password: str | None) -> SetUp:
    """Raises ShippingError."""
    if stage == "local":
        from local.problems import Problem  # the local cloud need not be there where AWS is
        from local.running import running_stack

        try:
            emulator, record = running_stack()
        except Problem as problem:
            raise ShippingError(f"{problem} (or name an installation: make merchant STAGE=prod)") from problem
        return SetUp(emulator.client, record.outputs, password)
    if password and not os.environ.get("AWS_ENDPOINT_URL"):
        raise ShippingError("A password is for a local stack only: on AWS, Cognito invites each person by e-mail.")
    session = boto3.Session()
    account_id(session)
    clients: dict[str, Any] = {}

    def client(service: str) -> Any:
        if service not in clients:
            clients[service] = session.client(service)  # type: ignore[call-overload]  # any service
        return clients[service]

    return SetUp(client, outputs(session, f"counterline-{stage}"), password)


def main(given: list[str]) -> int:
    try:
        arguments = _parser().parse_args(given)
        described = read(arguments.file)
        ask = getpass.getpass if sys.stdin.isatty() else None
        of_stage(arguments.stage, arguments.password).run(described, dict(os.environ), ask)
    except KeyboardInterrupt:
        print("Interrupted: run it again to do the rest.", file=sys.stderr)
        return 130
    except ClientError as error:
        print(f"AWS refuses {error.operation_name}: {reason(error)}.", file=sys.stderr)
    except BotoCoreError as error:
        print(f"AWS cannot be reached: {error}", file=sys.stderr)
    except CounterlineError as error:
        print(f"The table or the parameter store refuses: {error}", file=sys.stderr)
    except ShippingError as error:
        print(error, file=sys.stderr)
    else:
        return 0
    return 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="make merchant", description="Sets a merchant up; safe to repeat.")
    parser.add_argument("--stage", default="local")
    parser.add_argument("--file", type=Path, required=True, help="see docs/merchant.example.json")
    parser.add_argument("--password", help="of new sign-ins, instead of an invitation; local stacks only")
    return parser


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
