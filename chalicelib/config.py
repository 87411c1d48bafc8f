"""Settings: read once, late, typed, here. The environment holds names, never secrets."""

import os
from functools import cache

from msgspec import Struct


class Settings(Struct, frozen=True, kw_only=True):
    """What a deployment tells its functions. docs/deploying.md lists them."""

    stage: str
    table_name: str
    inbound_queue_url: str
    outbound_queue_url: str
    webhook_url: str
    """Where providers reach us, as they sign it; no slash at the end. Empty: the parameter store says, because a
    function's environment cannot name its own address."""
    websocket_url: str
    """What browsers connect to."""
    websocket_api_endpoint: str
    """Where the management API of the sockets is."""
    parameter_prefix: str
    """Below it in the parameter store: `signing-key`, `webhook-url`, `connections/<id>`."""
    outbound_dead_letters_url: str = ""
    """Where a message goes that only ever makes its worker fail."""
    provider_event_queue_url: str = ""
    """What providers within AWS publish waits there."""
    mail_bucket: str = ""
    """Where SES puts the mail it receives, below `inbound/`."""
    mail_bucket_url: str = ""
    """Its address, no slash at the end."""
    media_queue_url: str = ""
    media_bucket_url: str = ""
    """Of the private bucket of attachments; no slash at the end."""
    media_shown_url: str = ""
    """Where browsers find that bucket, if not there: the one-machine cloud has one origin."""
    site_mark: str = ""
    """By which requests through the site's CloudFront are known from those that only claim to come through it."""
    push_identity: str = ""
    """By which browsers and their push services know us. Empty: no browser is woken."""
    provider_api_urls: dict[str, str] = {}
    """Base addresses by provider, where they are not the provider's own: simulators, and gateways on the way."""


@cache
def settings() -> Settings:
    """The settings of this process. Raises KeyError naming the first variable that is missing."""
    environment = os.environ
    return Settings(
        stage=environment["STAGE"],
        table_name=environment["TABLE_NAME"],
        inbound_queue_url=environment["INBOUND_QUEUE_URL"],
        outbound_queue_url=environment["OUTBOUND_QUEUE_URL"],
        webhook_url=environment["WEBHOOK_URL"].rstrip("/"),
        websocket_url=environment["WEBSOCKET_URL"],
        websocket_api_endpoint=environment["WEBSOCKET_API_ENDPOINT"],
        parameter_prefix=environment["PARAMETER_PREFIX"].rstrip("/"),
        outbound_dead_letters_url=environment.get("OUTBOUND_DEAD_LETTERS_URL", ""),
        provider_event_queue_url=environment.get("PROVIDER_EVENT_QUEUE_URL", ""),
        mail_bucket=environment.get("MAIL_BUCKET", ""),
        mail_bucket_url=environment.get("MAIL_BUCKET_URL", ""),
        media_queue_url=environment.get("MEDIA_QUEUE_URL", ""),
        media_bucket_url=environment.get("MEDIA_BUCKET_URL", "").rstrip("/"),
        media_shown_url=environment.get("MEDIA_SHOWN_URL", "").rstrip("/"),
        site_mark=environment.get("SITE_MARK", ""),
        push_identity=environment.get("PUSH_IDENTITY", ""),
        provider_api_urls=_addresses(environment.get("PROVIDER_API_URLS", "")),
    )


def _addresses(text: str) -> dict[str, str]:
    """`twilio=https://... vonage=https://...` by provider. Raises ValueError for a word without `=`."""
    pairs = (word.split("=", 1) for word in text.split())
    return {provider: url.rstrip("/") for provider, url in pairs}
