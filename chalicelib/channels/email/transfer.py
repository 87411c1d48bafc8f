"""Content-Transfer-Encoding: bodies decoded, also where the encoding is wrong or the data are garbage."""

import binascii
import re

from .headers import lenient_base64

ENCODINGS = frozenset({"base64", "quoted-printable", "x-uuencode", "uuencode", "x-uue", "uue"})
"""Those that change anything."""
_UU_START = re.compile(rb"begin [0-7]{3,4} [^\r\n]{0,255}\r?\n")
_NOT_BASE64 = re.compile(rb"[^A-Za-z0-9+/=\s]")


def decode_body(data: bytes, encoding: str) -> bytes:
    """The bytes that were sent. An unknown encoding, or data that are not in it, are returned as they are."""
    encoding = encoding.strip().lower()
    if encoding == "base64":
        return _base64(data)
    if encoding == "quoted-printable":
        return binascii.a2b_qp(data)
    return _uuencoded(data) if encoding in ENCODINGS else data


def decoded_size(data_length: int, line_breaks: int, encoding: str) -> int:
    """Bytes after decoding, from the length of the encoded part and the line breaks in it."""
    if encoding.strip().lower() != "base64":
        return data_length
    return max(0, data_length - 2 * line_breaks) * 3 // 4


def _base64(data: bytes) -> bytes:
    """Plain text that calls itself base64 stays text."""
    sample = data[:4_000]
    if len(_NOT_BASE64.findall(sample)) * 4 > len(sample) or (b" " in sample.strip() and not _looks_base64(sample)):
        return data
    return lenient_base64(data)


def _looks_base64(sample: bytes) -> bool:
    """One long word a line, or a footer below such lines."""
    return max(map(len, sample.split() or [b""])) >= 40


def _uuencoded(data: bytes) -> bytes:
    start = _UU_START.search(data)
    if start is None:
        return data
    decoded = bytearray()
    for line in data[start.end() :].splitlines():
        if line.strip() in (b"end", b"`", b""):
            break
        try:
            decoded += binascii.a2b_uu(line[:200])
        except binascii.Error:
            continue
    return bytes(decoded)
