"""The customers' chat page, as it goes over HTTP."""

from typing import Annotated

from msgspec import Meta, Struct, field

from chalicelib.domain.addresses import Channel
from chalicelib.domain.uploads import MOST_PICTURES
from chalicelib.usecases.write_in_chat import BODY_LIMIT

from .product_schemas import CardView
from .schemas import Id, Input


class OpenChat(Input):
    """The token from the fragment of a chat link."""

    token: Annotated[str, Meta(min_length=1, max_length=200)]


class ChatSession(Struct, kw_only=True):
    """The browser has a cookie for `/chat/{chat_id}/...` now."""

    chat_id: str


class WriteInChat(Input):
    """`body` may be empty where there are `pictures`, the ids of such that are ready."""

    body: Annotated[str, Meta(max_length=BODY_LIMIT)]
    pictures: Annotated[list[Id], Meta(max_length=MOST_PICTURES[Channel.CHAT])] = field(default_factory=list)

    def __post_init__(self) -> None:
        if not self.body.strip() and not self.pictures:
            raise ValueError("There is nothing to send.")


class MarkSeen(Input):
    """Everything up to this message was on the customer's screen."""

    up_to: Id


class ChatPicture(Struct, kw_only=True):
    """A picture of a message; its address is asked for."""

    id: str
    width: int
    height: int


class ChatMessage(Struct, kw_only=True):
    """As the customer sees it."""

    id: str
    mine: bool
    """The customer wrote it."""
    body: str
    pictures: list[ChatPicture]
    card: CardView | None
    created_at: int
    author: str
    """First name of the associate; empty for automatic answers and the customer's own."""


class ChatView(Struct, kw_only=True):
    store: str
    """Its name."""
    phone: str
    """Whom to call."""
    ended: bool
    """The store has ended the conversation: nothing more can be written (D19)."""
    opted_out: bool
    order: str | None
    """The number of the order that the conversation is about; null: of none."""
    messages: list[ChatMessage]
    """Oldest first."""
    position: str
    """Pass it as `after` to get what came later. Empty: there is nothing yet."""
    older: str | None
    """Cursor of the page before."""
    more: bool
    """There is more than this answer holds: ask anew without `after`."""
