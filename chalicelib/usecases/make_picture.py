"""What was uploaded to be sent is checked by its content and made anew, as what comes in is (X23).

The upload itself is removed at once. What is made of it goes by itself after some days, unless a message has it.
"""

from chalicelib.domain.conversations import ConversationState
from chalicelib.domain.media import (
    MAX_BYTES,
    PICTURES,
    Media,
    MediaKey,
    MediaRefusal,
    MediaRefused,
    MediaState,
    folder_of,
    kind_of,
)
from chalicelib.domain.uploads import Upload, is_draft

from .ports import Deps, File, MakePicture

MOST_TRIES = 4
"""Somebody is waiting. The fourth does not touch the file: it may be what ended the others."""


def make_picture(job: MakePicture, tries: int, deps: Deps) -> None:
    """Safe to repeat. `tries` counts from 1. Raises Unavailable, MediaUnavailable: to be tried again."""
    upload = deps.uploads.find(job.conversation_id, job.upload_id)
    if upload is None:
        return
    if upload.media.state is MediaState.PENDING:
        deps.uploads.settle(upload.settled(_settled(upload, tries, deps)), upload)
    deps.files.delete([upload.key])
    _leave_nothing_behind(upload, deps)


def _settled(upload: Upload, tries: int, deps: Deps) -> Media:
    try:
        if tries >= MOST_TRIES:
            raise MediaRefused(MediaRefusal.UNREACHABLE if upload.media.product_id else MediaRefusal.BROKEN)
        return _stored(upload, _content(upload, deps), deps)
    except MediaRefused as error:
        deps.log.info("upload_refused", media_id=upload.id, reason=error.reason)
        return upload.media.refused(error.reason)


def _content(upload: Upload, deps: Deps) -> bytes:
    if upload.media.product_id:
        from .share_product import product_picture  # others do not pay for it

        return product_picture(upload.media, deps)
    content = deps.files.get(upload.key, MAX_BYTES)
    if content is None:
        raise MediaRefused(MediaRefusal.NOT_UPLOADED)
    if len(content) > MAX_BYTES:
        raise MediaRefused(MediaRefusal.TOO_LARGE)
    return content


def _stored(upload: Upload, content: bytes, deps: Deps) -> Media:
    kind = kind_of(content)
    if kind is None or kind not in PICTURES:
        raise MediaRefused(MediaRefusal.UNSUPPORTED)
    picture, key = deps.pictures.made_anew(content, kind), MediaKey(upload.conversation_id, upload.id)
    thumbnail = File(content=picture.thumbnail, content_type=picture.content_type, unused=True)
    deps.files.put(key.thumbnail, thumbnail)
    deps.files.put(key.picture, File(content=picture.content, content_type=picture.content_type, unused=True))
    return upload.media.ready(picture.content_type, len(picture.content), width=picture.width, height=picture.height)


def _leave_nothing_behind(upload: Upload, deps: Deps) -> None:
    """Where the conversation was erased meanwhile, what was just stored for it goes as well. A draft has none yet."""
    if is_draft(upload.conversation_id):
        return
    conversation = deps.conversations.find(upload.conversation_id)
    if conversation is None or conversation.state is ConversationState.DELETED:
        deps.files.delete(deps.files.below(f"{folder_of(upload.conversation_id)}{upload.id}/"))
