"""Registers the demo merchant: stores, numbers, connections with their secrets, and people who can sign in."""

from typing import Any

from chalicelib.domain.merchants import Associate
from chalicelib.store.setup import DynamoSetup
from chalicelib.store.table import Table

from . import merchant
from .clients import EmulatorSession
from .emulator import REGION
from .installation import Installation
from .merchant import Person


def table(outputs: dict[str, str], endpoint: str) -> Table:
    """The deployed table, as the store layer opens it."""
    return Table(outputs["TableName"], region=REGION, endpoint=endpoint)


def register(setup: DynamoSetup, session: EmulatorSession, outputs: dict[str, str], secrets: Installation) -> None:
    """Writes everything anew: the same data again changes nothing."""
    for store in merchant.STORES:
        setup.put_store(store)
    for proxy in merchant.proxies():
        setup.put_proxy(proxy)
    prefix = f"{outputs['ParameterPrefix']}/connections"
    twilio = merchant.twilio_connection(secrets.account_sid, f"{prefix}/{merchant.TWILIO_ID}")
    setup.put_connection(twilio, {"auth_token": secrets.auth_token})
    shopify = merchant.shopify_connection(f"{prefix}/{merchant.SHOPIFY_ID}")
    setup.put_connection(shopify, {"webhook_secret": secrets.webhook_secret})
    pool = outputs["UserPoolId"]
    for person in merchant.ASSOCIATES:
        setup.put_associate(_associate(session.client("cognito-idp"), pool, person))


def _associate(cognito: Any, pool: str, person: Person) -> Associate:
    """The person with a sign-in of their own; its subject is their id."""
    user = {"UserPoolId": pool, "Username": person.email}
    try:
        attributes = cognito.admin_get_user(**user)["UserAttributes"]
    except cognito.exceptions.UserNotFoundException:
        named = [{"Name": "email", "Value": person.email}, {"Name": "name", "Value": person.name}]
        verified = [*named, {"Name": "email_verified", "Value": "true"}]
        made = cognito.admin_create_user(**user, UserAttributes=verified, MessageAction="SUPPRESS")
        cognito.admin_set_user_password(**user, Password=merchant.PASSWORD, Permanent=True)
        attributes = made["User"]["Attributes"]
    subject = next(attribute["Value"] for attribute in attributes if attribute["Name"] == "sub")
    stores = {store.id: person.permissions for store in person.stores}
    return Associate(id=subject, merchant_id=merchant.MERCHANT_ID, email=person.email, name=person.name, stores=stores)
