"""The simulator in front of one local stack: which numbers, secrets and addresses it works with."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from starlette.applications import Starlette

from . import merchant
from .cloud import EmulatorCloud
from .emulator import REGION
from .simulator import (
    AwsSmsConnection,
    MetaConnection,
    OtherShop,
    PaymentConnection,
    SesConnection,
    Shop,
    SimulatorConfig,
    StoreMailbox,
    StoreNumber,
    TwilioConnection,
    VonageConnection,
    create_app,
)

if TYPE_CHECKING:
    from .installation import Installation
    from .stack import LocalStack

BELIEVED = "mail.example"
"""Domains whose mail passes DMARC at the SMTP door, unless MAIL_BELIEVED names others."""


def simulator(stack: LocalStack) -> Starlette:
    """The phones, mailboxes and shop of the demo merchant."""
    origin, installation = stack.origin, stack.installation
    numbers = tuple(
        StoreNumber(number=store.proxy, store_id=store.id, store_name=store.name)
        for store in merchant.STORES
        if store.proxy
    )
    twilio = TwilioConnection(
        id=merchant.TWILIO_ID,
        account_sid=installation.account_sid,
        auth_token=installation.auth_token,
        numbers=numbers,
    )
    second = f"{merchant.SEATTLE.name} (Vonage)"
    vonage = VonageConnection(
        id=merchant.VONAGE_ID,
        api_key=installation.api_key,
        api_secret=installation.api_secret,
        signature_secret=installation.signature_secret,
        numbers=(StoreNumber(number=merchant.SECOND_NUMBER, store_id=merchant.SEATTLE.id, store_name=second),),
    )
    state_file = stack.workspace.state / "simulator.json"
    app = create_app(
        SimulatorConfig(
            webhook_url=origin,
            origin=origin,
            twilio_connections=(twilio,),
            vonage_connections=(vonage,),
            meta_connections=(_meta(installation),),
            aws_sms_connections=(_aws_sms(stack.outputs),),
            ses=_ses(stack.outputs),
            smtp_port=stack.smtp_port,
            shop=_shop(installation),
            other_shops=_other_shops(installation),
            payments=_payments(installation),
            state_file=state_file,
        ),
        cloud=EmulatorCloud(stack.session),
        smtp=stack.smtp_listener,
    )
    if not state_file.exists():
        app.state.simulator.seed_demo_phones()
    if not app.state.simulator.state.mailboxes:  # one that is older than mailboxes gets them too
        app.state.simulator.seed_demo_mailboxes()
    return app


def _other_shops(installation: Installation) -> tuple[OtherShop, ...]:
    secrets = (installation.woocommerce_secret, installation.generic_secret)
    return tuple(
        OtherShop(
            platform=each.provider,
            connection_id=each.id,
            account=each.account,
            webhook_secret=secret,
            store_id="" if each.locations else each.store_id or "",
        )
        for each, secret in zip(merchant.other_shop_connections(""), secrets, strict=True)
    )


def _payments(installation: Installation) -> tuple[PaymentConnection, ...]:
    adyen, stripe = merchant.payment_connections("")
    secrets = {
        adyen.id: (installation.adyen_key, installation.adyen_hmac),
        stripe.id: (installation.stripe_key, installation.stripe_secret),
    }
    return tuple(
        PaymentConnection(
            provider=each.provider,
            id=each.id,
            account=each.account,
            api_key=secrets[each.id][0],
            webhook_secret=secrets[each.id][1],
        )
        for each in (adyen, stripe)
    )


def _shop(installation: Installation) -> Shop:
    return Shop(
        connection_id=merchant.SHOPIFY_ID,
        shop_domain=merchant.SHOP_DOMAIN,
        webhook_secret=installation.webhook_secret,
        access_token=installation.access_token,
        member_secret=installation.member_secret,
        locations={store: location for location, store in merchant.LOCATIONS.items()},
    )


def _meta(installation: Installation) -> MetaConnection:
    return MetaConnection(
        id=merchant.META_ID,
        account_id=merchant.WHATSAPP_ACCOUNT,
        app_secret=installation.app_secret,
        access_token=installation.access_token,
        numbers=tuple(
            StoreNumber(
                number=merchant.WHATSAPP_NUMBERS[store.id], store_id=store.id, store_name=f"{store.name} (WhatsApp)"
            )
            for store in merchant.STORES
        ),
        number_ids=merchant.NUMBER_IDS,
        templates={f"{each.name} {each.language}": each.body for each in merchant.TEMPLATES},
    )


def _aws_sms(outputs: dict[str, str]) -> AwsSmsConnection:
    number = StoreNumber(
        number=merchant.AWS_NUMBER, store_id=merchant.BOSTON.id, store_name=f"{merchant.BOSTON.name} (AWS)"
    )
    return AwsSmsConnection(id=merchant.AWS_SMS_ID, topic_arn=outputs["ProviderEventsTopicArn"], numbers=(number,))


def _ses(outputs: dict[str, str]) -> SesConnection:
    mailboxes = tuple(StoreMailbox(address=address, name=store.name) for store, address in merchant.MAILBOXES)
    believed = os.environ.get("MAIL_BELIEVED", BELIEVED).lower().replace(",", " ").split()
    return SesConnection(
        id=merchant.SES_ID,
        domains=frozenset((merchant.MAIL_DOMAIN,)),
        mailboxes=mailboxes,
        topic_arn=outputs["ProviderEventsTopicArn"],
        bucket=outputs["MailBucketName"],
        region=REGION,
        believed=frozenset(believed),
    )
