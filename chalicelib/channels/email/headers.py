"""The header of a mail or part: found, unfolded and decoded, however broken. Linear, capped, never an error."""

import base64
import binascii
import re
from dataclasses import dataclass, field
from urllib.parse import unquote_to_bytes

from .charsets import decode

MAX_HEADER_BYTES = 1_000_000
"""Of one header; what follows is read as body."""

MAX_VALUE = 64_000
"""Bytes of one field that are read."""

MAX_FIELDS = 2_000
MAX_PARAMETERS = 100

_FIELD = re.compile(rb"([!-9;-~]{1,100})[ \t]{0,10}:")
_KNOWN_FIELD = re.compile(
    rb"(?:from|to|cc|subject|date|sender|received|references|precedence|reply-to|in-reply-to|message-id|mime-version"
    rb"|return-path|thread-[a-z]+|dkim-signature|authentication-results|auto-submitted|(?:x|content|list|arc)-[a-z-]{1,60}):",
    re.IGNORECASE,
)
"""Of what only looks like a field, much stands in texts ("Remark: ...")."""

_LINE = re.compile(rb"[^\n]*\n?")
_WORD = re.compile(r"=\?([^?\s]{1,60})\?([bBqQ])\?([^?\n]*+)\?=")
_BETWEEN = re.compile(r"\s{0,100}")
_QUOTED_BYTE = re.compile(rb"=([0-9A-Fa-f]{2})")
_PARAMETER = re.compile(r";\s*+([^\s=;\"]{1,60})\s*+=\s*+(?:\"((?:[^\"\\]|\\.)*+)\"?|([^;]*+))")
_CONTINUED = re.compile(r"(.+?)\*(\d{1,3})(\*?)\Z")
_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")


@dataclass(slots=True)
class Headers:
    """Fields in their order: names in lower case, values raw and unfolded."""

    fields: list[tuple[str, bytes]] = field(default_factory=list)
    broken: bool = False

    def raw(self, name: str) -> bytes | None:
        """The first field of that name: a second one is somebody's trick or mistake."""
        return next((value for key, value in self.fields if key == name), None)

    def text(self, name: str) -> str:
        """Decoded, in one line; "" where it is missing."""
        value = self.raw(name)
        return "" if value is None else decode_value(value)

    def all(self, name: str) -> list[str]:
        return [decode_value(value) for key, value in self.fields if key == name]

    def count(self, name: str) -> int:
        return sum(key == name for key, _ in self.fields)


def read_headers(raw: bytes, start: int, end: int) -> tuple[Headers, int]:
    """The fields from `start` on, and where the body begins. A line that is none continues the field before it."""
    headers, position = Headers(), start
    limit = min(end, start + MAX_HEADER_BYTES)
    values: list[bytearray] = []
    while position < limit:
        line = _LINE.match(raw, position, end)
        content = line.group() if line is not None else b""
        if content.startswith(b"--"):
            break
        if not content.strip(b"\r\n"):
            return _finished(headers, values), position + len(content)
        name = _FIELD.match(content)
        if name is not None and len(headers.fields) < MAX_FIELDS:
            headers.fields.append((name.group(1).decode("ascii").lower(), b""))
            values.append(bytearray(content[name.end() : name.end() + MAX_VALUE]))
        elif content[:1] in b" \t" or name is not None or _fields_follow(raw, position + len(content), end):
            headers.broken |= content[:1] not in b" \t"
            if values and len(values[-1]) < MAX_VALUE:
                values[-1] += content[:MAX_VALUE] if content[:1] in b" \t" else b" " + content[:MAX_VALUE]
        else:
            headers.broken = True
            break
        position += len(content)
    return _finished(headers, values), position


def _finished(headers: Headers, values: list[bytearray]) -> Headers:
    headers.fields = [
        (name, bytes(value.replace(b"\r", b"").replace(b"\n", b"")))
        for (name, _), value in zip(headers.fields, values, strict=True)
    ]
    return headers


def _fields_follow(raw: bytes, position: int, end: int) -> bool:
    """Is a line in the header just broken, or does the body begin without a blank line?"""
    for _ in range(5):
        line = _LINE.match(raw, position, min(end, position + 2000))
        if line is None or not line.group().strip(b"\r\n"):
            return False
        if _KNOWN_FIELD.match(line.group()):
            return True
        position = line.end()
    return False


def decode_value(value: bytes) -> str:
    """A field's text: encoded words decoded (RFC 2047, also where they split a character), raw bytes as charsets do."""
    return _CONTROLS.sub("", decode_words(decode(value[:MAX_VALUE], None))).strip()


def decode_words(text: str) -> str:
    """Encoded words replaced; neighbours of one charset are joined before they are decoded."""
    if "=?" not in text:
        return text
    pieces: list[str] = []
    pending: tuple[str, bytearray] | None = None
    position = 0
    for word in _WORD.finditer(text):
        between = text[position : word.start()]
        charset = word.group(1).partition("*")[0].lower()
        data = _word_bytes(word.group(2), word.group(3))
        glued = pending is not None and _BETWEEN.fullmatch(between) is not None
        if not glued or pending is None or pending[0] != charset:
            if pending is not None:
                pieces.append(decode(bytes(pending[1]), pending[0]))
            if not glued:
                pieces.append(between)
            pending = (charset, bytearray())
        pending[1].extend(data)
        position = word.end()
    if pending is not None:
        pieces.append(decode(bytes(pending[1]), pending[0]))
    return "".join(pieces) + text[position:]


def _word_bytes(kind: str, content: str) -> bytes:
    data = content.encode("utf-8", "replace")
    if kind in "qQ":
        return _QUOTED_BYTE.sub(lambda found: bytes.fromhex(found.group(1).decode("ascii")), data.replace(b"_", b" "))
    return lenient_base64(data)


def lenient_base64(data: bytes) -> bytes:
    """What can be decoded; the rest is left out."""
    clean = data.translate(None, _NOT_BASE64).rstrip(b"=")
    clean = clean.replace(b"=", b"")[: len(clean) // 4 * 4 + (0 if len(clean) % 4 == 1 else 4)]
    if len(clean) % 4 == 1:
        clean = clean[:-1]
    try:
        return base64.b64decode(clean + b"=" * (-len(clean) % 4))
    except binascii.Error:
        return b""


_NOT_BASE64 = bytes(set(range(256)) - set(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/="))


def parameters(value: bytes | None) -> tuple[str, dict[str, str]]:
    """A structured field ("text/plain; charset=utf-8"): its first word in lower case, and its parameters (RFC 2231)."""
    if value is None:
        return "", {}
    text = decode(value[:8_000], None)
    first = text.partition(";")[0].strip().lower()
    found: dict[str, str] = {}
    pieces: dict[str, dict[int, tuple[str, bool]]] = {}
    for number, match in enumerate(_PARAMETER.finditer(text)):
        if number >= MAX_PARAMETERS:
            break
        name = match.group(1).lower()
        content = _unquoted(match.group(2)) if match.group(2) is not None else match.group(3).strip()
        continued = _CONTINUED.match(name)
        if continued is not None:
            pieces.setdefault(continued.group(1), {})[int(continued.group(2))] = (content, bool(continued.group(3)))
        elif name.endswith("*"):
            found[name[:-1]] = _extended([(content, True)])
        else:
            found.setdefault(name, _CONTROLS.sub("", decode_words(content)))
    for name, parts in pieces.items():
        found.setdefault(name, _extended([parts[number] for number in sorted(parts)]))
    return first, found


def _unquoted(text: str) -> str:
    return re.sub(r"\\(.)", r"\1", text) if "\\" in text else text


def _extended(parts: list[tuple[str, bool]]) -> str:
    """RFC 2231: charset'language'percent-encoded, in one or several pieces."""
    charset: str | None = None
    if parts[0][1] and parts[0][0].count("'") >= 2:
        charset, _, rest = parts[0][0].split("'", 2)
        parts = [(rest, True), *parts[1:]]
    data = b"".join(unquote_to_bytes(text) if coded else text.encode("utf-8", "replace") for text, coded in parts)
    return _CONTROLS.sub("", decode(data, charset))
