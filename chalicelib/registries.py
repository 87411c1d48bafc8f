"""The registries of `channels/`, `shops/` and `payments/` as one. Implements ports.Channels."""

from chalicelib import channels, payments, shops
from chalicelib.config import Settings
from chalicelib.usecases import ports


class RegisteredChannels:
    """With what the settings say of them."""

    def __init__(self, chosen: Settings) -> None:
        self._api_urls = chosen.provider_api_urls
        self._loaded: dict[str, ports.MessageChannel] = {}

    def message_channel(self, provider: str) -> ports.MessageChannel:
        if provider not in self._loaded:
            self._loaded[provider] = channels.channel(provider, self._api_urls)
        return self._loaded[provider]

    def publishers(self) -> dict[str, ports.Publishes]:
        made = {provider: self.message_channel(provider) for provider in channels.PUBLISHERS}
        return {provider: channel for provider, channel in made.items() if isinstance(channel, ports.Publishes)}

    def webhook_source(self, provider: str) -> ports.MessageChannel | ports.Shop | None:
        if provider in channels.CHANNELS:
            return self.message_channel(provider)
        if provider in payments.PAYMENTS:
            return payments.provider(provider, self._api_urls)
        return shops.shop(provider, self._api_urls) if provider in shops.SHOPS else None
