"""What goes over HTTP about invitations of customers (H3-H7)."""

from typing import Annotated

from msgspec import Meta, Struct

from chalicelib.domain.addresses import Channel
from chalicelib.domain.invites import InviteState

from .schemas import Id, Input


class InviteCustomer(Input):
    """`conversation_id`: the conversation in which the customer is invited; null: in the shop."""

    conversation_id: Id | None


class InviteView(Struct, kw_only=True):
    """As its associate sees it. Whoever has the link can take it up."""

    id: str
    link: str
    state: InviteState
    created_at: int
    expires_at: int
    from_conversation_id: str | None
    conversation_id: str | None
    """Where the customer's yes is awaited, or came."""
    channel: Channel | None
    """Which one they chose."""
    customer_name: str
    with_name: str
    """Who looks after the contact, where that is a colleague already (H12); empty: the associate who invited."""


class InviteList(Struct, kw_only=True):
    rows: list[InviteView]
    """The newest first."""


Token = Annotated[str, Meta(min_length=1, max_length=200)]


class OpenInvite(Input):
    """The token from the fragment of the link."""

    token: Token


class AcceptInvite(Input, kw_only=True):
    """What the customer typed; a name if they like. `wording`: the version of the words they agreed to."""

    token: Token
    channel: Channel
    address: Annotated[str, Meta(min_length=1, max_length=254)]
    name: Annotated[str, Meta(min_length=1, max_length=80)] | None
    wording: Annotated[str, Meta(min_length=1, max_length=40)]


class Way(Struct, kw_only=True):
    """A channel to choose, and what is agreed to with it."""

    channel: Channel
    agreement: str


class InvitePage(Struct, kw_only=True):
    """As the customer sees it. Nobody's address is in it but the store's own."""

    state: InviteState
    store: str
    phone: str
    """Whom to call."""
    associate: str
    """First name of who invites, or of who looks after the contact once it is made."""
    ways: list[Way]
    wording: str
    can_ask: bool
    """Whether (another) address can be given."""
    asked_channel: Channel | None
    write_to: str
    """At WhatsApp: the number that the customer is to write `word` to; else empty."""
    word: str
    """There: what they are to write, such as "YES 482193". Only who reads this page knows it; a mere YES counts not."""
