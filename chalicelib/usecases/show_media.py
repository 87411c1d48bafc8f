"""Short-lived addresses of what came or went with a message, for those who may see its conversation (X23)."""

from msgspec import Struct

from chalicelib.domain.errors import NotFound
from chalicelib.domain.media import MediaKey, MediaState
from chalicelib.domain.messages import Message

from .access import own_conversation
from .ports import Deps

LIFETIME = 900_000
"""Milliseconds: a screen asks again when it shows something later than that."""


class MediaLinks(Struct, frozen=True, kw_only=True):
    url: str
    thumbnail_url: str | None
    """None for what is no picture."""
    expires_at: int


def show_media(conversation_id: str, message_id: str, media_id: str, associate_id: str, deps: Deps) -> MediaLinks:
    """Raises NotFound for what is not there, or not ready, and as `own_conversation` does."""
    own_conversation(conversation_id, associate_id, deps)
    return links_of(deps.conversations.find_message(conversation_id, message_id), media_id, deps)


def links_of(message: Message | None, media_id: str, deps: Deps) -> MediaLinks:
    """Of one of a message's attachments. Raises NotFound, also where there is no message."""
    media = next((each for each in message.media if each.id == media_id), None) if message is not None else None
    if message is None or media is None or media.state is not MediaState.READY:
        raise NotFound
    key = MediaKey(message.conversation_id, media.id)
    shown = key.picture if media.is_picture else key.file
    return MediaLinks(
        url=deps.files.link(shown, LIFETIME),
        thumbnail_url=deps.files.link(key.thumbnail, LIFETIME) if media.is_picture else None,
        expires_at=deps.clock.now() + LIFETIME,
    )
