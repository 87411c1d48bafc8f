"""What goes over HTTP for the settings: as schemas.py, for managers. Our own addresses stand here whole."""

from typing import Annotated

from msgspec import Meta, Struct

from chalicelib.domain.addresses import Channel
from chalicelib.domain.merchants import ChatLinkSetting, ProxyOwner, ProxyState

from .schemas import Id, Input


class ProxyView(Struct, kw_only=True):
    """One of our own addresses: managers see it whole."""

    channel: Channel
    address: str
    owner: ProxyOwner
    associate_id: str | None
    associate_name: str
    """Empty where no associate owns it, or who did is gone."""
    state: ProxyState
    connection_id: str
    provider: str
    conversations: int
    """Open ones of this store, over this address."""
    shared_with: list[str]
    """Names of the other stores that talk over it."""
    changeable: bool
    """Whether this store says what it can do: the one where strangers arrive does."""


class ChangeProxy(Input):
    """What one of our own addresses can do from now on."""

    channel: Channel
    address: Annotated[str, Meta(min_length=1, max_length=254)]
    state: ProxyState


class PoolView(Struct, kw_only=True):
    channel: Channel
    size: int
    most_held: int
    """The most of its addresses that are taken for one and the same customer."""
    free_share: int
    """Percent that are free even for that customer."""
    low: bool


class ProxyList(Struct, kw_only=True):
    rows: list[ProxyView]
    pools: list[PoolView]
    capped: bool
    """There are more conversations than were counted: the true numbers may be higher."""


class StartTransfer(Input):
    """All contacts of an associate in the store go over to a colleague."""

    from_id: Id
    to_id: Id


class TransferView(Struct, kw_only=True):
    id: str
    from_name: str
    to_name: str
    by_name: str
    at: int
    total: int
    """Contacts there were when it began."""
    left: int
    """Not moved yet (of an undone one: not more than these)."""
    finished: bool
    undone_at: int | None
    undone_by_name: str | None


class PersonView(Struct, kw_only=True):
    id: str
    name: str
    contacts: int
    """Conversations of theirs in the store that have not expired."""


class TransferList(Struct, kw_only=True):
    people: list[PersonView]
    """The store's associates, by name."""
    transfers: list[TransferView]
    """The latest twenty, newest first."""


class WayView(Struct, kw_only=True):
    """A way in which customers learn of a conversation, and an example of what they get."""

    chat_link: ChatLinkSetting
    text: str
    mail: str | None
    """None: no mail goes out."""
    available: bool
    """Not where it needs mail and none is connected."""


class StoreSettingsView(Struct, kw_only=True):
    chat_link: ChatLinkSetting
    ways: list[WayView]


class MerchantPhoneView(Struct, kw_only=True):
    phone: str | None
    """The merchant's own, whole: only managers see it. None: it is told of nothing."""
    opted_out: bool
    """It has sent STOP to the store: it gets nothing until it sends START."""


class ChangeMerchantPhone(Input):
    """`phone`: as people type it; null: none. `phone_was`: as last seen."""

    phone: Annotated[str, Meta(min_length=1, max_length=40)] | None
    phone_was: Annotated[str, Meta(min_length=1, max_length=40)] | None


class ChangeStore(Input):
    """`chat_link_was`: as last seen."""

    chat_link: ChatLinkSetting
    chat_link_was: ChatLinkSetting
