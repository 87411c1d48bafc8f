"""The providers of messages: one file each, one line each below. See docs/adding-a-channel.md.

Adapters are imported when they are first asked for, so that no function pays for a provider it does not use.
"""

from collections.abc import Callable, Mapping

from chalicelib.usecases.ports import MessageChannel


def _twilio(api_url: str | None) -> MessageChannel:
    from .twilio import API_URL, Twilio

    return Twilio(api_url or API_URL)


def _vonage(api_url: str | None) -> MessageChannel:
    from .vonage import API_URL, Vonage

    return Vonage(api_url or API_URL)


def _meta(api_url: str | None) -> MessageChannel:
    from .meta_whatsapp import API_URL, MetaWhatsApp

    return MetaWhatsApp(api_url or API_URL)


def _ses(api_url: str | None) -> MessageChannel:
    from chalicelib.aws.sigv4 import region, sign

    from .email.ses import Ses

    return Ses(api_url or f"https://email.{region()}.amazonaws.com", region(), sign)


def _webchat(api_url: str | None) -> MessageChannel:
    from .webchat import WebChat

    return WebChat()


def _aws_sms(api_url: str | None) -> MessageChannel:
    from chalicelib.aws.sigv4 import region, sign

    from .aws_sms import AwsSms

    return AwsSms(api_url or f"https://sms-voice.{region()}.amazonaws.com", sign)


CHANNELS: dict[str, Callable[[str | None], MessageChannel]] = {
    "twilio": _twilio,
    "vonage": _vonage,
    "meta": _meta,
    "ses": _ses,
    "webchat": _webchat,
    "aws_sms": _aws_sms,
}
"""`Connection.provider` -> what makes its adapter. The argument: the base address of its API, None for its own."""

PUBLISHERS: tuple[str, ...] = ("ses", "aws_sms")
"""Those of them that publish to our topic instead of calling a webhook (ports.Publishes)."""


def channel(provider: str, api_urls: Mapping[str, str] | None = None) -> MessageChannel:
    """The adapter of a provider. `api_urls`: base addresses by provider, where they are not the provider's own.

    Raises KeyError for a provider that is not registered.
    """
    return CHANNELS[provider]((api_urls or {}).get(provider))
