"""What came with a message is fetched, checked, made safe and stored, once each; or it is said why not (X23).

The message came first (docs/media.md): whatever happens here, its words are in the thread.
"""

from chalicelib.domain.errors import Unavailable
from chalicelib.domain.media import (
    PICTURES,
    Media,
    MediaKey,
    MediaRefusal,
    MediaRefused,
    MediaState,
    file_name,
    folder_of,
    kind_of,
)
from chalicelib.domain.messages import Message

from .ports import Deps, FetchesMedia, FetchMedia, File, MediaUnavailable, ReadsMedia

MOST_TRIES = 10
"""Of a queue entry, over a quarter of an hour. Then it is refused unseen: its file may be what ends the worker."""
_ROUNDS = 30
"""More than a message has attachments: each round settles one, or finds that somebody else did."""


def fetch_media(job: FetchMedia, tries: int, deps: Deps) -> None:
    """All that is pending in one message; safe to repeat. One that cannot be had now does not keep the others waiting.

    `tries` counts from 1. Raises MediaUnavailable and Unavailable: to be tried again.
    """
    put_off: set[str] = set()
    for _ in range(_ROUNDS):
        message = deps.conversations.find_message(job.conversation_id, job.message_id)
        if message is None:  # erased meanwhile: what a worker stored for it goes as well
            while keys := deps.files.below(f"{folder_of(job.conversation_id)}{job.message_id}-"):
                deps.files.delete(keys)
            return
        pending = [each for each in message.media if each.state is MediaState.PENDING and each.id not in put_off]
        if not pending:
            break
        try:
            settled = _settled(pending[0], message, tries, deps)
        except MediaUnavailable:
            put_off.add(pending[0].id)
        else:  # where somebody else was faster, the next round sees what is left
            deps.messages.keep_media(message.with_media(settled), message)
    else:
        raise Unavailable("Others keep changing this message.")
    if put_off:
        raise MediaUnavailable


def _settled(media: Media, message: Message, tries: int, deps: Deps) -> Media:
    """Ready or refused. Raises MediaUnavailable, Unavailable."""
    if tries >= MOST_TRIES:
        return _refused(media, MediaRefusal.UNREACHABLE, deps)
    try:
        return _stored(media, message, _fetched(media, message, deps), deps)
    except MediaRefused as error:
        return _refused(media, error.reason, deps)


def _refused(media: Media, reason: MediaRefusal, deps: Deps) -> Media:
    deps.log.info("media_refused", media_id=media.id, reason=reason)
    return media.refused(reason)


def _fetched(media: Media, message: Message, deps: Deps) -> bytes:
    connection = deps.directory.connection(message.connection_id)
    channel: object = None if connection is None else deps.channels.message_channel(connection.provider)
    if connection is not None and isinstance(channel, ReadsMedia):
        return channel.read_media(media.source, deps.mails)
    if connection is None or not isinstance(channel, FetchesMedia):
        raise MediaRefused(MediaRefusal.UNREACHABLE)
    return channel.fetch_media(media.source, connection, deps.directory.secrets(connection), deps.downloads)


def _stored(media: Media, message: Message, content: bytes, deps: Deps) -> Media:
    """Under keys that depend on nothing but the attachment's id: a repeat replaces what the first try left."""
    kind = kind_of(content)
    if kind is None:
        raise MediaRefused(MediaRefusal.UNSUPPORTED)
    key = MediaKey(message.conversation_id, media.id)
    if kind not in PICTURES:
        deps.files.put(key.file, File(content=content, content_type=kind, download_as=file_name(media.name, kind)))
        return media.ready(kind, len(content))
    picture = deps.pictures.made_anew(content, kind)
    deps.files.put(key.thumbnail, File(content=picture.thumbnail, content_type=picture.content_type))
    deps.files.put(key.picture, File(content=picture.content, content_type=picture.content_type))
    return media.ready(picture.content_type, len(picture.content), width=picture.width, height=picture.height)
