"""What comes along with a message: its states, the kinds that are kept, and why others are not (X23)."""

from collections.abc import Sequence
from enum import StrEnum

from msgspec import Struct
from msgspec.structs import replace

MAX_BYTES = 16 << 20
"""Bytes of one attachment: the most that WhatsApp takes of a video, three times what an MMS may be."""
MAX_PIXELS = 50_000_000
"""What the cameras of phones make. Unpacked that is 200 MB, whatever the file's size."""


MOST_MEDIA = 10
"""With one message: Twilio's limit. What is more is counted."""
LONGEST_SOURCE = 1024
"""Characters. All of them stay in the message until they are fetched."""

LONGEST_TYPE, LONGEST_NAME = 100, 100
"""Characters that are kept of what a sender calls the content and the file."""


class MediaReference(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Something that came with a message, where its provider keeps it. What is said of it is the sender's word."""

    source: str
    """An address at the provider, or the provider's id of it: the adapter that wrote it can fetch it."""
    content_type: str = ""
    name: str = ""
    size: int = 0
    """Bytes; 0 where nobody says."""
    refusal: "MediaRefusal | None" = None
    """Why it is known from the start that it will not be shown; it then needs no source."""


class MediaState(StrEnum):
    PENDING = "pending"
    """At its provider, and not looked at yet."""
    READY = "ready"
    REFUSED = "refused"


class MediaRefusal(StrEnum):
    """Why something is not shown, in our words; `REFUSAL_TEXT` is for people."""

    UNSUPPORTED = "unsupported"
    TOO_LARGE = "too_large"
    BROKEN = "broken"
    UNREACHABLE = "unreachable"
    FOREIGN = "foreign"
    NOT_UPLOADED = "not_uploaded"
    INVITATION = "invitation"
    FORWARDED_MAIL = "forwarded_mail"
    OUTLOOK_FILE = "outlook_file"


REFUSAL_TEXT = {
    MediaRefusal.UNSUPPORTED: "This kind of file is not taken.",
    MediaRefusal.TOO_LARGE: "This file is too large.",
    MediaRefusal.BROKEN: "This file is damaged or unsafe.",
    MediaRefusal.UNREACHABLE: "The provider does not hand this file out.",
    MediaRefusal.FOREIGN: "This file is not kept at the provider.",
    MediaRefusal.NOT_UPLOADED: "The upload did not arrive. Please try again.",
    MediaRefusal.INVITATION: "This is a calendar invitation, which cannot be opened here.",
    MediaRefusal.FORWARDED_MAIL: "This is a forwarded mail, which cannot be opened here.",
    MediaRefusal.OUTLOOK_FILE: "This is a file that only Outlook can open.",
}


class MediaRefused(Exception):
    """It will not be shown, now or later."""

    def __init__(self, reason: MediaRefusal) -> None:
        super().__init__(reason)
        self.reason = reason


class Media(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One attachment. `id` names it within its conversation for good."""

    id: str
    state: MediaState = MediaState.PENDING
    content_type: str = ""
    """While pending: what the sender calls it. Once ready: what it is."""
    name: str = ""
    width: int = 0
    height: int = 0
    """Pixels; 0 for what is no picture."""
    size: int = 0
    """Bytes as stored."""
    refusal: MediaRefusal | None = None
    source: str = ""
    """While pending: where its provider has it. Empty for what a browser uploads to us."""
    product_id: str = ""
    """Of the picture of a product: which one."""

    @property
    def is_picture(self) -> bool:
        return self.width > 0

    def ready(self, content_type: str, size: int, *, width: int = 0, height: int = 0) -> "Media":
        return replace(
            self,
            state=MediaState.READY,
            content_type=content_type,
            size=size,
            width=width,
            height=height,
            source="",
        )

    def refused(self, reason: MediaRefusal) -> "Media":
        return replace(self, state=MediaState.REFUSED, refusal=reason, source="")


def arriving(message_id: str, references: Sequence[MediaReference]) -> tuple[Media, ...]:
    """What came with a message, to be fetched. The same message gives the same ids."""
    return tuple(_arriving(f"{message_id}-{place}", each) for place, each in enumerate(references))


def _arriving(media_id: str, each: MediaReference) -> Media:
    media = Media(id=media_id, content_type=each.content_type, name=each.name, source=each.source)
    return media if each.refusal is None else media.refused(each.refusal)


def of_preview(media: Sequence[Media]) -> str:
    """What a list shows of a message without words."""
    if not media:
        return ""
    word = "Picture" if all(each.content_type.startswith("image/") for each in media) else "Attachment"
    return f"[{word}]" if len(media) == 1 else f"[{len(media)} {word.lower()}s]"


def with_media_notice(body: str, media_count: int) -> str:
    """The text, with a line that tells the associate how many attachments came along unseen."""
    if media_count == 0:
        return body
    things = "1 attachment" if media_count == 1 else f"{media_count} attachments"
    notice = f"[{things}, which cannot be shown here]"
    return f"{body}\n{notice}" if body.strip() else notice


PICTURES = {"image/jpeg", "image/png", "image/gif", "image/webp"}
"""Shown, after they were made anew from their pixels."""

_STARTS: tuple[tuple[bytes, str], ...] = (
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
    (b"%PDF-", "application/pdf"),
    (b"OggS", "audio/ogg"),
    (b"#!AMR", "audio/amr"),
    (b"ID3", "audio/mpeg"),
    (b"\xff\xfb", "audio/mpeg"),
    (b"\xff\xf1", "audio/aac"),
    (b"BEGIN:VCARD", "text/vcard"),
)
# https://www.w3.org/TR/png/, https://developers.google.com/speed/webp/docs/riff_container, https://mp4ra.org/registered-types/brands
_RIFF = {b"WEBP": "image/webp", b"WAVE": "audio/wav"}
_BRANDS = {
    b"heic": "image/heic", b"heix": "image/heic", b"mif1": "image/heic", b"avif": "image/avif",
    b"M4A ": "audio/mp4", b"qt  ": "video/quicktime", b"3gp4": "video/3gpp", b"3gp5": "video/3gpp",
    b"3gp6": "video/3gpp", b"isom": "video/mp4", b"iso2": "video/mp4", b"mp41": "video/mp4", b"mp42": "video/mp4",
    b"avc1": "video/mp4", b"M4V ": "video/mp4",
}  # fmt: skip


def kind_of(content: bytes) -> str | None:
    """The type of a file by its first bytes; None for whatever is not taken. What a sender says does not count."""
    if content[:4] == b"RIFF":
        return _RIFF.get(content[8:12])
    if content[4:8] == b"ftyp":
        return _BRANDS.get(content[8:12])
    return next((kind for start, kind in _STARTS if content.startswith(start)), None)


EXTENSIONS = {
    "application/pdf": "pdf", "audio/ogg": "ogg", "audio/amr": "amr", "audio/mpeg": "mp3", "audio/aac": "aac",
    "audio/wav": "wav", "audio/mp4": "m4a", "text/vcard": "vcf", "image/heic": "heic", "image/avif": "avif",
    "video/mp4": "mp4", "video/quicktime": "mov", "video/3gpp": "3gp",
}  # fmt: skip
"""Kept to be downloaded, under a name that ends so."""


def file_name(name: str, content_type: str) -> str:
    """A harmless name for a download, of letters, digits and `._-`, whatever the sender called it."""
    stem = name.rsplit("/", 1)[-1].rsplit("\\", 1)[-1].rsplit(".", 1)[0]
    kept = "".join(char if char.isascii() and (char.isalnum() or char in "_-") else "_" for char in stem)[:60]
    return f"{kept.strip('_') or 'attachment'}.{EXTENSIONS[content_type]}"


class MediaKey(Struct, frozen=True):
    """Where the files of one attachment are stored."""

    conversation_id: str
    media_id: str

    def of(self, variant: str) -> str:
        return f"{folder_of(self.conversation_id)}{self.media_id}/{variant}"

    @property
    def picture(self) -> str:
        return self.of("picture")

    @property
    def thumbnail(self) -> str:
        return self.of("thumbnail")

    @property
    def file(self) -> str:
        return self.of("file")


def folder_of(conversation_id: str) -> str:
    """Below it is everything that came with a conversation."""
    return f"conversations/{conversation_id}/"
