"""Which pictures go out with a message: uploaded for this conversation, or for its start, by whoever sends it, ready,
and now kept."""

from collections.abc import Sequence

from chalicelib.domain.conversations import Conversation
from chalicelib.domain.errors import PictureMissing
from chalicelib.domain.media import Media, MediaKey
from chalicelib.domain.uploads import Draft, require_fitting, sendable

from .ports import Deps, EraseUnstarted


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
    media = _sendable(picture_ids, conversation, owner, deps)
    for each in media:
        key = MediaKey(conversation.id, each.id)
        if not (deps.files.keep(key.thumbnail) and deps.files.keep(key.picture)):
            raise PictureMissing
    return media


def attached_to_first(
    picture_ids: Sequence[str], body: str, conversation: Conversation, draft: Draft, owner: str, deps: Deps
) -> tuple[Media, ...]:
    """Of the text that starts `conversation`, or takes it up again: copied to it before it is stored. If nothing
    comes of the start, the copies go again; what was uploaded can be sent as before.

    Costs nothing without pictures. Raises as `attached`.
    """
    require_fitting(picture_ids, body, conversation.channel)
    if not picture_ids:
        return ()
    media = _sendable(picture_ids, draft, owner, deps)
    deps.media_queue.put([EraseUnstarted(conversation.id, deps.clock.now())])
    for each in media:
        uploaded, kept = MediaKey(draft.id, each.id), MediaKey(conversation.id, each.id)
        copied = deps.files.copy(uploaded.thumbnail, kept.thumbnail) and deps.files.copy(uploaded.picture, kept.picture)
        if not copied:
            raise PictureMissing
    return media


def _sendable(picture_ids: Sequence[str], place: Conversation | Draft, owner: str, deps: Deps) -> tuple[Media, ...]:
    uploads = deps.uploads.find_several(place.id, picture_ids)
    return tuple(sendable(upload, place.merchant_id, owner, deps.clock.now()) for upload in uploads)
