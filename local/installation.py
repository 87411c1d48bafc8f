"""The secrets of one local installation: random, made once, kept in its folder for as long as its data."""

import json
import os
import secrets
from pathlib import Path
from typing import NamedTuple


class Installation(NamedTuple):
    account_sid: str
    """The Twilio account's name."""
    auth_token: str
    """Twilio's secret: signs its webhooks, opens its REST API."""
    webhook_secret: str
    """Shopify's secret: signs its webhooks."""
    api_key: str
    """The Vonage account's name."""
    api_secret: str
    """Opens Vonage's REST API."""
    signature_secret: str
    """Signs Vonage's webhooks."""
    app_secret: str
    """Signs Meta's webhooks."""
    verify_token: str
    """Asked for when our address is registered at Meta."""
    access_token: str
    """Opens Meta's Graph API, and the Admin API of the shop."""
    woocommerce_secret: str = ""
    """Signs WooCommerce's webhooks."""
    generic_secret: str = ""
    """Signs the orders of a shop that posts them itself."""
    member_secret: str = ""
    """Signs who is signed in at the shop."""
    adyen_key: str = ""
    """Opens Adyen's API."""
    adyen_hmac: str = ""
    """Signs Adyen's webhooks."""
    stripe_key: str = ""
    """Opens Stripe's API."""
    stripe_secret: str = ""
    """Signs Stripe's webhooks."""
    emulator_port: int | None = None
    """Kept, because addresses that were handed out contain it."""


def load(path: Path) -> Installation:
    """The installation of a folder, new where there is none. One made before a provider came gets its secrets now."""
    fresh = Installation(
        account_sid="AC" + secrets.token_hex(16),
        auth_token=secrets.token_hex(16),
        webhook_secret=secrets.token_hex(32),
        api_key=secrets.token_hex(4),
        api_secret=secrets.token_hex(8),
        signature_secret=secrets.token_hex(32),
        app_secret=secrets.token_hex(16),
        verify_token=secrets.token_hex(16),
        access_token="EAA" + secrets.token_hex(32),
        woocommerce_secret=secrets.token_hex(32),
        generic_secret=secrets.token_hex(32),
        member_secret=secrets.token_hex(32),
        adyen_key=secrets.token_hex(32),
        adyen_hmac=secrets.token_hex(32),
        stripe_key=secrets.token_hex(32),
        stripe_secret=secrets.token_hex(32),
    )
    return fresh._replace(**json.loads(path.read_text())) if path.exists() else fresh


def save(path: Path, installation: Installation) -> None:
    """Readable by the owner only."""
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        json.dump(installation._asdict(), file, indent=2)
