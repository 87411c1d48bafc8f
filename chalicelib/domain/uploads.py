"""Pictures on their way out (N19, N20): uploaded by a browser, made anew by the function `media`, then sent.

An upload belongs to one conversation, or to the start of one (`draft_of`), and to whoever made it. It is no part of the
conversation until a message has it.
"""

from collections.abc import Sequence

from msgspec import Struct
from msgspec.structs import replace

from .addresses import Channel
from .errors import InvalidInput, PictureMissing, PictureNotReady, TooManyPictures
from .media import MAX_BYTES, Media, MediaState

LARGEST_UPLOAD = MAX_BYTES
"""Bytes of one upload, as of one attachment that comes in."""
LIFETIME = 86_400_000
"""Milliseconds in which an upload can be sent. (infra/resources.yaml removes what was not, a day later.)"""
MOST_PICTURES = {Channel.SMS: 5, Channel.EMAIL: 5, Channel.CHAT: 5, Channel.WHATSAPP: 1}
"""In one message. WhatsApp has one in a message, and to send two would be two messages, of which one may fail."""
_DRAFT = "start."
"""Ids of conversations have no dot."""
CAPTION_LIMIT = 1024
"""Characters of the words beside a picture at WhatsApp."""


class Upload(Struct, frozen=True, kw_only=True):
    """`conversation_id`: or the draft's. `media` is what it is so far: pending, ready, or refused with a reason.
    `owner`: see `owned_by_link`."""

    conversation_id: str
    merchant_id: str
    owner: str
    created_at: int
    media: Media

    @property
    def id(self) -> str:
        return self.media.id

    @property
    def key(self) -> str:
        """Where the browser puts the file. Nothing is ever shown or sent from there."""
        return f"{raw_folder_of(self.conversation_id)}{self.owner}/{self.id}"

    def settled(self, media: Media) -> "Upload":
        return replace(self, media=media)

    def is_over(self, now: int) -> bool:
        """It can no longer be sent."""
        return now >= self.created_at + LIFETIME


def owned_by_link(link_id: str) -> str:
    """The owner of what a customer uploads on the chat page; an associate owns theirs by their id."""
    return f"chat.{link_id}"


class Draft(Struct, frozen=True, kw_only=True):
    """The conversation that is about to be started with an order, as far as pictures need one. It is stored nowhere,
    and ends with its pictures; `id` is no conversation's."""

    id: str
    merchant_id: str


def draft_of(merchant_id: str, store_id: str, order_id: str) -> Draft:
    """The same for everybody who may start it: whose a picture is, its owner says."""
    return Draft(id=f"{_DRAFT}{store_id}.{order_id}", merchant_id=merchant_id)


def is_draft(conversation_id: str) -> bool:
    return conversation_id.startswith(_DRAFT)


def raw_folder_of(conversation_id: str) -> str:
    """Below it is what was uploaded for a conversation, as it came."""
    return f"uploads/{conversation_id}/"


def require_size(size: int) -> None:
    """Raises InvalidInput."""
    if not 1 <= size <= LARGEST_UPLOAD:
        raise InvalidInput("The picture is too large, or empty.", limit=LARGEST_UPLOAD)


def require_fitting(picture_ids: Sequence[str], body: str, channel: str) -> None:
    """That one message of this channel can carry so many pictures, and these words beside them.

    Raises TooManyPictures, InvalidInput.
    """
    limit = MOST_PICTURES[Channel(channel)]
    if len(picture_ids) > limit:
        raise TooManyPictures(limit=limit)
    if len(set(picture_ids)) != len(picture_ids):
        raise InvalidInput("The same picture twice.", field="pictures")
    if not picture_ids and not body.strip():
        raise InvalidInput("There is nothing to send.", field="body")
    if picture_ids and channel == Channel.WHATSAPP and len(body) > CAPTION_LIMIT:
        raise InvalidInput("The words beside a picture are too long for WhatsApp.", field="body", limit=CAPTION_LIMIT)


def sendable(upload: Upload | None, merchant_id: str, owner: str, now: int) -> Media:
    """What a message has of it. Raises PictureMissing (also for somebody else's), PictureNotReady."""
    if upload is None or upload.merchant_id != merchant_id or upload.owner != owner or upload.is_over(now):
        raise PictureMissing
    if upload.media.state is MediaState.PENDING:
        raise PictureNotReady
    if upload.media.state is not MediaState.READY or not upload.media.is_picture:
        raise PictureMissing
    return upload.media
