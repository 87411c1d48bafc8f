"""What came along with a mail, as media of its message: found by its place in the mail, which is in the bucket (X23).

Left out is what no person put there: signatures of programs, pixels that track, small pictures that decorate, and what
is in the mail a second time. Of calendars, forwarded mails and Outlook's own files only that they were there is said.
"""

import re
from hashlib import sha256
from struct import unpack

from chalicelib.domain.errors import InvalidInput
from chalicelib.domain.masking import mask_contacts
from chalicelib.domain.media import (
    LONGEST_NAME,
    LONGEST_SOURCE,
    LONGEST_TYPE,
    MAX_BYTES,
    MOST_MEDIA,
    MediaReference,
    MediaRefusal,
    MediaRefused,
)
from chalicelib.usecases.ports import Mails

from .received import Attachment, Problem, ReceivedMail
from .transfer import ENCODINGS, decode_body

DECORATION, LINE = 64, 4
"""Pixels: a picture within the text that is no larger is a logo or an icon; one so thin is none at all."""
LARGEST_ENCODED = 2 * MAX_BYTES
_HEAD = 96_000
"""Encoded bytes at the beginning of a picture that are looked at for its size: a photo has a small one before it.
And of a calendar, for its UID."""
_SIGNATURES = {"application/pgp-signature", "application/pkcs7-signature", "application/x-pkcs7-signature"}
_ONLY_NAMED = {"message/rfc822": MediaRefusal.FORWARDED_MAIL, "application/ms-tnef": MediaRefusal.OUTLOOK_FILE}
_SOURCE = re.compile(r"([!-~]+)#([0-9]{1,9})-([0-9]{1,9}):([a-z0-9-]{0,20})", re.ASCII)
_FRAMES = {0xC0, 0xC1, 0xC2, 0xC3, 0xC5, 0xC6, 0xC7, 0xC9, 0xCA, 0xCB, 0xCD, 0xCE, 0xCF}
"""Markers of a JPEG that are followed by its size (ITU T.81, table B.1)."""
_UID = re.compile(rb"^UID[:;]([^\r\n]*)", re.MULTILINE | re.IGNORECASE)
_FOLD = re.compile(rb"\r?\n[ \t]")


def enclosed(mail: ReceivedMail, raw: bytes, key: str, *, infected: bool) -> tuple[tuple[MediaReference, ...], int]:
    """The first MOST_MEDIA, and how many there are besides. `key`: of the mail in the bucket. `infected`: none is."""
    if Problem.UNREADABLE in mail.problems:
        return (), 0
    calendars = {each.start for each in mail.calendars}
    found: list[MediaReference] = []
    seen: set[bytes] = set()
    rest = 0
    for each in mail.attachments:
        same = _fingerprint(each, raw, calendars)
        if same in seen or each.content_type in _SIGNATURES or _decorates(each, raw):
            continue
        seen.add(same)
        if len(found) == MOST_MEDIA:
            rest += 1
        else:
            found.append(_reference(each, key, MediaRefusal.BROKEN if infected else _refusal(each, calendars)))
    return tuple(found), rest


def read_enclosed(source: str, mails: Mails) -> bytes:
    """What `enclosed` has named. Raises MediaRefused, Unavailable."""
    place = _SOURCE.fullmatch(source)
    if place is None:
        raise MediaRefused(MediaRefusal.FOREIGN)
    key, start, end, encoding = place.groups()
    try:
        content = decode_body(mails.part(key, int(start), int(end)), encoding)
    except InvalidInput as error:
        raise MediaRefused(MediaRefusal.UNREACHABLE) from error
    if len(content) > MAX_BYTES:
        raise MediaRefused(MediaRefusal.TOO_LARGE)
    return content


def _fingerprint(each: Attachment, raw: bytes, calendars: set[int]) -> bytes:
    """The same for the same. An invitation comes in several forms, and is one: they have its UID (RFC 5545)."""
    if each.start in calendars:
        content = decode_body(raw[each.start : min(each.end, each.start + _HEAD)], each.encoding)
        return b"calendar " + b" ".join(sorted(set(_UID.findall(_FOLD.sub(b"", content)))))
    return sha256(memoryview(raw)[each.start : each.end]).digest()


def _refusal(each: Attachment, calendars: set[int]) -> MediaRefusal | None:
    if each.start in calendars:
        return MediaRefusal.INVITATION
    if each.name.lower() == "winmail.dat":
        return MediaRefusal.OUTLOOK_FILE
    if each.size > MAX_BYTES or each.end - each.start > LARGEST_ENCODED:
        return MediaRefusal.TOO_LARGE
    return _ONLY_NAMED.get(each.content_type)


def _reference(each: Attachment, key: str, refusal: MediaRefusal | None) -> MediaReference:
    source = f"{key}#{each.start}-{each.end}:{each.encoding if each.encoding in ENCODINGS else ''}"
    if len(source) > LONGEST_SOURCE:
        refusal = MediaRefusal.UNREACHABLE
    return MediaReference(
        source="" if refusal else source,
        content_type=each.content_type[:LONGEST_TYPE],
        name=mask_contacts(each.name)[:LONGEST_NAME],
        size=each.size,
        refusal=refusal,
    )


def _decorates(each: Attachment, raw: bytes) -> bool:
    """By what its bytes say: a mail's HTML may call it as large as it likes. No size at all says nothing."""
    if not each.content_type.startswith("image/"):
        return False
    size = pixels_of(decode_body(raw[each.start : min(each.end, each.start + _HEAD)], each.encoding))
    return size is not None and all(size) and (min(size) <= LINE or (each.inline and max(size) <= DECORATION))


def pixels_of(head: bytes) -> tuple[int, int] | None:
    """Width and height of a PNG, GIF or JPEG by its beginning; None where that does not say."""
    if head.startswith(b"\x89PNG\r\n\x1a\n") and len(head) >= 24:
        width, height = unpack(">II", head[16:24])
        return width, height
    if head.startswith((b"GIF87a", b"GIF89a")) and len(head) >= 10:
        width, height = unpack("<HH", head[6:10])
        return width, height
    return _of_jpeg(head) if head.startswith(b"\xff\xd8") else None


def _of_jpeg(head: bytes) -> tuple[int, int] | None:
    at = 2
    while at + 9 <= len(head) and head[at] == 0xFF:
        if head[at + 1] in _FRAMES:
            height, width = unpack(">HH", head[at + 5 : at + 9])
            return width, height
        at += 2 + int.from_bytes(head[at + 2 : at + 4], "big")
    return None
