"""What leads a customer to the chat page: invitations, and the links in them (D1, D15, D16).

The stored text of an invitation has a mark where its link is: whoever reads the table, a log or a screen of ours cannot
open the conversation. The link is put in while the text is handed to its provider.
"""

from collections.abc import Sequence

from msgspec import Struct
from msgspec.structs import replace

from chalicelib.domain import chat_links
from chalicelib.domain.addresses import Address, Channel
from chalicelib.domain.chat_links import ChatLink
from chalicelib.domain.conversations import Conversation
from chalicelib.domain.ids import ulid_after
from chalicelib.domain.merchants import Associate
from chalicelib.domain.messages import Message, MessageKind

from . import compose
from .ports import Deps

_PURPOSE = "chat-link"


class Door(Struct, frozen=True, kw_only=True):
    """A way to tell a customer of the chat: from one of our addresses to one of theirs, with these words."""

    channel: Channel
    proxy: Address
    connection_id: str
    address: Address
    body: str


def invitations(
    conversation: Conversation, after: str, doors: Sequence[Door], seed: str, now: int, associate: Associate
) -> tuple[Message, ...]:
    """One message per door, all with the same link, with ids that follow `after`."""
    made: list[Message] = []
    for door in doors:
        after = ulid_after(after)
        message = compose.written(
            conversation,
            after,
            door.body,
            now,
            author_id=associate.id,
            author_name=associate.name,
            unprompted=True,
        )
        made.append(
            replace(
                message,
                kind=MessageKind.INVITATION,
                channel=door.channel,
                proxy=door.proxy,
                connection_id=door.connection_id,
                customer_address=door.address,
                link_seed=seed,
            )
        )
    return tuple(made)


def link_of(conversation: Conversation, seed: str, now: int, deps: Deps) -> ChatLink:
    """What is stored of the link with this seed."""
    return ChatLink(
        id=chat_links.link_id(link_token(seed, deps)),
        conversation_id=conversation.id,
        merchant_id=conversation.merchant_id,
        created_at=now,
    )


def words_of(message: Message, deps: Deps) -> str:
    """What the customer gets to read. Raises Unavailable while the address of the pages cannot be read."""
    if not message.kind.leads_to_chat or message.link_seed is None:
        return message.body
    link = chat_links.link(deps.site_url, link_token(message.link_seed, deps))
    return message.body.replace(chat_links.PLACE, link)


def link_token(seed: str, deps: Deps) -> str:
    """What the customer's link has in its fragment."""
    return chat_links.token_of(deps.references.secret(_PURPOSE, seed))
