"""How many parts a text is sent (and paid) in: 3GPP TS 23.038 (alphabets) and TS 23.040 (joined parts)."""

from enum import StrEnum

from msgspec import Struct

_BASIC = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
_EXTENSION = frozenset("\f^{}\\[~]|€")
"""Sent as an escape and a character, which stay in one part."""


class Encoding(StrEnum):
    GSM7 = "gsm-7"
    UCS2 = "ucs-2"


_ALONE = {Encoding.GSM7: 160, Encoding.UCS2: 70}
_JOINED = {Encoding.GSM7: 153, Encoding.UCS2: 67}
"""What is left beside the header that joins the parts again."""


class Segments(Struct, frozen=True):
    """`units`: septets or UTF-16 units. `segments`: 0 for an empty text. `per_segment`: room in each, in units."""

    encoding: Encoding
    units: int
    segments: int
    per_segment: int


def count(text: str) -> Segments:
    """The parts of a text as a phone network carries it."""
    encoding = Encoding.GSM7 if all(c in _BASIC or c in _EXTENSION for c in text) else Encoding.UCS2
    sizes = [_size(character, encoding) for character in text]
    units = sum(sizes)
    if units <= _ALONE[encoding]:
        return Segments(encoding, units, 1 if text else 0, _ALONE[encoding])
    return Segments(encoding, units, _parts(sizes, _JOINED[encoding]), _JOINED[encoding])


def _size(character: str, encoding: Encoding) -> int:
    if encoding is Encoding.GSM7:
        return 2 if character in _EXTENSION else 1
    return 2 if ord(character) > 0xFFFF else 1


def _parts(sizes: list[int], room: int) -> int:
    """Parts filled in order; no character is split between two."""
    parts, used = 1, 0
    for size in sizes:
        if used + size > room:
            parts, used = parts + 1, 0
        used += size
    return parts
