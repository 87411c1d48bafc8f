"""Which pictures go out with a message: uploaded for this conversation by whoever sends it, ready, and now kept."""

from collections.abc import Sequence

from chalicelib.domain.conversations import Conversation
from chalicelib.domain.errors import PictureMissing
from chalicelib.domain.media import Media, MediaKey
from chalicelib.domain.uploads import require_fitting, sendable

from .ports import Deps


def attached(
    picture_ids: Sequence[str], body: str, conversation: Conversation, owner: str, deps: Deps
) -> tuple[Media, ...]:
    """In their order. Kept before the message is stored: if it is refused after that, they stay with the conversation
    and are erased with it.

    Costs nothing without pictures. Raises PictureMissing, PictureNotReady, TooManyPictures, InvalidInput, Unavailable.
    """
    require_fitting(picture_ids, body, conversation.channel)
    if not picture_ids:
        return ()
    now, merchant_id = deps.clock.now(), conversation.merchant_id
    uploads = deps.uploads.find_several(conversation.id, picture_ids)
    media = tuple(sendable(upload, merchant_id, owner, now) for upload in uploads)
    for each in media:
        key = MediaKey(conversation.id, each.id)
        if not (deps.files.keep(key.thumbnail) and deps.files.keep(key.picture)):
            raise PictureMissing
    return media
