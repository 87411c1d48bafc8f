"""Registers the demo merchant: stores, numbers, connections with their secrets, and people who can sign in."""

from chalicelib.store.table import Table
from infra.registration import Member, Merchant, Registration, SignIns

from . import merchant
from .clients import EmulatorSession
from .emulator import REGION
from .installation import Installation


def table(outputs: dict[str, str], endpoint: str) -> Table:
    """The deployed table, as the store layer opens it."""
    return Table(outputs["TableName"], region=REGION, endpoint=endpoint)


def register(session: EmulatorSession, outputs: dict[str, str], secrets: Installation) -> None:
    """Writes what is not there yet: the same data again changes nothing."""
    prefix = f"{outputs['ParameterPrefix']}/connections"
    twilio = merchant.twilio_connection(secrets.account_sid, f"{prefix}/{merchant.TWILIO_ID}")
    vonage = merchant.vonage_connection(secrets.api_key, f"{prefix}/{merchant.VONAGE_ID}")
    meta = merchant.meta_connection(f"{prefix}/{merchant.META_ID}")
    ses, aws_sms = merchant.ses_connection(), merchant.aws_sms_connection()
    shopify = merchant.shopify_connection(f"{prefix}/{merchant.SHOPIFY_ID}")
    woocommerce, generic = merchant.other_shop_connections(prefix)
    adyen, stripe = merchant.payment_connections(prefix)
    demo = Merchant(
        id=merchant.MERCHANT_ID,
        stores=merchant.STORES,
        connections=(twilio, vonage, meta, ses, aws_sms, shopify, woocommerce, generic, adyen, stripe),
        proxies=tuple(merchant.proxies()),
        members=tuple(_member(person) for person in merchant.ASSOCIATES),
    )
    sign_ins = SignIns(session.client("cognito-idp"), outputs["UserPoolId"], merchant.PASSWORD)
    registration = Registration(table(outputs, session.endpoint), session.client("ssm"), sign_ins, say=lambda _: None)
    given = {
        twilio.id: {"auth_token": secrets.auth_token},
        vonage.id: {"signature_secret": secrets.signature_secret, "api_secret": secrets.api_secret},
        meta.id: {
            "app_secret": secrets.app_secret,
            "verify_token": secrets.verify_token,
            "access_token": secrets.access_token,
        },
        ses.id: {},
        aws_sms.id: {},
        shopify.id: {
            "webhook_secret": secrets.webhook_secret,
            "access_token": secrets.access_token,
            "member_secret": secrets.member_secret,
        },
        woocommerce.id: {"webhook_secret": secrets.woocommerce_secret},
        generic.id: {"webhook_secret": secrets.generic_secret},
        adyen.id: {"api_key": secrets.adyen_key, "hmac_key": secrets.adyen_hmac},
        stripe.id: {"api_key": secrets.stripe_key, "webhook_secret": secrets.stripe_secret},
    }
    registration.write(demo, given)


def _member(person: merchant.Person) -> Member:
    return Member(person.email, person.name, {store.id: person.permissions for store in person.stores})
