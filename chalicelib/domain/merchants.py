"""The merchant's side: stores, the people in them, and the accounts at providers and shop platforms."""

from enum import StrEnum

from msgspec import Struct
from msgspec.structs import replace

from .addresses import Address
from .message_templates import MessageTemplate
from .quiet_hours import OwnHours

MOST_INBOX_SHARDS = 16
SHARDS_TAKE_EFFECT = 25 * 3_600_000
"""Milliseconds from raising a store's shards until one of the new ones is written to: longer than a process may work
with the set-up as it was before (store.directory.LAST_RESORT) and would not look there."""
MOST_SHARING = 30
"""Stores that one number may have (H19): what a STOP to it, or a sentence set right, changes in all of their scopes is
one transaction, and DynamoDB takes 100 actions."""


class Permission(StrEnum):
    """What an associate may do in a store. `orders` opens messaging (D5, D6); `manage` is for settings; `unmask` shows
    customers' real addresses, one by one, and each time it is written down (X7); `erase` hands out all that is known of
    a customer, and erases it (X13), which cannot be undone."""

    ORDERS = "orders"
    INBOX = "inbox"
    MANAGE = "manage"
    UNMASK = "unmask"
    ERASE = "erase"


class ConsentScopeSetting(StrEnum):
    """How far an opt-out reaches (N8): this store only, or every store of the merchant."""

    STORE = "store"
    MERCHANT = "merchant"


class ChatLinkSetting(StrEnum):
    """How a conversation that the store starts reaches the customer (D15, D16)."""

    OFF = "off"
    """By text: the first text has the associate's words, and the customer answers by texting back."""
    IN_TEXT = "in_text"
    """On the chat page: a text without content has the link."""
    IN_MAIL = "in_mail"
    """On the chat page: a text without content says to check the e-mail, which has the link."""
    BOTH = "both"
    """On the chat page: text and e-mail have the link."""


class OptInSetting(StrEnum):
    """Whether customers must have agreed before a store that they did not write to texts them (N7)."""

    NOT_REQUIRED = "not_required"
    REQUIRED = "required"


class UnknownPolicy(StrEnum):
    """What becomes of a text of which nobody knows, after asking the provider, whether it went out."""

    ASK = "ask"
    """At most once: an associate decides. For texts to customers."""
    SEND_AGAIN = "send_again"
    """At least once: it is sent a second time by itself, and after that an associate decides. For internal notices."""


class Store(Struct, frozen=True, kw_only=True):
    """One shop, physical or online."""

    id: str
    merchant_id: str
    name: str
    timezone: str
    """IANA name."""
    phone: Address
    """The public phone customers may call; told to them when a conversation has ended (D19)."""
    country: str = "US"
    """ISO 3166; the region of phone numbers without a country code."""
    messaging: bool = True
    """The feature flag of D4."""
    consent_scope: ConsentScopeSetting = ConsentScopeSetting.STORE
    opt_in: OptInSetting = OptInSetting.NOT_REQUIRED
    proxy: Address | None = None
    """The number this store texts from."""
    connection_id: str | None = None
    """The connection that owns `proxy`."""
    chat_link: ChatLinkSetting = ChatLinkSetting.OFF
    link_domain: str = ""
    """The host of links to products (N4), which leads here; empty: they lead straight to the shop."""
    merchant_phone: Address | None = None
    """The merchant's own phone, which is told of orders (L7); managers set it. None: nobody is."""
    automatic_texts: bool = False
    """Whether events of orders text customers (L8): a merchant switches that on."""
    credits: bool = False
    """Whether its texts need credits (L1): a merchant switches that on. Else nothing is counted, and nothing costs."""
    language: str = "en"
    """Of templates, where a store has them in several (templates.LANGUAGES)."""
    quiet_hours: OwnHours = OwnHours()
    """When it texts (X4), within what the law allows where the customer is."""
    reassign_after: int | None = None
    """Minutes a customer waits for an answer until their conversation goes back to the store (X18). None: it does not.
    Off unless said: opening hours are not known, and a night would take every conversation from whom it belongs to."""
    contacts: bool = False
    """Associates see their contacts here, and set reminders (H14, H15, H20)."""
    inbox_shards: int = 1
    """Parts its lists of conversations are kept in, 1 to MOST_INBOX_SHARDS. All of them are read, always."""
    inbox_shards_before: int = 1
    """How many of them are written to before `inbox_shards_from`."""
    inbox_shards_from: int = 0
    """Epoch milliseconds."""

    def shards_written(self, now: int) -> int:
        """Conversations belong into one of the first so many shards."""
        return self.inbox_shards if now >= self.inbox_shards_from else self.inbox_shards_before

    def with_shards_after(self, known: "Store", now: int) -> "Store":
        """With `known`, this store as it is set up so far, taken into account. Raises ValueError for fewer shards:
        what is in the others would be out of sight."""
        if self.inbox_shards < known.inbox_shards:
            raise ValueError("the number of inbox shards can only be raised")
        if self.inbox_shards % known.inbox_shards:  # so that nothing moves to a shard that was read before its own
            raise ValueError("the number of inbox shards can only be multiplied: 2, 4, 8, 16")
        if self.inbox_shards == known.inbox_shards:
            before, start = known.inbox_shards_before, known.inbox_shards_from
        else:
            before, start = known.shards_written(now), now + SHARDS_TAKE_EFFECT
        return replace(self, inbox_shards_before=before, inbox_shards_from=start)

    def changed(self, change: "StoreChange") -> "Store":
        """With what managers changed."""
        changed = replace(self, merchant_phone=change.merchant_phone)
        return changed if change.chat_link is None else replace(changed, chat_link=change.chat_link)

    @property
    def consent_scope_id(self) -> str:
        """The key of the scope in which this store's opt-outs hold."""
        return self.id if self.consent_scope is ConsentScopeSetting.STORE else self.merchant_id


class StoreChange(Struct, frozen=True, kw_only=True):
    """What managers changed about a store since the merchant's file was read. None: it is as the file says."""

    store_id: str
    merchant_id: str
    chat_link: ChatLinkSetting | None = None
    merchant_phone: Address | None = None
    """The file never names one: None is none."""


class Associate(Struct, frozen=True, kw_only=True):
    """A signed-in staff member. `id` is the subject of their sign-in token."""

    id: str
    merchant_id: str
    email: str
    name: str
    stores: dict[str, frozenset[Permission]]
    """Permissions by store id."""

    def belongs_to(self, store_id: str) -> bool:
        return store_id in self.stores

    def may(self, permission: Permission, store_id: str) -> bool:
        return permission in self.stores.get(store_id, frozenset())


class Colleague(Struct, frozen=True, kw_only=True):
    """An associate as the others of a store see them in lists."""

    id: str
    name: str
    permissions: frozenset[Permission]
    """In that store."""


class Connection(Struct, frozen=True, kw_only=True):
    """One configured account at a provider or shop platform. Its secret is elsewhere, under `secret_ref`."""

    id: str
    merchant_id: str
    provider: str
    """A key of `channels.CHANNELS` or `shops.SHOPS`."""
    secret_ref: str
    """Name of the parameter that holds the secrets as a JSON object of strings; empty: it needs none."""
    store_id: str
    """The store that orders, and texts to no known store's number, belong to."""
    account: str = ""
    """The provider's name for the account: Twilio's account SID, Shopify's shop domain."""
    locations: dict[str, str] = {}
    """Shop platforms: their location id -> our store id; others fall to `store_id`."""
    currency: str = ""
    """Shop platforms: in which its prices are (ISO 4217); webhooks of products do not say."""
    site: str = ""
    """Shop platforms: the host that customers know the shop by; empty: `account`."""
    number_ids: dict[str, str] = {}
    """WhatsApp at Meta: our number -> Meta's id of it, under which messages are sent."""
    templates: tuple[MessageTemplate, ...] = ()
    """What WhatsApp has approved for this account."""
    provider_answers_keywords: bool = False
    """The provider itself confirms STOP and answers HELP, so we stay silent (docs/requirements.md, Keywords)."""
    on_unknown: UnknownPolicy = UnknownPolicy.ASK


class ProxyOwner(StrEnum):
    """Whose conversations an address of ours carries (docs/routing.md)."""

    STORE = "store"
    """All of the store's: one conversation with each customer."""
    ASSOCIATE = "associate"
    """Those of one associate: one with each of their customers (H17, H18)."""
    POOL = "pool"
    """Those of any associate of the store, as it is free for a customer."""


class ProxyState(StrEnum):
    """What an address of ours can do."""

    WORKS = "works"
    RECEIVES = "receives"
    """It can no longer send."""
    LOST = "lost"
    """Neither send nor receive: given back, taken away, blocked."""


class Proxy(Struct, frozen=True, kw_only=True):
    """An address of ours that customers write to. `store_id`: where it is used, and where strangers who write to it
    land."""

    channel: str
    address: Address
    merchant_id: str
    store_id: str
    connection_id: str
    owner: ProxyOwner = ProxyOwner.STORE
    associate_id: str | None = None
    """Whose it is, where an associate owns it."""
    shared_with: tuple[str, ...] = ()
    """Further stores that talk over it, each in conversations of its own (H19)."""
    state: ProxyState = ProxyState.WORKS

    @property
    def store_ids(self) -> tuple[str, ...]:
        """Of all stores that talk over it."""
        return (self.store_id, *self.shared_with)

    def changed(self, change: "ProxyChange") -> "Proxy":
        """With what managers changed. A transfer counts as long as the file names the one it was from."""
        moved = self.associate_id is not None and self.associate_id == change.from_associate_id
        return replace(self, state=change.state, associate_id=change.associate_id if moved else self.associate_id)


class ProxyChange(Struct, frozen=True, kw_only=True):
    """What managers changed about an address since the merchant's file was read: that says what was bought and for
    whom, this what became of it."""

    channel: str
    address: Address
    merchant_id: str
    state: ProxyState = ProxyState.WORKS
    from_associate_id: str | None = None
    """Whose it was when it was given to `associate_id`."""
    associate_id: str | None = None
