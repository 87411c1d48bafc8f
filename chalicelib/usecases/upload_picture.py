"""A picture on its way to be sent (N20): a browser is told where to put it, says when it is there, and looks at it.

Nobody sees or sends what was uploaded: `make_picture` makes it anew, and only that counts.
"""

from msgspec import Struct

from chalicelib.domain.conversations import Conversation
from chalicelib.domain.errors import ConversationEnded, NotFound
from chalicelib.domain.media import Media, MediaKey, MediaState
from chalicelib.domain.uploads import LIFETIME, Draft, Upload, require_size

from .ports import Deps, MakePicture
from .show_media import LIFETIME as SHOWN_FOR

PUT_WITHIN = 900_000
"""Milliseconds in which the browser must begin: a large photo on a bad line."""
MOST_CHECKED = 5
"""Times that one upload is handed to the function `media`, however often a browser asks for it. Once is enough, unless
that broke."""
CONTENT_TYPE = "application/octet-stream"
"""What every upload is called: what it is, its bytes will say."""


class Offer(Struct, frozen=True, kw_only=True):
    """Where one file of the size that was named may be put."""

    upload: Upload
    url: str
    headers: dict[str, str]
    """To be sent along, exactly so."""
    expires_at: int


class Shown(Struct, frozen=True, kw_only=True):
    """How far an upload has come. `thumbnail_url`: of one that is ready."""

    media: Media
    thumbnail_url: str | None = None


def offer_upload(conversation: Conversation, owner: str, size: int, deps: Deps) -> Offer:
    """Raises InvalidInput, ConversationEnded. Who may do this the caller has checked."""
    if not conversation.is_open(deps.clock.now()):
        raise ConversationEnded
    return offer_place(conversation, owner, size, deps)


def offer_place(of: Conversation | Draft, owner: str, size: int, deps: Deps) -> Offer:
    """Whether anything can be sent there the caller has checked, too. Raises InvalidInput."""
    now = deps.clock.now()
    require_size(size)
    upload = Upload(
        conversation_id=of.id,
        merchant_id=of.merchant_id,
        owner=owner,
        created_at=now,
        media=Media(id=deps.ids.token()),
    )
    deps.uploads.add(upload)
    url = deps.files.upload_link(upload.key, CONTENT_TYPE, size, PUT_WITHIN)
    return Offer(upload=upload, url=url, headers={"Content-Type": CONTENT_TYPE}, expires_at=now + PUT_WITHIN)


def check_upload(conversation: Conversation | Draft, owner: str, upload_id: str, deps: Deps) -> Shown:
    """The file is there: it is checked from now on. Safe to repeat. Raises NotFound, also for somebody else's."""
    upload = own_upload(conversation, owner, upload_id, deps)
    if upload.media.state is MediaState.PENDING and _checkable(upload, deps):
        deps.media_queue.put([MakePicture(conversation.id, upload.id)])
    return _shown(upload, deps)


def _checkable(upload: Upload, deps: Deps) -> bool:
    return deps.attempts.add("upload-checks", upload.id, upload.created_at + LIFETIME) <= MOST_CHECKED


def show_upload(conversation: Conversation | Draft, owner: str, upload_id: str, deps: Deps) -> Shown:
    """Raises NotFound, also for somebody else's."""
    return _shown(own_upload(conversation, owner, upload_id, deps), deps)


def own_upload(conversation: Conversation | Draft, owner: str, upload_id: str, deps: Deps) -> Upload:
    upload = deps.uploads.find(conversation.id, upload_id)
    if upload is None or upload.owner != owner or upload.merchant_id != conversation.merchant_id:
        raise NotFound
    if upload.is_over(deps.clock.now()):
        raise NotFound
    return upload


def _shown(upload: Upload, deps: Deps) -> Shown:
    if upload.media.state is not MediaState.READY:
        return Shown(media=upload.media)
    key = MediaKey(upload.conversation_id, upload.id)
    return Shown(media=upload.media, thumbnail_url=deps.files.link(key.thumbnail, SHOWN_FOR))
