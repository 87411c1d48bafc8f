"""A provider within AWS published something to our topic: mail that came in, what became of mail and texts.

The proxy address that it names leads to the connection, as the address of a webhook does elsewhere (I10).
"""

from collections.abc import Sequence
from hashlib import sha256

import msgspec

from chalicelib.domain.addresses import Address, Channel
from chalicelib.domain.errors import BadSignature, InvalidInput
from chalicelib.domain.events import Ignored
from chalicelib.domain.merchants import Connection, Proxy
from chalicelib.domain.messages import MessageRef

from .apply_delivery_status import read_reference
from .ports import Deps, Once, Publication, Published, Publishes
from .take_event import take_event

_SETUP = ("Successfully validated SNS topic for Amazon SES", '{"Service":"Amazon SES Setup"')
"""How notices begin that AWS sends when the topic is set up, and that are about nothing."""


def take_provider_event(body: str, deps: Deps) -> None:
    """Takes effect once, however often it is delivered.

    Raises Unavailable (the same will work later) and InvalidInput (nobody of ours publishes this, or malformed).
    """
    if body.startswith(_SETUP):
        deps.log.info("provider_event_ignored", kind="setup")
        return
    published = _decoded(body)
    for provider, channel in deps.channels.publishers().items():
        addresses = channel.addressed(published)
        if addresses is not None:
            _take(body, published, provider, channel, addresses, deps)
            return
    raise InvalidInput("None of our providers publishes this.")


def _decoded(body: str) -> Published:
    try:
        return msgspec.json.decode(body, type=Published)
    except (msgspec.DecodeError, UnicodeError, RecursionError) as error:
        raise InvalidInput("Not a JSON object.") from error


def _take(
    body: str,
    published: Published,
    provider: str,
    channel: Publishes,
    addresses: Sequence[tuple[Channel, Address]],
    deps: Deps,
) -> None:
    """For each of our addresses that it names. A repeat of the whole is harmless: each event happens once."""
    ours = _ours(provider, addresses, deps)
    if not ours:
        _reject(body, provider, "unknown_number", deps)
        return
    place = channel.stored(published)
    content = None if place is None else deps.mails.raw(*place)
    for proxy, connection in ours:
        publication = Publication(
            published=published,
            proxy=proxy,
            connection=connection,
            ref=_ref(channel.reference(published), connection, deps),
            content=content,
            now=deps.clock.now(),
        )
        for event in channel.parse_published(publication):
            if isinstance(event, Ignored) and content is not None:
                _reject(body, provider, event.kind, deps)
            take_event(event, deps)


def _reject(body: str, provider: str, reason: str, deps: Deps) -> None:
    once = Once(f"published#{provider}", sha256(body.encode()).hexdigest())
    deps.rejections.record(once, reason, deps.clock.now())
    deps.log.warning("provider_event_rejected", reason=reason, provider=provider)


def _ours(
    provider: str, addresses: Sequence[tuple[Channel, Address]], deps: Deps
) -> Sequence[tuple[Proxy, Connection]]:
    """The proxies among the addresses whose connection is one of this provider and of the same merchant."""
    proxies = [deps.directory.proxy(channel, address) for channel, address in dict.fromkeys(addresses)]
    found = [(proxy, deps.directory.connection(proxy.connection_id)) for proxy in proxies if proxy is not None]
    return [
        (proxy, connection)
        for proxy, connection in found
        if connection is not None and connection.provider == provider and connection.merchant_id == proxy.merchant_id
    ]


def _ref(reference: str, connection: Connection, deps: Deps) -> MessageRef | None:
    """The message that our own signature names; None where there is none, or it is of another connection (I10)."""
    if not reference:
        return None
    try:
        return read_reference(reference, connection.id, deps)
    except BadSignature:
        deps.log.warning("provider_event_reference_refused", connection_id=connection.id)
        return None
