"""A mail as a list of lines, whether it came as plain text or as HTML; every later step reads only these."""

import re
import unicodedata
from dataclasses import dataclass
from enum import Flag, auto

MAX_CHARACTERS = 1_000_000
"""Of one text that are looked at; what follows is kept as one line, uncut."""

MAX_LINES = 10_000
"""Likewise for lines."""

LONGEST_MATCH = 400
"""Characters of a line that are compared; nothing a mail program writes around a reply is longer."""

_INVISIBLE = dict.fromkeys(
    [0x00, 0xAD, 0x61C, 0x180E, *range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x206A), 0xFEFF]
)
_SPACES = dict.fromkeys([0x09, 0x0B, 0x0C, 0xA0, 0x1680, *range(0x2000, 0x200B), 0x202F, 0x205F, 0x3000], " ")
_ALIKE: dict[int, str | None] = {
    0xFF1A: ":",
    0xFE55: ":",
    0xFF1E: ">",
    0xFF1C: "<",
    0xFF20: "@",
    0x2019: "'",
    0x02BC: "'",
    0x130: "i",
}
_ALIKE |= dict.fromkeys([0x2010, 0x2011, 0x2012, 0x2015, 0x2212], "-")
_UNSEEN: dict[int, str | None] = {**_INVISIBLE, **_SPACES, **_ALIKE}
_QUOTE = re.compile(r" {0,3}(?:[>＞] {0,2}){1,40}")
_BREAKS = re.compile(r"\r\n|\r|\x0b|\x0c|\x1c|\x1d|\x1e|\x85|\u2028|\u2029")
_BLANKS = re.compile(r"(?:\n[ \t\xa0]{0,200}){3,}\n?")


class Mark(Flag):
    """What the HTML around a line says of it."""

    NONE = 0
    ATTRIBUTION = auto()  # the line that says who wrote what follows
    SIGNATURE = auto()
    HISTORY = auto()  # from this line on, everything is older
    SEPARATOR = auto()  # a rule or border that mail programs draw above older mail, and people elsewhere too
    FORWARDED = auto()
    BORDERED = auto()  # shown like a quote; one only where an attribution stands above it


@dataclass(slots=True)
class Line:
    """`text` as shown; `folded` as compared; `quoted`: how many quote levels it stands in."""

    text: str
    folded: str
    quoted: int = 0
    marks: Mark = Mark.NONE

    @property
    def blank(self) -> bool:
        return not self.folded


def fold(text: str) -> str:
    """A line as it is compared: one kind of space, no invisible characters, no bold marks, lower case, not too long.

    "" only for a line on which nothing is to be seen.
    """
    text = text[: LONGEST_MATCH * 2].strip()
    if not text.isascii():
        text = unicodedata.normalize("NFC", text.translate(_UNSEEN))
    elif "\0" in text:
        text = text.translate(_UNSEEN)
    plain = " ".join(text.replace("*", "")[:LONGEST_MATCH].split()).lower()
    return plain or text.strip()


def split(text: str) -> list[str]:
    """The lines of a text: all its characters but surplus blank lines; at most MAX_LINES + 1."""
    head, tail = text[:MAX_CHARACTERS], text[MAX_CHARACTERS:]
    head = _BLANKS.sub("\n\n", _BREAKS.sub("\n", head))
    lines = head.split("\n", MAX_LINES)
    if tail:
        lines[-1] += tail
    return lines


def quote_marks(text: str) -> str:
    """The ">" at the start of a line, without the spaces around them."""
    quote = _QUOTE.match(text)
    return "" if quote is None else quote.group().replace(" ", "")


def read_text(text: str) -> list[Line]:
    """The lines of a plain text; `quoted` counts the ">" before each."""
    found = []
    for raw in split(text):
        quote = _QUOTE.match(raw)
        if quote is None:
            found.append(Line(raw, fold(raw)))
        else:
            found.append(Line(raw, fold(raw[quote.end() :]) or ">", len(quote_marks(raw))))
    return found
