"""The parts of the file a merchant is described in, as the shop's owner writes them."""

from typing import Annotated, Literal

from msgspec import Meta, Struct

from chalicelib.domain.addresses import Channel
from chalicelib.domain.merchants import (
    MOST_INBOX_SHARDS,
    ChatLinkSetting,
    ConsentScopeSetting,
    OptInSetting,
    Permission,
    ProxyOwner,
    UnknownPolicy,
)
from chalicelib.domain.message_templates import MessageTemplate
from chalicelib.domain.quiet_hours import OwnHours
from chalicelib.domain.reply_tokens import LONGEST_MAILBOX
from chalicelib.domain.unanswered import FEWEST_MINUTES, MOST_MINUTES

SECRETS = {
    "twilio": ("auth_token",),
    "vonage": ("signature_secret", "api_secret"),
    "meta": ("app_secret", "verify_token", "access_token"),
    "ses": (),
    "webchat": (),
    "aws_sms": (),
    "shopify": ("webhook_secret",),
    "woocommerce": ("webhook_secret",),
    "generic": ("webhook_secret",),
    "adyen": ("api_key", "hmac_key"),
    "stripe": ("api_key", "webhook_secret"),
}
"""What each provider's adapter reads from a connection's secrets (docs/channels.md, docs/shops.md, docs/carts.md)."""
OPTIONAL_SECRETS = {
    "shopify": ("access_token", "member_secret"),
    "woocommerce": ("member_secret",),
    "generic": ("member_secret",),
}
"""What it reads besides, where `secret_from` names it."""

CARRIES = {
    "twilio": (Channel.SMS, Channel.WHATSAPP),
    "vonage": (Channel.SMS,),
    "meta": (Channel.WHATSAPP,),
    "ses": (Channel.EMAIL,),
    "webchat": (Channel.CHAT,),
    "aws_sms": (Channel.SMS,),
}
"""The channels of each provider (docs/channels.md)."""


Id = Annotated[str, Meta(pattern=r"^[A-Za-z0-9_-]{1,64}$")]
Text = Annotated[str, Meta(pattern=r"\S", max_length=200)]
Number = Annotated[str, Meta(pattern=r"^\+[1-9][0-9]{6,14}$")]
Sender = Annotated[str, Meta(pattern=r"^(\+[1-9][0-9]{6,14}|[0-9]{3,8})$")]
"""A number, or a short code."""
Variable = Annotated[str, Meta(pattern=r"^[A-Z][A-Z0-9_]{0,63}$")]
Email = Annotated[str, Meta(pattern=r"^[^@\s]+@[^@\s]+\.[^@\s]+$", max_length=254)]
LocalPart = Annotated[str, Meta(pattern=rf"^([a-z0-9][a-z0-9._-]{{0,{LONGEST_MAILBOX - 1}}})?$")]
Mailbox = Annotated[str, Meta(pattern=rf"^[a-z0-9][a-z0-9._-]{{0,{LONGEST_MAILBOX - 1}}}@[a-z0-9.-]+\.[a-z]{{2,63}}$")]
"""In lower case, and short: a token must fit in behind it (docs/email.md)."""
ProviderId = Annotated[str, Meta(pattern=r"^[0-9]{0,32}$")]
Shards = Annotated[int, Meta(ge=1, le=MOST_INBOX_SHARDS)]
Minutes = Annotated[int, Meta(ge=FEWEST_MINUTES, le=MOST_MINUTES)]
Country = Annotated[str, Meta(pattern=r"^[A-Z]{2}$")]


class StorePart(Struct, forbid_unknown_fields=True):
    id: Id
    name: Text
    timezone: str
    phone: Number
    country: Country = "US"
    messaging: bool = True
    consent_scope: ConsentScopeSetting = ConsentScopeSetting.STORE
    opt_in: OptInSetting = OptInSetting.NOT_REQUIRED
    chat_link: ChatLinkSetting | None = None
    """Unless said: in the mail where mail is connected (D15, D16), else off."""
    link_domain: Annotated[str, Meta(pattern=r"^([a-z0-9-]+(\.[a-z0-9-]+)+)?$", max_length=253)] = ""
    """Of links to products (N4)."""
    automatic_texts: bool = False
    credits: bool = False
    language: Literal["en", "es", "de", "fr", "it", "pt", "nl"] = "en"
    quiet_hours: OwnHours = OwnHours()
    reassign_after: Minutes | None = None
    contacts: bool = False
    inbox_shards: Shards = 1


class TemplatePart(Struct, forbid_unknown_fields=True):
    """As WhatsApp has approved it."""

    name: Annotated[str, Meta(pattern=r"^[a-z0-9_]{1,512}$")]
    language: Annotated[str, Meta(pattern=r"^[a-z]{2,3}(_[A-Za-z]{2,4})?$")]
    body: Annotated[str, Meta(pattern=r"\S", max_length=1024)]
    content_id: Annotated[str, Meta(pattern=r"^(HX[0-9a-f]{32})?$")] = ""
    """Twilio's id of it."""

    def as_domain(self) -> MessageTemplate:
        return MessageTemplate(name=self.name, language=self.language, body=self.body, content_id=self.content_id)


class ConnectionPart(Struct, forbid_unknown_fields=True):
    id: Id
    provider: str
    account: Text
    store: Id
    secret_from: Variable | dict[str, Variable] | None = None
    """Name of the environment variable that holds the secret, by secret where there are several; without one it is
    asked for."""
    locations: dict[str, Id] = {}
    currency: Annotated[str, Meta(pattern=r"^([A-Z]{3})?$")] = ""
    """Of a shop's prices."""
    site: Annotated[str, Meta(pattern=r"^([a-z0-9-]+(\.[a-z0-9-]+)+)?$", max_length=253)] = ""
    """The host that customers know the shop by."""
    templates: list[TemplatePart] = []
    provider_answers_keywords: bool = False
    on_unknown: UnknownPolicy = UnknownPolicy.ASK

    def optional_variables(self) -> dict[str, str]:
        """By secret that may be left out: the names of those that are named."""
        named = self.secret_from if isinstance(self.secret_from, dict) else {}
        return {each: named[each] for each in OPTIONAL_SECRETS.get(self.provider, ()) if each in named}

    def variable(self, secret: str) -> str:
        """Name of the environment variable that holds this secret; empty where none is named."""
        named = self.secret_from or ""
        return named if isinstance(named, str) else named.get(secret, "")


class NumberPart(Struct, forbid_unknown_fields=True):
    number: Sender
    connection: Id
    store: Id = ""
    stores: list[Id] = []
    """In place of `store`: those that share it (docs/routing.md). Strangers arrive in the first."""
    channel: Literal["sms", "whatsapp"] = "sms"
    number_id: ProviderId = ""
    """Meta's id of a number at WhatsApp."""
    pool: bool = False
    """Of any associate of the store, as it is free for a customer (docs/routing.md)."""
    associate: Email | None = None
    """Whose own it is; of the store where it is of the pool neither."""

    @property
    def owner(self) -> ProxyOwner:
        if self.associate is not None:
            return ProxyOwner.ASSOCIATE
        return ProxyOwner.POOL if self.pool else ProxyOwner.STORE

    @property
    def used_by(self) -> list[str]:
        return self.stores or [self.store]


class MailboxPart(Struct, forbid_unknown_fields=True):
    mailbox: Mailbox
    store: Id
    connection: Id


class AssociatePart(Struct, forbid_unknown_fields=True):
    email: Email
    name: Text
    stores: dict[Id, frozenset[Permission]]
    mailbox: LocalPart = ""
    """Before the "@" of their own mailbox; made of their name unless said."""
