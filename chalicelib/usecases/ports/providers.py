"""Providers of messages and shop platforms, and the HTTP between us."""

from collections.abc import Mapping, Sequence
from typing import Any, Protocol, runtime_checkable

from msgspec import Struct

from chalicelib.domain.addresses import Address, Channel
from chalicelib.domain.circuit import Trouble
from chalicelib.domain.events import Event
from chalicelib.domain.mail import Threading
from chalicelib.domain.merchants import Connection, Proxy
from chalicelib.domain.message_templates import TemplateUse
from chalicelib.domain.messages import FailureReason, MessageRef, MessageStatus
from chalicelib.domain.products import Card


class WebhookRequest(Struct, frozen=True, kw_only=True):
    """An HTTP request as a provider signed it. `url` comes from our configuration, never from headers."""

    method: str
    url: str
    headers: dict[str, str]
    """Names in lower case."""
    body: bytes


class WebhookReply(Struct, frozen=True, kw_only=True):
    content_type: str = "application/json"
    body: str = "{}"


class OutgoingMail(Struct, frozen=True, kw_only=True):
    """The parts of a mail that a text does not have."""

    from_name: str
    reply_to: Address
    """The mailbox it is sent from, with a token."""
    subject: str
    threading: Threading
    automatic: bool = False
    """No person wrote it: other machines are told so, and do not answer (RFC 3834)."""
    unsubscribe_url: str = ""
    """Where one request opts out (RFC 8058), of a mail that the store begins by itself or sends to many; else empty."""
    reference: str
    """Our signed reference, which the provider's reports carry."""
    card: Card | None = None
    """The product in it, whose text is a part of the body."""


class OutgoingPicture(Struct, frozen=True, kw_only=True):
    """A picture that goes out. `url`: where the provider may fetch it for some hours, and nothing else (N5)."""

    url: str
    content_type: str
    """`image/jpeg` or `image/png`."""
    size: int
    """Bytes."""
    content: bytes = b""
    """For a mail only, which carries it."""
    of_card: bool = False
    """It is the picture of the message's product."""


class OutgoingText(Struct, frozen=True, kw_only=True):
    """What an adapter needs to send one text."""

    sender: Address
    recipient: Address
    body: str
    callback_url: str
    """Where the provider reports delivery; carries our signed reference."""
    channel: Channel = Channel.SMS
    template: TemplateUse | None = None
    """On WhatsApp: the approved template that it is; `body` is what the customer reads."""
    mail: OutgoingMail | None = None
    """What only a mail needs."""
    pictures: tuple[OutgoingPicture, ...] = ()
    """Only where the adapter has said that it carries them (SendsPictures)."""


class Sent(Struct, frozen=True):
    """The provider took it, under this id."""

    provider_id: str


class SendError(Exception):
    """The provider certainly did not take it. `retryable`: the same request may work later.

    `trouble`: what this says about the whole connection; None: it is about this text, or its sender.
    """

    def __init__(
        self,
        reason: FailureReason,
        *,
        retryable: bool = False,
        provider_code: str = "",
        trouble: Trouble | None = None,
    ) -> None:
        super().__init__(f"{reason} {provider_code}".strip())
        self.reason = reason
        self.retryable = retryable
        self.provider_code = provider_code
        self.trouble = trouble


class SendUnclear(Exception):
    """The provider may or may not have taken it (time-out after the request went out, 5xx, garbled answer)."""


class TextSearch(Struct, frozen=True, kw_only=True):
    """What is known of a text whose outcome is not. `since`, `until`: epoch milliseconds between which the provider
    must have made it, by our clock; the adapter allows for differences between clocks."""

    sender: Address
    recipient: Address
    channel: Channel = Channel.SMS
    body: str
    since: int
    until: int


class Trace(Struct, frozen=True, kw_only=True):
    """A text that the provider has, and how far it has come; never below `sent`."""

    provider_id: str
    created_at: int
    """By the provider's clock, epoch milliseconds."""
    status: MessageStatus
    failure: FailureReason | None = None
    provider_code: str = ""


class LookupUnclear(Exception):
    """The provider's answer leaves doubt. `silent`: it does not answer at all, or wants to be asked later."""

    def __init__(self, why: str, *, silent: bool = False) -> None:
        super().__init__(why)
        self.silent = silent


class HttpResponse(Struct, frozen=True):
    status: int
    body: bytes
    headers: dict[str, str] = {}
    """Names in lower case."""


class NotConnected(Exception):
    """No request reached the other side."""


class NoAnswer(Exception):
    """The request went out; whether it took effect is not known."""


class Http(Protocol):
    def request(self, method: str, url: str, *, headers: dict[str, str], body: bytes, timeout: float) -> HttpResponse:
        """Never follows redirects, never retries. `timeout` in seconds. Raises NotConnected, NoAnswer."""
        ...


@runtime_checkable
class MessageChannel(Protocol):
    """A provider of messages. See docs/adding-a-channel.md."""

    def verify(self, request: WebhookRequest, connection: Connection, secrets: dict[str, str]) -> None:
        """Raises BadSignature."""
        ...

    def parse(self, request: WebhookRequest, connection: Connection, now: int) -> list[Event]:
        """The events of a verified webhook. Raises InvalidInput when it is malformed."""
        ...

    def parse_status(self, request: WebhookRequest, connection: Connection, ref: MessageRef) -> list[Event]:
        """The events of a verified delivery callback for the message `ref`."""
        ...

    def acknowledge(self) -> WebhookReply: ...

    def send(self, text: OutgoingText, connection: Connection, secrets: dict[str, str], http: Http) -> Sent:
        """Raises SendError, SendUnclear."""
        ...

    def is_up(self, connection: Connection, secrets: dict[str, str], http: Http) -> bool:
        """Whether the provider answers a question that changes nothing. Busy (429) and refusals are answers."""
        ...


@runtime_checkable
class SendsPictures(Protocol):
    """The channels that carry pictures themselves. Where they do not, the text gets a link to them (N19)."""

    def carries(self, text: OutgoingText) -> bool:
        """Whether exactly this, with its pictures, can go out as one message."""
        ...


@runtime_checkable
class AnswersChallenge(Protocol):
    """The providers that ask for a token, by GET, when the address of a webhook is registered with them."""

    def challenge(self, request: WebhookRequest, connection: Connection, secrets: dict[str, str]) -> WebhookReply:
        """What is to be answered. Raises BadSignature, InvalidInput."""
        ...


class Words(Protocol):
    """What sockets have just said, as far as this process knows. Costs no request."""

    def just_said(self, socket_id: str, gone: bool) -> bool:
        """Less than PAUSE ago the same socket was heard, of the same kind: coming or staying, or going."""
        ...

    def say(self, socket_id: str, gone: bool) -> None: ...


class Circuits(Protocol):
    """Which connections are to be left alone for a while, as far as this process knows. Costs no request."""

    def pause(self, connection_id: str) -> int:
        """Milliseconds that its texts have to wait; 0: one may be handed over."""
        ...

    def asks_first(self, connection_id: str) -> bool:
        """Whether it was down so lately that something harmless should be asked before a text is risked."""
        ...

    def answered(self, connection_id: str) -> None:
        """The provider took a text, or refused that one."""
        ...

    def troubled(self, connection_id: str, trouble: Trouble) -> None: ...


@runtime_checkable
class LooksUp(Protocol):
    """The channels whose provider can be asked what it has taken."""

    lookup_lag: int
    """Milliseconds after which a text that was taken is found."""

    def find(self, search: TextSearch, connection: Connection, secrets: dict[str, str], http: Http) -> Sequence[Trace]:
        """Everything that may be the text, oldest first, whichever message of ours it belongs to.

        Words are compared, not the white space between them.
        Empty: asked `lookup_lag` after it was sent, certainly not there. Raises LookupUnclear, and nothing else.
        """
        ...


Published = dict[str, Any]
"""What a provider published to our topic, decoded from JSON."""


class Publication(Struct, frozen=True, kw_only=True):
    """One thing that a provider published, for one of our addresses that it names."""

    published: Published
    proxy: Proxy
    connection: Connection
    ref: MessageRef | None
    """What `Publishes.reference` says, read; None: it is about no message of ours on this connection."""
    content: bytes | None
    """What lies at `Publishes.stored`."""
    now: int


@runtime_checkable
class Publishes(Protocol):
    """The channels whose provider publishes to our topic (SNS) what other providers report by webhook.

    Who may publish there is for AWS to decide (infra/resources.yaml), so there is no signature to verify.
    """

    def addressed(self, published: Published) -> Sequence[tuple[Channel, Address]] | None:
        """Which addresses of ours it may be about; None where it is none of this provider's.

        Raises InvalidInput where it is, and malformed.
        """
        ...

    def reference(self, published: Published) -> str:
        """Our signed reference to the message it is about; empty: it is about none of ours."""
        ...

    def stored(self, published: Published) -> tuple[str, str] | None:
        """Bucket and key of what the provider stored along with it; None: nothing."""
        ...

    def parse_published(self, publication: Publication) -> list[Event]:
        """Its events for one of the addresses. Raises InvalidInput."""
        ...


class Shop(Protocol):
    """A shop platform. See docs/adding-a-shop.md."""

    def verify(self, request: WebhookRequest, connection: Connection, secrets: dict[str, str]) -> None: ...

    def parse(self, request: WebhookRequest, connection: Connection, now: int) -> list[Event]: ...

    def acknowledge(self) -> WebhookReply: ...


class Channels(Protocol):
    """The registry of message providers and shop platforms, adapters loaded when first used."""

    def message_channel(self, provider: str) -> MessageChannel: ...

    def publishers(self) -> Mapping[str, Publishes]:
        """By provider, in the order in which they are asked whether something is theirs."""
        ...

    def webhook_source(self, provider: str) -> "MessageChannel | Shop | None":
        """None for a provider nobody wrote an adapter for."""
        ...
