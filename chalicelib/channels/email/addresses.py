"""Address fields (From, To, Cc) read one character class at a time: linear, and never an error."""

import re

from .charsets import decode
from .headers import decode_value, decode_words
from .received import MailAddress

MAX_ADDRESSES = 1_000
"""Of one field; a list longer than that is cut."""

LONGEST_ADDRESS, LONGEST_NAME = 320, 200
"""Characters (RFC 5321: 64 before the "@", 255 behind it)."""

_TOKEN = re.compile(
    r"\"(?P<quoted>(?:[^\"\\]|\\.)*+)\"?|\((?P<comment>[^()]*+)\)?|<(?P<angle>[^<>]*+)>?|(?P<mark>[,;:])|(?P<word>[^\s\"(<,;:>)]++)",
    re.DOTALL,
)

_ESCAPED = re.compile(r"\\(.)", re.DOTALL)


def read_addresses(values: list[bytes]) -> tuple[MailAddress, ...]:
    """The addresses of all fields of one name, in order; group names and entries without "@" are left out."""
    found: list[MailAddress] = []
    for value in values:
        entry = _Entry()
        for match in _TOKEN.finditer(_without_words(value)):
            if len(found) >= MAX_ADDRESSES:
                break
            if match.lastgroup == "mark":
                if match.group() == ":":
                    entry = entry if entry.angle else _Entry()
                    continue
                found += entry.finish()
                entry = _Entry()
            else:
                entry.add(match)
        found += entry.finish()
    return tuple(found[:MAX_ADDRESSES])


def _without_words(value: bytes) -> str:
    """The field with encoded words still encoded: a comma inside one separates nothing."""
    return decode(value, None)


class _Entry:
    __slots__ = ("angle", "comment", "names")

    def __init__(self) -> None:
        self.names: list[str] = []
        self.comment = ""
        self.angle = ""

    def add(self, match: re.Match[str]) -> None:
        kind, text = match.lastgroup, match.group(match.lastgroup or 0)
        if kind == "angle":
            self.angle = self.angle or text.strip()
        elif kind == "comment":
            self.comment = self.comment or text.strip()
        else:
            self.names.append(_ESCAPED.sub(r"\1", text) if kind == "quoted" else text)

    def finish(self) -> list[MailAddress]:
        if self.angle:
            return _address(self.angle, " ".join(self.names) or self.comment)
        bare = next((name for name in self.names if "@" in name), "")
        return _address(bare, self.comment or " ".join(name for name in self.names if name is not bare))


def _address(address: str, name: str) -> list[MailAddress]:
    address = "".join(address.split()).removeprefix("mailto:")
    if "@" not in address[:LONGEST_ADDRESS] or len(address) > LONGEST_ADDRESS:
        return []
    shown = decode_value(decode_words(name).encode("utf-8", "replace"))
    return [MailAddress(address, " ".join(shown.split())[:LONGEST_NAME])]
